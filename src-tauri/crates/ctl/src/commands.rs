//! The command table on the console.

use std::fmt::Write as _;
use std::io::Read as _;
use std::process::ExitCode;

use kontor_app::commands::{self, Row};
use serde_json::{Value, json};

use crate::args::{self, Args};
use crate::outcome::{Failure, Output};
use crate::profile;

/// More than this is no payload; the largest text of the office has 80,000 bytes.
const PAYLOAD_BYTES_MAX: u64 = 4 << 20;

pub(crate) fn list(output: Output) -> ExitCode {
    let rows: Vec<Value> = commands::TABLE
        .iter()
        .map(|row| {
            json!({
                "name": row.name,
                "about": row.about,
                "who": row.who,
                "payload": row.payload(),
                "answer": row.answer(),
            })
        })
        .collect();
    let mut text = String::new();
    for row in commands::TABLE {
        describe(row, &mut text);
    }
    output.say(&json!({ "commands": rows }), text.trim_end())
}

/// Name, sentence, who, and one line for each part of the payload.
fn describe(row: &Row, text: &mut String) {
    let schema = row.payload().to_value();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{}\n    {}\n    {}", row.name, row.about, row.who.sentence());
    let required = schema.get("required").and_then(Value::as_array);
    let required: Vec<&str> = required.into_iter().flatten().filter_map(Value::as_str).collect();
    let parts = schema.get("properties").and_then(Value::as_object);
    for (name, part) in parts.into_iter().flatten() {
        let kind = match part.get("type") {
            Some(Value::String(kind)) => kind.as_str(),
            Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str).unwrap_or("any"),
            _ => "any",
        };
        let optional = if required.contains(&name.as_str()) { "" } else { "  (kann fehlen)" };
        let _ = writeln!(text, "      {name}: {kind}{optional}");
    }
}

pub(crate) fn run(args: &Args, run: &args::Run, output: Output) -> Result<ExitCode, Failure> {
    commands::find(&run.command)?;
    let payload = payload(&run.payload)?;
    let office = profile::open(args)?;
    let answer = commands::run(&office, &run.command, &payload)?;
    Ok(output.answer(&answer))
}

pub(crate) fn status(args: &Args, output: Output) -> Result<ExitCode, Failure> {
    let office = profile::open(args)?;
    let status = commands::run(&office, "status", &json!({}))?;
    let answer = status.get("answer").unwrap_or(&Value::Null);
    let text = |part: &str| answer.pointer(part).and_then(Value::as_str).unwrap_or("–");
    let count = |part: &str| answer.pointer(part).and_then(Value::as_u64).unwrap_or_default();
    let sentence = format!(
        "{}\nPerson: {}\nBehörde: {}\nZentrale: {}\nAuf diesem Rechner: {} Vorgänge, {} Eingänge",
        text("/sentence"),
        text("/name"),
        text("/mandant/name"),
        text("/zentrale"),
        count("/vorgaenge"),
        count("/eingaenge"),
    );
    Ok(output.say(answer, &sentence))
}

fn payload(text: &str) -> Result<Value, Failure> {
    let mut read = String::new();
    let text = if text == "-" {
        let taken = std::io::stdin().lock().take(PAYLOAD_BYTES_MAX).read_to_string(&mut read);
        taken.map_err(|_| unreadable())?;
        &read
    } else {
        text
    };
    serde_json::from_str(text).map_err(|_| unreadable())
}

fn unreadable() -> Failure {
    Failure::of_call(
        "Die Angaben sind kein JSON.",
        "Bitte geben Sie ein JSON-Objekt an, zum Beispiel '{\"vorgang\": \"…\"}'.",
    )
}
