//! What is said to whoever shows the desk, without being asked.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use kontor_domain::{EntityRef, Moment};
use schemars::JsonSchema;
use serde::Serialize;

use crate::zentrale::{Contact, State};
use crate::{Changed, Code};

/// Something happened that no answer names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Things may look different now.
    Changed(Entities),
    /// It stands otherwise with the Zentrale.
    Status(Status),
}

impl Event {
    /// Its name, where events are told apart by name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Changed(_) => "changed",
            Self::Status(_) => "status",
        }
    }
}

/// What may look different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Entities {
    /// More than could be named: everything.
    pub everything: bool,
    /// These things: `vorgang/0190…`.
    #[schemars(with = "Vec<String>")]
    pub entities: BTreeSet<EntityRef>,
}

impl From<Changed> for Entities {
    fn from(changed: Changed) -> Self {
        Self { everything: changed.everything, entities: changed.things }
    }
}

/// The status line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Status {
    /// Whether the Zentrale can be spoken to.
    pub contact: ContactKind,
    /// Since when it has been away, in ms since 1970 by the clock of this machine.
    pub since: Option<i64>,
    /// What is in the way.
    pub code: Option<Code>,
    /// Entries that wait for the Zentrale.
    pub waiting: u64,
    /// The same for people.
    pub sentence: String,
}

/// Whether the Zentrale can be spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// It has not been tried yet.
    Beginning,
    /// It answers.
    Online,
    /// It does not answer; work goes on.
    Offline,
    /// It answers, but something is wrong; it is tried again.
    Disturbed,
    /// Trying again would not help; somebody has to act.
    Stopped,
}

impl Status {
    /// What the status line shows, with times as the clocks of `zone` show them.
    pub fn of(state: &State, zone: &TimeZone) -> Self {
        let (contact, since, code) = match state.contact {
            Contact::Beginning => (ContactKind::Beginning, None, None),
            Contact::Online => (ContactKind::Online, None, None),
            Contact::Offline { since } => (ContactKind::Offline, Some(since), None),
            Contact::Disturbed { code } => (ContactKind::Disturbed, None, Some(code)),
            Contact::Stopped { code } => (ContactKind::Stopped, None, Some(code)),
        };
        Self {
            contact,
            since: since.map(Moment::unix_ms),
            code,
            waiting: state.waiting,
            sentence: state.sentence(zone),
        }
    }
}
