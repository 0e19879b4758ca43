//! The sign a record is found by.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

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
fn normalise(text: &str, chars_max: usize) -> Result<String, InvalidAktenzeichen> {
    if text.len() > chars_max * 4 {
        return Err(InvalidAktenzeichen::Length);
    }
    let text: String = text.chars().filter(|c| *c != ' ').collect();
    if text.is_empty() || text.chars().count() > chars_max {
        return Err(InvalidAktenzeichen::Length);
    }
    if !text.chars().all(|c| c.is_alphanumeric() || SEPARATORS.contains(&c)) {
        return Err(InvalidAktenzeichen::Character);
    }
    if text.split(SEPARATORS).any(str::is_empty) {
        return Err(InvalidAktenzeichen::Separator);
    }
    if !text.chars().any(|c| c.is_ascii_digit()) {
        return Err(InvalidAktenzeichen::NoDigit);
    }
    Ok(text)
}

macro_rules! signs {
    ($($(#[$doc:meta])* $name:ident, $chars_max:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
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

        impl TryFrom<String> for $name {
            type Error = InvalidAktenzeichen;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(sign: $name) -> Self {
                sign.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
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
        let got = text.parse::<Aktenzeichen>().map(String::from);
        assert_eq!(got.as_deref().map_err(|e| *e), expect, "{text}");
    }

    #[test]
    fn a_sign_in_hand_is_valid() {
        check("32.10-2026/0017", Ok("32.10-2026/0017"));
        check(" 32.10 - 2026/0017 ", Ok("32.10-2026/0017"));
        check("100.42#00007#0001", Ok("100.42#00007#0001"));
        check("", Err(InvalidAktenzeichen::Length));
        check(&"1".repeat(81), Err(InvalidAktenzeichen::Length));
        check("32.10\u{0}", Err(InvalidAktenzeichen::Character));
        check("../etc/1", Err(InvalidAktenzeichen::Separator));
        check("32.", Err(InvalidAktenzeichen::Separator));
        check("Gewerbe", Err(InvalidAktenzeichen::NoDigit));
    }
}
