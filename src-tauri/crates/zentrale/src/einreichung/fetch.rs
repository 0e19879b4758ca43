//! Listed → fetched: everything that is there, as it is.

use bytes::Bytes;
use kontor_fit_connect::EinreichungId;
use kontor_fit_connect::checks::events::{Ending, ending};
use kontor_fit_connect::port::CallError;

use super::evidence::{EINREICHUNG, EVENTS, Evidence, anlage};
use super::{Held, Intake, Known, Record, Step, Stop};

impl Intake {
    pub(super) fn evidence(&self, einreichung: EinreichungId) -> Evidence<'_> {
        let documents = self.parts.zentrale.documents();
        Evidence { documents, mandant: self.parts.mandant, einreichung }
    }

    pub(super) async fn fetch(
        &self,
        id: EinreichungId,
        record: &Record,
        known: &Known,
    ) -> Result<Step, Stop> {
        let evidence = self.evidence(id);
        let (fetched, bytes) = match self.parts.port.einreichung(id).await {
            Err(CallError::Gone) => return self.gone(id, record, known).await,
            answered => answered?,
        };
        evidence.put(EINREICHUNG, bytes).await?;
        self.keep_events(id, record, EVENTS).await?;
        // Encrypted text is a third longer than its content, and the wrapped key comes on top.
        let bytes_max = self.parts.limits.anlage_bytes_max / 3 * 4 + (64 << 10);
        for part in fetched.anlagen {
            let name = anlage(part);
            if evidence.size(&name).await?.is_none() {
                let pieces = match self.parts.port.anlage(id, part).await {
                    Err(CallError::Gone) => return self.gone(id, record, known).await,
                    answered => answered?,
                };
                evidence.take(&name, pieces, bytes_max).await?;
            }
        }
        Ok(Step::Fetched)
    }

    /// Reads the log and keeps it under `name`.
    pub(super) async fn keep_events(
        &self,
        id: EinreichungId,
        record: &Record,
        name: &str,
    ) -> Result<Vec<String>, Stop> {
        let log = self.parts.port.events(record.vorgang).await?;
        let json = serde_json::to_vec(&log).map_err(|_| Stop::Later(None))?;
        self.evidence(id).put(name, Bytes::from(json)).await?;
        Ok(log)
    }

    /// How it ended, says the log.
    pub(super) async fn ending(
        &self,
        id: EinreichungId,
        record: &Record,
        known: &Known,
    ) -> Result<Ending, Stop> {
        let log = self.parts.port.events(record.vorgang).await?;
        self.trusting(record, known, |trust, words| ending(&log, id, trust, words))
    }

    /// It is not there any more, and we do not have all of it.
    async fn gone(&self, id: EinreichungId, record: &Record, known: &Known) -> Result<Step, Stop> {
        match self.ending(id, record, known).await? {
            Ending::Open => Err(Stop::Later(None)),
            Ending::Accepted => Err(Stop::Held(Held::AcceptedElsewhere)),
            Ending::Rejected | Ending::Lost => Ok(Step::Lost),
        }
    }
}
