//! A Zustelldienst in memory that keeps the rules of its event log and fails on demand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex, MutexGuard};

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use kontor_fit_connect::hash::ContentHash;
use kontor_fit_connect::jwe::{seal, tag_of};
use kontor_fit_connect::jwk::{KeyUse, Kid, PublicJwk};
use kontor_fit_connect::jws::sign;
use kontor_fit_connect::key::PrivateKey;
use kontor_fit_connect::metadata::{DataType, SubmissionSchema};
use kontor_fit_connect::port::{
    CallError, Fetched, Listed, Service, Waiting, Zustelldienst, Zustellpunkt,
};
use kontor_fit_connect::set::{Event, Set, Trust};
use kontor_fit_connect::vocabulary::Vocabulary;
use kontor_fit_connect::{AnlageId, EinreichungId, Vorgangsreferenz, ZustellpunktId};
use serde_json::{Value, json};
use uuid::Uuid;

use super::office::{ENCRYPTION, SIGNATURE};

pub(crate) const ISSUER: &str = "https://zustelldienst.example";
pub(crate) const POINT: ZustellpunktId = ZustellpunktId::new(Uuid::from_u128(0xD1));
pub(crate) const HUND: &str = "urn:de:fim:leika:leistung:99102013104000";
pub(crate) const OTHER: &str = "urn:de:fim:leika:leistung:99102013104001";
const V2: &str = "https://schema.fitko.de/fit-connect/metadata/2.1.0/metadata.schema.json";

static SERVICE: LazyLock<PrivateKey> = LazyLock::new(|| {
    PrivateKey::generate("zustelldienst-1".parse().unwrap(), KeyUse::Signature).unwrap()
});

#[derive(Debug, Default)]
pub(crate) struct Fake(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    sent: BTreeMap<EinreichungId, Sent>,
    logs: BTreeMap<Vorgangsreferenz, Vec<String>>,
    calls: usize,
    /// The call that fails before anything happens.
    fail: Option<usize>,
    /// The call whose answer gets lost.
    lose: Option<usize>,
}

#[derive(Debug)]
struct Sent {
    fetched: Fetched,
    anlagen: BTreeMap<AnlageId, String>,
    open: bool,
}

/// What is sent, and what is wrong with it.
pub(crate) struct Sending {
    pub(crate) service: &'static str,
    pub(crate) metadata: Value,
    pub(crate) data: Vec<u8>,
    /// Plain content of each Anlage or fragment.
    pub(crate) parts: Vec<(AnlageId, Vec<u8>)>,
    /// Changes the payload of the submit event.
    pub(crate) set: fn(&mut Value),
    /// Changes what lies at the service after it was signed.
    pub(crate) tamper: fn(&mut Fetched, &mut BTreeMap<AnlageId, String>),
}

pub(crate) fn hash(content: &[u8]) -> Value {
    json!({"type": "sha512", "content": ContentHash::of(content).to_string()})
}

pub(crate) fn anlage_id(n: u128) -> AnlageId {
    AnlageId::new(Uuid::from_u128(0xA000 + n))
}

/// A dog tax application with its form and a picture in two pieces.
pub(crate) fn hundesteuer(n: u128) -> Sending {
    let data = format!("{{\"F60000227\": \"Muster\", \"nummer\": {n}}}").into_bytes();
    let form = format!("%PDF-1.7 Antrag {n}").into_bytes();
    let picture = [b"\x89PNG\r\n\x1a\n".as_slice(), &vec![7; 50_000]].concat();
    let (first, second) = picture.split_at(20_000);
    let (form_id, whole, a, b) =
        (anlage_id(n * 10), anlage_id(n * 10 + 1), anlage_id(n * 10 + 2), anlage_id(n * 10 + 3));
    let metadata = json!({
        "$schema": V2,
        "contentStructure": {
            "data": {"hash": hash(&data), "submissionSchema":
                {"schemaUri": "urn:beispiel:hund", "mimeType": "application/json"}},
            "attachments": [
                {"attachmentId": whole, "hash": hash(&picture), "purpose": "attachment",
                 "mimeType": "image/png", "filename": "../../Hund.png", "fragments": [a, b]},
                {"attachmentId": form_id, "hash": hash(&form), "purpose": "form",
                 "mimeType": "application/pdf", "filename": "antrag.pdf"},
            ],
        },
        "replyChannel": {"eMail": {"address": "muster@example.org"}},
    });
    Sending {
        service: HUND,
        metadata,
        data,
        parts: vec![(form_id, form), (a, first.to_vec()), (b, second.to_vec())],
        set: |_| (),
        tamper: |_, _| (),
    }
}

