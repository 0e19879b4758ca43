use super::*;
use crate::samples::{encryption_key, signature_key};

fn with_header(header: &str) -> String {
    format!("{}.e30.AAAA", base64url::encode(header))
}

#[test]
fn a_signature_is_verified_by_its_own_key_only() {
    let key = signature_key();
    let text = sign(b"{\"a\":1}", key).unwrap();
    let jws = Jws::parse(&text).unwrap();
    assert_eq!(jws.verify(&key.public_jwk()).unwrap(), b"{\"a\":1}");
    assert_eq!(jws.verify(&encryption_key().public_jwk()), Err(JwsError::Signature));
}

#[test]
fn a_changed_payload_is_found() {
    let text = sign(b"{\"a\":1}", signature_key()).unwrap();
    let changed = text.replace(&base64url::encode("{\"a\":1}"), &base64url::encode("{\"a\":2}"));
    let public = signature_key().public_jwk();
    assert_eq!(Jws::parse(&changed).unwrap().verify(&public), Err(JwsError::Signature));
}

#[test]
fn headers_that_are_not_ours_are_refused() {
    let check = |header: &str, expected| {
        assert_eq!(Jws::parse(&with_header(header)).map(|_| ()), Err(expected), "{header}");
    };
    check(r#"{"alg":"none","typ":"secevent+jwt","kid":"12345678"}"#, JwsError::Algorithm);
    check(r#"{"alg":"HS512","typ":"secevent+jwt","kid":"12345678"}"#, JwsError::Algorithm);
    check(r#"{"alg":"PS256","typ":"secevent+jwt","kid":"12345678"}"#, JwsError::Algorithm);
    check(r#"{"alg":"PS512","kid":"12345678"}"#, JwsError::Type);
    check(r#"{"alg":"PS512","typ":"JWT","kid":"12345678"}"#, JwsError::Type);
    check(r#"{"alg":"PS512","typ":"secevent+jwt"}"#, JwsError::Syntax);
    check(
        r#"{"alg":"PS512","typ":"secevent+jwt","kid":"12345678","crit":["b64"]}"#,
        JwsError::Critical,
    );
    check("[]", JwsError::Syntax);
}

#[test]
fn garbage_is_no_signed_text() {
    let long = "a".repeat(BYTES_MAX + 1);
    for text in ["", ".", "..", "a.b", "a.b.c", "e30.e30.e30=", long.as_str()] {
        assert_eq!(Jws::parse(text).map(|_| ()), Err(JwsError::Syntax));
    }
}

#[test]
fn a_key_for_encryption_does_not_sign() {
    assert_eq!(sign(b"{}", encryption_key()), Err(CannotSign));
}
