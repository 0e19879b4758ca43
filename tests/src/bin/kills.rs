//! Kills the real programs with -9, again and again, and counts what they had acknowledged.
//!
//! `kills [ROUNDS [SEED]]`. Moments are drawn from the seed; what a program was doing then is up to
//! the machine, so a failure may need several tries to come back.

#![expect(clippy::indexing_slicing, reason = "a field that JSON lacks reads as null")]

use std::path::Path;
use std::process::Child;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use kontor_tests::black_box::{Desk, Zentrale, done, scene};
use serde_json::{Value, json};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let rounds: u64 = arguments.next().as_deref().unwrap_or("30").parse().context("ROUNDS")?;
    let seed: u64 = arguments.next().as_deref().unwrap_or("1").parse().context("SEED")?;
    let folder = tempfile::Builder::new().prefix("kontor-kills-").tempdir()?;
    let mut zentrale = Zentrale::start(&folder.path().join("zentrale"))?;
    let desk = Desk::connect(&folder.path().join("anna"), &zentrale, "anna")?;
    let vorgang = zentrale.vorgang("baeckerei")?;
    let mut dice = Dice(seed);

    scene(&format!("kontorctl stirbt {rounds} Mal beim Schreiben."));
    let mut notes = Notes::default();
    kill_the_desk(&desk, &vorgang, rounds, &mut dice, &mut notes)?;
    notes.check(&desk.vorgang(&vorgang)?)?;
    ensure!(desk.verify()?.success, "{}", desk.verify()?.text);
    done(&format!(
        "{} bestätigte Einträge sind da, {} unbestätigte höchstens einmal",
        notes.kept.len(),
        notes.open.len()
    ));

    let kills = rounds / 3 + 1;
    scene(&format!("Die Zentrale stirbt {kills} Mal beim Annehmen."));
    kill_the_zentrale(&mut zentrale, &desk, &vorgang, kills, &mut dice)?;
    desk.sync()?;
    notes.check(&desk.vorgang(&vorgang)?)?;
    same_for_a_second_desk(&zentrale, folder.path(), &desk, &vorgang)?;
    zentrale.stop()?;
    done(&zentrale.verify()?);
    println!("\nNichts Bestätigtes ging verloren, nichts ist doppelt.");
    Ok(())
}

/// Notes by what the program said about them before it died.
#[derive(Default)]
struct Notes {
    kept: Vec<String>,
    open: Vec<String>,
}

impl Notes {
    fn check(&self, vorgang: &Value) -> Result<()> {
        let text = vorgang["notizen"].to_string();
        let times = |note: &String| text.matches(&format!("\"{note}\"")).count();
        for note in &self.kept {
            ensure!(times(note) == 1, "acknowledged and {} times there: {note}", times(note));
        }
        for note in &self.open {
            ensure!(times(note) <= 1, "{} times there: {note}", times(note));
        }
        Ok(())
    }
}

fn kill_the_desk(
    desk: &Desk,
    vorgang: &str,
    rounds: u64,
    dice: &mut Dice,
    notes: &mut Notes,
) -> Result<()> {
    // How long one write takes here, so that the moments of death cover all of it.
    let begin = std::time::Instant::now();
    desk.run("notiz.add", &json!({ "vorgang": vorgang, "text": "Probe" }))?;
    let usual = begin.elapsed();
    for round in 0..rounds {
        let text = format!("Notiz {round}");
        let mut writer = desk.start("notiz.add", &json!({ "vorgang": vorgang, "text": text }))?;
        sleep(usual.mul_f64(dice.share() * 2.0));
        if dies(&mut writer)? {
            notes.open.push(text);
        } else {
            notes.kept.push(text);
        }
    }
    Ok(())
}

fn kill_the_zentrale(
    zentrale: &mut Zentrale,
    desk: &Desk,
    vorgang: &str,
    kills: u64,
    dice: &mut Dice,
) -> Result<()> {
    for round in 0..kills {
        let text = format!("Während die Zentrale stirbt {round}");
        desk.run("notiz.add", &json!({ "vorgang": vorgang, "text": text }))?;
        let mut reconciling = desk.start_sync()?;
        sleep(Duration::from_millis(700).mul_f64(dice.share()));
        zentrale.kill()?;
        reconciling.wait()?;
        zentrale.start_again()?;
    }
    desk.sync()?;
    let text = desk.vorgang(vorgang)?["notizen"].to_string();
    for round in 0..kills {
        let times = text.matches(&format!("\"Während die Zentrale stirbt {round}\"")).count();
        ensure!(times == 1, "note {round} is there {times} times");
    }
    done("jeder Eintrag ist genau einmal angekommen");
    Ok(())
}

fn same_for_a_second_desk(
    zentrale: &Zentrale,
    folder: &Path,
    first: &Desk,
    vorgang: &str,
) -> Result<()> {
    let second = Desk::connect(&folder.join("bernd"), zentrale, "bernd")?;
    ensure!(first.vorgang(vorgang)? == second.vorgang(vorgang)?, "two desks see two things");
    done("ein zweiter Arbeitsplatz sieht dasselbe");
    Ok(())
}

/// Kills a process; `false` if it had already done its work and said so.
fn dies(process: &mut Child) -> Result<bool> {
    process.kill()?;
    Ok(!process.wait()?.success())
}

/// A small reproducible generator (`SplitMix64`).
struct Dice(u64);

impl Dice {
    /// Between 0 and 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let share = ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64;
        share
    }
}
