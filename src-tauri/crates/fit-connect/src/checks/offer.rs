//! 9 and 10: whether our Zustellpunkt offers what was sent.

use super::{Checked, Verdict};
use crate::metadata::{DataType, Metadata, SubmissionSchema};
use crate::port::{Fetched, Service, Zustellpunkt};
use crate::vocabulary::{Instance, ProblemKind};

/// 9 · Leistung and region are offered, and with the schema of the Fachdaten.
pub fn service(fetched: &Fetched, metadata: &Metadata, offer: &Zustellpunkt) -> Checked {
    let mismatch = || Verdict::reject(ProblemKind::ServiceMismatch, Instance::Submission);
    // Metadata 1.x name the Leistung too; two answers to one question are one too many.
    if metadata.service.as_ref().is_some_and(|service| *service != fetched.service) {
        return Err(Verdict::reject(ProblemKind::ServiceMismatch, Instance::Metadata));
    }
    let offered: Vec<&Service> = offer
        .services
        .iter()
        .filter(|service| service.identifier == fetched.service)
        .filter(|service| in_region(service, fetched.region.as_deref()))
        .collect();
    if offered.is_empty() {
        return Err(mismatch());
    }
    let schema = metadata.data.as_ref().map(|data| &data.schema);
    let taken =
        |schema: &SubmissionSchema| offered.iter().any(|service| service.schemas.contains(schema));
    match schema {
        Some(schema) if !taken(schema) => {
            Err(Verdict::reject(ProblemKind::UnsupportedSchema, Instance::Data))
        }
        _ => Ok(()),
    }
}

/// A region is offered if it, or a region around it, is. API 1.1.3 names none.
fn in_region(service: &Service, region: Option<&str>) -> bool {
    region.is_none_or(|region| service.regions.iter().any(|offered| region.starts_with(offered)))
}

/// 9 · The Fachdaten are what their type says. That they follow their own schema is asked where that
/// schema is held.
pub fn data(bytes: &[u8], kind: DataType) -> Checked {
    let readable = match kind {
        DataType::Json => serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok(),
        DataType::Xml => looks_like_xml(bytes),
    };
    if readable {
        Ok(())
    } else {
        Err(Verdict::reject(ProblemKind::SyntaxViolation, Instance::Data))
    }
}

/// One element from beginning to end, and no document type: an entity is never wanted here. Whoever
/// reads the elements checks the rest.
fn looks_like_xml(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let text = text.trim_start_matches('\u{feff}').trim();
    text.starts_with('<') && text.ends_with('>') && !text.contains("<!DOCTYPE")
}

/// 10 · The way back is one our Zustellpunkt offers; none at all means a letter.
pub fn reply_channel(metadata: &Metadata, offer: &Zustellpunkt) -> Checked {
    let Some(channel) = &metadata.reply_channel else { return Ok(()) };
    if offer.reply_channels.contains(channel.name()) {
        Ok(())
    } else {
        Err(Verdict::reject(ProblemKind::UnsupportedReplyChannel, Instance::Metadata))
    }
}
