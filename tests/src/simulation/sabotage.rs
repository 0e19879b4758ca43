//! Programs and machines that break their promises on purpose, so that every check is seen to fail.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Request, Response};
use kontor_domain::IntentId;
use kontor_wire::path;
use serde_json::{Value, json};

/// One way to break a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sabotage {
    /// Somebody answers in the Zentrale's place that all went well, and throws entries away.
    FalseReceipt,
    /// A repeated push gets another answer than the first time.
    OtherRepeat,
    /// The Zentrale takes back what nobody took back.
    Takeback,
    /// A pull loses a row and the digests that would show it.
    LostRow,
    /// Workstations lie on disks that say "synced" and do nothing.
    LyingDesk,
    /// The Zentrale lies on such a disk.
    LyingZentrale,
    /// Somebody edits the feed in the database.
    EditedFeed,
    /// Somebody edits a mirror.
    EditedMirror,
    /// Somebody replaces a document at the Zentrale.
    SpoiltDocument,
    /// The program throws `work.db` away.
    DeletedWork,
    /// The outbox changes behind the view's back.
    UntoldWithdrawal,
    /// Nobody ever decides between two versions.
    LazyClerks,
    /// Ids follow wrong clocks where outcomes are compared that clocks must not change.
    IdsByClock,
    /// A workstation asks the same again and again.
    Chatter,
}

impl Sabotage {
    /// Every one.
    pub const ALL: &'static [Self] = &[
        Self::FalseReceipt,
        Self::OtherRepeat,
        Self::Takeback,
        Self::LostRow,
        Self::LyingDesk,
        Self::LyingZentrale,
        Self::EditedFeed,
        Self::EditedMirror,
        Self::SpoiltDocument,
        Self::DeletedWork,
        Self::UntoldWithdrawal,
        Self::LazyClerks,
        Self::IdsByClock,
        Self::Chatter,
    ];

    pub(super) fn forge_answer(self, path: &str, request: &Bytes) -> Option<Response<Bytes>> {
        if self != Self::FalseReceipt || path != path::PUSH {
            return None;
        }
        let request: Value = serde_json::from_slice(request).ok()?;
        let accepted =
            |sent: &Value| json!({"id": sent["entry"]["id"], "outcome": "accepted", "seq": 1});
        let results: Vec<Value> = request["entries"].as_array()?.iter().map(accepted).collect();
        let body = serde_json::to_vec(&json!({ "results": results })).ok()?;
        Some(Response::new(body.into()))
    }

    pub(super) fn spoil_request(self, path: &str, request: &mut Request<Bytes>) {
        if self != Self::Takeback || path != path::PUSH {
            return;
        }
        let text = String::from_utf8_lossy(request.body()).into_owned();
        // Textually, because the entry must stay byte for byte what it is.
        let spoilt = text.replace("\"entry\":{", "\"withdrawn\":true,\"entry\":{");
        if !text.contains("\"withdrawn\"") {
            *request.body_mut() = spoilt.into();
        }
    }

    pub(super) fn spoil_answer(
        self,
        path: &str,
        answer: &mut Response<Bytes>,
        results: &BTreeMap<IntentId, String>,
    ) {
        let Ok(mut body) = serde_json::from_slice::<Value>(answer.body()) else { return };
        match self {
            Self::OtherRepeat if path == path::PUSH => {
                let Some(all) = body["results"].as_array_mut() else { return };
                for result in all {
                    let id = result["id"].as_str().and_then(|id| id.parse::<IntentId>().ok());
                    if id.is_some_and(|id| results.contains_key(&id)) {
                        result["again"] = Value::Bool(true);
                    }
                }
            }
            Self::LostRow if path == path::PULL => {
                body["digests"] = json!({});
                let Some(rows) = body["rows"].as_array_mut() else { return };
                rows.pop();
            }
            _ => return,
        }
        if let Ok(bytes) = serde_json::to_vec(&body) {
            *answer.body_mut() = bytes.into();
        }
    }
}
