//! Texts people enter, each with its own bounds.

use std::fmt;
use std::str::FromStr;

use crate::as_text::as_text;

/// Why a text was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidText {
    /// Nothing but blanks.
    #[error("the text is empty")]
    Empty,
    /// More characters than the field holds.
    #[error("the text has more than {chars_max} characters")]
    TooLong {
        /// What the field holds, in characters.
        chars_max: usize,
    },
    /// A control or direction-changing character, which could make a text look like another.
    #[error("the text contains a character that cannot be shown")]
    Unprintable,
}

/// Characters that reorder or hide their neighbours (Unicode TR 36, "Trojan source").
pub(crate) fn is_deceptive(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn normalise(text: &str, chars_max: usize, lines: bool) -> Result<String, InvalidText> {
    let text = text.trim();
    if text.is_empty() {
        return Err(InvalidText::Empty);
    }
    // Bytes bound the count first, so a huge input is not walked.
    if text.len() > chars_max * 4 || text.chars().count() > chars_max {
        return Err(InvalidText::TooLong { chars_max });
    }
    let allowed =
        |c: char| !is_deceptive(c) && (!c.is_control() || lines && matches!(c, '\n' | '\t'));
    let text = if lines { text.replace("\r\n", "\n") } else { text.to_owned() };
    if text.chars().all(allowed) { Ok(text) } else { Err(InvalidText::Unprintable) }
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident, $chars_max:literal, lines: $lines:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The longest text it holds, in characters.
            pub const CHARS_MAX: usize = $chars_max;

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidText;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                normalise(text, Self::CHARS_MAX, $lines).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        /// Shows the length only: what people wrote does not belong into a log.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({} bytes)"), self.0.len())
            }
        }

        as_text!($name);
    )+};
}

texts! {
    /// What a Vorgang, an Akte or an Eingang is about: one line.
    Betreff, 300, lines: false;
    /// The name of a person, unit or plan entry: one line.
    Name, 200, lines: false;
    /// A Notiz or a reason: several lines.
    Text, 20_000, lines: true;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Result<&str, InvalidText>) {
        let got = text.parse::<Betreff>();
        assert_eq!(got.as_ref().map(Betreff::as_str).map_err(|e| *e), expect);
    }

    #[test]
    fn one_line_texts_are_trimmed_and_bounded() {
        check("  Gewerbeanmeldung Müller ", Ok("Gewerbeanmeldung Müller"));
        check(" \t ", Err(InvalidText::Empty));
        check("zwei\nZeilen", Err(InvalidText::Unprintable));
        check("rechnung\u{202E}fdp.exe", Err(InvalidText::Unprintable));
        check(&"ß".repeat(300), Ok(&"ß".repeat(300)));
        check(&"ß".repeat(301), Err(InvalidText::TooLong { chars_max: 300 }));
    }

    #[test]
    fn notes_keep_their_lines() {
        assert_eq!("eins\r\nzwei".parse::<Text>().unwrap().as_str(), "eins\nzwei");
    }

    #[test]
    fn serde_takes_the_same_door() {
        assert!(serde_json::from_str::<Name>("\"\"").is_err());
    }
}
