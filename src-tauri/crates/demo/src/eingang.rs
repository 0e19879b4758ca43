//! What arrives: what became a Vorgang, and what lies in the inbox.

use kontor_domain::{EingangId, Intent, Kanal, RecordEingang};

use crate::anliegen::{ALLE, Anliegen};
use crate::buerger::Buerger;
use crate::diary::{Deed, Diary};
use crate::enter::value;
use crate::paper::{self, Kind, Request};
use crate::{DemoError, id, kreis};

/// How many lie in all inboxes.
const OPEN: usize = 44;

/// What has arrived, and when.
pub(crate) struct Arrival<'a> {
    pub(crate) eingang: EingangId,
    pub(crate) anliegen: &'a Anliegen,
    pub(crate) kanal: Kanal,
    /// Days before now, minute of the day.
    pub(crate) when: (i64, i64),
}

/// The inbox of the last days.
pub(crate) fn all(diary: &mut Diary) -> Result<(), DemoError> {
    let kanaele = [Kanal::Portal, Kanal::Portal, Kanal::Papier, Kanal::Email];
    for number in 0..OPEN {
        let Some(anliegen) = diary.chance.choice(ALLE) else { return Ok(()) };
        let arrival = Arrival {
            eingang: EingangId::new(id::of(&format!("eingang/offen/{number}"))),
            anliegen,
            kanal: diary.chance.choice(kanaele).unwrap_or(Kanal::Papier),
            when: (diary.chance.i64(0..5) * diary.chance.i64(0..3), diary.chance.i64(0..480)),
        };
        let buerger = Buerger::any(diary, anliegen.firmen);
        record(diary, &arrival, &buerger)?;
    }
    Ok(())
}

/// Somebody of the Poststelle records it, with its papers.
pub(crate) fn record(
    diary: &mut Diary,
    arrival: &Arrival<'_>,
    buerger: &Buerger,
) -> Result<(), DemoError> {
    let &Arrival { eingang, anliegen, kanal, when: (days, minute) } = arrival;
    let at = diary.calendar.at(days, minute);
    let date = diary.calendar.written(-days - 2);
    let first = if kanal == Kanal::Portal { Kind::Form } else { Kind::Letter };
    let enclosed = diary.chance.usize(0..=anliegen.anlagen.len());
    let names = anliegen.anlagen.iter().take(enclosed).map(|name| (Kind::of(name), *name));
    let mut papers = Vec::new();
    let mut schriftstuecke = Vec::new();
    let stamp = (kreis::person("dirk"), at);
    for (kind, betreff) in std::iter::once((first, anliegen.antrag)).chain(names) {
        let request = Request { kind, betreff, date: date.clone(), anliegen, buerger };
        let paper = request.make()?;
        let word = format!("{eingang}/{betreff}");
        schriftstuecke.push(paper::schriftstueck(&paper, &word, stamp)?);
        papers.push(paper);
    }
    let record = RecordEingang {
        eingang,
        einheit: kreis::einheit(anliegen.einheit),
        kanal,
        betreff: value(buerger.fill(anliegen.betreff))?,
        schriftstuecke,
    };
    let intent = Intent::RecordEingang(Box::new(record));
    diary.add_with(Deed { at, who: "dirk", intent, papers });
    Ok(())
}
