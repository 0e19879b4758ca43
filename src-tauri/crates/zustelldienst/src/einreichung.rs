//! Einreichungen and how far they have come.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::dienst::Stand;
use crate::jwe;
use crate::zustellpunkt::Callback;

/// One, with what the Zustelldienst holds of it: cipher texts only.
#[derive(Debug)]
pub(crate) struct Einreichung {
    pub(crate) id: Uuid,
    pub(crate) zustellpunkt: Uuid,
    pub(crate) vorgang: Uuid,
    /// Who sends it.
    pub(crate) client: String,
    pub(crate) service: Value,
    pub(crate) announced: BTreeSet<Uuid>,
    pub(crate) anlagen: BTreeMap<Uuid, Anlage>,
    pub(crate) metadata: String,
    pub(crate) data: Option<String>,
    /// Whom to tell about events: the sender.
    pub(crate) callback: Option<Callback>,
    pub(crate) stand: Stand,
    /// When it came to this stand; seconds.
    pub(crate) since: i64,
    /// How often the technical contact was told that nobody fetches it.
    pub(crate) told: usize,
    /// Its place in the order of submission.
    pub(crate) number: u64,
}

/// An uploaded Anlage.
#[derive(Debug)]
pub(crate) struct Anlage {
    pub(crate) path: PathBuf,
    pub(crate) bytes: u64,
    pub(crate) tag: String,
}

impl Einreichung {
    pub(crate) fn can_be_fetched(&self) -> bool {
        matches!(self.stand, Stand::Submitted | Stand::Forwarded)
    }

    /// As lists and callbacks name it.
    pub(crate) fn named(&self) -> Value {
        json!({
            "destinationId": self.zustellpunkt, "submissionId": self.id, "caseId": self.vorgang,
        })
    }

    /// Without its contents: `SubmissionReduced`.
    pub(crate) fn reduced(&self) -> Map<String, Value> {
        let mut shown = Map::from_iter([
            ("destinationId".to_owned(), json!(self.zustellpunkt)),
            ("submissionId".to_owned(), json!(self.id)),
            ("caseId".to_owned(), json!(self.vorgang)),
            ("attachments".to_owned(), json!(self.anlagen.keys().collect::<Vec<_>>())),
            ("serviceType".to_owned(), self.service.clone()),
        ]);
        if let Some(callback) = &self.callback {
            shown.insert("callback".to_owned(), json!({ "url": callback.url }));
        }
        shown
    }

    pub(crate) fn whole(&self) -> Map<String, Value> {
        let mut shown = self.reduced();
        shown.insert("encryptedMetadata".to_owned(), json!(self.metadata));
        if let Some(data) = &self.data {
            shown.insert("encryptedData".to_owned(), json!(data));
        }
        shown
    }

    /// What the event log says about its contents.
    pub(crate) fn tags(&self) -> Value {
        let anlagen: BTreeMap<_, _> = self.anlagen.iter().map(|(id, it)| (id, &it.tag)).collect();
        let mut tags = json!({ "metadata": jwe::tag(&self.metadata), "attachments": anlagen });
        if let Some(data) = &self.data {
            tags["data"] = json!(jwe::tag(data));
        }
        tags
    }
}
