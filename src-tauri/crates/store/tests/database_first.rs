//! The first databases a program opens. Alone in its file, because a program has only one beginning.
#![expect(clippy::unwrap_used, reason = "a helper outside of #[test]")]

use std::{
    hint::spin_loop,
    path::Path,
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use kontor_store::{
    database::{self, Durability},
    key::DataKey,
};

/// Without the wait for `SQLCipher`, one beginning in a hundred fails.
const BEGINNINGS: usize = 150;
const THREADS: usize = 16;

/// Says to this very program that it is one of the beginnings.
const FOLDER: &str = "KONTOR_TEST_FOLDER";

#[test]
fn databases_may_be_opened_by_several_threads_at_once() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return open_at_once(Path::new(&folder));
    }
    let failed = (0..BEGINNINGS).filter(|_| {
        let folder = tempfile::tempdir().unwrap();
        let mut again = Command::new(std::env::current_exe().unwrap());
        !again.env(FOLDER, folder.path()).output().unwrap().status.success()
    });
    assert_eq!(failed.count(), 0, "of {BEGINNINGS} beginnings");
}

fn open_at_once(folder: &Path) {
    let ready = AtomicUsize::new(0);
    thread::scope(|scope| {
        for number in 0..THREADS {
            let (path, ready) = (folder.join(format!("{number}.db")), &ready);
            scope.spawn(move || {
                let key = DataKey::from_bytes([6; 32]);
                ready.fetch_add(1, Ordering::SeqCst);
                // The machine may have fewer cores than there are threads.
                while ready.load(Ordering::SeqCst) < 2 {
                    spin_loop();
                }
                database::open(&path, &key, Durability::Full, None).unwrap();
            });
        }
    });
}
