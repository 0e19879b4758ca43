//! JSON of both generations. They differ in two names and in their addresses (facts § 2.8); the
//! second generation's names are from two independent clients, not from its specification.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::environment::Generation;
use crate::jwk::Kid;
use crate::metadata::{DataType, SubmissionSchema};
use crate::port::{CallError, Fetched, Listed, Service, Waiting, Zustellpunkt};
use crate::{AnlageId, EinreichungId, Vorgangsreferenz, ZustellpunktId};

impl Generation {
    /// The first part of every path.
    pub(super) const fn version(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
        }
    }
}

fn read<'a, T: Deserialize<'a>>(json: &'a [u8], what: &'static str) -> Result<T, CallError> {
    serde_json::from_slice(json).map_err(|_| CallError::Unreadable(what))
}

pub(super) fn waiting(json: &[u8]) -> Result<Waiting, CallError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Page {
        total_count: u64,
        submissions: Vec<Line>,
    }
    #[derive(Deserialize)]
    struct Line {
        #[serde(rename = "destinationId")]
        zustellpunkt: ZustellpunktId,
        #[serde(rename = "submissionId")]
        einreichung: EinreichungId,
        #[serde(rename = "caseId")]
        vorgang: Vorgangsreferenz,
    }
    let page: Page = read(json, "list")?;
    let listed = page.submissions.into_iter().map(|line| Listed {
        zustellpunkt: line.zustellpunkt,
        einreichung: line.einreichung,
        vorgang: line.vorgang,
    });
    Ok(Waiting { listed: listed.collect(), total: page.total_count })
}

/// Reads an Einreichung; also from the evidence, later.
pub fn fetched(json: &[u8]) -> Result<Fetched, CallError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Json {
        destination_id: ZustellpunktId,
        submission_id: EinreichungId,
        case_id: Vorgangsreferenz,
        attachments: Vec<AnlageId>,
        #[serde(alias = "publicService")]
        service_type: ServiceType,
        region: Option<String>,
        encrypted_metadata: Option<String>,
        encrypted_data: Option<String>,
    }
    #[derive(Deserialize)]
    struct ServiceType {
        identifier: String,
    }
    let json: Json = read(json, "submission")?;
    Ok(Fetched {
        zustellpunkt: json.destination_id,
        einreichung: json.submission_id,
        vorgang: json.case_id,
        anlagen: json.attachments,
        service: json.service_type.identifier,
        region: json.region,
        metadata: json.encrypted_metadata,
        data: json.encrypted_data,
    })
}

/// A page of an event log.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Events {
    #[serde(rename = "eventLog")]
    pub(super) events: Vec<String>,
    #[serde(rename = "totalCount")]
    pub(super) total: u64,
}

pub(super) fn events(json: &[u8]) -> Result<Events, CallError> {
    read(json, "event log")
}

pub(super) fn zustellpunkt(json: &[u8]) -> Result<Zustellpunkt, CallError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Json {
        destination_id: ZustellpunktId,
        status: String,
        encryption_kid: Kid,
        #[serde(alias = "publicServices")]
        services: Vec<ServiceJson>,
        #[serde(default)]
        reply_channels: Option<serde_json::Map<String, serde_json::Value>>,
        #[serde(default)]
        metadata_versions: Vec<String>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct ServiceJson {
        identifier: String,
        regions: Vec<String>,
        submission_schemas: Vec<SchemaJson>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct SchemaJson {
        schema_uri: String,
        mime_type: DataType,
    }
    let json: Json = read(json, "destination")?;
    let service = |service: ServiceJson| Service {
        identifier: service.identifier,
        regions: service.regions,
        schemas: service
            .submission_schemas
            .into_iter()
            .map(|schema| SubmissionSchema { uri: schema.schema_uri, mime_type: schema.mime_type })
            .collect(),
    };
    Ok(Zustellpunkt {
        id: json.destination_id,
        active: json.status == "active",
        encryption_kid: json.encryption_kid,
        services: json.services.into_iter().map(service).collect(),
        reply_channels: json.reply_channels.map_or_else(BTreeSet::new, |channels| {
            channels.into_iter().map(|(name, _)| name).collect()
        }),
        metadata_versions: json.metadata_versions,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::samples::AGAIN;

    fn both(first: &Value, name: &str, later: &str) -> [String; 2] {
        let mut second = first.clone();
        let members = second.as_object_mut().unwrap();
        let value = members.remove(name).unwrap();
        members.insert(later.to_owned(), value);
        [first.to_string(), second.to_string()]
    }

    #[test]
    fn an_einreichung_reads_alike_in_both_generations() {
        let json = json!({"destinationId": AGAIN, "submissionId": AGAIN, "caseId": AGAIN,
            "attachments": [AGAIN], "encryptedMetadata": "x",
            "serviceType": {"name": "Hundesteuer", "identifier": "urn:de:x"}});
        for text in both(&json, "serviceType", "publicService") {
            let fetched = fetched(text.as_bytes()).unwrap();
            assert_eq!(fetched.service, "urn:de:x");
            assert_eq!(fetched.data, None);
        }
    }

    #[test]
    fn a_zustellpunkt_reads_alike_in_both_generations() {
        let json = json!({"destinationId": AGAIN, "status": "active", "encryptionKid": "schluessel",
            "metadataVersions": ["2.1.0"], "replyChannels": {"eMail": {"usePgp": true}, "fink": {}},
            "services": [{"identifier": "urn:de:x", "regions": ["DE09"], "submissionSchemas":
                [{"schemaUri": "urn:y", "mimeType": "application/xml"}]}]});
        for text in both(&json, "services", "publicServices") {
            let read = zustellpunkt(text.as_bytes()).unwrap();
            assert!(read.active && read.reply_channels.contains("eMail"));
            assert_eq!(read.services.len(), 1);
        }
    }

    #[test]
    fn lists_and_logs_are_read_and_garbage_is_not() {
        let line = json!({"destinationId": AGAIN, "submissionId": AGAIN, "caseId": AGAIN});
        let list = json!({"count": 1, "offset": 0, "totalCount": 7, "submissions": [line]});
        assert_eq!(waiting(list.to_string().as_bytes()).unwrap().total, 7);
        let log = json!({"count": 1, "offset": 0, "totalCount": 1, "eventLog": ["a.b.c"]});
        assert_eq!(events(log.to_string().as_bytes()).unwrap().events, ["a.b.c"]);
        for garbage in ["", "{}", "[]", "{\"totalCount\": -1, \"submissions\": []}"] {
            assert!(waiting(garbage.as_bytes()).is_err());
        }
    }
}
