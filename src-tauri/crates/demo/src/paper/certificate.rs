//! Something that another office or a firm confirms.

use super::Request;
use super::sheet::{LEFT, RIGHT, Sheets};

pub(super) fn draw(sheets: &mut Sheets, request: &Request<'_>) {
    let Request { buerger, date, betreff, .. } = request;
    sheets.rectangle((LEFT - 14.0, 50.0), (RIGHT - LEFT + 28.0, 330.0), 1.2);
    sheets.space(20.0);
    sheets.bold(betreff, 20.0);
    sheets.space(18.0);
    sheets.text(&format!("für {}", buerger.full_name()), 13.0);
    sheets.text(&format!("wohnhaft {}, {}", buerger.strasse, buerger.ort), 11.0);
    sheets.space(16.0);
    sheets.text(
        "Hiermit wird bestätigt, dass die Voraussetzungen am Tag der Ausstellung vorlagen. Diese Bescheinigung wurde maschinell erstellt und ist ohne Unterschrift gültig.",
        11.0,
    );
    sheets.space(16.0);
    sheets.text(&format!("Ausgestellt am {date}"), 11.0);
    sheets.space(30.0);
    sheets.text("Dieses Schriftstück gehört zu den Beispieldaten von Kontor.", 8.5);
}
