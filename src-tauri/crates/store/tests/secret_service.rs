//! The key store of a Linux desktop: a real GNOME Keyring on a D-Bus session of its own.
//!
//! Each test starts this binary again inside `dbus-run-session`, with a home folder of its own; the
//! inner run is told by an environment variable what to do. The environment of a running program
//! cannot be changed safely, and the session bus is found through it.

#![cfg(target_os = "linux")]

use std::{
    env, fs,
    io::{self, Write},
    path::Path,
    process::{Command, Output, Stdio},
};

use kontor_store::key::{self, AskPassphrase, DataKey, KeyError, KeySource, Passphrase};

const INSIDE: &str = "KONTOR_TEST_INSIDE_SESSION";

/// Nobody is there to answer.
struct Nobody;

impl AskPassphrase for Nobody {
    fn choose(&mut self) -> Option<Passphrase> {
        None
    }

    fn enter(&mut self, _: bool) -> Option<Passphrase> {
        None
    }
}

fn open(profile: &Path) -> Result<DataKey, KeyError> {
    key::open_or_create(profile, KeySource::KeyStore, &mut Nobody)
}

#[test]
fn an_unlocked_keyring_keeps_the_key_and_a_locked_one_says_so() {
    if env::var_os(INSIDE).is_none() {
        return in_a_session("an_unlocked_keyring_keeps_the_key_and_a_locked_one_says_so").unwrap();
    }
    start_keyring("erstes Kennwort").unwrap();
    let (anna, bernd) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let key = open(anna.path()).unwrap();
    assert_eq!(open(anna.path()).unwrap(), key, "the same profile");
    assert_ne!(open(bernd.path()).unwrap(), key, "another profile");

    let copy = tempfile::tempdir().unwrap();
    fs::copy(anna.path().join("schluessel"), copy.path().join("schluessel")).unwrap();
    assert_eq!(open(copy.path()).unwrap(), key, "a moved profile");

    // From within an async runtime, where blocking D-Bus calls would panic on its threads.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { assert_eq!(open(anna.path()).unwrap(), key) });

    call("Lock", "/org/freedesktop/secrets/collection/login").unwrap();
    let error = open(anna.path()).unwrap_err();
    assert!(matches!(error, KeyError::KeyStoreLocked(_)), "{error:?}");
    let fresh = tempfile::tempdir().unwrap();
    let error = open(fresh.path()).unwrap_err();
    assert!(matches!(error, KeyError::KeyStoreLocked(_)), "{error:?}");
    assert_eq!(fs::read_dir(fresh.path()).unwrap().count(), 0, "nothing is made");
}

#[test]
fn a_session_without_a_key_store_says_so_and_a_passphrase_is_asked_for() {
    if env::var_os(INSIDE).is_none() {
        return without_a_session(
            "a_session_without_a_key_store_says_so_and_a_passphrase_is_asked_for",
        )
        .unwrap();
    }
    let profile = tempfile::tempdir().unwrap();
    let error = open(profile.path()).unwrap_err();
    assert!(matches!(error, KeyError::NoKeyStore(_)), "{error:?}");
    let error = key::open_or_create(profile.path(), KeySource::Automatic, &mut Nobody).unwrap_err();
    assert!(matches!(error, KeyError::PassphraseNeeded), "{error:?}");
}

/// Runs one test of this binary inside a new D-Bus session, if the machine can.
fn in_a_session(test: &str) -> io::Result<()> {
    for program in ["dbus-run-session", "gnome-keyring-daemon", "dbus-send"] {
        if !is_installed(program) {
            println!("skipped: {program} is not installed, so no real Secret Service was asked");
            return Ok(());
        }
    }
    let mut session = Command::new("dbus-run-session");
    session.arg("--").arg(env::current_exe()?);
    run_inside(session, test)
}

/// Runs one test of this binary where no D-Bus answers.
fn without_a_session(test: &str) -> io::Result<()> {
    let mut session = Command::new(env::current_exe()?);
    session.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    run_inside(session, test)
}

fn run_inside(mut session: Command, test: &str) -> io::Result<()> {
    let home = tempfile::tempdir()?;
    let output = session
        .args(["--exact", test, "--nocapture"])
        .env(INSIDE, "1")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("HOME", home.path())
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("XDG_RUNTIME_DIR", home.path())
        .stdin(Stdio::null())
        .output()?;
    assert_success(&output);
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.contains("1 passed"), "the inner run has to run the test: {printed}");
    Ok(())
}

/// Starts the keyring with a fresh login collection, unlocked.
fn start_keyring(password: &str) -> io::Result<()> {
    let mut daemon = Command::new("gnome-keyring-daemon")
        .args(["--unlock", "--components=secrets"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    if let Some(mut stdin) = daemon.stdin.take() {
        stdin.write_all(password.as_bytes())?;
    }
    // It goes to the background once it is ready, and ends with the session.
    assert!(daemon.wait()?.success());
    Ok(())
}

fn call(method: &str, collection: &str) -> io::Result<()> {
    let output = Command::new("dbus-send")
        .args(["--session", "--print-reply", "--dest=org.freedesktop.secrets"])
        .arg("/org/freedesktop/secrets")
        .arg(format!("org.freedesktop.Secret.Service.{method}"))
        .arg(format!("array:objpath:{collection}"))
        .output()?;
    assert_success(&output);
    Ok(())
}

fn assert_success(output: &Output) {
    assert!(
        output.status.success(),
        "{}\n{}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn is_installed(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}
