//! Einreichungen from the citizen portal, on their way into the office.
//!
//! A chain of steps, each idempotent, each stored before the next begins: *listed → fetched →
//! verified → decrypted → committed → accept sent → confirmed*. Whatever happens in between, whoever
//! reads the record afterwards goes on from there. Accepting ends the content's life at the
//! Zustelldienst, so it comes after everything is stored; what was sent but not answered is looked up
//! in the event log and never sent blindly again.

mod answer;
mod commit;
mod evidence;
mod fetch;
mod keys;
mod open;
mod prove;
mod record;
mod routes;
mod setup;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use kontor_domain::{EinheitId, MandantId, Moment};
use kontor_fit_connect::checks::list::{Alarm, unseen};
use kontor_fit_connect::checks::{RetryReason, Verdict};
use kontor_fit_connect::jwk::PublicJwk;
use kontor_fit_connect::key::KeyRing;
use kontor_fit_connect::port::{CallError, Listed, Zustelldienst, Zustellpunkt};
use kontor_fit_connect::set::Trust;
use kontor_fit_connect::vocabulary::Vocabulary;
use kontor_fit_connect::{EinreichungId, ZustellpunktId};

use crate::Zentrale;
use crate::documents::DocumentError;
use crate::storage::{EinreichungRow, Lage, StorageError};
use crate::world::random;

pub use keys::{KeyStore, KeyStoreError};
pub use record::{Antrag, Held, Record, Step, Unterlage};
pub use routes::{Route, Routes};
pub use setup::{Setup, SetupError, watch};

/// What an intake is made of.
#[derive(Debug)]
pub struct Parts {
    /// Where everything goes.
    pub zentrale: Zentrale,
    /// The authority.
    pub mandant: MandantId,
    /// The Zustelldienst.
    pub port: Arc<dyn Zustelldienst>,
    /// What it calls itself in events.
    pub issuer: String,
    /// Names FITKO may change.
    pub vocabulary: Vocabulary,
    /// The keys of each Zustellpunkt.
    pub rings: BTreeMap<ZustellpunktId, KeyRing>,
    /// Who gets what.
    pub routes: Routes,
    /// How much is taken.
    pub limits: Limits,
}

/// How much of a stranger's content is taken, in bytes of plain content.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Fachdaten.
    pub data_bytes_max: u64,
    /// One Anlage, fragments together. The service takes 500 MB, encrypted.
    pub anlage_bytes_max: u64,
    /// Einreichungen worked on in one round.
    pub batch: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { data_bytes_max: 64 << 20, anlage_bytes_max: 512 << 20, batch: 100 }
    }
}

/// Brings Einreichungen in, one round after another.
#[derive(Debug)]
pub struct Intake {
    parts: Parts,
}

/// A round could not be begun or went wrong inside.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The Zustelldienst.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Einreichungen seen for the first time.
    pub listed: usize,
    /// Einreichungen that went at least one step on.
    pub moved: usize,
    /// More wait than fitted into this round.
    pub more: bool,
}

/// Why a step did not end.
enum Stop {
    /// A check failed.
    Verdict(Verdict),
    /// People have to look.
    Held(Held),
    /// Later again.
    Later(Option<Duration>),
}

/// Longest pause between two attempts.
const PAUSE_MAX: Duration = Duration::from_mins(15);
/// First pause; doubled with every attempt.
const PAUSE: Duration = Duration::from_secs(2);

/// What one round knows of the Zustelldienst.
struct Known {
    keys: Vec<PublicJwk>,
    offers: BTreeMap<ZustellpunktId, Zustellpunkt>,
}

