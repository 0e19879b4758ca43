//! The worker is killed at moments nobody chose. `KONTOR_KILLS` says how often; the default is for
//! every check, a thousand is for a release.

use std::{
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use kontor_documents::{Limits, Trouble, Turn};

use crate::{
    fixtures::{scan_pdf, text_pdf},
    support::{documents, documents_within, render},
};

#[test]
fn kills_leave_the_desk_answering() {
    let wanted: u32 = std::env::var("KONTOR_KILLS").map_or(40, |kills| kills.parse().unwrap());
    let documents = documents();
    let scan = scan_pdf(20);
    let mut kills = 0;
    let (mut shown, mut told) = (0_u32, 0_u32);
    while kills < wanted {
        // Opened anew as the window does it when a page has cost two workers.
        let document = documents.open(scan.clone()).unwrap();
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            let killer = scope.spawn(|| {
                let mut kills: u32 = 0;
                while !is_over.load(Ordering::Acquire) {
                    // Each time another moment, from at once to after several pages.
                    thread::sleep(Duration::from_micros(u64::from(kills * 12_377 % 190_000)));
                    if document.worker_process_id().is_some_and(kill) {
                        kills += 1;
                    }
                }
                kills
            });
            for page in 0..10 {
                let begin = Instant::now();
                match render(&document, page, 300 + page, Turn::None) {
                    Ok(picture) => {
                        assert_eq!(picture.width_px, 300 + page);
                        shown += 1;
                    }
                    Err(trouble) => {
                        assert!(
                            matches!(trouble, Trouble::WorkerGone | Trouble::Unavailable { .. }),
                            "{trouble:?}"
                        );
                        told += 1;
                    }
                }
                assert!(begin.elapsed() < Duration::from_mins(1));
            }
            is_over.store(true, Ordering::Release);
            kills += killer.join().unwrap();
        });
    }
    println!("{kills} kills: {shown} pages shown, {told} times a sentence instead");
    let document = documents.open(scan).unwrap();
    assert!(render(&document, 0, 300, Turn::None).is_ok());
}

/// Whether it was there to be killed.
fn kill(process: u32) -> bool {
    let mut killed = Command::new("kill");
    killed.args(["-9", &process.to_string()]).stderr(std::process::Stdio::null());
    killed.status().unwrap().success()
}

#[test]
fn who_takes_too_long_is_ended() {
    let limits = Limits { request_limit: Duration::from_millis(1), ..Limits::default() };
    let document = documents_within(limits).open(scan_pdf(1)).unwrap();
    assert_eq!(render(&document, 0, 2000, Turn::None), Err(Trouble::TooSlow));
}

#[test]
fn only_so_many_documents_are_open_at_once() {
    let limits = Limits { documents_max: 2, ..Limits::default() };
    let documents = documents_within(limits);
    let pdf = text_pdf(&[&["eins"]]);
    let first = documents.open(pdf.clone()).unwrap();
    let second = documents.open(pdf.clone()).unwrap();
    assert_eq!(documents.open(pdf.clone()).unwrap_err(), Trouble::Busy);
    drop(second);
    // The seat is given back by the thread that held it, a moment later.
    let begin = Instant::now();
    while documents.open(pdf.clone()).is_err() {
        assert!(begin.elapsed() < Duration::from_secs(30));
        thread::yield_now();
    }
    drop(first);
}
