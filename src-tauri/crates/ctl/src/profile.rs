//! A profile: opened, checked, saved from.

use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use kontor_app::check::{self, Finding, Verdict};
use kontor_app::salvage::{self, Salvaged};
use kontor_app::{Office, Profile, SystemWorld};
use serde_json::{Value, json};

use crate::args::{self, Args};
use crate::exit;
use crate::outcome::{Failure, Output};
use crate::passphrase::Source;

/// Opens the profile with everything in it.
pub(crate) fn open(args: &Args) -> Result<Office, Failure> {
    let source = Source::of(args)?;
    let profile = Profile::lock(&args.profile)?;
    let key = source.key(&profile)?;
    let office = Office::open(profile, &key, Arc::new(SystemWorld))?;
    if office.mirror_was_rebuilt() && !args.json {
        eprintln!(
            "Die Abschrift der Zentrale auf diesem Rechner war beschädigt und wird neu geholt. \
             Ihre Einträge sind nicht betroffen."
        );
    }
    Ok(office)
}

pub(crate) async fn verify(args: &Args, output: Output) -> Result<ExitCode, Failure> {
    let office = open(args)?;
    Ok(report(&check::verify(&office).await?, output))
}

/// Also says what is wrong with a profile that does not open.
pub(crate) async fn doctor(args: &Args, output: Output) -> Result<ExitCode, Failure> {
    let source = Source::of(args)?;
    let opened = Profile::lock(&args.profile).and_then(|profile| {
        let key = source.key(&profile)?;
        Office::open(profile, &key, Arc::new(SystemWorld))
    });
    let findings = match opened {
        Ok(office) => check::doctor(&office).await?,
        Err(error) => {
            let mut findings = check::machine(&args.profile);
            findings.push(Finding::unopened(&error));
            findings
        }
    };
    Ok(report(&findings, output))
}

fn report(findings: &[Finding], output: Output) -> ExitCode {
    let mut lines = String::new();
    for finding in findings {
        let mark = match finding.verdict {
            Verdict::Good => "  ✓",
            Verdict::Skipped => "  –",
            Verdict::Doubtful => "  !",
            Verdict::Bad => "  ✗",
        };
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{mark} {}", finding.sentence);
        if !finding.hint.is_empty() {
            let _ = writeln!(lines, "    {}", finding.hint);
        }
    }
    let worst = findings.iter().filter(|finding| finding.verdict == Verdict::Bad);
    let code = worst.filter_map(|finding| finding.code).map(|code| exit::code(code.class())).max();
    output.say(&json!({ "findings": findings }), lines.trim_end());
    code.map_or(ExitCode::SUCCESS, ExitCode::from)
}

pub(crate) fn salvage(
    args: &Args,
    salvage: &args::Salvage,
    output: Output,
) -> Result<ExitCode, Failure> {
    let source = Source::of(args)?;
    let profile = Profile::lock(&args.profile)?;
    let key = source.key(&profile)?;
    let salvaged = salvage::salvage(&profile, &key, &salvage.to)?;
    let value = serde_json::to_value(&salvaged).unwrap_or(Value::Null);
    output.say(&value, &told(&salvaged));
    let whole = salvaged.work.is_none() && salvaged.entries_lost + salvaged.documents_lost == 0;
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(exit::DAMAGED) })
}

fn told(salvaged: &Salvaged) -> String {
    let Salvaged { entries, waiting, entries_lost, drafts, documents, documents_lost, work } =
        salvaged;
    let work = match work {
        Some(code) => format!("Aus work.db ließ sich nichts lesen. {}", code.sentence()),
        None => format!(
            "Gerettet sind {entries} Einträge, davon {waiting}, die die Zentrale noch nicht hat, und \
             {drafts} Entwürfe. Nicht lesbar: {entries_lost} Einträge."
        ),
    };
    format!(
        "{work}\nGerettet sind {documents} Dokumente; nicht vollständig lesbar: {documents_lost}.\n\
         Achtung: Im Zielordner liegt alles unverschlüsselt. Bitte geben Sie ihn nur Ihrer IT und \
         löschen Sie ihn, wenn er nicht mehr gebraucht wird."
    )
}