impl Intake {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self { parts }
    }

    /// Looks what waits and goes on with everything that is due.
    pub async fn round(&self) -> Result<Round, IntakeError> {
        let known = self.ask().await?;
        let mut round = Round::default();
        for zustellpunkt in known.offers.keys() {
            self.list(*zustellpunkt, &mut round).await?;
        }
        let (mandant, now) = (self.parts.mandant, self.now());
        let storage = self.parts.zentrale.storage();
        let due = storage.einreichungen(mandant, Lage::Open, now, self.parts.limits.batch).await?;
        round.more |= due.len() == self.parts.limits.batch;
        for row in due {
            round.moved += usize::from(self.go_on(row, &known).await?);
        }
        self.raise_alarms().await?;
        Ok(round)
    }

    /// Hands a held Einreichung back to the program, from where it was held.
    pub async fn release(&self, id: EinreichungId) -> Result<bool, StorageError> {
        let storage = self.parts.zentrale.storage();
        let Some(row) = storage.einreichung(self.parts.mandant, id).await? else {
            return Ok(false);
        };
        let mut record = Record::read(&row)?;
        let Step::Held { from, .. } = record.step else { return Ok(false) };
        record.step = *from;
        record.attempts = 0;
        storage.replace_einreichung(self.parts.mandant, &record.row(&row, self.now())?).await
    }

    fn now(&self) -> Moment {
        self.parts.zentrale.world().now()
    }

    async fn ask(&self) -> Result<Known, IntakeError> {
        let mut offers = BTreeMap::new();
        for zustellpunkt in self.parts.rings.keys() {
            offers.insert(*zustellpunkt, self.parts.port.zustellpunkt(*zustellpunkt).await?);
        }
        Ok(Known { keys: self.parts.port.keys().await?, offers })
    }

    async fn list(
        &self,
        zustellpunkt: ZustellpunktId,
        round: &mut Round,
    ) -> Result<(), IntakeError> {
        let waiting = self.parts.port.waiting(zustellpunkt).await?;
        round.more |= waiting.total > waiting.listed.len() as u64;
        let storage = self.parts.zentrale.storage();
        let mut stored = BTreeSet::new();
        for listed in &waiting.listed {
            if storage.einreichung(self.parts.mandant, listed.einreichung).await?.is_some() {
                stored.insert(listed.einreichung);
            }
        }
        for listed in unseen(&waiting.listed, &stored) {
            let row = Record::begin(listed, self.now())?;
            round.listed += usize::from(storage.add_einreichung(self.parts.mandant, &row).await?);
        }
        Ok(())
    }

    /// Goes on until the end, or until something has to wait. Says whether it got anywhere.
    async fn go_on(&self, mut row: EinreichungRow, known: &Known) -> Result<bool, IntakeError> {
        let mut moved = false;
        loop {
            let mut record = Record::read(&row)?;
            let mut due = self.now();
            match self.step(row.id, &record, known).await {
                Ok(step) => {
                    tracing::info!(einreichung = %row.id, step = step.name(), "an Einreichung went on");
                    record.step = step;
                    record.attempts = 0;
                    moved = true;
                }
                Err(Stop::Later(after)) => {
                    due = Moment::from_unix_ms(due.unix_ms() + self.pause(&record, after));
                    record.attempts = record.attempts.saturating_add(1);
                }
                Err(Stop::Held(reason)) => record.hold(reason),
                Err(Stop::Verdict(Verdict::Hold { reason })) => record.hold(Held::Check(reason)),
                Err(Stop::Verdict(Verdict::Retry { reason })) => {
                    let (RetryReason::NewSignatureKey | RetryReason::NoSubmissionYet) = reason;
                    due = Moment::from_unix_ms(due.unix_ms() + self.pause(&record, None));
                    record.attempts = record.attempts.saturating_add(1);
                }
                Err(Stop::Verdict(Verdict::Reject { problems })) => {
                    tracing::warn!(einreichung = %row.id, ?problems, "an Einreichung is rejected");
                    record.step = self.rejecting(row.id, &record, problems);
                    record.attempts = 0;
                    moved = true;
                }
            }
            let next = record.row(&row, due)?;
            let storage = self.parts.zentrale.storage();
            if !storage.replace_einreichung(self.parts.mandant, &next).await? {
                // Another instance is at it.
                return Ok(moved);
            }
            if next.lage != Lage::Open || next.due > self.now() {
                return Ok(moved);
            }
            row = next;
        }
    }

    async fn step(&self, id: EinreichungId, record: &Record, known: &Known) -> Result<Step, Stop> {
        match &record.step {
            Step::Listed => self.fetch(id, record, known).await,
            Step::Fetched => self.prove(id, record, known).await,
            Step::Verified { submitted } => self.open(id, record, known, submitted).await,
            Step::Decrypted { submitted, antrag } => {
                self.commit(id, record, submitted, antrag).await
            }
            Step::Committed { event } => self.accept(id, record, known, event).await,
            Step::AcceptSent { .. } => self.confirm(id, record, known).await,
            Step::Rejecting { problems, event } => {
                self.reject(id, record, known, (problems, event)).await
            }
            Step::Confirmed | Step::Rejected { .. } | Step::Lost | Step::Held { .. } => {
                Err(Stop::Later(None))
            }
        }
    }

    fn ring(&self, zustellpunkt: ZustellpunktId) -> Result<&KeyRing, Stop> {
        self.parts.rings.get(&zustellpunkt).ok_or(Stop::Held(Held::NoKeys))
    }

    /// Runs `read` with everything an event log is read by.
    fn trusting<T>(
        &self,
        record: &Record,
        known: &Known,
        read: impl FnOnce(Trust<'_>, &Vocabulary) -> T,
    ) -> Result<T, Stop> {
        let own = [self.ring(record.zustellpunkt)?.signing().public_jwk()];
        let trust = Trust {
            issuer: &self.parts.issuer,
            zustelldienst: &known.keys,
            zustellpunkt: record.zustellpunkt,
            own: &own,
        };
        Ok(read(trust, &self.parts.vocabulary))
    }

    /// Milliseconds until the next attempt: longer each time, and never the same for everybody.
    fn pause(&self, record: &Record, after: Option<Duration>) -> i64 {
        let doubled = PAUSE.saturating_mul(1 << record.attempts.min(10));
        let pause = after.unwrap_or(doubled).min(PAUSE_MAX);
        let [dice] = random::<1>(self.parts.zentrale.world());
        let jitter = pause.mul_f64(f64::from(dice) / 1024.0);
        i64::try_from((pause + jitter).as_millis()).unwrap_or(i64::MAX)
    }

    /// Tells the operator what is in danger of being rejected by the service.
    async fn raise_alarms(&self) -> Result<(), StorageError> {
        let storage = self.parts.zentrale.storage();
        let ever = Moment::from_unix_ms(i64::MAX);
        for lage in [Lage::Open, Lage::Held] {
            for row in storage.einreichungen(self.parts.mandant, lage, ever, 10_000).await? {
                let mut record = Record::read(&row)?;
                let alarm = Alarm::of(record.since, self.now());
                if alarm.days() <= record.alarm_days || record.is_ours() {
                    continue;
                }
                record.alarm_days = alarm.days();
                let (id, days) = (row.id, alarm.days());
                tracing::error!(einreichung = %id, days, "an Einreichung waits too long");
                let due = row.due;
                storage.replace_einreichung(self.parts.mandant, &record.row(&row, due)?).await?;
            }
        }
        Ok(())
    }
}

