//! The sign a record is found by.

use std::fmt;
use std::str::FromStr;

use crate::as_text::as_text;

/// Why a text is no sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAktenzeichen {
    /// Empty, or longer than the field of the record (xdomea: `kennzeichen`).
    #[error("the sign is empty or too long")]
    Length,
    /// A character that is neither letter, digit nor one of `. / - # _`.
    #[error("the sign contains a character it cannot hold")]
    Character,
    /// It begins or ends with a separator, or two stand side by side.
    #[error("a separator stands where a letter or digit is expected")]
    Separator,
    /// No digit at all.
    #[error("the sign contains no digit")]
    NoDigit,
}

const SEPARATORS: [char; 5] = ['.', '/', '-', '#', '_'];

/// Blanks around separators are dropped, so `32.10 - 2026/17` and `32.10-2026/17` are one sign.
/// Between letters or digits one blank counts: `3 O 12/26` and `30 12/26` are two.
fn normalise(text: &str, chars_max: usize) -> Result<String, InvalidAktenzeichen> {
    if text.len() > chars_max * 4 {
        return Err(InvalidAktenzeichen::Length);
    }
    let mut tight = String::with_capacity(text.len());
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !tight.is_empty() && !tight.ends_with(SEPARATORS) && !word.starts_with(SEPARATORS) {
            tight.push(' ');
        }
        tight.push_str(word);
    }
    if tight.is_empty() || tight.chars().count() > chars_max {
        return Err(InvalidAktenzeichen::Length);
    }
    let allowed = |c: char| c == ' ' || c.is_alphanumeric() || SEPARATORS.contains(&c);
    if !tight.chars().all(allowed) {
        return Err(InvalidAktenzeichen::Character);
    }
    if tight.split(SEPARATORS).any(str::is_empty) {
        return Err(InvalidAktenzeichen::Separator);
    }
    if !tight.chars().any(|c| c.is_ascii_digit()) {
        return Err(InvalidAktenzeichen::NoDigit);
    }
    Ok(tight)
}

macro_rules! signs {
    ($($(#[$doc:meta])* $name:ident, $chars_max:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The sign as it is written on the record.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidAktenzeichen;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                normalise(text, $chars_max).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        as_text!($name);
    )+};
}

signs! {
    /// The sign of an Akte, for example `32.10-2026/0017`: unique in a Mandant, never reused.
    Aktenzeichen, 80;
    /// The number of an entry in the Aktenplan, for example `32.10`.
    Aktenplanschluessel, 40;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Result<&str, InvalidAktenzeichen>) {
        let got = text.parse::<Aktenzeichen>();
        assert_eq!(got.as_ref().map(Aktenzeichen::as_str).map_err(|e| *e), expect, "{text}");
    }

    #[test]
    fn a_sign_in_hand_is_valid() {
        check("32.10-2026/0017", Ok("32.10-2026/0017"));
        check(" 32.10 - 2026/0017 ", Ok("32.10-2026/0017"));
        check("3  O 12/26", Ok("3 O 12/26"));
        check("100.42#00007#0001", Ok("100.42#00007#0001"));
        check("", Err(InvalidAktenzeichen::Length));
        check(&"1".repeat(81), Err(InvalidAktenzeichen::Length));
        check("32.10\u{0}", Err(InvalidAktenzeichen::Character));
        check("../etc/1", Err(InvalidAktenzeichen::Separator));
        check("32.", Err(InvalidAktenzeichen::Separator));
        check("Gewerbe", Err(InvalidAktenzeichen::NoDigit));
    }
}
