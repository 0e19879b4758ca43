//! The binary as an operator uses it.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

fn zentrale(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor-zentrale"));
    command.env_clear().arg("--json").arg("--database");
    command.arg(format!("sqlite:{}", folder.join("zentrale.db").display()));
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
    assert_eq!(line(folder, &["verify"])["rows"], 4);
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

/// Ends the process with the test, whatever happens.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(unix)]
#[test]
fn it_serves_until_it_is_asked_to_stop() {
    let folder = TempDir::new().unwrap();
    let mut command = zentrale(folder.path());
    command.args(["serve", "--demo", "--listen", "127.0.0.1:0"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut running = Running(child);
    let mut out = BufReader::new(running.0.stdout.take().unwrap());
    let mut next = || {
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        serde_json::from_str::<Value>(&line).unwrap()
    };
    let demo = next();
    assert!(text(&demo["devices"]["anna"], "token").starts_with("kontor_device_"));
    let listening = next();
    assert_eq!(text(&listening, "event"), "listening");
    let address = text(&listening, "address").to_owned();
    let mut stream = std::net::TcpStream::connect(&address).unwrap();
    std::io::Write::write_all(
        &mut stream,
        b"GET /health/ready HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let id = running.0.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert!(running.0.wait().unwrap().success());
    assert_eq!(text(&next(), "event"), "stopped");
}
