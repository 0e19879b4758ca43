//! The people enter what they did.

use std::collections::BTreeMap;

use bytes::Bytes;
use kontor_domain::{DocumentHash, IntentId, MandantId, PersonId};
use kontor_zentrale::Zentrale;
use kontor_zentrale::documents::Upload;
use kontor_zentrale::operator::{NewEntry, Operator};
use kontor_zentrale::storage::DocumentRow;
use serde::de::DeserializeOwned;

use crate::diary::{Deed, Diary};
use crate::paper::Pdf;
use crate::{DemoError, id, kreis};

/// A value of a table through its only door.
pub(crate) fn value<T: DeserializeOwned>(text: impl Into<String>) -> Result<T, serde_json::Error> {
    serde_json::from_value(serde_json::Value::String(text.into()))
}

pub(crate) async fn carry_out(
    zentrale: &Zentrale,
    mandant: MandantId,
    diary: Diary,
) -> Result<(), DemoError> {
    let mut operators = BTreeMap::new();
    for (number, Deed { at, who, intent, papers }) in diary.deeds().into_iter().enumerate() {
        let akteur = kreis::akteur(who);
        for paper in papers {
            store(zentrale, (mandant, akteur.person), paper).await?;
        }
        let operator = operators
            .entry(who)
            .or_insert_with(|| Operator::with_rights(zentrale, mandant, akteur));
        let id = IntentId::new(id::of(&format!("entry/{number}")));
        operator.enter_as(NewEntry { id, at, intent }).await?;
    }
    Ok(())
}

async fn store(
    zentrale: &Zentrale,
    (mandant, person): (MandantId, PersonId),
    paper: Pdf,
) -> Result<(), DemoError> {
    let hash: DocumentHash = paper.hash;
    let size_bytes = paper.bytes.len() as u64;
    let upload = Upload { mandant, person, hash };
    let documents = zentrale.documents();
    documents.put_chunk(&upload, 0, Bytes::from(paper.bytes)).await?;
    documents.publish(&upload, size_bytes, size_bytes).await?;
    let row = DocumentRow { hash, size_bytes };
    zentrale.storage().add_document(mandant, person, row).await?;
    Ok(documents.discard(&upload).await?)
}
