//! The binary as an operator uses it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

fn zentrale(folder: &Path) -> Command {
    on(&format!("sqlite:{}", folder.join("zentrale.db").display()))
}

fn on(database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor-zentrale"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.args(["--json", "--database", database]);
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    zentrale(folder).args(args).output().unwrap()
}

/// The lines of a command that went well.
fn lines(folder: &Path, args: &[&str]) -> Vec<Value> {
    let output = run(folder, args);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {complaint}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn line(folder: &Path, args: &[&str]) -> Value {
    let mut lines = lines(folder, args);
    assert_eq!(lines.len(), 1, "{args:?}");
    lines.remove(0)
}

/// Code and exit code of a command that did not.
fn failure(folder: &Path, args: &[&str]) -> (String, i32) {
    let output = run(folder, args);
    assert!(output.stdout.is_empty(), "{args:?}");
    let text = String::from_utf8(output.stderr).unwrap();
    let error: Value = serde_json::from_str(&text).unwrap();
    assert!(error["error"]["message"].as_str().unwrap().contains(' '));
    (error["error"]["code"].as_str().unwrap().to_owned(), output.status.code().unwrap())
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap()
}

#[test]
fn an_authority_is_set_up_and_kept() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    assert_eq!(failure(folder, &["user", "list"]), ("not_set_up".to_owned(), 2));
    let setup =
        ["init", "--mandant", "Stadt Muster", "--einheit", "Bürgeramt", "--person", "Emine Yıldız"];
    let init = line(folder, &setup);
    let unit = text(&init, "einheit");
    let add =
        ["user", "add", "--name", "Anna Albers", "--rolle", "sachbearbeitung", "--einheit", unit];
    let anna = line(folder, &add);
    let anna = text(&anna, "person");
    let people = lines(folder, &["user", "list"]);
    assert_eq!(people.len(), 2);
    // Anna may not make people.
    let by_anna = ["user", "add", "--name", "Bernd Brandt", "--as", anna];
    assert_eq!(failure(folder, &by_anna), ("no_right".to_owned(), 3));
    let device = line(folder, &["device", "add", "--person", anna, "--name", "Zimmer 12"]);
    assert!(text(&device, "token").len() > 43);
    let devices = lines(folder, &["device", "list"]);
    assert_eq!(devices.len(), 1);
    assert_eq!(text(&devices[0], "name"), "Zimmer 12");
    assert!(!devices[0].to_string().contains(text(&device, "token")));
    line(folder, &["device", "revoke", text(&device, "device")]);
    assert!(lines(folder, &["device", "list"]).is_empty());
    line(folder, &["user", "deactivate", anna]);
    let people = lines(folder, &["user", "list"]);
    assert!(people.iter().any(|person| text(person, "id") == anna && person["aktiv"] == false));
    let bauamt = line(folder, &["user", "einheit", "--name", "Bauamt", "--unter", unit]);
    let units = lines(folder, &["user", "einheiten"]);
    let below = units.iter().find(|one| one["id"] == bauamt["einheit"]).unwrap();
    assert_eq!((units.len(), text(below, "uebergeordnet")), (2, unit));
    assert_eq!(line(folder, &["verify"])["rows"], 5);
}

#[test]
fn a_backup_becomes_a_zentrale_again() {
    let folder = TempDir::new().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let backup = folder.path().join("backup");
    let backup = backup.to_str().unwrap();
    line(&first, &["init", "--demo"]);
    line(&first, &["backup", backup]);
    assert_eq!(failure(&first, &["backup", backup]), ("in_the_way".to_owned(), 3));
    assert_eq!(failure(&first, &["restore", backup]), ("in_the_way".to_owned(), 3));
    let restored = line(&second, &["restore", backup]);
    assert_eq!(text(&restored, "epoch").len(), 36);
    let before = line(&first, &["verify"]);
    assert_eq!(line(&second, &["verify"]), before);
    // Two people find out that a document is gone or changed.
    let documents = second.join("documents/documents").join(text(&before, "mandant"));
    std::fs::create_dir_all(&documents).unwrap();
    std::fs::write(documents.join("0".repeat(64)), "not what the name says").unwrap();
    let output = run(&second, &["verify"]);
    assert_eq!(output.status.code(), Some(5));
    assert!(String::from_utf8(output.stdout).unwrap().contains(&"0".repeat(64)));
}

