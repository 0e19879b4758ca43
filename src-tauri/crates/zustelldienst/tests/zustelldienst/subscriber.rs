//! A subscriber as the standard describes one, written apart from the crate that ships.

use std::sync::OnceLock;

use aes_gcm::aead::AeadInOut as _;
use aes_gcm::{Aes256Gcm, KeyInit as _};
use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use kontor_zustelldienst::sender::{
    Anlage, Antrag, Assurance, Fachdaten, Payment, Purpose, Sender,
};
use kontor_zustelldienst::{Client, Service, Setup, Submissionschema, Zustelldienst, Zustellpunkt};
use reqwest::{Method, RequestBuilder, StatusCode};
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::sha2::Sha256;
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) const SECRET: &str = "geheim";
pub(crate) const LEISTUNG: &str = "urn:de:fim:leika:leistung:99010003001006";
pub(crate) const SCHEMA: &str = "https://schema.fitko.de/fim/s00000121_1.0.0.schema.json";
pub(crate) const ENCRYPTION_KID: &str = "verschluesselung-1";
pub(crate) const SIGNATURE_KID: &str = "signatur-1";

/// Everything for one test.
pub(crate) struct Scene {
    pub(crate) dienst: Zustelldienst,
    pub(crate) zustellpunkt: Uuid,
    pub(crate) http: reqwest::Client,
    pub(crate) token: String,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// The subscriber's private key, one for the whole run: making one takes its time.
pub(crate) fn der() -> &'static [u8] {
    static DER: OnceLock<Vec<u8>> = OnceLock::new();
    DER.get_or_init(|| {
        let pair = KeyPair::generate(KeySize::Rsa4096).unwrap();
        pair.as_der().unwrap().as_ref().to_vec()
    })
}

pub(crate) fn private_key() -> rsa::PrivateKey {
    rsa::PrivateKey::from_pkcs8_der(der()).unwrap()
}

pub(crate) fn public_jwk(kid: &str, key_op: &str) -> Value {
    let alg = if key_op == "wrapKey" { "RSA-OAEP-256" } else { "PS512" };
    let n = URL_SAFE_NO_PAD.encode(private_key().n_bytes());
    json!({
        "kty": "RSA", "alg": alg, "key_ops": [key_op], "kid": kid, "n": n, "e": "AQAB",
        "x5c": ["MIIB"],
    })
}

pub(crate) fn zustellpunkt() -> Zustellpunkt {
    Zustellpunkt {
        destination_id: None,
        contact_information: json!({
            "legalName": "Kreis Musterland", "address": "Am Markt 1, 00101 Musterstadt",
            "phone": "0000 1234", "email": "it@kreis-musterland.example",
        }),
        services: vec![Service {
            identifier: LEISTUNG.to_owned(),
            regions: vec!["DE0999".to_owned()],
            submission_schemas: vec![Submissionschema {
                schema_uri: SCHEMA.to_owned(),
                mime_type: "application/json".to_owned(),
            }],
        }],
        callback: None,
        encryption_kid: ENCRYPTION_KID.to_owned(),
        encryption_public_key: public_jwk(ENCRYPTION_KID, "wrapKey"),
        signing_public_key: public_jwk(SIGNATURE_KID, "verify"),
        reply_channels: Some(json!({ "eMail": { "usePgp": false } })),
        metadata_versions: vec!["1.0.0".to_owned(), "2.1.0".to_owned()],
    }
}

pub(crate) fn antrag() -> Antrag {
    let pdf = Bytes::from_static(b"%PDF-1.7 the form");
    let plan = Bytes::from((0..=255_u8).cycle().take(10_000).collect::<Vec<_>>());
    let anlage = |id: u128, purpose, name: &str, bytes| Anlage {
        id: Uuid::from_u128(id),
        purpose,
        filename: name.to_owned(),
        mime_type: "application/pdf".to_owned(),
        bytes,
    };
    Antrag {
        leistung: "Bauantrag".to_owned(),
        identifier: LEISTUNG.to_owned(),
        data: Fachdaten {
            bytes: Bytes::from_static(b"{\"F60000227\":\"Lennartz\"}"),
            mime_type: "application/json".to_owned(),
            schema_uri: SCHEMA.to_owned(),
        },
        anlagen: vec![
            anlage(1 << 100, Purpose::Form, "antrag.pdf", pdf),
            anlage(2 << 100, Purpose::Attachment, "lageplan.pdf", plan),
        ],
        reply_channel: Some(json!({ "eMail": { "address": "lennartz@beispiel.example" } })),
        payment: Some(Payment {
            transaction_id: "tx-1".to_owned(),
            status: "BOOKED",
            gross_cents: 3_550,
        }),
        consent: Some(true),
        assurance: Some(Assurance::High),
        date: "2026-09-21".to_owned(),
        reference: "MU-2026-1".to_owned(),
    }
}