impl Fake {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    /// Delivers; gives its id.
    pub(crate) fn send(&self, n: u128, sending: &Sending) -> EinreichungId {
        let key = ENCRYPTION.public_jwk();
        let id = EinreichungId::new(Uuid::from_u128(0xE000 + n));
        let vorgang = Vorgangsreferenz::new(Uuid::from_u128(0xC000 + n));
        let metadata = seal(sending.metadata.to_string().as_bytes(), &key, "application/json");
        let data = seal(&sending.data, &key, "application/json");
        let mut anlagen: BTreeMap<_, _> = sending
            .parts
            .iter()
            .map(|(id, plain)| (*id, seal(plain, &key, "application/pdf").unwrap()))
            .collect();
        let mut fetched = Fetched {
            zustellpunkt: POINT,
            einreichung: id,
            vorgang,
            anlagen: anlagen.keys().copied().collect(),
            service: sending.service.to_owned(),
            region: None,
            metadata: Some(metadata.unwrap()),
            data: Some(data.unwrap()),
        };
        let tag = |text: &String| tag_of(text).unwrap();
        let tags: BTreeMap<_, _> = anlagen.iter().map(|(id, text)| (*id, tag(text))).collect();
        let mut set = json!({
            "$schema": "https://schema.fitko.de/fit-connect/set-payload/1.2.2/set-payload.schema.json",
            "jti": Uuid::from_u128(n), "iss": ISSUER, "iat": 1_793_690_000,
            "sub": format!("submission:{id}"), "txn": format!("case:{vorgang}"),
            "events": {"https://schema.fitko.de/fit-connect/events/submit-submission": {
                "authenticationTags": {
                    "metadata": tag(fetched.metadata.as_ref().unwrap()),
                    "data": tag(fetched.data.as_ref().unwrap()),
                    "attachments": tags}}},
        });
        (sending.set)(&mut set);
        (sending.tamper)(&mut fetched, &mut anlagen);
        let set = sign(set.to_string().as_bytes(), &SERVICE).unwrap();
        let mut inner = self.inner();
        inner.logs.entry(vorgang).or_default().push(set);
        inner.sent.insert(id, Sent { fetched, anlagen, open: true });
        id
    }

    /// The call with this number, from 0, fails; or its answer gets lost.
    pub(crate) fn break_call(&self, fail: Option<usize>, lose: Option<usize>) {
        let mut inner = self.inner();
        inner.calls = 0;
        inner.fail = fail;
        inner.lose = lose;
    }

    pub(crate) fn calls(&self) -> usize {
        self.inner().calls
    }

    /// Everything that happened to an Einreichung after it was submitted, in JSON.
    pub(crate) fn answers(&self, id: EinreichungId) -> Vec<Value> {
        use base64::Engine as _;
        use base64::engine::general_purpose::URL_SAFE_NO_PAD;
        let inner = self.inner();
        let log = &inner.logs[&inner.sent[&id].fetched.vorgang];
        let payload = |raw: &String| {
            let payload = URL_SAFE_NO_PAD.decode(raw.split('.').nth(1).unwrap()).unwrap();
            serde_json::from_slice::<Value>(&payload).unwrap()["events"].clone()
        };
        log.iter().skip(1).map(payload).collect()
    }

    /// The service ends it by itself.
    pub(crate) fn give_up(&self, id: EinreichungId) {
        let mut inner = self.inner();
        let delivered = inner.sent.get_mut(&id).unwrap();
        delivered.open = false;
        let vorgang = delivered.fetched.vorgang;
        let set = json!({
            "jti": Uuid::nil(), "iss": ISSUER, "iat": 1_793_690_000,
            "sub": format!("submission:{id}"), "txn": format!("case:{vorgang}"),
            "events": {"https://schema.fitko.de/fit-connect/events/reject-submission": {}},
        });
        let set = sign(set.to_string().as_bytes(), &SERVICE).unwrap();
        inner.logs.get_mut(&vorgang).unwrap().push(set);
    }

    /// Does it, unless this is the call that is to go wrong.
    fn answer<T>(
        &self,
        work: impl FnOnce(&mut Inner) -> Result<T, CallError>,
    ) -> Result<T, CallError> {
        let mut inner = self.inner();
        let call = inner.calls;
        inner.calls += 1;
        let broken = Err(CallError::Unavailable { after: None });
        if inner.fail == Some(call) {
            return broken;
        }
        let answer = work(&mut inner);
        if inner.lose == Some(call) { broken } else { answer }
    }
}

