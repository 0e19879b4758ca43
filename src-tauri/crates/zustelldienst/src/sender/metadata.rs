//! Metadata 2.1.0 of an application.

use bytes::Bytes;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha512};
use uuid::Uuid;

use super::antrag::{Anlage, Antrag, Assurance};
use crate::callback::hex;

/// What is uploaded under one id.
pub(super) struct Piece {
    pub(super) id: Uuid,
    pub(super) bytes: Bytes,
    pub(super) media_type: String,
}

/// An Anlage as it is uploaded: as one, or in fragments.
pub(super) struct Pieces<'a> {
    anlage: &'a Anlage,
    fragmented: bool,
    pub(super) parts: Vec<Piece>,
}

impl<'a> Pieces<'a> {
    /// Cuts what is larger than `bytes_max`. Fragments have ids of their own; the whole's id is then
    /// not uploaded. The facts call this an inference.
    pub(super) fn cut(anlage: &'a Anlage, bytes_max: usize) -> Self {
        if anlage.bytes.len() <= bytes_max {
            let (id, media_type) = (anlage.id, anlage.mime_type.clone());
            let piece = Piece { id, bytes: anlage.bytes.clone(), media_type };
            return Self { anlage, fragmented: false, parts: vec![piece] };
        }
        let starts = (0..anlage.bytes.len()).step_by(bytes_max.max(1));
        let pieces = starts.enumerate().map(|(number, start)| Piece {
            id: Uuid::from_u128(anlage.id.as_u128() ^ (number as u128 + 1)),
            bytes: anlage.bytes.slice(start..anlage.bytes.len().min(start + bytes_max.max(1))),
            media_type: "application/octet-stream".to_owned(),
        });
        Self { anlage, fragmented: true, parts: pieces.collect() }
    }

    fn listed(&self) -> Value {
        let mut listed = json!({
            "attachmentId": self.anlage.id, "purpose": self.anlage.purpose.name(),
            "filename": self.anlage.filename, "mimeType": self.anlage.mime_type,
            "hash": hash(&self.anlage.bytes),
        });
        if self.fragmented {
            listed["fragments"] = self.parts.iter().map(|piece| json!(piece.id)).collect();
        }
        listed
    }
}

pub(super) fn of(antrag: &Antrag, pieces: &[Pieces<'_>]) -> Value {
    let mut metadata = json!({
        "$schema": "https://schema.fitko.de/fit-connect/metadata/2.1.0/metadata.schema.json",
        "contentStructure": {
            "data": {
                "hash": hash(&antrag.data.bytes),
                "submissionSchema": {
                    "schemaUri": antrag.data.schema_uri, "mimeType": antrag.data.mime_type,
                },
            },
            "attachments": pieces.iter().map(Pieces::listed).collect::<Vec<_>>(),
        },
        "additionalReferenceInfo": reference(antrag),
        "author": {
            "name": "Portal des Kreises Musterland",
            "product": {
                "name": "Onlinedienst (Entwicklung)", "version": env!("CARGO_PKG_VERSION"),
                "manufacturer": "Kontor",
            },
        },
    });
    if let Some(channel) = &antrag.reply_channel {
        metadata["replyChannel"] = channel.clone();
    }
    if let Some(payment) = &antrag.payment {
        metadata["paymentInformation"] = json!({
            "transactionId": payment.transaction_id, "transactionReference": antrag.reference,
            "paymentMethod": "CREDITCARD", "status": payment.status,
            "grossAmount": f64::from(payment.gross_cents) / 100.0,
        });
    }
    if let Some(assurance) = antrag.assurance {
        metadata["dataSets"] = json!([identification(antrag, assurance)]);
    }
    metadata
}

fn reference(antrag: &Antrag) -> Map<String, Value> {
    let mut reference = Map::from_iter([
        ("senderReference".to_owned(), json!(antrag.reference)),
        ("applicationDate".to_owned(), json!(antrag.date)),
    ]);
    if let Some(consent) = antrag.consent {
        reference.insert("zustimmungZumDigitalenBescheid".to_owned(), json!(consent));
    }
    reference
}

/// Who the applicant proved to be. The schema of identification reports is not at hand: its URI and
/// the name of the field are assumptions, to be replaced once it is.
fn identification(antrag: &Antrag, assurance: Assurance) -> Value {
    let content = json!({ "levelOfAssurance": assurance.uri() });
    let id = antrag.anlagen.first().map_or(Uuid::nil(), |anlage| anlage.id);
    json!({
        "dataSetId": id,
        "schema": {
            "schemaUri": "https://schema.fitko.de/fit-connect/identification-report/2.0.0/identification-report.schema.json",
            "mimeType": "application/json",
        },
        "hash": hash(content.to_string().as_bytes()),
        "content": content,
    })
}

pub(super) fn hash(bytes: &[u8]) -> Value {
    json!({ "type": "sha512", "content": hex(&Sha512::digest(bytes)) })
}
