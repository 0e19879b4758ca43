//! Why a Frist ends on its day, one thing a sentence.

use kontor_domain::{Beginn, Dauer, Day, Fristrechnung, Schritt};

use crate::shown::day_text;

/// The steps that led to `ende`; they say so if today's calendar leads elsewhere.
pub(crate) fn explained(rechnung: &Fristrechnung, ende: Day) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(grundlage) = &rechnung.rechtsgrundlage {
        sentences.push(format!("Die Frist folgt aus {grundlage}."));
    }
    let Some(reckoned) = rechnung.reckon() else {
        sentences.push("Das Ende lässt sich nicht berechnen; bitte tragen Sie den Tag ein.".into());
        return sentences;
    };
    sentences.extend(reckoned.schritte.iter().map(|schritt| sentence(schritt, rechnung)));
    if reckoned.ende == ende {
        sentences.push(format!("Die Frist endet mit Ablauf des {}.", day_text(ende)));
    } else {
        sentences.push(format!(
            "Eingetragen ist der {}; nach heutigem Stand wäre es der {}. Bitte prüfen Sie das Ende.",
            day_text(ende),
            day_text(reckoned.ende)
        ));
    }
    sentences
}

fn sentence(schritt: &Schritt, rechnung: &Fristrechnung) -> String {
    match *schritt {
        Schritt::Bekanntgabe { aufgegeben, gilt } => format!(
            "Am {} zur Post gegeben oder elektronisch abgesandt, gilt der Bescheid am {} als bekannt \
             gegeben (§ 41 Abs. 2 VwVfG).",
            day_text(aufgegeben),
            day_text(gilt)
        ),
        Schritt::Beginn { am } => match rechnung.beginn {
            Beginn::Tagesbeginn(_) => format!(
                "Die Frist beginnt am {}; dieser Tag zählt mit (§ 187 Abs. 2 BGB).",
                day_text(am)
            ),
            Beginn::Ereignis(day) => format!(
                "Der {} zählt nicht mit; die Frist beginnt am {} (§ 187 Abs. 1 BGB).",
                day_text(day),
                day_text(am)
            ),
            Beginn::Aufgabe(_) => format!(
                "Der Tag der Bekanntgabe zählt nicht mit; die Frist beginnt am {} (§ 187 Abs. 1 BGB).",
                day_text(am)
            ),
        },
        Schritt::Ende { am } => format!(
            "{} mit dem {} ({}).",
            lasts_until(rechnung.dauer),
            day_text(am),
            rule(rechnung.dauer)
        ),
        Schritt::Hemmung { von, bis, ende } => format!(
            "Vom {} bis {} lief sie nicht; das Ende verschiebt sich auf den {} (§ 209 BGB).",
            day_text(von),
            day_text(bis),
            day_text(ende)
        ),
        Schritt::Verschoben { von, weil, auf } => format!(
            "Der {} ist ein freier Tag ({weil}); der nächste Werktag ist der {} (§ 31 Abs. 3 VwVfG).",
            day_text(von),
            day_text(auf)
        ),
    }
}

/// „Ein Monat endet“, „3 Monate enden“.
fn lasts_until(dauer: Dauer) -> String {
    let (count, one, many) = match dauer {
        Dauer::Tage(count) => (count, "Ein Tag", "Tage"),
        Dauer::Arbeitstage(count) => (count, "Ein Arbeitstag", "Arbeitstage"),
        Dauer::Wochen(count) => (count, "Eine Woche", "Wochen"),
        Dauer::Monate(count) => (count, "Ein Monat", "Monate"),
        Dauer::Jahre(count) => (count, "Ein Jahr", "Jahre"),
    };
    if count.get() == 1 { format!("{one} endet") } else { format!("{count} {many} enden") }
}

const fn rule(dauer: Dauer) -> &'static str {
    match dauer {
        Dauer::Tage(_) | Dauer::Arbeitstage(_) => "§ 188 Abs. 1 BGB",
        Dauer::Wochen(_) | Dauer::Monate(_) | Dauer::Jahre(_) => "§ 188 Abs. 2 und 3 BGB",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn check(rechnung: Value, ende: &str, expect: &[&str]) {
        let rechnung: Fristrechnung = serde_json::from_value(rechnung).unwrap();
        assert_eq!(explained(&rechnung, ende.parse().unwrap()), expect);
    }

    #[test]
    fn every_step_is_told() {
        let beginn = json!({ "aufgabe": "2026-11-20" });
        let hemmungen = json!([{ "von": "2026-12-01", "bis": "2026-12-02" }]);
        check(
            json!({
                "beginn": beginn, "dauer": { "monate": 1 }, "land": "NW", "hemmungen": hemmungen,
                "rechtsgrundlage": "§ 70 VwGO",
            }),
            "2026-12-28",
            &[
                "Die Frist folgt aus § 70 VwGO.",
                "Am 20.11.2026 zur Post gegeben oder elektronisch abgesandt, gilt der Bescheid am \
                 24.11.2026 als bekannt gegeben (§ 41 Abs. 2 VwVfG).",
                "Der Tag der Bekanntgabe zählt nicht mit; die Frist beginnt am 25.11.2026 (§ 187 Abs. 1 \
                 BGB).",
                "Ein Monat endet mit dem 24.12.2026 (§ 188 Abs. 2 und 3 BGB).",
                "Vom 01.12.2026 bis 02.12.2026 lief sie nicht; das Ende verschiebt sich auf den \
                 26.12.2026 (§ 209 BGB).",
                "Der 26.12.2026 ist ein freier Tag (2. Weihnachtstag); der nächste Werktag ist der \
                 28.12.2026 (§ 31 Abs. 3 VwVfG).",
                "Die Frist endet mit Ablauf des 28.12.2026.",
            ],
        );
    }

    #[test]
    fn an_end_that_does_not_follow_is_said() {
        check(
            json!({ "beginn": { "tagesbeginn": "2026-11-02" }, "dauer": { "tage": 5 } }),
            "2026-11-09",
            &[
                "Die Frist beginnt am 02.11.2026; dieser Tag zählt mit (§ 187 Abs. 2 BGB).",
                "5 Tage enden mit dem 06.11.2026 (§ 188 Abs. 1 BGB).",
                "Eingetragen ist der 09.11.2026; nach heutigem Stand wäre es der 06.11.2026. Bitte prüfen \
                 Sie das Ende.",
            ],
        );
    }
}
