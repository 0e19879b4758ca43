//! Fetched → verified: checks 2 to 5, on nothing but the evidence.

use kontor_fit_connect::EinreichungId;
use kontor_fit_connect::checks::{anlagen, events, fetched};
use kontor_fit_connect::http;
use kontor_fit_connect::port::{Fetched, Listed};
use kontor_fit_connect::vocabulary::Instance;

use super::evidence::{EINREICHUNG, EVENTS, anlage};
use super::{Held, Intake, Known, Record, Step, Stop};

/// A dot and a tag.
const TAG_WITH_DOT: u64 = 23;

impl Intake {
    /// The Einreichung as it lies in the evidence.
    pub(super) async fn kept(&self, id: EinreichungId) -> Result<Fetched, Stop> {
        let bytes = self.evidence(id).get(EINREICHUNG).await?;
        http::fetched(&bytes).map_err(|_| Stop::Held(Held::EvidenceDamaged))
    }

    pub(super) async fn prove(
        &self,
        id: EinreichungId,
        record: &Record,
        known: &Known,
    ) -> Result<Step, Stop> {
        let kept = self.kept(id).await?;
        let listed =
            Listed { zustellpunkt: record.zustellpunkt, einreichung: id, vorgang: record.vorgang };
        fetched::whole(&listed, &kept)?;
        let submitted = self.submitted(id, record, known).await?;
        anlagen::announced(&kept.anlagen, &submitted.tags)?;
        let tags = &submitted.tags;
        if let Some(metadata) = &kept.metadata {
            fetched::tag(metadata, Some(tags.metadata), Instance::Metadata)?;
        }
        if kept.data.is_some() || tags.data.is_some() {
            fetched::tag(kept.data.as_deref().unwrap_or_default(), tags.data, Instance::Data)?;
        }
        for part in kept.anlagen {
            let end = self.evidence(id).end(&anlage(part), TAG_WITH_DOT).await?;
            // The three dots before are found when it is opened; here only the end counts.
            let text = format!("...{}", String::from_utf8_lossy(&end));
            let signed = tags.attachments.get(&part).copied();
            fetched::tag(&text, signed, Instance::Attachment(part))?;
        }
        Ok(Step::Verified { submitted })
    }

    /// The log was fetched right after the Einreichung; if it came too early, or its key is new, it is
    /// fetched again.
    async fn submitted(
        &self,
        id: EinreichungId,
        record: &Record,
        known: &Known,
    ) -> Result<events::Submitted, Stop> {
        let log = if record.attempts == 0 {
            let bytes = self.evidence(id).get(EVENTS).await?;
            serde_json::from_slice(&bytes).map_err(|_| Stop::Held(Held::EvidenceDamaged))?
        } else {
            self.keep_events(id, record, EVENTS).await?
        };
        let read =
            self.trusting(record, known, |trust, words| events::submitted(&log, id, trust, words))?;
        Ok(read?)
    }
}