/// A serving process; ends with the test, whatever happens.
struct Serving {
    process: Child,
    out: BufReader<ChildStdout>,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Serving {
    fn start(mut command: Command, options: &[&str]) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(options);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let out = BufReader::new(process.stdout.take().unwrap());
        Self { process, out }
    }

    fn line(&mut self) -> Value {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    /// Where it listens.
    fn address(&mut self) -> String {
        let line = self.line();
        assert_eq!(text(&line, "event"), "listening");
        text(&line, "address").to_owned()
    }
}

fn connect(address: &str, request: &str, token: &str, body: &str) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!(
        "{request} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nkontor-protocol: 1\r\n\
         authorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    BufReader::new(stream)
}

#[cfg(unix)]
#[test]
fn it_serves_until_it_is_asked_to_stop() {
    let folder = TempDir::new().unwrap();
    let mut serving = Serving::start(zentrale(folder.path()), &["--demo"]);
    let demo = serving.line();
    assert!(text(&demo["devices"]["anna"], "token").starts_with("kontor_device_"));
    let address = serving.address();
    let mut answer = String::new();
    connect(&address, "GET /health/ready", "", "").read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let id = serving.process.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert!(serving.process.wait().unwrap().success());
    assert_eq!(text(&serving.line(), "event"), "stopped");
}

/// Waits for the next hint of a live connection.
fn hint(events: &mut BufReader<TcpStream>) -> u64 {
    let mut line = String::new();
    loop {
        line.clear();
        assert!(events.read_line(&mut line).unwrap() > 0, "the connection ended");
        if let Some(position) = line.strip_prefix("data: ") {
            return position.trim().parse().unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn two_instances_on_one_postgresql_are_one_zentrale() {
    let folder = TempDir::new().unwrap();
    let documents = folder.path().join("documents");
    let documents = documents.to_str().unwrap();
    let url = kontor_testkit::postgres::database().unwrap();
    let instance = |url: &str| {
        let mut command = on(url);
        command.args(["--documents", documents]);
        command
    };
    let mut first = Serving::start(instance(&url), &["--demo"]);
    let demo = first.line();
    let token = |who| text(&demo["devices"][who], "token").to_owned();
    let first_address = first.address();
    let mut second = Serving::start(instance(&url), &[]);
    let mut live = connect(&second.address(), "GET /v1/live", &token("bernd"), "");
    let before = hint(&mut live);
    // Anna writes at the first; Bernd, at the second, is told.
    let entry = serde_json::json!({
        "id": "01900000-0000-7000-8000-000000000001",
        "author": demo["devices"]["anna"]["person"],
        "at": 0,
        "seen": 0,
        "intent": {
            "kind": "add_notiz",
            "vorgang": demo["vorgaenge"]["anker"],
            "notiz": "01900000-0000-7000-8000-000000000002",
            "text": "Unterlagen sind da.",
        },
    });
    let desk = "01900000-0000-7000-8000-000000000003";
    let push = serde_json::json!({
        "instance": desk,
        "entries": [{ "number": 1, "entry": entry }],
    });
    let mut answer = String::new();
    connect(&first_address, "POST /v1/push", &token("anna"), &push.to_string())
        .read_to_string(&mut answer)
        .unwrap();
    assert!(answer.contains("\"outcome\":\"merged\""), "{answer}");
    assert_eq!(hint(&mut live), before + 1);
    drop((first, second));
    // The whole thing moves to another database.
    let backup = folder.path().join("backup");
    let backup = backup.to_str().unwrap();
    let one = |mut command: Command, args: &[&str]| -> Value {
        let output = command.args(args).output().unwrap();
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}: {complaint}");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let verified = one(instance(&url), &["verify"]);
    assert_eq!(verified["rows"], before + 1);
    one(instance(&url), &["backup", backup]);
    let other = kontor_testkit::postgres::database().unwrap();
    let moved = folder.path().join("moved");
    let moved = moved.to_str().unwrap();
    let restored = one(on(&other), &["--documents", moved, "restore", backup]);
    assert_eq!(text(&restored, "epoch").len(), 36);
    assert_eq!(one(on(&other), &["--documents", moved, "verify"]), verified);
}