impl From<CallError> for Stop {
    fn from(error: CallError) -> Self {
        tracing::warn!(%error, "the Zustelldienst did not do it");
        match error {
            CallError::Unavailable { after } => Self::Later(after),
            CallError::Refused { status } => Self::Held(Held::Refused { status }),
            CallError::NotSignedIn
            | CallError::Forbidden
            | CallError::Gone
            | CallError::State
            | CallError::Unreadable(_) => Self::Later(Some(PAUSE_MAX)),
        }
    }
}

impl From<StorageError> for Stop {
    fn from(error: StorageError) -> Self {
        tracing::warn!(%error, "the database did not do it");
        Self::Later(None)
    }
}

impl From<DocumentError> for Stop {
    fn from(error: DocumentError) -> Self {
        tracing::warn!(%error, "the object store did not do it");
        Self::Later(None)
    }
}

impl From<Verdict> for Stop {
    fn from(verdict: Verdict) -> Self {
        Self::Verdict(verdict)
    }
}

impl Record {
    fn begin(listed: Listed, now: Moment) -> Result<EinreichungRow, StorageError> {
        let record = Self {
            zustellpunkt: listed.zustellpunkt,
            vorgang: listed.vorgang,
            since: now,
            attempts: 0,
            alarm_days: 0,
            step: Step::Listed,
        };
        Ok(EinreichungRow {
            id: listed.einreichung,
            lage: Lage::Open,
            due: now,
            version: 1,
            record: record.json()?,
        })
    }
}

/// The unit that gets what nobody else gets, and who gets the rest.
pub(crate) fn einheit_of(routes: &Routes, service: &str, region: Option<&str>) -> EinheitId {
    routes.find(service, region).map_or(routes.basket, |route| route.einheit)
}
