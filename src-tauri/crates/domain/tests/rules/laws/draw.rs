//! Draws what three people do from few values, so that they are often in each other's way.

use kontor_domain::{
    Choice, Entity, EntityRef, Entry, Feldaenderung, Feldwert, Intent, PersonId, Revision, Rolle,
    Status,
};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::office::{
    AKTE, ANNA, BAUAKTE, BAUAMT, BERND, CLARA, EINGANG, GEWERBEAMT, IMBISS, NO_AKTE, NO_EINGANG,
    NO_VORGANG, Office, VORGANG, Wish, fassung, person, schriftstueck as doc,
};
use crate::wishes::{
    add_fassung, akte, betreff, changes_of, close, complete, create_akte, create_vorgang, document,
    einheit, frist, gilt, heisst, kommt, leistung, no_frist, note, plan, put_into, record_eingang,
    reopen, resolve, schriftstueck, status, unit, version, wiedervorlage, zuweisung,
};

/// Something somebody does.
#[derive(Debug, Clone)]
pub(super) struct Act {
    author: PersonId,
    aware: bool,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Wants(Intent),
    /// Decides the n-th open conflict of [`VORGANG`]; the digits say how.
    Decides(usize, [u8; 4]),
}

impl Act {
    pub(super) fn wish(&self, office: &Office) -> Wish {
        let intent = match &self.what {
            What::Wants(intent) => intent.clone(),
            What::Decides(n, how) => decides(office, *n, *how),
        };
        Wish { author: self.author, intent, aware: self.aware }
    }
}

fn decides(office: &Office, n: usize, how: [u8; 4]) -> Intent {
    let conflicts = &office.entity(VORGANG).felder().unwrap().conflicts;
    let Some((id, conflict)) = conflicts.iter().nth(n % conflicts.len().max(1)) else {
        return resolve(crate::office::intent(1), []);
    };
    let mut intent = resolve(*id, []);
    if let Intent::ResolveConflict(resolve) = &mut intent {
        let chosen = conflict.contested.iter().zip(how.into_iter().cycle());
        resolve.choices = chosen
            .map(|((feld, contest), how)| {
                let choice = match how % 3 {
                    0 => Choice::Mine,
                    1 => Choice::Theirs,
                    _ => Choice::Other(contest.base.clone()),
                };
                (*feld, choice)
            })
            .collect();
    }
    intent
}

/// What three people did since the office opened.
pub(super) fn day() -> impl Strategy<Value = Vec<Act>> {
    vec(act(), 0..14)
}

pub(super) fn act() -> impl Strategy<Value = Act> {
    let what = prop_oneof![
        8 => intent().prop_map(What::Wants),
        1 => (0..3_usize, any::<[u8; 4]>()).prop_map(|(n, how)| What::Decides(n, how)),
    ];
    let author = prop::sample::select(vec![ANNA, BERND, CLARA]);
    (author, any::<bool>(), what).prop_map(|(author, aware, what)| Act { author, aware, what })
}

/// The office after a day, whatever was refused.
pub(super) fn after(day: &[Act]) -> Office {
    let mut office = Office::open();
    for act in day {
        let wish = act.wish(&office);
        office.decides(wish);
    }
    office
}

/// A next entry, whose author may also be wrong about how much they saw.
pub(super) fn next(office: &Office, act: &Act, seen: Option<u64>) -> Entry {
    let entry = office.entry(act.wish(office));
    Entry { seen: seen.map_or(entry.seen, Revision::new), ..entry }
}

pub(super) fn seen() -> impl Strategy<Value = Option<u64>> {
    prop::option::weighted(0.2, 0..12_u64)
}

/// Adds to a list of [`VORGANG`] under an id of its own.
pub(super) fn addition(n: u128) -> impl Strategy<Value = Intent> {
    prop::sample::select(vec![
        note(n),
        wiedervorlage(n, "2026-12-24"),
        complete(1),
        schriftstueck(VORGANG, doc(n), n),
    ])
}

pub(super) fn intent() -> impl Strategy<Value = Intent> {
    let n = || 1..4_u128;
    let vorgang = || prop::sample::select(vec![VORGANG, IMBISS, NO_VORGANG]);
    prop_oneof![
        6 => change_of(VORGANG.into()),
        1 => prop::sample::select(vec![EntityRef::from(IMBISS), AKTE.into(), EINGANG.into()])
            .prop_flat_map(change_of),
        2 => n().prop_map(note),
        1 => n().prop_map(|n| wiedervorlage(n, "2026-12-24")),
        1 => n().prop_map(complete),
        1 => (3..5_u128).prop_map(|n| schriftstueck(VORGANG, doc(n), n)),
        2 => (n(), n()).prop_map(|(from, to)| add_fassung(fassung(from), version(to))),
        1 => vorgang().prop_map(put_into),
        1 => vorgang().prop_map(|id| create_vorgang(id, "Kiosk")),
        1 => prop::sample::select(vec![close(), reopen()]),
        1 => prop::sample::select(vec![
            record_eingang(NO_EINGANG, vec![document(doc(5), 5)]),
            create_akte(NO_AKTE, GEWERBEAMT, "32.10-2026/9"),
            einheit(BAUAMT, "Bauordnungsamt"),
            einheit(BAUAMT, "Bauamt"),
            plan("Handel"),
            Intent::RecordPerson(person(ANNA, "Anna", [Rolle::Leitung])),
        ]),
    ]
}

fn change_of(entity: EntityRef) -> impl Strategy<Value = Intent> {
    vec(change(), 1..4).prop_map(move |changes| {
        let mut intent = changes_of(entity, []);
        if let Intent::ChangeFelder(change) = &mut intent {
            change.changes = changes;
        }
        intent
    })
}

fn change() -> impl Strategy<Value = Feldaenderung> {
    prop::sample::select(values()).prop_flat_map(|values| {
        let value = prop::sample::select(values);
        (value.clone(), value).prop_map(|(from, to)| Feldaenderung::new(from, to).unwrap())
    })
}

/// Few values for each field.
fn values() -> Vec<Vec<Feldwert>> {
    let stati = [Status::Offen, Status::InBearbeitung, Status::Wartet, Status::ZdA];
    vec![
        ["Kiosk", "Café", "Bude"].map(betreff).into(),
        stati.map(status).into(),
        [None, Some(ANNA), Some(BERND)].map(zuweisung).into(),
        [GEWERBEAMT, BAUAMT].map(unit).into(),
        [None, Some(AKTE), Some(BAUAKTE), Some(NO_AKTE)].map(akte).into(),
        vec![Feldwert::Leistung(None), leistung("99050048001000")],
        vec![no_frist(1), frist(1, "2026-12-24"), frist(1, "2026-12-31")],
        vec![no_frist(2), frist(2, "2026-12-24")],
        ["2026-12-01", "2026-12-24"].map(|day| kommt(1, day)).into(),
        ["2026-12-01", "2026-12-24"].map(|day| kommt(2, day)).into(),
        [1, 2, 3].map(gilt).into(),
        ["Antrag", "Bauantrag", "Anzeige"].map(heisst).into(),
    ]
}

/// Everything in the office, as bytes.
pub(super) fn bytes(office: &Office) -> Vec<(EntityRef, u64, String)> {
    let stands = office.stands.iter();
    let one = |entity: &Entity| serde_json::to_string(entity).unwrap();
    stands.map(|(it, stand)| (*it, stand.revision.number(), one(&stand.entity))).collect()
}

/// The same without revisions.
pub(super) fn content(office: &Office) -> Vec<(EntityRef, String)> {
    bytes(office).into_iter().map(|(it, _, content)| (it, content)).collect()
}
