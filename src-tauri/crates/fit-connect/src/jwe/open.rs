//! Opening, as a whole or piece by piece.

use zeroize::Zeroizing;

use super::gcm::{Decrypting, IV_BYTES, KEY_BYTES, TAG_BYTES};
use super::inflate::Inflating;
use super::{AuthTag, HEADER_CHARS_MAX, Header, JweError, WRAPPED_CHARS_MAX};
use crate::base64url;
use crate::key::{KeyRing, PrivateKey};

/// Header, wrapped key and IV with their dots.
const PREFIX_CHARS_MAX: usize = HEADER_CHARS_MAX + WRAPPED_CHARS_MAX + 16 + 3;
const TAG_CHARS: usize = 22;

/// Opens a text that fits into memory. `bytes_max` bounds the content.
pub fn open(text: &str, keys: &KeyRing, bytes_max: u64) -> Result<Vec<u8>, JweError> {
    let mut opening = Opening::new(keys, bytes_max);
    let mut content = Vec::new();
    opening.update(text.as_bytes(), &mut content)?;
    opening.finish(&mut content)?;
    Ok(content)
}

/// An encrypted text that comes in pieces.
///
/// What [`Self::update`] gives is unverified until [`Self::finish`] succeeds: it may be hashed and
/// counted, and it is kept or shown nowhere before.
pub struct Opening<'a> {
    keys: &'a KeyRing,
    bytes_max: u64,
    state: State,
}

/// What an opened text was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its header.
    pub header: Header,
    /// Its authentication tag.
    pub tag: AuthTag,
}

enum State {
    Prefix(Vec<u8>),
    Body(Box<Body>),
    Tag(Box<Body>, Vec<u8>),
    Failed,
}

struct Body {
    header: Header,
    decrypting: Decrypting,
    inflating: Option<Inflating>,
    /// Characters that fill no group of four yet.
    rest: Vec<u8>,
    /// Bytes of one step; kept to spare allocations.
    piece: Vec<u8>,
    decrypted: u64,
}

impl<'a> Opening<'a> {
    /// Begins. `bytes_max` bounds the content, decrypted and decompressed.
    pub fn new(keys: &'a KeyRing, bytes_max: u64) -> Self {
        Self { keys, bytes_max, state: State::Prefix(Vec::new()) }
    }

    /// Takes the next characters and appends the content they hold to `out`.
    pub fn update(&mut self, text: &[u8], out: &mut Vec<u8>) -> Result<(), JweError> {
        let mut text = text;
        while !text.is_empty() {
            text = self.step(text, out)?;
        }
        Ok(())
    }

    /// Takes what belongs to one segment and gives back the rest.
    fn step<'t>(&mut self, text: &'t [u8], out: &mut Vec<u8>) -> Result<&'t [u8], JweError> {
        let (state, rest) = match std::mem::replace(&mut self.state, State::Failed) {
            State::Prefix(prefix) => self.prefix(prefix, text)?,
            State::Body(mut body) => {
                let (own, rest) = split_at_dot(text);
                body.decrypt(own, out, self.bytes_max)?;
                match rest {
                    Some(rest) => {
                        body.end(out, self.bytes_max)?;
                        (State::Tag(body, Vec::new()), rest)
                    }
                    None => (State::Body(body), [].as_slice()),
                }
            }
            State::Tag(body, mut tag) => {
                tag.extend_from_slice(text.get(..TAG_CHARS + 1).unwrap_or(text));
                if tag.len() > TAG_CHARS {
                    return Err(JweError::Syntax);
                }
                (State::Tag(body, tag), [].as_slice())
            }
            State::Failed => return Err(JweError::Decryption),
        };
        self.state = state;
        Ok(rest)
    }

    fn prefix<'t>(
        &self,
        mut prefix: Vec<u8>,
        text: &'t [u8],
    ) -> Result<(State, &'t [u8]), JweError> {
        let (own, rest) = split_at_dot(text);
        if prefix.len() + own.len() > PREFIX_CHARS_MAX {
            return Err(JweError::Syntax);
        }
        prefix.extend_from_slice(own);
        let Some(rest) = rest else { return Ok((State::Prefix(prefix), &[])) };
        let mut segments = prefix.split(|byte| *byte == b'.');
        let three = (segments.next(), segments.next(), segments.next());
        let (Some(header), Some(wrapped), Some(iv)) = three else {
            prefix.push(b'.');
            return Ok((State::Prefix(prefix), rest));
        };
        Ok((State::Body(Box::new(self.begin(header, wrapped, iv)?)), rest))
    }

    fn begin(&self, aad: &[u8], wrapped: &[u8], iv: &[u8]) -> Result<Body, JweError> {
        let header = Header::parse(aad)?;
        let wrapped = base64url::decode(wrapped).ok_or(JweError::Syntax)?;
        let iv = base64url::decode(iv).ok_or(JweError::Syntax)?;
        let iv: [u8; IV_BYTES] = iv.try_into().map_err(|_| JweError::Syntax)?;
        let key = self
            .keys
            .decrypting(&header.kid)
            .ok_or_else(|| JweError::UnknownKey(header.kid.clone()))?;
        let key = content_key(key, &wrapped)?;
        Ok(Body {
            inflating: header.compressed.then(Inflating::new),
            decrypting: Decrypting::new(&key, &iv, aad),
            header,
            rest: Vec::new(),
            piece: Vec::new(),
            decrypted: 0,
        })
    }

    /// Says whether all of it was what had been encrypted.
    pub fn finish(self, out: &mut Vec<u8>) -> Result<Opened, JweError> {
        let State::Tag(body, tag) = self.state else { return Err(JweError::Syntax) };
        let tag: [u8; TAG_BYTES] =
            base64url::decode(tag).and_then(|tag| tag.try_into().ok()).ok_or(JweError::Syntax)?;
        let Body { header, decrypting, inflating, .. } = *body;
        if !decrypting.finish(&tag) {
            out.clear();
            return Err(JweError::Decryption);
        }
        inflating.map_or(Ok(()), Inflating::finish)?;
        Ok(Opened { header, tag: AuthTag(tag) })
    }
}

