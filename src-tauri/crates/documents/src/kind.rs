//! What a document is, by its first bytes. Names and promises of the sender do not count.

use crate::{Source, Trouble};

/// How a document can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Pages rendered by pdfium.
    Pdf,
    /// PNG, JPEG, TIFF, WebP or BMP: pages made of pixels.
    Image,
    /// Text that the window shows itself, see [`plain_text`](crate::plain_text).
    Text,
    /// Something that only its own program can show.
    Other,
}

/// How many bytes from the beginning [`Kind::of`] wants to see.
const HEAD_BYTES: u64 = 4096;

impl Kind {
    /// Looks at the first bytes.
    ///
    /// # Errors
    /// [`Trouble::Empty`] if there are none, [`Trouble::Source`] if they cannot be read.
    pub fn of_source(source: &mut dyn Source) -> Result<Self, Trouble> {
        let length = source.length_bytes();
        if length == 0 {
            return Err(Trouble::Empty);
        }
        let head_bytes = usize::try_from(length.min(HEAD_BYTES)).unwrap_or_default();
        let head = source.read_at(0, head_bytes).map_err(|_| Trouble::Source)?;
        Ok(Self::of(&head))
    }

    /// By the first [`HEAD_BYTES`] bytes, or all if there are fewer.
    fn of(head: &[u8]) -> Self {
        // Readers accept a PDF that begins with something else; so do we, within the first KiB.
        let is_pdf = head.windows(5).take(1024).any(|window| window == b"%PDF-");
        if is_pdf {
            return Self::Pdf;
        }
        if is_image(head) {
            return Self::Image;
        }
        if looks_like_text(head) { Self::Text } else { Self::Other }
    }
}

fn is_image(head: &[u8]) -> bool {
    let begins = |magic: &[u8]| head.starts_with(magic);
    begins(b"\x89PNG\r\n\x1a\n")
        || begins(b"\xff\xd8\xff")
        || begins(b"II*\0")
        || begins(b"MM\0*")
        || begins(b"BM") && head.get(6..10) == Some(&[0; 4])
        || begins(b"RIFF") && head.get(8..12) == Some(b"WEBP")
}

/// No control characters but those that text has. UTF-16 is told by its byte order mark.
fn looks_like_text(head: &[u8]) -> bool {
    let has_mark = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let is_binary = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    has_mark || !head.is_empty() && !head.iter().any(is_binary)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &[u8], kind: Kind) {
        assert_eq!(Kind::of(head), kind, "{head:?}");
    }

    #[test]
    fn the_first_bytes_tell() {
        check(b"%PDF-1.7\n", Kind::Pdf);
        check(b"From the printer\n%PDF-1.4", Kind::Pdf);
        check(b"\x89PNG\r\n\x1a\n\0\0", Kind::Image);
        check(b"\xff\xd8\xff\xe0", Kind::Image);
        check(b"II*\0\x08\0\0\0", Kind::Image);
        check(b"BM\0\0\0\0\0\0\0\0", Kind::Image);
        check(b"RIFF\x10\0\0\0WEBPVP8 ", Kind::Image);
        check(b"Sehr geehrte Frau Kr\xfcger,\r\n", Kind::Text);
        check("Straße;Ort\n".as_bytes(), Kind::Text);
        check(b"\xff\xfeH\0i\0", Kind::Text);
    }

    #[test]
    fn what_is_nothing_of_ours_is_other() {
        check(b"", Kind::Other);
        check(b"PK\x03\x04\x14\0", Kind::Other);
        check(b"\x7fELF\x02\x01\x01\0", Kind::Other);
        check(b"RIFF\x10\0\0\0AVI ", Kind::Other);
        check(b"BMW steht vor dem Haus", Kind::Text);
    }
}
