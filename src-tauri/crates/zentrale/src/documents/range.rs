//! Which bytes of a document are wanted (RFC 9110, section 14).

use std::ops::Range;

/// What a `Range` header means for a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Requested {
    /// No range, or one we need not understand: all of it.
    All,
    /// One piece.
    Piece(Range<u64>),
    /// A piece that does not exist.
    Beyond,
}

/// Reads a `Range` header. Several ranges at once are answered with everything, as the standard
/// allows: they are of no use to a workstation and of much use to an attacker.
pub(crate) fn requested(header: Option<&str>, size_bytes: u64) -> Requested {
    let Some(range) = header.and_then(|header| header.trim().strip_prefix("bytes=")) else {
        return Requested::All;
    };
    let Some((first, last)) = range.split_once('-') else { return Requested::All };
    match (number(first), number(last)) {
        (Some(first), None) if last.trim().is_empty() => piece(first, size_bytes, size_bytes),
        (Some(first), Some(last)) if first <= last => {
            piece(first, last.saturating_add(1), size_bytes)
        }
        (None, Some(0)) if first.trim().is_empty() => Requested::Beyond,
        (None, Some(length)) if first.trim().is_empty() => {
            piece(size_bytes.saturating_sub(length), size_bytes, size_bytes)
        }
        _ => Requested::All,
    }
}

fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

fn piece(first: u64, end: u64, size_bytes: u64) -> Requested {
    if first >= size_bytes {
        Requested::Beyond
    } else {
        Requested::Piece(first..end.min(size_bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: &str, expect: &Requested) {
        assert_eq!(requested(Some(header), 100), *expect, "{header}");
    }

    #[test]
    fn one_range_is_one_piece() {
        check("bytes=0-9", &Requested::Piece(0..10));
        check("bytes=90-", &Requested::Piece(90..100));
        check("bytes=-10", &Requested::Piece(90..100));
        check("bytes=90-4000", &Requested::Piece(90..100));
        check("bytes=-4000", &Requested::Piece(0..100));
        check("bytes=0-99999999999999999999999", &Requested::Piece(0..100));
    }

    #[test]
    fn what_is_not_there_is_refused() {
        check("bytes=100-", &Requested::Beyond);
        check("bytes=100-200", &Requested::Beyond);
        check("bytes=-0", &Requested::Beyond);
        assert_eq!(requested(Some("bytes=0-"), 0), Requested::Beyond);
    }

    #[test]
    fn what_makes_no_sense_means_everything() {
        for header in [
            "bytes=",
            "bytes=-",
            "bytes=9-0",
            "bytes=0-1,5-6",
            "items=0-1",
            "bytes=a-b",
            "bytes=+1-2",
        ] {
            check(header, &Requested::All);
        }
        assert_eq!(requested(None, 100), Requested::All);
    }
}
