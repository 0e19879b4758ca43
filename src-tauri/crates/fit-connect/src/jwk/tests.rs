use super::*;
use serde_json::{Value, json};

fn sample() -> Value {
    let mut n = vec![0xA5; 512];
    n[511] = 1;
    json!({"kty": "RSA", "key_ops": ["wrapKey"], "alg": "RSA-OAEP-256", "kid": "schluessel-1",
        "n": base64url::encode(n), "e": "AQAB"})
}

fn with(change: impl FnOnce(&mut Value)) -> Result<PublicJwk, JwkError> {
    let mut value = sample();
    change(&mut value);
    PublicJwk::parse(value.to_string().as_bytes())
}

#[test]
fn a_key_is_read_and_written_alike() {
    let key = with(|_| ()).unwrap();
    assert_eq!(PublicJwk::parse(key.to_json().as_bytes()).unwrap(), key);
    assert_eq!(key.key_use(), KeyUse::Encryption);
}

#[test]
fn each_rule_of_the_specification_is_held() {
    let cases: [(&str, Value, JwkError); 9] = [
        ("kty", json!("EC"), JwkError::Algorithm),
        ("alg", json!("RSA-OAEP"), JwkError::Algorithm),
        ("alg", json!("PS512"), JwkError::Ops),
        ("key_ops", json!(["unwrapKey"]), JwkError::Ops),
        ("key_ops", json!(["wrapKey", "verify"]), JwkError::Ops),
        ("kid", json!("kurz"), JwkError::Kid),
        ("n", json!(base64url::encode([0xA5; 256])), JwkError::Numbers),
        ("n", json!(base64url::encode([0x05; 512])), JwkError::Numbers),
        ("e", json!("Aw"), JwkError::Numbers),
    ];
    for (name, value, expected) in cases {
        assert_eq!(with(|key| key[name] = value.clone()), Err(expected), "{name} = {value}");
    }
    assert_eq!(PublicJwk::parse(b"[]"), Err(JwkError::Syntax));
}

#[test]
fn a_key_set_keeps_what_can_be_used() {
    let other = json!({"kty": "EC", "crv": "P-256"});
    let set = json!({ "keys": [other, sample()] }).to_string();
    assert_eq!(parse_key_set(set.as_bytes()).unwrap().len(), 1);
}
