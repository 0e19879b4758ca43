//! Python's `jwcrypto` as a third opinion, where it is installed.

use std::io::Write as _;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::subscriber::{Scene, antrag, der};

const SCRIPT: &str = r#"
import json, sys
from jwcrypto import jwk, jwe, jws
given = json.load(sys.stdin)
key = jwk.JWK.from_pem(given["pem"].encode())
opened = jwe.JWE(algs=["RSA-OAEP-256", "A256GCM"])
opened.deserialize(given["jwe"], key)
token = jws.JWS()
token.allowed_algs = ["PS512"]
token.deserialize(given["set"])
public = {name: given["jwk"][name] for name in ("kty", "n", "e")}
token.verify(jwk.JWK(**public), alg="PS512")
print(json.dumps({"plain": opened.payload.decode(), "set": json.loads(token.payload)["iss"]}))
"#;

#[tokio::test]
async fn jwcrypto_reads_what_is_encrypted_and_signed_here() {
    let there =
        Command::new("python3").args(["-c", "import jwcrypto"]).stderr(Stdio::null()).status();
    if !there.is_ok_and(|status| status.success()) {
        eprintln!("jwcrypto is not installed: nothing was compared");
        return;
    }
    let scene = Scene::new().await;
    let sent = scene.sender().send(scene.zustellpunkt, &antrag()).await.unwrap();
    let fetched = scene.get(&format!("/v1/submissions/{}", sent.submission)).await.json();
    let pem = STANDARD.encode(der());
    let given = json!({
        "pem": format!("-----BEGIN PRIVATE KEY-----\n{pem}\n-----END PRIVATE KEY-----\n"),
        "jwe": fetched["encryptedData"],
        "set": scene.events(sent.vorgang).await[1],
        "jwk": scene.get("/.well-known/jwks.json").await.json()["keys"][0],
    });
    let mut python = Command::new("python3")
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(given.to_string().as_bytes()).unwrap();
    let said = python.wait_with_output().unwrap().stdout;
    let said: serde_json::Value = serde_json::from_slice(&said).unwrap();
    assert_eq!(said, json!({ "plain": "{\"F60000227\":\"Lennartz\"}", "set": scene.dienst.url() }));
}
