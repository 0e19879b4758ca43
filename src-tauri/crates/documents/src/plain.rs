//! Plain text: UTF-8, UTF-16 with a byte order mark, and otherwise Windows-1252, which is what
//! Office programs of the last thirty years wrote and which has a character for every byte.

use crate::{Source, Trouble};

/// A text document as far as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainText {
    /// Its text; line ends are `\n`.
    pub text: String,
    /// There is more than `bytes_max`.
    pub truncated: bool,
}

/// The first `bytes_max` bytes of a document of [`Kind::Text`](crate::Kind::Text) as text.
///
/// # Errors
/// [`Trouble::Source`] if its bytes cannot be read.
pub fn plain_text(source: &mut dyn Source, bytes_max: u64) -> Result<PlainText, Trouble> {
    let length = source.length_bytes();
    let taken = usize::try_from(length.min(bytes_max)).map_err(|_| Trouble::TooLarge)?;
    let bytes = source.read_at(0, taken).map_err(|_| Trouble::Source)?;
    let truncated = length > bytes_max;
    let text = decode(&bytes, truncated).replace("\r\n", "\n").replace('\r', "\n");
    Ok(PlainText { text, truncated })
}

fn decode(bytes: &[u8], truncated: bool) -> String {
    if let Some((encoding, mark_bytes)) = encoding_rs::Encoding::for_bom(bytes) {
        let body = bytes.get(mark_bytes..).unwrap_or_default();
        return encoding.decode_without_bom_handling(body).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // A cut in the middle of a character is no reason to take the rest for Windows-1252.
        Err(error) if truncated && error.error_len().is_none() => {
            String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default()).into()
        }
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], bytes_max: u64) -> PlainText {
        plain_text(&mut bytes.to_vec(), bytes_max).unwrap()
    }

    #[test]
    fn the_encoding_is_found_out() {
        let expected = PlainText { text: "Grüße\n".to_owned(), truncated: false };
        assert_eq!(text("Grüße\r\n".as_bytes(), 100), expected);
        assert_eq!(text(b"Gr\xfc\xdfe\r\n", 100), expected);
        assert_eq!(text(b"\xff\xfeG\0r\0\xfc\0\xdf\0e\0\n\0", 100), expected);
        assert_eq!(text("\u{feff}Grüße\r".as_bytes(), 100), expected);
    }

    #[test]
    fn a_cut_within_a_letter_loses_that_letter_only() {
        let cut = text("Grüße".as_bytes(), 3);
        assert_eq!(cut, PlainText { text: "Gr".to_owned(), truncated: true });
    }
}
