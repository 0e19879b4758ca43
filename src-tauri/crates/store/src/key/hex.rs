//! Bytes as hexadecimal text in the key file.

use std::fmt::Write;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Exactly `N` bytes; in text, `2·N` lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HexBytes<const N: usize>(pub(super) [u8; N]);

impl<const N: usize> HexBytes<N> {
    fn parse(text: &str) -> Option<Self> {
        if text.len() != 2 * N
            || text.bytes().any(|digit| !matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
        {
            return None;
        }
        let mut bytes = [0; N];
        for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl<const N: usize> Serialize for HexBytes<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(2 * N);
        for byte in self.0 {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        serializer.serialize_str(&text)
    }
}

impl<'de, const N: usize> Deserialize<'de> for HexBytes<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| D::Error::custom("not as many hexadecimal digits as needed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_bytes_agree() {
        let bytes = HexBytes([0, 1, 0x9a, 0xff]);
        let text = serde_json::to_string(&bytes).unwrap();
        assert_eq!(text, "\"00019aff\"");
        assert_eq!(serde_json::from_str::<HexBytes<4>>(&text).unwrap(), bytes);
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "00019af", "00019aff0", "00019aFF", "+0019aff", "äääää", "ää"] {
            assert_eq!(HexBytes::<4>::parse(text), None, "{text}");
        }
    }
}
