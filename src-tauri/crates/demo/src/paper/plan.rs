//! A drawing to scale: plots, a building, a road, and what is to be built.

use super::Request;
use super::sheet::{LEFT, RIGHT, Sheets};

pub(super) fn draw(sheets: &mut Sheets, request: &Request<'_>) {
    let Request { buerger, date, betreff, .. } = request;
    sheets.bold(&format!("{betreff}, {}", buerger.strasse), 14.0);
    sheets.text(&format!("{} · Maßstab 1 : 500 · {date}", buerger.ort), 10.0);
    let (left, top, width, height) = (LEFT, 130.0, RIGHT - LEFT, 520.0);
    sheets.rectangle((left, top), (width, height), 1.0);
    // The road with its name.
    sheets.line((left, top + 430.0), (left + width, top + 415.0), 0.8);
    sheets.line((left, top + 480.0), (left + width, top + 465.0), 0.8);
    sheets.label((left + 150.0, top + 455.0), &buerger.strasse, 10.0);
    for number in 0_u8..6 {
        let x = left + f32::from(number) * width / 6.0;
        sheets.line((x, top), (x + 12.0, top + 430.0), 0.5);
        sheets.label((x + 20.0, top + 20.0), &format!("{}/{}", 112 + number, 3 + number), 8.0);
    }
    let house = (left + 165.0, top + 200.0);
    sheets.rectangle(house, (110.0, 90.0), 1.6);
    sheets.label((house.0 + 22.0, house.1 + 50.0), "Wohnhaus", 10.0);
    let new = (house.0 + 120.0, house.1 + 30.0);
    sheets.rectangle(new, (46.0, 60.0), 2.2);
    for number in 0_u8..6 {
        let offset = f32::from(number) * 10.0;
        sheets.line((new.0, new.1 + offset), (new.0 + 46.0, new.1 + offset + 8.0), 0.5);
    }
    sheets.label((new.0 + 2.0, new.1 + 75.0), "geplant, 42 m²", 9.0);
    sheets.label((left + width - 40.0, top + 30.0), "N", 14.0);
    sheets.line((left + width - 35.0, top + 70.0), (left + width - 35.0, top + 36.0), 1.2);
    sheets.y = top + height + 10.0;
    sheets.text(
        &format!("Bauherrschaft: {}. Die Abstandsflächen sind eingehalten, die Stellplätze im Plan schraffiert gekennzeichnet.", buerger.full_name()),
        10.0,
    );
}
