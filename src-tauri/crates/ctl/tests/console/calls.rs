//! Calls from a console: words, JSON, exit codes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::zentrale::Running;

/// Somebody's console with a profile.
pub(crate) struct Console {
    profile: PathBuf,
    json: bool,
}

impl Console {
    pub(crate) fn new(profile: PathBuf) -> Self {
        Self { profile, json: true }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kontorctl"));
        command
            .arg("--profile")
            .arg(&self.profile)
            .args(self.json.then_some("--json"))
            .args(args)
            .env("KONTOR_PASSPHRASE", "ein Kennwort nur für Tests")
            .env_remove("KONTOR_TOKEN")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stdin(Stdio::null());
        command
    }

    /// Calls, and expects an exit code.
    pub(crate) async fn call(&self, args: &[&str], exit: i32) -> Value {
        self.ran(self.command(args), exit).await
    }

    pub(crate) async fn connect(&self, zentrale: &Running, name: &str, exit: i32) -> Value {
        let mut command = self.command(&["connect", &zentrale.url()]);
        command.env("KONTOR_TOKEN", zentrale.token(name));
        self.ran(command, exit).await
    }

    /// Calls, and expects it to die at a point.
    #[cfg(feature = "failpoints")]
    pub(crate) async fn dies(&self, args: &[&str], point: &str) {
        let mut command = self.command(args);
        command.env("KONTOR_KILL_AT", point);
        let status = tokio::task::spawn_blocking(move || command.output().unwrap().status);
        let status = status.await.unwrap();
        assert_eq!(status.code(), None, "it did not die at {point}");
    }

    /// The Zentrale lives in this process, so waiting must not block it.
    async fn ran(&self, mut command: Command, exit: i32) -> Value {
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let Output { status, stdout, stderr } = &output;
        let text = String::from_utf8_lossy(if status.success() { stdout } else { stderr });
        assert_eq!(status.code(), Some(exit), "{text}{}", String::from_utf8_lossy(stderr));
        if !self.json {
            return Value::String(text.into_owned());
        }
        let text = if stdout.is_empty() { text } else { String::from_utf8_lossy(stdout) };
        serde_json::from_str(&text).unwrap()
    }
}

fn code(failure: &Value) -> &str {
    failure["error"]["code"].as_str().unwrap()
}

pub(crate) async fn folder_with_zentrale() -> (tempfile::TempDir, Running) {
    let folder = tempfile::tempdir().unwrap();
    let zentrale = Running::start(&folder.path().join("zentrale")).await;
    (folder, zentrale)
}

#[tokio::test(flavor = "multi_thread")]
async fn work_goes_to_the_zentrale_and_to_the_other_desk() {
    let (folder, zentrale) = folder_with_zentrale().await;
    let anna = Console::new(folder.path().join("anna"));
    let bernd = Console::new(folder.path().join("bernd"));
    let connected = anna.connect(&zentrale, "anna", 0).await;
    assert_eq!(connected["mandant"]["name"], "Kreis Musterland");
    bernd.connect(&zentrale, "bernd", 0).await;

    let vorgang = zentrale.demo.vorgaenge["baeckerei"].to_string();
    let pdf = folder.path().join("antrag.pdf");
    std::fs::write(&pdf, b"%PDF-1.7\nAntrag").unwrap();
    let payload = json!({ "vorgang": vorgang, "path": pdf }).to_string();
    let added = anna.call(&["run", "schriftstueck.add", &payload], 0).await;
    let reconciled = anna.call(&["sync", "--once"], 0).await;
    assert_eq!((&reconciled["settled"], &reconciled["waiting"]), (&json!(1), &json!(0)));
    bernd.call(&["sync", "--once"], 0).await;

    let copy = folder.path().join("kopie.pdf");
    let export = json!({
        "vorgang": vorgang,
        "schriftstueck": added["answer"]["schriftstueck"],
        "path": copy,
    });
    bernd.call(&["run", "schriftstueck.export", &export.to_string()], 0).await;
    assert_eq!(std::fs::read(&copy).unwrap(), b"%PDF-1.7\nAntrag");
    for desk in [&anna, &bernd] {
        let findings = desk.call(&["verify"], 0).await;
        let verdicts: Vec<_> =
            findings["findings"].as_array().unwrap().iter().map(|f| &f["verdict"]).collect();
        assert_eq!(verdicts, ["good"; 5], "{findings}");
    }
    let findings = anna.call(&["doctor"], 0).await;
    let checks: Vec<_> =
        findings["findings"].as_array().unwrap().iter().map(|f| &f["check"]).collect();
    assert_eq!(checks, ["folder", "space", "key", "database", "zentrale", "clock"], "{findings}");
}

