//! A form that somebody filled in.

use super::Request;
use super::sheet::{LEFT, RIGHT, Sheets};

pub(super) fn draw(sheets: &mut Sheets, request: &Request<'_>) {
    let Request { buerger, anliegen, date, betreff, .. } = request;
    sheets.text("Kreis Musterland · Der Landrat", 9.0);
    sheets.space(6.0);
    sheets.bold(betreff, 18.0);
    sheets.text(&format!("Eingereicht über das Bürgerportal am {date}"), 10.0);
    heading(sheets, "Antragstellerin oder Antragsteller");
    field(sheets, "Name", buerger.name);
    field(sheets, "Vorname", buerger.vorname);
    field(sheets, "Anschrift", &format!("{}, {}", buerger.strasse, buerger.ort));
    field(sheets, "Ausgewiesen mit", "Online-Ausweis, Vertrauensniveau hoch");
    heading(sheets, "Angaben zum Antrag");
    for (label, answer) in anliegen.angaben {
        field(sheets, label, &buerger.fill(answer));
    }
    heading(sheets, "Begründung");
    sheets.text(&buerger.fill(anliegen.text), 11.0);
    heading(sheets, "Erklärungen");
    field(sheets, "Bescheid elektronisch", "ja, ich stimme der Zustellung über das Portal zu");
    field(sheets, "Richtigkeit", "Ich versichere, dass meine Angaben richtig sind.");
    sheets.new_sheet();
    sheets.bold("Hinweise zum Datenschutz", 14.0);
    sheets.space(8.0);
    for text in HINWEISE {
        sheets.text(text, 10.5);
        sheets.space(6.0);
    }
}

fn heading(sheets: &mut Sheets, text: &str) {
    sheets.space(16.0);
    sheets.bold(text, 12.0);
    sheets.space(4.0);
}

fn field(sheets: &mut Sheets, label: &str, answer: &str) {
    let top = sheets.y;
    sheets.block(label, (LEFT, LEFT + 150.0), 9.5, false);
    let below_label = sheets.y;
    sheets.y = top;
    sheets.block(answer, (LEFT + 160.0, RIGHT), 11.0, false);
    // A page may have ended in between.
    if sheets.y > top {
        sheets.y = sheets.y.max(below_label);
    }
    sheets.space(4.0);
    sheets.line((LEFT, sheets.y), (RIGHT, sheets.y), 0.4);
}

const HINWEISE: &[&str] = &[
    "Die Angaben werden verarbeitet, um über den Antrag zu entscheiden. Rechtsgrundlage ist Artikel 6 Absatz 1 Buchstabe e der Datenschutz-Grundverordnung in Verbindung mit dem Fachrecht.",
    "Ihre Angaben werden nur an Stellen weitergegeben, die an dem Verfahren zu beteiligen sind. Sie werden gelöscht, sobald die Aufbewahrungsfrist der Akte abgelaufen ist und das Kreisarchiv sie nicht übernimmt.",
    "Sie haben das Recht auf Auskunft, Berichtigung und Beschwerde bei der Aufsichtsbehörde.",
];
