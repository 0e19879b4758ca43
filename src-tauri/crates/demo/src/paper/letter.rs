//! A letter after DIN 5008.

use super::Request;
use super::sheet::Sheets;

pub(super) fn draw(sheets: &mut Sheets, request: &Request<'_>) {
    let Request { buerger, anliegen, date, betreff, .. } = request;
    for line in [&buerger.full_name(), &buerger.strasse, buerger.ort] {
        sheets.right(line, 11.0);
    }
    sheets.space(50.0);
    for line in ["Kreis Musterland", "Kreishaus", "Am Schlossplatz 1", "00101 Musterstadt"] {
        sheets.text(line, 11.0);
    }
    sheets.space(35.0);
    sheets.right(&format!("{}, den {date}", buerger.stadt()), 11.0);
    sheets.space(20.0);
    sheets.bold(betreff, 11.5);
    sheets.space(12.0);
    sheets.text("Sehr geehrte Damen und Herren,", 11.0);
    sheets.space(8.0);
    sheets.text(&buerger.fill(anliegen.text), 11.0);
    sheets.space(8.0);
    for (label, answer) in anliegen.angaben {
        sheets.text(&format!("{label}: {}", buerger.fill(answer)), 11.0);
    }
    sheets.space(8.0);
    sheets.text("Für Rückfragen erreichen Sie mich am besten am Nachmittag.", 11.0);
    sheets.space(8.0);
    sheets.text("Mit freundlichen Grüßen", 11.0);
    sheets.space(28.0);
    sheets.text(&buerger.full_name(), 11.0);
}
