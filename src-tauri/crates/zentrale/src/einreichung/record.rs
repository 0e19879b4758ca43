//! How far an Einreichung is, as stored.

use kontor_domain::{Dateiname, DocumentHash, Medientyp, Moment};
use kontor_fit_connect::checks::HoldReason;
use kontor_fit_connect::checks::events::Submitted;
use kontor_fit_connect::vocabulary::Problem;
use kontor_fit_connect::{AnlageId, Vorgangsreferenz, ZustellpunktId};
use serde::{Deserialize, Serialize};

use crate::storage::{EinreichungRow, Lage, StorageError};

/// Everything the chain remembers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The Zustellpunkt it came to.
    pub zustellpunkt: ZustellpunktId,
    /// Its thread at the Zustelldienst.
    pub vorgang: Vorgangsreferenz,
    /// When it was first seen here; the 14 days are counted from no later than this.
    pub since: Moment,
    /// Attempts at the next step so far.
    #[serde(default)]
    pub attempts: u32,
    /// The last alarm raised, by its days.
    #[serde(default)]
    pub alarm_days: i64,
    /// The last step that ended.
    pub step: Step,
}

/// The last step that ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// Known by its id.
    Listed,
    /// Everything encrypted and the event log lie in the evidence.
    Fetched,
    /// The event log is genuine, and every ciphertext is the one it names.
    Verified {
        /// What the service signed.
        submitted: Submitted,
    },
    /// Opened, checked against everything it says about itself, and stored as documents.
    Decrypted {
        /// What the service signed.
        submitted: Submitted,
        /// What it is.
        antrag: Antrag,
    },
    /// In the feed, so that every desk gets it. Our event is signed and not sent.
    Committed {
        /// Our accept event.
        event: String,
    },
    /// Our event is with the Zustelldienst.
    AcceptSent {
        /// Our accept event.
        event: String,
    },
    /// The event log says so too.
    Confirmed,
    /// Permanently wrong; our event is signed and not known to be there.
    Rejecting {
        /// Why.
        problems: Vec<Problem>,
        /// Our reject event.
        event: String,
    },
    /// The sender knows.
    Rejected {
        /// Why.
        problems: Vec<Problem>,
    },
    /// The service rejected it or the sender deleted it before we had it.
    Lost,
    /// People have to look.
    Held {
        /// Why.
        reason: Held,
        /// Where it goes on when released.
        from: Box<Step>,
    },
}

/// Why people have to look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Held {
    /// A check says so.
    Check(HoldReason),
    /// This Zentrale has no keys for the Zustellpunkt.
    NoKeys,
    /// The Zustelldienst calls our request wrong.
    Refused {
        /// HTTP status.
        status: u16,
    },
    /// The event log says that it was accepted, and it is not stored here: after a restore from an
    /// old backup, or by another system with the same client.
    AcceptedElsewhere,
    /// It is stored here, but the service had rejected it before our acceptance came.
    EndedBefore,
    /// The office's own rules refused to record it.
    NotRecorded,
    /// The evidence is not what was put there.
    EvidenceDamaged,
}

/// What was sent, ready to be recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Antrag {
    /// The Leistung (URN).
    pub service: String,
    /// The region, where the API names one.
    pub region: Option<String>,
    /// Its documents, in the order the office reads them.
    pub papers: Vec<Unterlage>,
}

/// One document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unterlage {
    /// The Anlage it came as; `None` for Fachdaten.
    pub anlage: Option<AnlageId>,
    /// What it is called in the office.
    pub title: String,
    /// What the file was called.
    pub file_name: Dateiname,
    /// What it is, by its content.
    pub medientyp: Medientyp,
    /// Its bytes.
    pub hash: DocumentHash,
    /// Their number.
    pub size_bytes: u64,
}

impl Step {
    /// Its name, for the log and the operator.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Fetched => "fetched",
            Self::Verified { .. } => "verified",
            Self::Decrypted { .. } => "decrypted",
            Self::Committed { .. } => "committed",
            Self::AcceptSent { .. } => "accept_sent",
            Self::Confirmed => "confirmed",
            Self::Rejecting { .. } => "rejecting",
            Self::Rejected { .. } => "rejected",
            Self::Lost => "lost",
            Self::Held { .. } => "held",
        }
    }

    const fn lage(&self) -> Lage {
        match self {
            Self::Confirmed | Self::Rejected { .. } | Self::Lost => Lage::Done,
            Self::Held { .. } => Lage::Held,
            Self::Listed
            | Self::Fetched
            | Self::Verified { .. }
            | Self::Decrypted { .. }
            | Self::Committed { .. }
            | Self::AcceptSent { .. }
            | Self::Rejecting { .. } => Lage::Open,
        }
    }
}

impl Record {
    /// As stored.
    pub fn read(row: &EinreichungRow) -> Result<Self, StorageError> {
        serde_json::from_str(&row.record)
            .map_err(|_| StorageError::Damaged("the record of an Einreichung"))
    }

    pub(super) fn json(&self) -> Result<String, StorageError> {
        serde_json::to_string(self)
            .map_err(|_| StorageError::Damaged("a record cannot be written as JSON"))
    }

    /// The row after `before`.
    pub(super) fn row(
        &self,
        before: &EinreichungRow,
        due: Moment,
    ) -> Result<EinreichungRow, StorageError> {
        Ok(EinreichungRow {
            id: before.id,
            lage: self.step.lage(),
            due,
            version: before.version + 1,
            record: self.json()?,
        })
    }

    pub(super) fn hold(&mut self, reason: Held) {
        let from = Box::new(std::mem::replace(&mut self.step, Step::Listed));
        self.step = Step::Held { reason, from };
        self.attempts = 0;
    }

    /// Whether the service cannot take it from us any more.
    pub(super) const fn is_ours(&self) -> bool {
        matches!(self.step, Step::AcceptSent { .. })
    }
}
