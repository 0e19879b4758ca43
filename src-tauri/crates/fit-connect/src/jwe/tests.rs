use std::io::Write as _;

use super::*;
use crate::samples::{encryption_key, ring, signature_key};

const MAX: u64 = 1 << 20;

fn sealed(content: &[u8]) -> String {
    seal(content, &encryption_key().public_jwk(), "application/json").unwrap()
}

/// The text with one segment put through `change`.
fn with_segment(text: &str, place: usize, change: impl FnOnce(&str) -> String) -> String {
    let mut segments: Vec<String> = text.split('.').map(str::to_owned).collect();
    segments[place] = change(&segments[place]);
    segments.join(".")
}

fn with_header(text: &str, header: &str) -> String {
    with_segment(text, 0, |_| base64url::encode(header))
}

#[test]
fn what_is_sealed_opens() {
    for content in [b"".as_slice(), b"{}", &vec![7; 100_000]] {
        assert_eq!(open(&sealed(content), &ring(), MAX).unwrap(), content);
    }
}

#[test]
fn pieces_of_any_length_give_the_same() {
    let content: Vec<u8> = (0..1000_u32).map(|n| (n % 251) as u8).collect();
    let text = sealed(&content);
    for length in [1, 2, 3, 5, 7, 16, 64, 683, 1000] {
        let keys = ring();
        let mut opening = Opening::new(&keys, MAX);
        let mut out = Vec::new();
        for piece in text.as_bytes().chunks(length) {
            opening.update(piece, &mut out).unwrap();
        }
        let opened = opening.finish(&mut out).unwrap();
        assert_eq!(out, content, "{length}");
        assert_eq!(opened.tag, tag_of(&text).unwrap());
        assert_eq!(opened.header.cty.as_deref(), Some("application/json"));
    }
}

#[test]
fn a_change_anywhere_is_found() {
    let text = sealed(b"Antrag auf Wohngeld");
    let flip = |segment: &str| {
        let other = if segment.starts_with('A') { "B" } else { "A" };
        format!("{other}{}", &segment[1..])
    };
    for place in 1..5 {
        let changed = with_segment(&text, place, flip);
        assert_eq!(open(&changed, &ring(), MAX), Err(JweError::Decryption), "segment {place}");
    }
    let header = r#"{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"anna-entschluesselung"}"#;
    assert_eq!(open(&with_header(&text, header), &ring(), MAX), Err(JweError::Decryption));
}

#[test]
fn headers_that_are_not_ours_are_refused() {
    let text = sealed(b"x");
    let check = |header: &str, expected: JweError| {
        assert_eq!(open(&with_header(&text, header), &ring(), MAX), Err(expected), "{header}");
    };
    let unknown = "unbekannt".parse().unwrap();
    check(r#"{"alg":"RSA1_5","enc":"A256GCM","kid":"12345678"}"#, JweError::Algorithm);
    check(r#"{"alg":"RSA-OAEP","enc":"A256GCM","kid":"12345678"}"#, JweError::Algorithm);
    check(r#"{"alg":"dir","enc":"A256GCM","kid":"12345678"}"#, JweError::Algorithm);
    check(r#"{"alg":"RSA-OAEP-256","enc":"A128GCM","kid":"12345678"}"#, JweError::Algorithm);
    check(
        r#"{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"12345678","zip":"LZ"}"#,
        JweError::Algorithm,
    );
    check(
        r#"{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"12345678","crit":["x"]}"#,
        JweError::Algorithm,
    );
    check(r#"{"alg":"RSA-OAEP-256","enc":"A256GCM"}"#, JweError::Syntax);
    check(
        r#"{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"unbekannt"}"#,
        JweError::UnknownKey(unknown),
    );
    check("[", JweError::Syntax);
}

#[test]
fn garbage_is_no_encrypted_text() {
    let text = sealed(b"x");
    let long = "a".repeat(100_000);
    let more = format!("{text}.AAAA");
    let padded = format!("{text}==");
    let short = &text[..text.len() - 1];
    for garbage in ["", ".", "....", "a.b.c.d.e", &long, &more, &padded, short] {
        assert_eq!(open(garbage, &ring(), MAX), Err(JweError::Syntax));
    }
}

#[test]
fn content_ends_at_the_limit() {
    let text = sealed(&[0; 100]);
    assert_eq!(open(&text, &ring(), 99), Err(JweError::TooLarge { bytes_max: 99 }));
    assert!(open(&text, &ring(), 100).is_ok());
}

/// Decompression alone: sealing never compresses, so the deflated bytes are made here.
fn inflate(deflated: &[u8], bytes_max: u64) -> Result<Vec<u8>, JweError> {
    let mut inflating = inflate::Inflating::new();
    let mut out = Vec::new();
    for piece in deflated.chunks(7) {
        inflating.update(piece, &mut out, bytes_max)?;
    }
    inflating.finish()?;
    Ok(out)
}

fn deflate(content: &[u8]) -> Vec<u8> {
    let mut encoder =
        flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn compressed_content_is_inflated_up_to_the_limit() {
    let content = vec![b'a'; 300_000];
    assert_eq!(inflate(&deflate(&content), MAX).unwrap(), content);
    let bomb = deflate(&vec![0; 4 << 20]);
    assert!(bomb.len() < 10_000);
    assert_eq!(inflate(&bomb, MAX), Err(JweError::TooLarge { bytes_max: MAX }));
}

#[test]
fn compressed_content_must_be_whole_and_alone() {
    let deflated = deflate(b"Antrag");
    assert_eq!(inflate(&deflated[..deflated.len() - 1], MAX), Err(JweError::Compression));
    assert_eq!(inflate(&[&deflated[..], b"x"].concat(), MAX), Err(JweError::Compression));
    assert_eq!(inflate(b"\xff\xff\xff", MAX), Err(JweError::Compression));
}

#[test]
fn a_tag_has_22_characters() {
    let text = sealed(b"x");
    let tag = tag_of(&text).unwrap();
    assert!(text.ends_with(&tag.to_string()));
    assert_eq!(tag.to_string().len(), 22);
    for wrong in ["", "abc", "AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAA+"] {
        assert!(wrong.parse::<AuthTag>().is_err(), "{wrong}");
    }
    assert_eq!(tag_of("a.b.c.AAAAAAAAAAAAAAAAAAAAAA"), Err(JweError::Syntax));
}

#[test]
fn nothing_is_sealed_to_a_key_for_signing() {
    assert_eq!(seal(b"x", &signature_key().public_jwk(), "text/plain"), Err(CannotSeal));
}
