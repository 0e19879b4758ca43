//! What is still open in a Vorgang that somebody wants to close.

use std::collections::BTreeSet;

use kontor_domain::{
    Day, DocumentHash, Entity, EntityRef, FristId, Intent, IntentId, Kalender, Status, Vorgang,
    VorgangId, WiedervorlageId,
};
use kontor_store::work::Fate;
use kontor_sync::{Desk, Forecast};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::entry::{self, done};
use crate::shown::{Names, day_text, feld_text};
use crate::{Answer, AppError, Code, Office, Who};

/// More entries were refused at once on no workstation that anybody works at.
const REFUSED_MAX: u32 = 1_000;

/// Payload of `vorgang.closing`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Closing {
    /// Which.
    #[schemars(with = "String")]
    vorgang: VorgangId,
}

/// What is still open, what prevents it first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Looked {
    points: Vec<Point>,
}

/// One thing that is open.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Point {
    /// What it means for closing.
    weight: Weight,
    /// What it is about, so that something can be done about it at once.
    about: About,
    /// For people.
    pub(crate) sentence: String,
}

/// What an open thing means for closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Weight {
    /// It cannot be closed before this is settled.
    Prevents,
    /// It can be closed all the same, with a reason.
    Warns,
    /// Nothing has to be done about it, but whoever closes should know.
    Tells,
}

/// What is open.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum About {
    /// It lies with the Akten already.
    Closed,
    /// Two Fassungen nobody has decided between.
    Contested,
    /// An own entry that waits and will be refused: closing builds on it.
    Stuck {
        #[schemars(with = "String")]
        entry: IntentId,
    },
    /// An own entry the Zentrale has refused and nobody has put away.
    Refused {
        #[schemars(with = "String")]
        entry: IntentId,
    },
    /// It waits for somebody outside.
    Awaiting,
    /// A Frist that runs, or has run out.
    Frist {
        #[schemars(with = "String")]
        frist: FristId,
    },
    /// An open Wiedervorlage.
    Wiedervorlage {
        #[schemars(with = "String")]
        wiedervorlage: WiedervorlageId,
    },
    /// It lies in no Akte.
    Unfiled,
    /// A Notiz somebody has begun here.
    Draft,
    /// Documents whose bytes are not on this machine.
    Absent,
    /// Documents whose bytes are on this machine only.
    Unsent,
    /// Own entries that wait.
    Waiting,
}

impl Command for Closing {
    const NAME: &'static str = "vorgang.closing";
    const ABOUT: &'static str =
        "Sagt, was in einem Vorgang noch offen ist, bevor er geschlossen wird.";
    const WHO: Who = Who::SignedIn;
    type Answer = Looked;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        Ok(Answer::unchanged(Looked { points: points(office, self.vorgang)? }))
    }
}

/// Refuses to go on while something prevents closing.
pub(super) fn admit(office: &Office, vorgang: VorgangId) -> Result<(), AppError> {
    let first = points(office, vorgang)?.into_iter().next();
    match first.filter(|point| point.weight == Weight::Prevents) {
        None => Ok(()),
        Some(Point { about: About::Closed, .. }) => Err(Code::Closed.into()),
        Some(point) => Err(AppError::new(Code::StillOpen).saying(point.sentence)),
    }
}

/// Everything that is open, what prevents closing first.
fn points(office: &Office, id: VorgangId) -> Result<Vec<Point>, AppError> {
    let desk = office.desk()?;
    let stand = desk.stand(id.into())?.ok_or(Code::Unknown)?;
    let Entity::Vorgang(vorgang) = &stand.entity else { return Err(Code::Unknown.into()) };
    if vorgang.status == Status::ZdA {
        let sentence = "Der Vorgang ist schon zu den Akten gelegt.".to_owned();
        return Ok(vec![Point { weight: Weight::Prevents, about: About::Closed, sentence }]);
    }
    let kalender = Kalender::new(Names::new(&desk).land(vorgang.einheit)?);
    let left = |ende| office.today().map(|today| (today, kalender.arbeitstage(today, ende)));
    let mut points = of_vorgang(&stand.entity, vorgang, left);
    points.extend(of_entries(&desk, id.into())?);
    points.extend(of_documents(office, &desk, vorgang)?);
    // The face keeps a Notiz somebody is writing under this name.
    if desk.work().draft(&format!("notiz/{id}"))?.is_some() {
        let sentence =
            "Sie haben eine Notiz angefangen, die noch nicht gespeichert ist.".to_owned();
        points.push(Point { weight: Weight::Warns, about: About::Draft, sentence });
    }
    points.sort_by_key(|point| point.weight);
    Ok(points)
}

