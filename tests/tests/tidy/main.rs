//! The house rules, held against every file that is or could be committed.
//!
//! Each rule is a pure function from files to findings and is shown one sample it accepts and one
//! it refuses, so a rule that has gone blind fails as loudly as a file that breaks it.

mod files;
mod glossary;
mod layout;
mod purity;
mod shell;
mod source;
mod wording;

use anyhow::{Result, ensure};
use files::File;

fn clean(findings: &[String]) -> Result<()> {
    ensure!(findings.is_empty(), "house rules broken:\n  {}", findings.join("\n  "));
    Ok(())
}

/// What a rule says about one made-up file.
#[cfg(test)]
fn judge(rule: impl Fn(&[File]) -> Vec<String>, path: &str, text: &str) -> Vec<String> {
    rule(&[File { path: path.to_owned(), text: text.to_owned() }])
}

#[test]
fn nothing_stray_lies_at_the_top() -> Result<()> {
    clean(&layout::strays(&files::committable()?))
}

#[test]
fn files_are_short_or_say_why_not() -> Result<()> {
    clean(&layout::long_files(&files::committable()?))
}

#[test]
fn links_lead_somewhere() -> Result<()> {
    clean(&layout::dead_links(&files::committable()?))
}

#[test]
fn lock_files_name_no_registry() -> Result<()> {
    clean(&layout::resolved_packages(&files::committable()?))
}

#[test]
fn inner_crates_do_not_touch_the_world() -> Result<()> {
    clean(&purity::impurities(&files::committable()?))
}

#[test]
fn nothing_is_put_off() -> Result<()> {
    clean(&wording::put_off(&files::committable()?))
}

#[test]
fn nothing_names_the_machine_it_was_written_on() -> Result<()> {
    clean(&wording::machine_paths(&files::committable()?))
}

#[test]
fn exceptions_give_a_reason() -> Result<()> {
    clean(&wording::silent_exceptions(&files::committable()?))
}

#[test]
fn german_is_written_with_umlauts() -> Result<()> {
    clean(&wording::spelled_out_umlauts(&files::committable()?))
}

#[test]
fn office_nouns_stay_german() -> Result<()> {
    clean(&glossary::translations(&files::committable()?))
}

#[test]
fn the_glossary_and_the_code_know_the_same_terms() -> Result<()> {
    clean(&glossary::strangers(&files::committable()?))
}

#[test]
fn shell_scripts_parse() -> Result<()> {
    clean(&shell::broken_scripts(&files::committable()?)?)
}
