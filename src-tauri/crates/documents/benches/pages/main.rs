//! A scan of a thousand pages: the worker beside bare pdfium in this process, same run, same bytes.
//!
//! `cargo bench -p kontor-documents`, with `KONTOR_PDFIUM` set as `packaging/pdfium` does.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark ends where something is missing"
)]

#[path = "../../tests/pages/fixtures.rs"]
#[expect(dead_code, reason = "the benchmark needs the scan alone")]
mod fixtures;
mod formats;

use std::{fs, io::Cursor, time::Instant};

use kontor_documents::{Documents, Limits, OpenDocument, Program, Render, Turn, Urgency};
use pdfium_render::prelude::{PdfBitmap, PdfBitmapFormat, PdfDocument, PdfRenderConfig, Pdfium};

const PAGES: u32 = 1000;
const ROUNDS: u32 = 15;
/// A4 at 150 dpi.
const SHARP_PX: u32 = 1240;
const PREVIEW_PX: u32 = 200;

fn main() {
    let library = std::env::var_os("KONTOR_PDFIUM").expect("KONTOR_PDFIUM");
    let pdfium = Pdfium::new(Pdfium::bind_to_library(&library).unwrap());
    let worker = env!("CARGO_BIN_EXE_kontor-seiten").into();
    let program = Program { worker, library: library.into() };
    // Nothing is kept: every picture is made when it is asked for.
    let documents = Documents::new(program, Limits { pictures_bytes_max: 0, ..Limits::default() });
    let scan = fixtures::scan_pdf(PAGES);
    println!("scan of {PAGES} pages, {} MB; medians of {ROUNDS}, in ms", scan.len() / 1_000_000);

    let open = || {
        let document = documents.open(scan.clone()).unwrap();
        document.info().wait().unwrap();
        document
    };
    let bare_first = median(|_| {
        let document = bare_open(&pdfium, &scan);
        bare_render(&document, 0, SHARP_PX);
    });
    row("open and first preview", 50.0, bare_first, median(|_| render(&open(), 0, PREVIEW_PX)));
    row("open and sharp first page", 100.0, bare_first, median(|_| render(&open(), 0, SHARP_PX)));

    let bare = bare_open(&pdfium, &scan);
    let document = open();
    let next = |round: u32| round + 1;
    let bare_next = median(|round| bare_render(&bare, next(round), SHARP_PX));
    let own_next = median(|round| render(&document, next(round), SHARP_PX));
    row("next page", bare_next * 1.2, bare_next, own_next);
    let far = |round: u32| (round * 379 + 500) % PAGES;
    let bare_far = median(|round| bare_render(&bare, far(round), SHARP_PX));
    row("jump anywhere", 60.0, bare_far, median(|round| render(&document, far(round), SHARP_PX)));
    formats::compare(&picture(&document, 0, SHARP_PX));
    if let Some(worker) = document.worker_process_id() {
        println!("worker with the scan open: {} MB (PSS)", pss_kb(worker) / 1024);
    }
}

fn row(what: &str, aim: f64, bare: f64, own: f64) {
    let verdict = if own <= aim { "met" } else { "MISSED" };
    let ratio = own / bare;
    println!("{what:28} {own:6.1}  bare {bare:6.1}  ratio {ratio:4.2}  aim {aim:5.1}  {verdict}");
}

fn bare_open<'a>(pdfium: &'a Pdfium, scan: &'a [u8]) -> PdfDocument<'a> {
    pdfium.load_pdf_from_reader(Cursor::new(scan), None).unwrap()
}

fn bare_render(document: &PdfDocument<'_>, page: u32, width_px: u32) {
    let page = document.pages().get(i32::try_from(page).unwrap()).unwrap();
    let (width, height) =
        (i32::try_from(width_px).unwrap(), i32::try_from(width_px).unwrap() * 842 / 595);
    let mut bitmap = PdfBitmap::empty(width, height, PdfBitmapFormat::BGR).unwrap();
    let config = PdfRenderConfig::new().set_fixed_size(width, height).set_reverse_byte_order(false);
    page.render_into_bitmap_with_config(&mut bitmap, &config).unwrap();
}

fn render(document: &OpenDocument, page: u32, width_px: u32) {
    drop(picture(document, page, width_px));
}

fn picture(document: &OpenDocument, page: u32, width_px: u32) -> Vec<u8> {
    // Not as visible ones, which would have their neighbours made meanwhile.
    let render = Render { page, width_px, turn: Turn::None };
    document.render(render, Urgency::Thumbnail).wait().unwrap().bmp.clone()
}

fn median(mut work: impl FnMut(u32)) -> f64 {
    let mut times: Vec<_> = (0..ROUNDS)
        .map(|round| {
            let begin = Instant::now();
            work(round);
            begin.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn pss_kb(process: u32) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}