/// What its fields and lists say.
///
/// `left` says what day it is and how many working days are left until another, as far as known.
fn of_vorgang(
    entity: &Entity,
    vorgang: &Vorgang,
    left: impl Fn(Day) -> Option<(Day, Option<i32>)>,
) -> Vec<Point> {
    let warns = |about, sentence| Point { weight: Weight::Warns, about, sentence };
    let mut points = Vec::new();
    let contested = vorgang.felder.conflicts.values().flat_map(|it| it.contested.keys());
    let contested: BTreeSet<String> =
        contested.map(|feld| feld_text(*feld, Some(entity))).collect();
    if !contested.is_empty() {
        let names = contested.into_iter().collect::<Vec<_>>().join(", ");
        points.push(Point {
            weight: Weight::Prevents,
            about: About::Contested,
            sentence: format!("Zwei Fassungen müssen zuerst geklärt sein: {names}."),
        });
    }
    if vorgang.status == Status::Wartet {
        let sentence = "Der Vorgang wartet noch auf eine Antwort.".to_owned();
        points.push(warns(About::Awaiting, sentence));
    }
    let mut fristen: Vec<_> = vorgang.fristen.iter().collect();
    fristen.sort_by_key(|(id, frist)| (frist.ende, **id));
    for (id, frist) in fristen {
        let sentence = frist_text(frist.name.as_str(), frist.ende, left(frist.ende));
        points.push(warns(About::Frist { frist: *id }, sentence));
    }
    let open = vorgang.wiedervorlagen.iter().filter(|(_, it)| it.erledigt.is_none());
    let mut open: Vec<_> = open.collect();
    open.sort_by_key(|(id, it)| (it.am, **id));
    for (id, it) in open {
        let (grund, am) = (&it.grund, day_text(it.am));
        let sentence = format!("Die Wiedervorlage „{grund}“ am {am} ist noch nicht erledigt.");
        points.push(warns(About::Wiedervorlage { wiedervorlage: *id }, sentence));
    }
    if vorgang.akte.is_none() {
        let sentence = "Der Vorgang liegt in keiner Akte; wie lange er aufbewahrt wird, ist damit nicht bestimmt.";
        points.push(warns(About::Unfiled, sentence.to_owned()));
    }
    points
}

/// What this workstation has entered about it and what has not come to its end.
fn of_entries(desk: &Desk, vorgang: EntityRef) -> Result<Vec<Point>, AppError> {
    let mut points = Vec::new();
    let mut waiting = 0;
    let about = |intent: &Intent| intent.entities().contains(&vorgang);
    let entries = desk.entries().filter(|it| it.fate == Fate::Waiting && !it.withdrawn);
    for folded in entries.filter(|it| about(&it.entry.intent)) {
        if let Forecast::Refused(refusal) = &folded.forecast {
            let why = Code::from(*refusal).sentence();
            let what = done(&folded.entry.intent);
            points.push(Point {
                weight: Weight::Prevents,
                about: About::Stuck { entry: folded.entry.id },
                sentence: format!("„{what}“ wird die Zentrale nicht übernehmen. {why}"),
            });
        } else {
            waiting += 1;
        }
    }
    for stored in desk.work().refused(REFUSED_MAX)? {
        let intent = entry::parse(&stored)?.intent;
        if about(&intent) {
            let what = done(&intent);
            points.push(Point {
                weight: Weight::Warns,
                about: About::Refused { entry: stored.id },
                sentence: format!("„{what}“ hat die Zentrale nicht übernommen."),
            });
        }
    }
    if waiting > 0 {
        let sentence = match waiting {
            1 => "Ein Eintrag zu diesem Vorgang wartet auf die Zentrale; der Abschluss geht nach ihm dorthin.".to_owned(),
            several => format!("{several} Einträge zu diesem Vorgang warten auf die Zentrale; der Abschluss geht nach ihnen dorthin."),
        };
        points.push(Point { weight: Weight::Tells, about: About::Waiting, sentence });
    }
    Ok(points)
}

/// Documents that are on one side only.
fn of_documents(office: &Office, desk: &Desk, vorgang: &Vorgang) -> Result<Vec<Point>, AppError> {
    let open: BTreeSet<DocumentHash> =
        desk.work().open_uploads()?.into_iter().map(|it| it.hash).collect();
    let (mut absent, mut unsent) = (Vec::new(), Vec::new());
    for one in vorgang.schriftstuecke.values() {
        let mut all_here = true;
        for hash in one.hashes() {
            all_here &= office.documents().contains(hash)?;
        }
        if !all_here {
            absent.push(one.betreff.as_str());
        } else if one.hashes().any(|hash| open.contains(&hash)) {
            unsent.push(one.betreff.as_str());
        }
    }
    let absent = several(&absent, "liegt", "liegen").map(|(which, verb)| Point {
        weight: Weight::Tells,
        about: About::Absent,
        sentence: format!("{which} {verb} noch nicht auf diesem Gerät."),
    });
    let unsent = several(&unsent, "ist", "sind").map(|(which, verb)| Point {
        weight: Weight::Tells,
        about: About::Unsent,
        sentence: format!("{which} {verb} erst auf diesem Gerät, noch nicht bei der Zentrale."),
    });
    Ok(absent.into_iter().chain(unsent).collect())
}

/// „Lageplan“, or how many with the first of them; and the verb that goes with it.
fn several<'a>(names: &[&str], one: &'a str, more: &'a str) -> Option<(String, &'a str)> {
    match names {
        [] => None,
        [name] => Some((format!("„{name}“"), one)),
        [first, ..] => Some((format!("{} Schriftstücke (zuerst „{first}“)", names.len()), more)),
    }
}

fn frist_text(name: &str, ende: Day, left: Option<(Day, Option<i32>)>) -> String {
    let am = day_text(ende);
    match left {
        None => format!("Die Frist „{name}“ endet am {am}."),
        Some((today, _)) if ende < today => format!("Die Frist „{name}“ ist am {am} abgelaufen."),
        Some((today, _)) if ende == today => {
            format!("Die Frist „{name}“ läuft noch; heute ist ihr letzter Tag.")
        }
        Some((_, None)) => format!("Die Frist „{name}“ läuft noch bis zum {am}."),
        Some((_, Some(1))) => {
            format!("Die Frist „{name}“ läuft noch bis zum {am}, noch 1 Arbeitstag.")
        }
        Some((_, Some(days))) => {
            format!("Die Frist „{name}“ läuft noch bis zum {am}, noch {days} Arbeitstage.")
        }
    }
}