#[tokio::test(flavor = "multi_thread")]
async fn offline_is_normal_and_has_a_code_of_its_own() {
    let (folder, mut zentrale) = folder_with_zentrale().await;
    let anna = Console::new(folder.path().join("anna"));
    anna.connect(&zentrale, "anna", 0).await;
    zentrale.stop().await;
    let vorgang = zentrale.demo.vorgaenge["anker"].to_string();
    let payload = json!({ "vorgang": vorgang, "text": "Ohne Netz." }).to_string();
    anna.call(&["run", "notiz.add", &payload], 0).await;
    assert_eq!(code(&anna.call(&["sync", "--once"], 3).await), "unreachable");
    assert_eq!(anna.call(&["status"], 0).await["waiting"], 1);
    let findings = anna.call(&["verify"], 0).await;
    assert_eq!(findings["findings"][3]["verdict"], "skipped");
    assert_eq!(anna.call(&["doctor"], 3).await["findings"][4]["code"], "unreachable");
    zentrale.come_back().await;
    assert_eq!(anna.call(&["sync", "--once"], 0).await["waiting"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_belongs_to_one_person() {
    let (folder, zentrale) = folder_with_zentrale().await;
    let anna = Console::new(folder.path().join("anna"));
    anna.connect(&zentrale, "anna", 0).await;
    assert_eq!(code(&anna.connect(&zentrale, "bernd", 1).await), "other_person");
    // And goes on working for her.
    anna.call(&["sync", "--once"], 0).await;
    zentrale.revoke_all().await;
    assert_eq!(code(&anna.call(&["sync", "--once"], 5).await), "unauthenticated");
    assert_eq!(code(&anna.connect(&zentrale, "anna", 5).await), "unauthenticated");
    let nobody = Console::new(folder.path().join("niemand"));
    assert_eq!(code(&nobody.connect(&zentrale, "anna", 5).await), "unauthenticated");
    assert_eq!(nobody.call(&["status"], 0).await["zentrale"], json!(null), "it was remembered");
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_that_make_no_sense_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let console = Console::new(folder.path().join("profil"));
    let check = async |args: &[&str], exit, expect: &str| {
        let failure = console.call(args, exit).await;
        assert_eq!(code(&failure), expect, "{args:?}");
    };
    check(&["tanzen"], 2, "call").await;
    check(&["sync"], 2, "call").await;
    check(&["sync", "--once", "--watch"], 2, "call").await;
    check(&["run", "notiz.tanzen"], 2, "command_unknown").await;
    check(&["run", "notiz.add", "{"], 2, "call").await;
    check(&["connect", "http://kontor.example"], 2, "address_insecure").await;
    check(&["connect", "Rathaus"], 2, "address_unfit").await;
    assert!(!console.profile.exists(), "a mistyped call made a profile");
    check(&["run", "notiz.add", "{}"], 5, "not_signed_in").await;
    check(&["sync", "--once"], 5, "not_connected").await;
    let mut command = console.command(&["status"]);
    command.env("KONTOR_PASSPHRASE", "ein anderes Kennwort");
    assert_eq!(code(&console.ran(command, 5).await), "passphrase_wrong");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_read_sentences() {
    let folder = tempfile::tempdir().unwrap();
    let console = Console { profile: folder.path().join("profil"), json: false };
    let text = console.call(&["sync", "--once"], 5).await;
    assert_eq!(
        text,
        "Dieser Arbeitsplatz kennt noch keine Zentrale.\n\
         Bitte verbinden Sie ihn („kontorctl connect ADRESSE“).\n\
         (Code für die IT: not_connected)\n"
    );
    for call in [&["--help"] as &[&str], &["run", "--help"], &["connect", "--help"]] {
        let text = console.call(call, 0).await;
        let text = text.as_str().unwrap();
        assert!(text.contains("Zeigt diese Hilfe"), "{text}");
        for english in ["Usage", "OPTIONS", "Options", "Arguments", "Print", "default", "env"] {
            assert!(!text.contains(english), "{english} in {text}");
        }
    }
    let text = console.call(&["commands"], 0).await;
    assert!(text.as_str().unwrap().contains("Legt einen Vorgang auf Wiedervorlage."));
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_entries_are_not_opened_and_can_be_salvaged() {
    let (folder, zentrale) = folder_with_zentrale().await;
    let anna = Console::new(folder.path().join("anna"));
    anna.connect(&zentrale, "anna", 0).await;
    let vorgang = zentrale.demo.vorgaenge["anker"].to_string();
    let payload = json!({ "vorgang": vorgang, "text": "Noch da." }).to_string();
    anna.call(&["run", "notiz.add", &payload], 0).await;
    spoil(&anna.profile.join("work.db"));
    assert_eq!(code(&anna.call(&["status"], 4).await), "work_damaged");
    let findings = anna.call(&["doctor"], 4).await;
    assert_eq!(findings["findings"][2]["code"], "work_damaged");
    let target = folder.path().join("gerettet");
    let salvaged = anna.call(&["salvage", "--to", target.to_str().unwrap()], 0).await;
    assert_eq!((&salvaged["entries"], &salvaged["waiting"]), (&json!(1), &json!(1)));
    let lines = std::fs::read_to_string(target.join("eintraege.jsonl")).unwrap();
    assert!(lines.contains("Noch da."));
}

fn spoil(path: &Path) {
    let mut bytes = std::fs::read(path).unwrap();
    bytes[1_000..1_064].fill(0xAA);
    std::fs::write(path, bytes).unwrap();
}

/// A schema for every command, for programs that call them.
#[tokio::test(flavor = "multi_thread")]
async fn programs_read_schemas() {
    let folder = tempfile::tempdir().unwrap();
    let console = Console::new(folder.path().join("profil"));
    let listed = console.call(&["commands"], 0).await;
    let commands = listed["commands"].as_array().unwrap();
    assert_eq!(commands.len(), kontor_app::commands::TABLE.len());
    assert!(commands.iter().all(|command| command["payload"]["type"] == "object"));
    assert!(!console.profile.exists());
}

/// Whoever watches sees each state as a line, and ends it with a signal.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn watching_ends_at_once_when_asked() {
    use std::io::{BufRead, BufReader};

    let (folder, zentrale) = folder_with_zentrale().await;
    let anna = Console::new(folder.path().join("anna"));
    anna.connect(&zentrale, "anna", 0).await;
    let mut command = anna.command(&["sync", "--watch"]);
    let watched = tokio::task::spawn_blocking(move || {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let online = lines.find(|line| line.as_ref().unwrap().contains("\"online\"")).unwrap();
        let begin = std::time::Instant::now();
        let id = process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert_eq!(process.wait().unwrap().code(), Some(0));
        assert!(begin.elapsed() < std::time::Duration::from_secs(1));
        online.unwrap()
    });
    let online: Value = serde_json::from_str(&watched.await.unwrap()).unwrap();
    assert_eq!(online["waiting"], 0);
}
