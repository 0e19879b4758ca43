//! What the Zustelldienst knows, and what time does to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::client::{Client, Grant};
use crate::clock::Clock;
use crate::contract::{Contract, Violation};
use crate::einreichung::Einreichung;
use crate::fault::Faults;
use crate::id::Ids;
use crate::key::{KeyError, SigningKey};
use crate::zustellpunkt::Registered;

/// What every event's URI begins with.
pub(crate) const EVENTS: &str = "https://schema.fitko.de/fit-connect/events/";

const DAY: i64 = 24 * 60 * 60;
/// Days without anybody fetching after which the technical contact hears of it.
const TOLD_AFTER_DAYS: [i64; 2] = [3, 9];
/// Days without anybody fetching after which the Zustelldienst rejects.
const REJECTED_AFTER_DAYS: i64 = 14;
/// Days after which a finished Einreichung is deleted.
const DELETED_AFTER_DAYS: i64 = 7;

/// How far an Einreichung has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Announced.
    Created,
    /// Can be fetched.
    Submitted,
    /// Handed on; can be fetched.
    Forwarded,
    /// Technically received; its contents cannot be fetched any more.
    Accepted,
    /// Refused, by the subscriber or after 14 days.
    Rejected,
    /// Gone.
    Deleted,
}

/// A mail to the technical contact: nobody fetches this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Which Einreichung.
    pub submission: Uuid,
    /// For how many days.
    pub days: i64,
}

pub(crate) struct Dienst {
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) key: SigningKey,
    /// What its addresses begin with, and who signs its events.
    pub(crate) base: String,
    /// The `$schema` of its events, and the only one it takes.
    pub(crate) set_schema: String,
    pub(crate) anlage_bytes_max: usize,
    pub(crate) faults: Faults,
    pub(crate) contract: Option<Contract>,
    pub(crate) violations: Mutex<Vec<Violation>>,
    /// Cipher texts of Anlagen.
    pub(crate) folder: TempDir,
    pub(crate) http: reqwest::Client,
    pub(crate) book: Mutex<Book>,
}

#[derive(Debug, Default)]
pub(crate) struct Book {
    pub(crate) clients: BTreeMap<String, Client>,
    pub(crate) grants: BTreeMap<String, Grant>,
    pub(crate) zustellpunkte: BTreeMap<Uuid, Registered>,
    pub(crate) einreichungen: BTreeMap<Uuid, Einreichung>,
    /// Event logs by Vorgangsreferenz, oldest first.
    pub(crate) logs: BTreeMap<Uuid, Vec<String>>,
    /// Events that were taken.
    pub(crate) taken: BTreeSet<String>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) submitted: u64,
    looked_at: i64,
}

impl Dienst {
    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn violations(&self) -> MutexGuard<'_, Vec<Violation>> {
        self.violations.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Signs an event of the Zustelldienst's own and puts it into the log.
    pub(crate) fn log(
        &self,
        book: &mut Book,
        (submission, event): (Uuid, &str),
        said: Value,
    ) -> Result<(), KeyError> {
        let Some(vorgang) = book.einreichungen.get(&submission).map(|it| it.vorgang) else {
            return Ok(());
        };
        let mut events = serde_json::Map::new();
        events.insert(format!("{EVENTS}{event}"), said);
        let payload = json!({
            "$schema": self.set_schema,
            "jti": self.ids.next(),
            "iss": self.base,
            "iat": self.clock.now(),
            "sub": format!("submission:{submission}"),
            "txn": format!("case:{vorgang}"),
            "events": events,
        });
        let token = self.key.sign(&payload)?;
        book.logs.entry(vorgang).or_default().push(token);
        Ok(())
    }

    /// Does what is due: reminds, rejects, deletes.
    pub(crate) fn let_time_pass(&self, book: &mut Book) -> Result<(), KeyError> {
        let now = self.clock.now();
        // Whole days count; looking once a minute is enough.
        if now - book.looked_at < 60 {
            return Ok(());
        }
        book.looked_at = now;
        let due: Vec<Uuid> = book
            .einreichungen
            .values()
            .filter(|it| now - it.since >= 3 * DAY)
            .map(|it| it.id)
            .collect();
        for id in due {
            self.grow_old(book, id, now)?;
        }
        Ok(())
    }

    fn grow_old(&self, book: &mut Book, id: Uuid, now: i64) -> Result<(), KeyError> {
        let Some(it) = book.einreichungen.get_mut(&id) else { return Ok(()) };
        let days = (now - it.since) / DAY;
        let waits = it.can_be_fetched();
        while waits && TOLD_AFTER_DAYS.get(it.told).is_some_and(|after| days >= *after) {
            it.told += 1;
            book.notices.push(Notice { submission: id, days });
        }
        match it.stand {
            Stand::Submitted | Stand::Forwarded if days >= REJECTED_AFTER_DAYS => {
                // On the day it was due, so that deletion counts from there.
                (it.stand, it.since) = (Stand::Rejected, it.since + REJECTED_AFTER_DAYS * DAY);
                // The documentation says that it happens, not with which problem: an assumption.
                let problem = json!({
                    "type": "about:blank", "title": "Abholfrist abgelaufen", "instance": "submission",
                    "detail": "Die Einreichung wurde 14 Tage lang nicht abgeholt.",
                });
                self.log(book, (id, "reject-submission"), json!({ "problems": [problem] }))?;
                self.grow_old(book, id, now)
            }
            Stand::Accepted | Stand::Rejected if days >= DELETED_AFTER_DAYS => {
                it.stand = Stand::Deleted;
                for anlage in std::mem::take(&mut it.anlagen).into_values() {
                    // A file that cannot be removed goes with its folder.
                    drop(std::fs::remove_file(anlage.path));
                }
                self.log(book, (id, "delete-submission"), json!({}))
            }
            _ => Ok(()),
        }
    }
}
