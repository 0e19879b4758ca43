//! What an Einreichung says about itself (metadata schemas 1.0.0 and 2.1.0).
//!
//! The schemas allow members nobody has named yet, and so does this: what is known is checked, the
//! rest is passed over. Whoever needs more finds the metadata in the evidence.

mod json;
mod limits;

use kontor_domain::Day;

use crate::AnlageId;
use crate::hash::ContentHash;
use crate::vocabulary::{MetadataShape, Vocabulary};

/// The metadata, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Metadata {
    /// The version they name, `1.0.0` if they name none.
    pub version: String,
    /// The Fachdatensatz, unless it travels as an Anlage.
    pub data: Option<DataPart>,
    /// The Anlagen, in their order.
    pub anlagen: Vec<Anlage>,
    /// The Leistung, where the metadata still say so (1.x).
    pub service: Option<String>,
    /// What was paid.
    pub payment: Option<Payment>,
    /// The way back the applicant chose; none means a letter.
    pub reply_channel: Option<ReplyChannel>,
    /// The day the application was made; may be earlier than its arrival.
    pub applied_on: Option<Day>,
    /// What the sender calls it.
    pub sender_reference: Option<String>,
    /// Whether a Bescheid may come electronically.
    pub consent: Consent,
    /// Proofs of identity, in the sender's order.
    pub identity: Vec<IdentityProof>,
    /// The portal that sent it.
    pub author: Option<String>,
}

/// The Fachdatensatz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataPart {
    /// Of its plain bytes.
    pub hash: ContentHash,
    /// Its schema.
    pub schema: SubmissionSchema,
}

/// Which schema Fachdaten follow. The URI is a name; nothing is fetched from there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SubmissionSchema {
    /// Its name.
    pub uri: String,
    /// Its language.
    pub mime_type: DataType,
}

/// The two languages of Fachdaten.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum DataType {
    /// JSON.
    #[serde(rename = "application/json")]
    Json,
    /// XML.
    #[serde(rename = "application/xml")]
    Xml,
}

/// An Anlage as announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anlage {
    /// Its id.
    pub id: AnlageId,
    /// Of its plain bytes, fragments put together.
    pub hash: ContentHash,
    /// What it is for.
    pub purpose: Purpose,
    /// What it was called outside; a label, never a path.
    pub file_name: Option<String>,
    /// What the sender says about it.
    pub description: Option<String>,
    /// What it is said to be; the content decides.
    pub mime_type: String,
    /// The pieces it travels in, in their order; empty if it travels whole.
    pub fragments: Vec<AnlageId>,
}

impl Anlage {
    /// The ids under which it is fetched.
    pub fn parts(&self) -> &[AnlageId] {
        if self.fragments.is_empty() { std::slice::from_ref(&self.id) } else { &self.fragments }
    }
}

/// What an Anlage is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The whole form as a PDF.
    Form,
    /// Uploaded by the applicant.
    Attachment,
    /// Made by the portal afterwards.
    Report,
    /// Fachdaten too large for their place.
    Data,
}

/// What the payment service says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// How far it is.
    pub status: PaymentStatus,
    /// The Kassenzeichen or purpose.
    pub reference: String,
    /// The payment service's own id.
    pub transaction: String,
    /// In cents.
    pub gross_cents: Option<u64>,
}

/// How far a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum PaymentStatus {
    /// Begun.
    Initial,
    /// Authorised by the applicant.
    Booked,
    /// Ended by the payment service.
    Failed,
    /// Ended by the applicant.
    Canceled,
}

/// The way back to the applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyChannel {
    /// E-mail to an address.
    EMail(String),
    /// De-Mail to an address.
    DeMail(String),
    /// A mailbox of the federated accounts; deprecated.
    Fink(String),
    /// ELSTER, to an account.
    Elster(String),
    /// An answer in the same thread.
    FitConnect,
    /// The mailbox of the `BundID`, by its handle.
    IdBundDeMailbox(String),
}

impl ReplyChannel {
    /// Its name in the metadata and in `replyChannels` of a Zustellpunkt.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::EMail(_) => "eMail",
            Self::DeMail(_) => "deMail",
            Self::Fink(_) => "fink",
            Self::Elster(_) => "elster",
            Self::FitConnect => "fitConnect",
            Self::IdBundDeMailbox(_) => "idBundDeMailbox",
        }
    }
}

/// Whether the applicant takes an electronic Bescheid. Three states: never asked is not refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Agreed.
    Given,
    /// Refused.
    Refused,
    /// Not asked.
    NotAsked,
}

/// A proof of identity as sent. Its inner schema is not at hand: it is kept and not interpreted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityProof {
    /// Its schema, or type and version.
    pub schema: String,
}

/// Why metadata are not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MetadataError {
    /// Longer than is read.
    #[error("the metadata are longer than is read")]
    TooLarge,
    /// Not JSON.
    #[error("the metadata are not JSON")]
    Syntax,
    /// A schema that is no metadata schema of FIT-Connect.
    #[error("the metadata name a schema that is none of FIT-Connect")]
    ForeignSchema,
    /// A version this program has not learned. Rather our lag than the citizen's fault: held.
    #[error("metadata version {0} is not known here")]
    UnknownVersion(String),
    /// Against the schema.
    #[error("the metadata break their schema: {0}")]
    Schema(&'static str),
}

/// Reads metadata. Whether `$schema` may be missing is a question of the shape: 1.0.0 does not ask
/// for it.
pub fn parse(bytes: &[u8], vocabulary: &Vocabulary) -> Result<Metadata, MetadataError> {
    if bytes.len() > limits::BYTES_MAX {
        return Err(MetadataError::TooLarge);
    }
    let value: serde_json::Value =
        serde_json::from_slice(bytes).map_err(|_| MetadataError::Syntax)?;
    let version = match value.get("$schema") {
        None => "1.0.0",
        Some(serde_json::Value::String(uri)) => {
            vocabulary.metadata_version(uri).ok_or(MetadataError::ForeignSchema)?
        }
        Some(_) => return Err(MetadataError::ForeignSchema),
    };
    let shape = vocabulary
        .metadata_versions
        .get(version)
        .ok_or_else(|| MetadataError::UnknownVersion(version.to_owned()))?;
    match shape {
        MetadataShape::V1 => json::read_v1(version.to_owned(), value),
        MetadataShape::V2 => json::read_v2(version.to_owned(), value),
    }
}

#[cfg(test)]
mod tests;
