//! Public services.

use std::fmt;
use std::str::FromStr;

use crate::InvalidText;
use crate::as_text::as_text;

/// The number of a public service: 14 digits starting with 99 (`LeiKa`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leistungsschluessel(String);

impl FromStr for Leistungsschluessel {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let valid =
            text.len() == 14 && text.starts_with("99") && text.bytes().all(|b| b.is_ascii_digit());
        if valid { Ok(Self(text.to_owned())) } else { Err(InvalidText::Unprintable) }
    }
}

impl fmt::Display for Leistungsschluessel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

as_text!(Leistungsschluessel);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_14_digits_from_99() {
        assert_eq!(
            "99050048001000".parse::<Leistungsschluessel>().unwrap().to_string(),
            "99050048001000"
        );
        for text in ["", "98050048001000", "9905004800100", "990500480010000", "99ä5004800100"] {
            assert!(text.parse::<Leistungsschluessel>().is_err(), "{text}");
        }
    }
}
