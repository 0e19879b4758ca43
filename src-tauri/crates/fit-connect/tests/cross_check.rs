//! No official vector with a private key is published. So two implementations that know nothing of
//! each other must read what the other wrote: this crate and Python's jwcrypto.
#![expect(clippy::unwrap_used, reason = "a broken sample must fail the test")]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kontor_fit_connect::jwk::KeyUse;
use kontor_fit_connect::key::{KeyRing, PrivateKey};
use kontor_fit_connect::{jwe, jws};
use serde_json::{Value, json};

const CONTENT: &str = "{\"name\": \"Grüße aus Müßiggang\", \"zahl\": 7}";

/// The one on the path may be another than the one Debian's packages belong to.
const PYTHONS: [&str; 2] = ["python3", "/usr/bin/python3"];

fn has_jwcrypto(python: &str) -> bool {
    let output = Command::new(python).args(["-c", "import jwcrypto"]).output();
    output.is_ok_and(|output| output.status.success())
}

/// What jwcrypto says to it; `None` where there is no jwcrypto.
fn ask(question: &Value) -> Option<Value> {
    let Some(python) = PYTHONS.into_iter().find(|python| has_jwcrypto(python)) else {
        eprintln!("skipped: python3 with jwcrypto is not installed (Debian: python3-jwcrypto)");
        return None;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/other_side.py");
    let mut python = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(question.to_string().as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "jwcrypto disagrees; its complaint is above");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn pem(key: &PrivateKey) -> String {
    let der = STANDARD.encode(key.to_pkcs8().unwrap());
    format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n")
}

fn public(key: &PrivateKey) -> Value {
    serde_json::from_str(&key.public_jwk().to_json()).unwrap()
}

#[test]
fn jwcrypto_reads_what_we_write_and_we_read_what_it_writes() {
    let generate =
        |kid: &str, key_use| Arc::new(PrivateKey::generate(kid.parse().unwrap(), key_use).unwrap());
    let encryption = generate("probe-entschluesselung", KeyUse::Encryption);
    let signature = generate("probe-signatur", KeyUse::Signature);
    let sealed = jwe::seal(CONTENT.as_bytes(), &encryption.public_jwk(), "application/json");
    let Some(answer) = ask(&json!({
        "content": CONTENT,
        "encryption_pem": pem(&encryption),
        "encryption_jwk": public(&encryption),
        "signature_pem": pem(&signature),
        "signature_jwk": public(&signature),
        "jwe": sealed.unwrap(),
        "jws": jws::sign(CONTENT.as_bytes(), &signature).unwrap(),
    })) else {
        return;
    };
    let text = |name: &str| answer[name].as_str().unwrap().to_owned();
    assert_eq!(text("opened"), CONTENT);
    assert_eq!(text("verified"), CONTENT);

    let public = signature.public_jwk();
    let keys = KeyRing::new([encryption], signature).unwrap();
    for name in ["jwe", "compressed"] {
        let opened = jwe::open(&text(name), &keys, 1 << 20).unwrap();
        assert_eq!(opened, CONTENT.as_bytes(), "{name}");
    }
    let signed = text("jws");
    let verified = jws::Jws::parse(&signed).unwrap().verify(&public).unwrap();
    assert_eq!(verified, CONTENT.as_bytes());
}