impl Scene {
    pub(crate) async fn new() -> Self {
        Self::with(Setup::default(), zustellpunkt()).await
    }

    pub(crate) async fn with(setup: Setup, zustellpunkt: Zustellpunkt) -> Self {
        let setup = Setup { contract: Setup::official(), ..setup };
        let dienst = Zustelldienst::start(setup).await.unwrap();
        let id = dienst.register(zustellpunkt).unwrap();
        dienst.admit(Client::subscriber("kreis", SECRET, id));
        dienst.admit(Client::sender("portal", SECRET, "DE0999"));
        let http = reqwest::Client::builder().no_proxy().user_agent("probe").build().unwrap();
        let mut scene = Self { dienst, zustellpunkt: id, http, token: String::new() };
        scene.token = scene.new_token("kreis").await;
        scene
    }

    pub(crate) async fn new_token(&self, client: &str) -> String {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", client),
            ("client_secret", SECRET),
        ];
        let answer = self.http.post(self.dienst.token_url()).form(&form).send().await.unwrap();
        let answer: Value = answer.json().await.unwrap();
        answer["access_token"].as_str().unwrap().to_owned()
    }

    pub(crate) fn sender(&self) -> Sender {
        Sender::new(self.dienst.url(), &self.dienst.token_url(), ("portal", SECRET)).unwrap()
    }

    /// A request of the subscriber's.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.dienst.url());
        self.http.request(method, url).bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn events(&self, vorgang: Uuid) -> Vec<String> {
        let answer = self.get(&format!("/v1/cases/{vorgang}/events")).await;
        serde_json::from_value(answer.json()["eventLog"].clone()).unwrap()
    }

    pub(crate) async fn send_event(&self, vorgang: Uuid, token: String) -> StatusCode {
        let request = self.request(Method::POST, &format!("/v1/cases/{vorgang}/events"));
        send(request.header("content-type", "application/jose").body(token)).await.status
    }

    /// Nothing that was said broke the `OpenAPI`.
    pub(crate) fn assert_by_the_book(&self) {
        assert_eq!(self.dienst.violations(), []);
    }
}

pub(crate) async fn send(request: RequestBuilder) -> Answer {
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    Answer { status, headers, body: answer.bytes().await.unwrap() }
}

/// What a compact JWE says, and its header.
pub(crate) fn open(jwe: &str) -> (Value, Vec<u8>) {
    let parts: Vec<&str> = jwe.split('.').collect();
    let read = |at: usize| URL_SAFE_NO_PAD.decode(parts[at]).unwrap();
    let secret = private_key().oaep_decrypt::<Sha256>(&read(1)).unwrap();
    let cipher = Aes256Gcm::new_from_slice(&secret).unwrap();
    let iv: [u8; 12] = read(2).try_into().unwrap();
    let mut text = [read(3), read(4)].concat();
    cipher.decrypt_in_place(&iv.into(), parts[0].as_bytes(), &mut text).unwrap();
    (serde_json::from_slice(&read(0)).unwrap(), text)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// The payload of an event, unchecked.
pub(crate) fn payload(token: &str) -> Value {
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// Signs as the Zustellpunkt.
pub(crate) fn sign(payload: &Value) -> String {
    sign_as(payload, SIGNATURE_KID, "secevent+jwt")
}

pub(crate) fn sign_as(payload: &Value, kid: &str, typ: &str) -> String {
    let mut header = Header::new(Algorithm::PS512);
    header.typ = Some(typ.to_owned());
    header.kid = Some(kid.to_owned());
    let secret = private_key().to_pkcs1_der().unwrap();
    jsonwebtoken::encode(&header, payload, &EncodingKey::from_rsa_der(secret.as_bytes())).unwrap()
}
