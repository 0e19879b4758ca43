//! 3: the event log.

use kontor_domain::Moment;
use serde::{Deserialize, Serialize};

use super::{Checked, RetryReason, Verdict};
use crate::EinreichungId;
use crate::set::{AuthenticationTags, Event, Issuer, Set, SetError, Trust};
use crate::vocabulary::{Instance, ProblemKind, Vocabulary};

/// What the service signed when the sender delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// The tags of everything.
    pub tags: AuthenticationTags,
    /// The schema our own event must name.
    pub schema: Option<String>,
    /// When it arrived at the service: the receipt that counts.
    pub at: Moment,
}

/// 3 · Every event is signed as it must be, and exactly one says that this Einreichung was submitted.
pub fn submitted(
    log: &[String],
    einreichung: EinreichungId,
    trust: Trust<'_>,
    vocabulary: &Vocabulary,
) -> Checked<Submitted> {
    let wrong = || Verdict::reject(ProblemKind::InvalidEventLog, Instance::Submission);
    let mut found = None;
    for raw in log {
        let set = match Set::verify(raw, trust, vocabulary) {
            Err(SetError::UnknownKey(_)) => {
                return Err(Verdict::Retry { reason: RetryReason::NewSignatureKey });
            }
            read => read.map_err(|_| wrong())?,
        };
        if set.einreichung != Some(einreichung) {
            continue;
        }
        if let Event::Submit(tags) = set.event {
            let submitted = Submitted { tags, schema: set.schema, at: set.issued };
            if found.replace(submitted).is_some() {
                return Err(wrong());
            }
        }
    }
    found.ok_or(Verdict::Retry { reason: RetryReason::NoSubmissionYet })
}

/// How an Einreichung ended, as far as the log shows: how a lost answer is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Not yet.
    Open,
    /// We accepted it.
    Accepted,
    /// We rejected it.
    Rejected,
    /// The service rejected it, or it was deleted.
    Lost,
}

/// Reads the end from the log. Events that cannot be verified say nothing.
pub fn ending(
    log: &[String],
    einreichung: EinreichungId,
    trust: Trust<'_>,
    vocabulary: &Vocabulary,
) -> Ending {
    let sets = log.iter().filter_map(|raw| Set::verify(raw, trust, vocabulary).ok());
    let own = sets.filter(|set| set.einreichung == Some(einreichung));
    // The first end counts: what is accepted may be deleted afterwards, and is ours all the same.
    let mut endings = own.filter_map(|set| match (set.event, set.issuer) {
        (Event::Accept, Issuer::Zustellpunkt) => Some(Ending::Accepted),
        (Event::Reject, Issuer::Zustellpunkt) => Some(Ending::Rejected),
        (Event::Reject, Issuer::Zustelldienst) | (Event::Delete, _) => Some(Ending::Lost),
        (Event::Accept, Issuer::Zustelldienst) | (Event::Submit(_) | Event::Other(_), _) => None,
    });
    endings.next().unwrap_or(Ending::Open)
}