impl Body {
    fn decrypt(&mut self, text: &[u8], out: &mut Vec<u8>, bytes_max: u64) -> Result<(), JweError> {
        let mut text = text;
        if !self.rest.is_empty() {
            let (head, tail) = text.split_at((4 - self.rest.len()).min(text.len()));
            self.rest.extend_from_slice(head);
            text = tail;
            if self.rest.len() < 4 {
                return Ok(());
            }
            let group = std::mem::take(&mut self.rest);
            self.decode(&group, out, bytes_max)?;
        }
        let (groups, rest) = text.split_at(text.len() - text.len() % 4);
        self.rest.extend_from_slice(rest);
        self.decode(groups, out, bytes_max)
    }

    /// The ciphertext is complete.
    fn end(&mut self, out: &mut Vec<u8>, bytes_max: u64) -> Result<(), JweError> {
        let rest = std::mem::take(&mut self.rest);
        self.decode(&rest, out, bytes_max)
    }

    fn decode(&mut self, text: &[u8], out: &mut Vec<u8>, bytes_max: u64) -> Result<(), JweError> {
        self.piece.clear();
        base64url::decode_into(text, &mut self.piece).ok_or(JweError::Syntax)?;
        self.decrypted += self.piece.len() as u64;
        if self.decrypted > bytes_max {
            return Err(JweError::TooLarge { bytes_max });
        }
        self.decrypting.update(&mut self.piece);
        let Some(inflating) = &mut self.inflating else {
            out.extend_from_slice(&self.piece);
            return Ok(());
        };
        inflating.update(&self.piece, out, bytes_max)
    }
}

/// What the wrapped key holds; a random one if it holds none, so that a wrong key and a changed
/// content fail in the same place (RFC 7516 § 11.5).
fn content_key(key: &PrivateKey, wrapped: &[u8]) -> Result<Zeroizing<[u8; KEY_BYTES]>, JweError> {
    let mut content_key = Zeroizing::new([0; KEY_BYTES]);
    aws_lc_rs::rand::fill(&mut *content_key).map_err(|_| JweError::Decryption)?;
    if let Some(unwrapped) = key.unwrap_key(wrapped)
        && let Ok(unwrapped) = <&[u8; KEY_BYTES]>::try_from(unwrapped.as_slice())
    {
        *content_key = *unwrapped;
    }
    Ok(content_key)
}

/// What comes before the first dot, and what after it if there is one.
fn split_at_dot(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    match text.iter().position(|byte| *byte == b'.') {
        Some(dot) => {
            let (own, rest) = text.split_at(dot);
            (own, rest.get(1..))
        }
        None => (text, None),
    }
}
