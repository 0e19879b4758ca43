//! Committed → accept sent → confirmed, and the other way: rejecting → rejected.
//!
//! An answer that got lost is looked up in the event log. What was sent once is repeated only if the
//! log does not have it, and then as the same bytes.

use bytes::Bytes;
use kontor_fit_connect::EinreichungId;
use kontor_fit_connect::checks::events::Ending;
use kontor_fit_connect::port::CallError;
use kontor_fit_connect::set::{Occasion, reject};
use kontor_fit_connect::vocabulary::Problem;

use super::commit::id_of;
use super::evidence::{EVENTS_AT_THE_END, OUR_EVENT};
use super::{Held, Intake, Known, Record, Step, Stop};

impl Intake {
    pub(super) fn occasion<'a>(
        &self,
        id: EinreichungId,
        record: &Record,
        what: &str,
        schema: Option<&'a str>,
    ) -> Occasion<'a> {
        Occasion {
            jti: id_of(id, what),
            at: self.now(),
            zustellpunkt: record.zustellpunkt,
            einreichung: id,
            vorgang: record.vorgang,
            schema,
        }
    }

    pub(super) async fn accept(
        &self,
        id: EinreichungId,
        record: &Record,
        known: &Known,
        event: &str,
    ) -> Result<Step, Stop> {
        let sent = Step::AcceptSent { event: event.to_owned() };
        match self.say(id, record, known, event).await? {
            Ending::Open | Ending::Accepted => Ok(sent),
            Ending::Rejected | Ending::Lost => Err(Stop::Held(Held::EndedBefore)),
        }
    }

    /// Sends an event of ours, unless the log has an end already; says what the log says then.
    /// [`Ending::Open`] means: taken just now.
    async fn say(
        &self,
        id: EinreichungId,
        record: &Record,
        known: &Known,
        event: &str,
    ) -> Result<Ending, Stop> {
        self.evidence(id).put(OUR_EVENT, Bytes::from(event.to_owned())).await?;
        if record.attempts > 0 {
            let ending = self.ending(id, record, known).await?;
            if ending != Ending::Open {
                return Ok(ending);
            }
        }
        match self.parts.port.send_event(record.vorgang, event).await {
            Ok(()) => Ok(Ending::Open),
            Err(CallError::State | CallError::Gone) => {
                match self.ending(id, record, known).await? {
                    Ending::Open => Err(Stop::Later(None)),
                    ending => Ok(ending),
                }
            }
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn confirm(
        &self,
        id: EinreichungId,
        record: &Record,
        known: &Known,
    ) -> Result<Step, Stop> {
        let log = self.keep_events(id, record, EVENTS_AT_THE_END).await?;
        let ending = self.trusting(record, known, |trust, words| {
            kontor_fit_connect::checks::events::ending(&log, id, trust, words)
        })?;
        match ending {
            Ending::Accepted => Ok(Step::Confirmed),
            Ending::Open => Err(Stop::Later(None)),
            Ending::Rejected | Ending::Lost => Err(Stop::Held(Held::EndedBefore)),
        }
    }

    /// What follows when a check has failed for good: the event is signed once and kept.
    pub(super) fn rejecting(
        &self,
        id: EinreichungId,
        record: &Record,
        problems: Vec<Problem>,
    ) -> Step {
        let schema = match &record.step {
            Step::Verified { submitted } => submitted.schema.as_deref(),
            _ => None,
        };
        let held = |reason| Step::Held { reason, from: Box::new(record.step.clone()) };
        let Some(ring) = self.parts.rings.get(&record.zustellpunkt) else {
            return held(Held::NoKeys);
        };
        let occasion = self.occasion(id, record, "reject", schema);
        match reject(occasion, &problems, ring.signing(), &self.parts.vocabulary) {
            Ok(event) => Step::Rejecting { problems, event },
            Err(_) => held(Held::NoKeys),
        }
    }

    pub(super) async fn reject(
        &self,
        id: EinreichungId,
        record: &Record,
        known: &Known,
        (problems, event): (&[Problem], &str),
    ) -> Result<Step, Stop> {
        let rejected = Step::Rejected { problems: problems.to_vec() };
        match self.say(id, record, known, event).await? {
            Ending::Open | Ending::Rejected => {
                self.keep_events(id, record, EVENTS_AT_THE_END).await?;
                Ok(rejected)
            }
            Ending::Accepted => Err(Stop::Held(Held::AcceptedElsewhere)),
            Ending::Lost => Ok(Step::Lost),
        }
    }
}
