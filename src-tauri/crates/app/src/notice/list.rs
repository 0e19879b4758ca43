//! What happened and what it means for the work.

use kontor_domain::{EinheitId, EntityKind, EntityRef, Name};
use kontor_store::work::{NewNotice, NoticeKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::shown::Names;
use crate::{Answer, AppError, Office, Who};

/// Payload of `notice.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {}

/// Everything nobody has put away, the newest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    notices: Vec<NoticeShown>,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct NoticeShown {
    /// Its number, for `notice.dismiss`.
    notice: u64,
    /// What happened.
    kind: Happened,
    /// The unit or thing it is about, if it is about one: `vorgang/0190…`.
    #[schemars(with = "Option<String>")]
    entity: Option<EntityRef>,
    /// When, by the clock of this machine, in ms since 1970.
    at: i64,
    /// What happened, in a few words.
    title: String,
    /// What it means for the work.
    sentence: String,
    /// What can be done.
    hint: &'static str,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "NoticeKind")]
enum Happened {
    /// A right is gone, and with it everything of a unit.
    RightLost,
    /// A thing went elsewhere while entries about it waited.
    ThingLeft,
    /// The Zentrale was set back to a backup.
    ZentraleSetBack,
    /// The copy of the Zentrale's data is fetched anew.
    MirrorRebuilt,
    /// An entry had happened before its author's taking back arrived.
    TakenBackTooLate,
}

impl Command for List {
    const NAME: &'static str = "notice.list";
    const ABOUT: &'static str =
        "Listet auf, was mit diesem Arbeitsplatz geschehen ist und noch nicht gelesen wurde.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let desk = office.desk()?;
        let mut names = Names::new(&desk);
        let mut notices = Vec::new();
        for stored in desk.work().notices()? {
            let NewNotice { kind, subject, told_at, .. } = stored.notice;
            let einheit = match subject.filter(|it| it.kind == EntityKind::Einheit) {
                Some(subject) => names.einheit(EinheitId::new(subject.id))?,
                None => None,
            };
            notices.push(NoticeShown {
                notice: stored.number,
                kind: kind.into(),
                entity: subject,
                at: told_at,
                title: title(&stored.notice, einheit.as_ref()),
                sentence: sentence(&stored.notice),
                hint: hint(kind),
            });
        }
        Ok(Answer::unchanged(Listed { notices }))
    }
}

impl From<NoticeKind> for Happened {
    fn from(kind: NoticeKind) -> Self {
        match kind {
            NoticeKind::RightLost => Self::RightLost,
            NoticeKind::ThingLeft => Self::ThingLeft,
            NoticeKind::ZentraleSetBack => Self::ZentraleSetBack,
            NoticeKind::MirrorRebuilt => Self::MirrorRebuilt,
            NoticeKind::TakenBackTooLate => Self::TakenBackTooLate,
        }
    }
}

fn title(notice: &NewNotice, einheit: Option<&Name>) -> String {
    match (notice.kind, einheit) {
        (NoticeKind::RightLost, Some(name)) => format!("Kein Zugriff mehr auf „{name}“"),
        (NoticeKind::RightLost, None) => {
            "Kein Zugriff mehr auf eine Organisationseinheit".to_owned()
        }
        (NoticeKind::ThingLeft, _) => format!("{} nicht mehr auf diesem Gerät", what(notice)),
        (NoticeKind::ZentraleSetBack, _) => "Die Zentrale hat einen früheren Stand".to_owned(),
        (NoticeKind::MirrorRebuilt, _) => "Daten werden neu geholt".to_owned(),
        (NoticeKind::TakenBackTooLate, _) => "Zu spät zurückgenommen".to_owned(),
    }
}

fn sentence(notice: &NewNotice) -> String {
    let waiting = waiting(notice.entries);
    match notice.kind {
        NoticeKind::RightLost => format!(
            "Ihr Recht auf diese Organisationseinheit ist weggefallen. Was ihr gehört, liegt nicht mehr auf diesem Gerät. {waiting}"
        ),
        NoticeKind::ThingLeft => {
            format!("Jemand hat die Sache an eine andere Organisationseinheit gegeben. {waiting}")
        }
        NoticeKind::ZentraleSetBack => {
            let again = match notice.entries {
                0 => "Von diesem Arbeitsplatz fehlt ihr nichts.".to_owned(),
                1 => "Ein Eintrag von diesem Arbeitsplatz wird ihr noch einmal vorgelegt.".to_owned(),
                more => {
                    format!("{more} Einträge von diesem Arbeitsplatz werden ihr noch einmal vorgelegt.")
                }
            };
            format!("Die Zentrale wurde aus einer Sicherung wiederhergestellt. {again} Nichts davon geht verloren, und nichts geschieht doppelt.")
        }
        NoticeKind::MirrorRebuilt => {
            "Was auf diesem Gerät von der Zentrale lag, war beschädigt oder stimmte nicht mehr mit ihr überein. Es wird neu geholt. Ihre Einträge sind gespeichert.".to_owned()
        }
        NoticeKind::TakenBackTooLate => {
            "Der Eintrag, den Sie zurückgenommen haben, war schon bei der Zentrale. Er gilt.".to_owned()
        }
    }
}

const fn hint(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::RightLost => {
            "Was Sie geschrieben haben, können Sie hier weiter lesen und kopieren. Stimmt es so nicht, sprechen Sie bitte Ihre Leitung an."
        }
        NoticeKind::ThingLeft => {
            "Ob die Zentrale Ihre Einträge übernommen hat, steht in dieser Liste. Was Sie geschrieben haben, können Sie hier weiter lesen und kopieren."
        }
        NoticeKind::ZentraleSetBack => {
            "Sie können weiterarbeiten. Was andere seit der Sicherung eingetragen haben, kommt von deren Arbeitsplätzen zurück."
        }
        NoticeKind::MirrorRebuilt => {
            "Sie können weiterarbeiten. Geschieht es öfter, sagen Sie es bitte Ihrer IT."
        }
        NoticeKind::TakenBackTooLate => {
            "Öffnen Sie die Sache und ändern Sie sie neu, wenn es anders sein soll."
        }
    }
}

fn waiting(entries: u64) -> String {
    match entries {
        0 => "Von Ihnen war dazu nichts offen.".to_owned(),
        1 => "Ein Eintrag von Ihnen war dazu noch offen; er ist gespeichert.".to_owned(),
        more => format!("{more} Einträge von Ihnen waren dazu noch offen; sie sind gespeichert."),
    }
}

fn what(notice: &NewNotice) -> &'static str {
    match notice.subject.map(|subject| subject.kind) {
        Some(EntityKind::Vorgang) => "Ein Vorgang liegt",
        Some(EntityKind::Eingang) => "Ein Eingang liegt",
        Some(EntityKind::Akte) => "Eine Akte liegt",
        Some(
            EntityKind::Einheit
            | EntityKind::Person
            | EntityKind::Aktenplaneintrag
            | EntityKind::Leistungspaket,
        )
        | None => "Etwas liegt",
    }
}
