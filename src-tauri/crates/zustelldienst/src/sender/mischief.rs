//! What can be wrong with an application so that only its subscriber finds it.

use bytes::Bytes;
use serde_json::{Value, json};
use uuid::Uuid;

use super::SendError;
use super::antrag::Antrag;
use super::metadata::{Pieces, hash};
use crate::PublicKey;
use crate::key::SigningKey;

/// One thing that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mischief {
    /// Encrypted to a key that nobody at the Zustellpunkt has, under the name of theirs.
    ForeignKey,
    /// Encrypted under a name that the Zustellpunkt does not know.
    UnknownKid,
    /// Metadata that are no JSON.
    BrokenMetadata,
    /// Metadata that break their schema.
    InvalidMetadata,
    /// Metadata of a version that is not known yet.
    UnknownMetadataVersion,
    /// The data's hash is another.
    WrongDataHash,
    /// The first Anlage's hash is another.
    WrongAnlageHash,
    /// An Anlage is uploaded that the metadata do not name.
    UnlistedAnlage,
    /// The metadata name an Anlage that was not uploaded.
    GhostAnlage,
    /// The first two pieces came under each other's id.
    SwappedPieces,
    /// Data that are not what they say they are.
    BrokenData,
    /// Data of a schema that the Zustellpunkt does not offer.
    ForeignSchema,
    /// A service that the Zustellpunkt does not offer.
    ForeignService,
    /// A reply channel that the Zustellpunkt does not offer.
    ForeignReplyChannel,
    /// The first Anlage is another type of file than it says.
    LyingMediaType,
}

impl Mischief {
    /// Every one of them.
    pub const ALL: &[Self] = &[
        Self::ForeignKey,
        Self::UnknownKid,
        Self::BrokenMetadata,
        Self::InvalidMetadata,
        Self::UnknownMetadataVersion,
        Self::WrongDataHash,
        Self::WrongAnlageHash,
        Self::UnlistedAnlage,
        Self::GhostAnlage,
        Self::SwappedPieces,
        Self::BrokenData,
        Self::ForeignSchema,
        Self::ForeignService,
        Self::ForeignReplyChannel,
        Self::LyingMediaType,
    ];
}

/// Before the metadata are written, so that these agree with it.
pub(super) fn spoil_antrag(antrag: &mut Antrag, mischief: Option<Mischief>) {
    match mischief {
        Some(Mischief::BrokenData) => antrag.data.bytes = Bytes::from_static(b"{\"F60000227\":"),
        Some(Mischief::ForeignSchema) => {
            "https://schema.example.org/unbekannt_1.0.schema.json"
                .clone_into(&mut antrag.data.schema_uri);
        }
        Some(Mischief::ForeignService) => {
            "urn:de:fim:leika:leistung:99999999999999".clone_into(&mut antrag.identifier);
        }
        Some(Mischief::ForeignReplyChannel) => {
            antrag.reply_channel =
                Some(json!({ "deMail": { "address": "niemand@beispiel.de-mail.example" } }));
        }
        Some(Mischief::LyingMediaType) => {
            if let Some(anlage) = antrag.anlagen.first_mut() {
                anlage.bytes = Bytes::from_static(b"MZ\x90\0 this is no document");
            }
        }
        _ => {}
    }
}

pub(super) fn spoil_metadata(metadata: &mut Value, mischief: Option<Mischief>) {
    let content = &mut metadata["contentStructure"];
    match mischief {
        Some(Mischief::InvalidMetadata) => content["data"] = json!("keine"),
        Some(Mischief::UnknownMetadataVersion) => {
            metadata["$schema"] =
                json!("https://schema.fitko.de/fit-connect/metadata/9.0.0/metadata.schema.json");
        }
        Some(Mischief::WrongDataHash) => content["data"]["hash"] = hash(b"something else"),
        Some(Mischief::WrongAnlageHash) => {
            content["attachments"][0]["hash"] = hash(b"something else");
        }
        Some(Mischief::UnlistedAnlage) => {
            if let Some(listed) = content["attachments"].as_array_mut() {
                listed.pop();
            }
        }
        Some(Mischief::GhostAnlage) => {
            if let Some(listed) = content["attachments"].as_array_mut() {
                listed.push(json!({
                    "attachmentId": Uuid::from_u128(0x9057), "purpose": "attachment",
                    "mimeType": "application/pdf", "hash": hash(b"nobody has it"),
                }));
            }
        }
        _ => {}
    }
}

pub(super) fn spoil_pieces(pieces: &mut [Pieces<'_>], mischief: Option<Mischief>) {
    if mischief != Some(Mischief::SwappedPieces) {
        return;
    }
    let mut all = pieces.iter_mut().flat_map(|it| it.parts.iter_mut());
    if let (Some(one), Some(other)) = (all.next(), all.next()) {
        std::mem::swap(&mut one.bytes, &mut other.bytes);
    }
}

pub(super) fn spoil_key(key: &mut PublicKey, mischief: Option<Mischief>) -> Result<(), SendError> {
    match mischief {
        Some(Mischief::UnknownKid) => "niemandes-schluessel".clone_into(&mut key.kid),
        Some(Mischief::ForeignKey) => {
            // Any key will do that is not theirs.
            let other = SigningKey::of_this_process().map_err(|_| SendError::Lacking("key"))?;
            key.rsa = other.public.rsa;
        }
        _ => {}
    }
    Ok(())
}
