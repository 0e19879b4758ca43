//! The JSON of both shapes.

use serde::Deserialize;
use serde_json::Value;

use super::limits::{ANLAGEN_MAX, optional, text};
use super::{
    Anlage, Consent, DataPart, DataType, IdentityProof, Metadata, MetadataError, Payment,
    PaymentStatus, Purpose, ReplyChannel, SubmissionSchema,
};
use crate::AnlageId;
use crate::hash::ContentHash;

/// Members both shapes share.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Common {
    content_structure: ContentStructure,
    payment_information: Option<PaymentJson>,
    reply_channel: Option<ReplyChannelJson>,
    additional_reference_info: Option<ReferenceInfo>,
    public_service_type: Option<ServiceType>,
    #[serde(default)]
    authentication_information: Vec<AuthenticationInformation>,
    #[serde(default)]
    data_sets: Vec<DataSet>,
    author: Option<Author>,
}

#[derive(Deserialize)]
struct ContentStructure {
    data: Option<DataJson>,
    attachments: Vec<AnlageJson>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DataJson {
    hash: Hash,
    submission_schema: SchemaJson,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SchemaJson {
    schema_uri: String,
    mime_type: DataType,
}

#[derive(Deserialize)]
struct Hash {
    #[serde(rename = "type")]
    kind: HashKind,
    content: ContentHash,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum HashKind {
    Sha512,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AnlageJson {
    hash: Hash,
    purpose: Purpose,
    filename: Option<String>,
    description: Option<String>,
    mime_type: String,
    attachment_id: AnlageId,
    fragments: Option<Vec<AnlageId>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PaymentJson {
    transaction_id: String,
    transaction_reference: String,
    /// Required; which of the ways it was is the cash office's business.
    #[serde(rename = "paymentMethod")]
    _method: String,
    status: PaymentStatus,
    gross_amount: Option<f64>,
}

/// Exactly one of them. An untagged name inside an object is what serde calls an external tag.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum ReplyChannelJson {
    EMail {
        address: String,
    },
    DeMail {
        address: String,
    },
    #[serde(rename_all = "camelCase")]
    Fink {
        fink_postfach_ref: String,
    },
    #[serde(rename_all = "camelCase")]
    Elster {
        account_id: String,
    },
    #[serde(rename_all = "camelCase")]
    FitConnect {
        process_standards: Vec<String>,
        encryption_public_key: Value,
    },
    #[serde(rename_all = "camelCase")]
    IdBundDeMailbox {
        mailbox_uuid: uuid::Uuid,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReferenceInfo {
    sender_reference: Option<String>,
    application_date: Option<kontor_domain::Day>,
    #[serde(rename = "zustimmungZumDigitalenBescheid")]
    zustimmung: Option<bool>,
}

#[derive(Deserialize)]
struct ServiceType {
    identifier: String,
}

#[derive(Deserialize)]
struct AuthenticationInformation {
    #[serde(rename = "type")]
    kind: String,
    version: String,
}

#[derive(Deserialize)]
struct DataSet {
    schema: DataSetSchema,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DataSetSchema {
    schema_uri: String,
}

#[derive(Deserialize)]
struct Author {
    name: String,
}

pub(super) fn read_v1(version: String, value: Value) -> Result<Metadata, MetadataError> {
    let common = common(value)?;
    let newer = common
        .content_structure
        .attachments
        .iter()
        .any(|anlage| anlage.fragments.is_some() || anlage.purpose == Purpose::Data);
    let channel = &common.reply_channel;
    let newer_channel = matches!(
        channel,
        Some(ReplyChannelJson::FitConnect { .. } | ReplyChannelJson::IdBundDeMailbox { .. })
    );
    if newer || newer_channel {
        return Err(MetadataError::Schema("a member of a later version"));
    }
    let identity = common.authentication_information.iter();
    let identity =
        identity.map(|proof| named(format!("{}/{}", proof.kind, proof.version))).collect();
    metadata(version, common, identity)
}

pub(super) fn read_v2(version: String, value: Value) -> Result<Metadata, MetadataError> {
    let common = common(value)?;
    let as_anlage = common.content_structure.attachments.iter().any(|a| a.purpose == Purpose::Data);
    if common.content_structure.data.is_none() && !as_anlage {
        return Err(MetadataError::Schema("contentStructure.data"));
    }
    let identity = common.data_sets.iter();
    let identity = identity.map(|set| named(set.schema.schema_uri.clone())).collect();
    metadata(version, common, identity)
}

fn named(schema: String) -> Result<IdentityProof, MetadataError> {
    Ok(IdentityProof { schema: text(schema, "a proof of identity")? })
}

fn common(value: Value) -> Result<Common, MetadataError> {
    serde_json::from_value(value)
        .map_err(|_| MetadataError::Schema("a required member is missing or has another form"))
}

fn metadata(
    version: String,
    common: Common,
    identity: Result<Vec<IdentityProof>, MetadataError>,
) -> Result<Metadata, MetadataError> {
    let ContentStructure { data, attachments } = common.content_structure;
    if attachments.len() > ANLAGEN_MAX {
        return Err(MetadataError::Schema("too many Anlagen"));
    }
    let info = common.additional_reference_info;
    let (sender_reference, applied_on, zustimmung) = info.map_or((None, None, None), |info| {
        (info.sender_reference, info.application_date, info.zustimmung)
    });
    Ok(Metadata {
        version,
        data: data.map(data_part).transpose()?,
        anlagen: attachments.into_iter().map(anlage).collect::<Result<_, _>>()?,
        service: optional(common.public_service_type.map(|it| it.identifier), "service")?,
        payment: common.payment_information.map(payment).transpose()?,
        reply_channel: common.reply_channel.map(reply_channel).transpose()?,
        applied_on,
        sender_reference: optional(sender_reference, "senderReference")?,
        consent: match zustimmung {
            Some(true) => Consent::Given,
            Some(false) => Consent::Refused,
            None => Consent::NotAsked,
        },
        identity: identity?,
        author: optional(common.author.map(|author| author.name), "author")?,
    })
}

fn data_part(json: DataJson) -> Result<DataPart, MetadataError> {
    let HashKind::Sha512 = json.hash.kind;
    let SchemaJson { schema_uri, mime_type } = json.submission_schema;
    Ok(DataPart {
        hash: json.hash.content,
        schema: SubmissionSchema { uri: text(schema_uri, "schemaUri")?, mime_type },
    })
}

fn anlage(json: AnlageJson) -> Result<Anlage, MetadataError> {
    let fragments = json.fragments.unwrap_or_default();
    if fragments.len() > ANLAGEN_MAX {
        return Err(MetadataError::Schema("too many fragments"));
    }
    let mime_type = text(json.mime_type, "mimeType")?;
    let is_type = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+'))
    };
    if !mime_type.split_once('/').is_some_and(|(kind, sub)| is_type(kind) && is_type(sub)) {
        return Err(MetadataError::Schema("mimeType"));
    }
    Ok(Anlage {
        id: json.attachment_id,
        hash: json.hash.content,
        purpose: json.purpose,
        file_name: optional(json.filename, "filename")?,
        description: optional(json.description, "description")?,
        mime_type,
        fragments,
    })
}

fn payment(json: PaymentJson) -> Result<Payment, MetadataError> {
    Ok(Payment {
        status: json.status,
        reference: text(json.transaction_reference, "transactionReference")?,
        transaction: text(json.transaction_id, "transactionId")?,
        gross_cents: json.gross_amount.map(cents).transpose()?,
    })
}

/// The schema writes euros with two places as a JSON number.
fn cents(euros: f64) -> Result<u64, MetadataError> {
    let cents = euros * 100.0;
    let whole = cents.round();
    if !(1.0..1e12).contains(&whole) || (cents - whole).abs() > 1e-3 {
        return Err(MetadataError::Schema("grossAmount"));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    Ok(whole as u64)
}

fn reply_channel(json: ReplyChannelJson) -> Result<ReplyChannel, MetadataError> {
    let channel = match json {
        ReplyChannelJson::EMail { address } => ReplyChannel::EMail(text(address, "address")?),
        ReplyChannelJson::DeMail { address } => ReplyChannel::DeMail(text(address, "address")?),
        ReplyChannelJson::Fink { fink_postfach_ref } => {
            ReplyChannel::Fink(text(fink_postfach_ref, "finkPostfachRef")?)
        }
        ReplyChannelJson::Elster { account_id } => {
            ReplyChannel::Elster(text(account_id, "accountId")?)
        }
        ReplyChannelJson::FitConnect { process_standards, encryption_public_key } => {
            if process_standards.is_empty() || !encryption_public_key.is_object() {
                return Err(MetadataError::Schema("fitConnect"));
            }
            ReplyChannel::FitConnect
        }
        ReplyChannelJson::IdBundDeMailbox { mailbox_uuid } => {
            ReplyChannel::IdBundDeMailbox(mailbox_uuid.to_string())
        }
    };
    Ok(channel)
}
