//! Decisions in one line: what a test expects is readable at a glance.

use kontor_domain::{Conflict, Contest, Decision, EntityRef, Event, Events, Feldwert, Status};

use crate::office::{
    AKTE, ANNA, BAUAKTE, BAUAMT, BERND, CLARA, EINGANG, GEWERBEAMT, IMBISS, VORGANG,
};

/// `accept: betreff=Imbiss, +notiz`, `conflict: betreff? Kiosk|Imbiss|Café` (base, mine, theirs),
/// `reject: closed`. A thing other than [`VORGANG`] is named before what happens to it.
pub(crate) fn show(decision: &Decision) -> String {
    match decision {
        Decision::Accept(events) => format!("accept: {}", all(events)),
        Decision::Merge(events) => format!("merge: {}", all(events)),
        Decision::Conflict { events, conflict } => {
            let opened = events.values().flatten().filter_map(|event| match event {
                Event::ConflictOpened(_, opened) => Some(opened),
                _ => None,
            });
            assert!(opened.eq([conflict]), "the conflict is what the events open");
            format!("conflict: {}", all(events))
        }
        Decision::Reject(refusal) => format!("reject: {}", refusal.code()),
    }
}

fn all(events: &Events) -> String {
    let things = events.iter().map(|(entity, events)| {
        let events: Vec<String> = events.iter().map(one).collect();
        let events = if events.is_empty() { "nothing new".to_owned() } else { events.join(", ") };
        match thing(*entity) {
            Some(name) => format!("{name}({events})"),
            None => events,
        }
    });
    things.collect::<Vec<_>>().join(" ")
}

fn thing(entity: EntityRef) -> Option<&'static str> {
    let names: [(EntityRef, _); 4] = [
        (AKTE.into(), "akte"),
        (BAUAKTE.into(), "bauakte"),
        (EINGANG.into(), "eingang"),
        (IMBISS.into(), "imbiss"),
    ];
    if entity == VORGANG.into() {
        return None;
    }
    let known = names.into_iter().find(|(it, _)| *it == entity).map(|(_, name)| name);
    Some(known.unwrap_or_else(|| entity.kind.word()))
}

fn one(event: &Event) -> String {
    match event {
        Event::Recorded(_) => "recorded".to_owned(),
        Event::Set { wert, .. } => format!("{}={}", feld(wert), value(wert)),
        Event::NotizAdded(..) => "+notiz".to_owned(),
        Event::WiedervorlageAdded(..) => "+wiedervorlage".to_owned(),
        Event::WiedervorlageCompleted(..) => "erledigt".to_owned(),
        Event::SchriftstueckAdded(_) => "+schriftstueck".to_owned(),
        Event::FassungAdded(..) => "+fassung".to_owned(),
        Event::EingangAssigned(_) => "zugeordnet".to_owned(),
        Event::Grund(_) => "grund".to_owned(),
        Event::ConflictOpened(_, conflict) => contested(conflict),
        Event::ConflictClosed(_) => "decided".to_owned(),
    }
}

fn contested(conflict: &Conflict) -> String {
    let one = |Contest { base, mine, theirs }: &Contest| {
        let (mine, theirs) = (value(&mine.wert), value(&theirs.wert));
        format!("{}? {}|{mine}|{theirs}", feld(base), value(base))
    };
    conflict.contested.values().map(one).collect::<Vec<_>>().join(", ")
}

/// Without the id of the item it belongs to.
fn feld(wert: &Feldwert) -> String {
    let name = wert.feld().to_string();
    name.split('/').next().unwrap_or_default().to_owned()
}

fn value(wert: &Feldwert) -> String {
    let nothing = || "–".to_owned();
    match wert {
        Feldwert::Betreff(betreff) | Feldwert::Schriftstueck(_, betreff) => betreff.to_string(),
        Feldwert::Leistung(leistung) => leistung.as_ref().map_or_else(nothing, ToString::to_string),
        Feldwert::Status(status) => match status {
            Status::Offen => "offen".to_owned(),
            Status::InBearbeitung => "in Bearbeitung".to_owned(),
            Status::Wartet => "wartet".to_owned(),
            Status::ZdA => "zdA".to_owned(),
        },
        Feldwert::Zuweisung(None) | Feldwert::Akte(None) => nothing(),
        Feldwert::Zuweisung(Some(person)) => {
            let names = [(ANNA, "Anna"), (BERND, "Bernd"), (CLARA, "Clara")];
            names.into_iter().find(|(it, _)| it == person).unwrap().1.to_owned()
        }
        Feldwert::Einheit(einheit) => {
            let names = [(GEWERBEAMT, "Gewerbeamt"), (BAUAMT, "Bauamt")];
            names.into_iter().find(|(it, _)| it == einheit).unwrap().1.to_owned()
        }
        Feldwert::Akte(Some(akte)) => thing((*akte).into()).unwrap().to_owned(),
        Feldwert::Frist(_, frist) => {
            frist.as_ref().map_or_else(nothing, |frist| frist.ende.to_string())
        }
        Feldwert::Wiedervorlage(_, day) => day.to_string(),
        Feldwert::Fassung(_, fassung) => fassung.to_string().chars().last().unwrap().to_string(),
    }
}