#[async_trait]
impl Zustelldienst for Fake {
    async fn waiting(&self, zustellpunkt: ZustellpunktId) -> Result<Waiting, CallError> {
        self.answer(|inner| {
            let open = inner.sent.values().filter(|sent| sent.open);
            let listed: Vec<_> = open
                .map(|sent| Listed {
                    zustellpunkt,
                    einreichung: sent.fetched.einreichung,
                    vorgang: sent.fetched.vorgang,
                })
                .collect();
            Ok(Waiting { total: listed.len() as u64, listed })
        })
    }

    async fn einreichung(&self, id: EinreichungId) -> Result<(Fetched, Bytes), CallError> {
        self.answer(|inner| {
            let sent = inner.sent.get(&id).filter(|sent| sent.open).ok_or(CallError::Gone)?;
            let it = &sent.fetched;
            let json = json!({"destinationId": it.zustellpunkt, "submissionId": it.einreichung,
                "caseId": it.vorgang, "attachments": it.anlagen,
                "serviceType": {"name": "x", "identifier": it.service},
                "encryptedMetadata": it.metadata, "encryptedData": it.data});
            Ok((it.clone(), Bytes::from(json.to_string())))
        })
    }

    async fn anlage(
        &self,
        einreichung: EinreichungId,
        anlage: AnlageId,
    ) -> Result<BoxStream<'static, Result<Bytes, CallError>>, CallError> {
        self.answer(|inner| {
            let sent = inner.sent.get(&einreichung).filter(|sent| sent.open);
            let text = sent.ok_or(CallError::Gone)?.anlagen.get(&anlage).ok_or(CallError::Gone)?;
            let pieces: Vec<_> =
                text.as_bytes().chunks(10_007).map(|it| Ok(Bytes::copy_from_slice(it))).collect();
            Ok(stream::iter(pieces).boxed())
        })
    }

    async fn events(&self, vorgang: Vorgangsreferenz) -> Result<Vec<String>, CallError> {
        self.answer(|inner| inner.logs.get(&vorgang).cloned().ok_or(CallError::Gone))
    }

    async fn send_event(&self, vorgang: Vorgangsreferenz, event: &str) -> Result<(), CallError> {
        self.answer(|inner| {
            let trust = Trust {
                issuer: ISSUER,
                zustelldienst: &[],
                zustellpunkt: POINT,
                own: &[SIGNATURE.public_jwk()],
            };
            let said = Set::verify(event, trust, &Vocabulary::default())
                .map_err(|_| CallError::Refused { status: 422 })?;
            if !matches!(said.event, Event::Accept | Event::Reject) || said.vorgang != vorgang {
                return Err(CallError::Refused { status: 422 });
            }
            let sent = said.einreichung.and_then(|id| inner.sent.get_mut(&id));
            let sent = sent.filter(|sent| sent.open).ok_or(CallError::State)?;
            sent.open = false;
            inner.logs.get_mut(&vorgang).ok_or(CallError::Gone)?.push(event.to_owned());
            Ok(())
        })
    }

    async fn zustellpunkt(&self, id: ZustellpunktId) -> Result<Zustellpunkt, CallError> {
        self.answer(|_| {
            let service = |identifier: &str| Service {
                identifier: identifier.to_owned(),
                regions: vec!["DE".to_owned()],
                schemas: vec![SubmissionSchema {
                    uri: "urn:beispiel:hund".to_owned(),
                    mime_type: DataType::Json,
                }],
            };
            Ok(Zustellpunkt {
                id,
                active: true,
                encryption_kid: ENCRYPTION.kid().clone(),
                services: vec![service(HUND), service(OTHER)],
                reply_channels: BTreeSet::from(["eMail".to_owned()]),
                metadata_versions: vec!["2.1.0".to_owned()],
            })
        })
    }

    async fn keys(&self) -> Result<Vec<PublicJwk>, CallError> {
        self.answer(|_| Ok(vec![SERVICE.public_jwk()]))
    }

    async fn publish_key(&self, _: ZustellpunktId, _: &PublicJwk) -> Result<(), CallError> {
        Err(CallError::Forbidden)
    }

    async fn make_current(&self, _: ZustellpunktId, _: &Kid) -> Result<(), CallError> {
        Err(CallError::Forbidden)
    }
}
