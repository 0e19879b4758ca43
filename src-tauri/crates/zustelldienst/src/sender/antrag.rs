//! An application as an online service holds it before it encrypts.

use bytes::Bytes;
use serde_json::Value;
use uuid::Uuid;

/// An application.
#[derive(Debug, Clone)]
pub struct Antrag {
    /// What the service is called.
    pub leistung: String,
    /// `urn:de:fim:leika:leistung:…`
    pub identifier: String,
    /// What was filled in.
    pub data: Fachdaten,
    /// What comes with it.
    pub anlagen: Vec<Anlage>,
    /// `replyChannel` of the metadata; none means paper.
    pub reply_channel: Option<Value>,
    /// What was paid.
    pub payment: Option<Payment>,
    /// Consent to an electronic decision: given, refused, never asked.
    pub consent: Option<bool>,
    /// How surely the applicant is who they say.
    pub assurance: Option<Assurance>,
    /// Day of the application: `2026-11-25`.
    pub date: String,
    /// What the online service calls it.
    pub reference: String,
}

/// Form data.
#[derive(Debug, Clone)]
pub struct Fachdaten {
    /// JSON or XML.
    pub bytes: Bytes,
    /// `application/json` or `application/xml`.
    pub mime_type: String,
    /// Their schema.
    pub schema_uri: String,
}

/// A file that comes with it.
#[derive(Debug, Clone)]
pub struct Anlage {
    /// Its id.
    pub id: Uuid,
    /// What it is there for.
    pub purpose: Purpose,
    /// What it is called.
    pub filename: String,
    /// What it says it is.
    pub mime_type: String,
    /// What it says.
    pub bytes: Bytes,
}

/// What a file is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The whole form, to read.
    Form,
    /// Added by the applicant.
    Attachment,
    /// Made by the online service.
    Report,
}

/// A payment at the online service.
#[derive(Debug, Clone)]
pub struct Payment {
    /// Its id.
    pub transaction_id: String,
    /// `INITIAL`, `BOOKED`, `FAILED` or `CANCELED`.
    pub status: &'static str,
    /// In cents.
    pub gross_cents: u32,
}

/// Levels of assurance (eIDAS).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assurance {
    /// A name and a password.
    Low,
    /// ELSTER certificate.
    Substantial,
    /// Identity card with its PIN.
    High,
}

impl Purpose {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Attachment => "attachment",
            Self::Report => "report",
        }
    }
}

impl Assurance {
    pub(super) const fn uri(self) -> &'static str {
        match self {
            Self::Low => "http://eidas.europa.eu/LoA/low",
            Self::Substantial => "http://eidas.europa.eu/LoA/substantial",
            Self::High => "http://eidas.europa.eu/LoA/high",
        }
    }
}
