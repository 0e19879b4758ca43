//! Folding: what makes no difference when words are looked for.
//!
//! Capitals, accents and ligatures fall away, umlauts become the two letters they are written with
//! where there are none (`ä` and `ae` are one), runs of white space are one space, and a hyphen
//! that splits a word over two lines falls away with the line end.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::glyphs::Glyph;

/// Folded text and where each of its bytes came from.
#[derive(Debug, Default)]
pub(super) struct Folded {
    pub(super) text: String,
    /// For each byte of `text` the index of the character it came from.
    pub(super) origins: Vec<usize>,
}

/// Folds words that are looked for.
pub(super) fn fold_query(query: &str) -> String {
    let mut folded = Folded::default();
    for (index, char) in query.chars().enumerate() {
        folded.push(char, index);
    }
    folded.text.trim_end().to_owned()
}

/// Folds the text of a page.
pub(super) fn fold_page(glyphs: &[Glyph]) -> Folded {
    let mut folded = Folded::default();
    let mut index = 0;
    while let Some(glyph) = glyphs.get(index) {
        if let Some(next) = after_split(glyphs, index) {
            index = next;
            continue;
        }
        folded.push(glyph.char, index);
        index += 1;
    }
    folded
}

/// If a word is split over two lines at this character: where it goes on.
fn after_split(glyphs: &[Glyph], index: usize) -> Option<usize> {
    let glyph = glyphs.get(index)?;
    let is_line_hyphen = glyph.is_line_hyphen();
    if !is_line_hyphen && !matches!(glyph.char, '-' | '\u{2010}') {
        return None;
    }
    let after = glyphs.get(index + 1..)?;
    let gap = after.iter().take_while(|glyph| glyph.ends_line()).count();
    let goes_on = after.get(gap).is_some_and(|glyph| glyph.char.is_lowercase());
    match (gap, goes_on) {
        (1.., true) => Some(index + 1 + gap),
        // A soft hyphen is nothing at all unless it splits.
        _ if is_line_hyphen => Some(index + 1),
        _ => None,
    }
}

impl Folded {
    fn push(&mut self, char: char, origin: usize) {
        for lower in char.to_lowercase() {
            match lower {
                'ä' => self.push_str("ae", origin),
                'ö' => self.push_str("oe", origin),
                'ü' => self.push_str("ue", origin),
                'ß' => self.push_str("ss", origin),
                // Two dots that come after their letter, as some programs write them.
                '\u{308}' if self.text.ends_with(['a', 'o', 'u']) => self.push_str("e", origin),
                _ if lower.is_whitespace() || lower.is_control() => self.push_space(origin),
                _ => self.push_decomposed(lower, origin),
            }
        }
    }

    fn push_decomposed(&mut self, char: char, origin: usize) {
        let parts = std::iter::once(char).nfkd().filter(|part| !is_combining_mark(*part));
        for part in parts.flat_map(char::to_lowercase) {
            if part.is_whitespace() {
                self.push_space(origin);
            } else {
                self.push_str(part.encode_utf8(&mut [0; 4]), origin);
            }
        }
    }

    fn push_space(&mut self, origin: usize) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.push_str(" ", origin);
        }
    }

    fn push_str(&mut self, text: &str, origin: usize) {
        self.text.push_str(text);
        self.origins.resize(self.text.len(), origin);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::glyphs::tests::typewritten, *};

    fn check(page: &str, folded: &str) {
        assert_eq!(fold_page(&typewritten(page).chars).text, folded, "{page:?}");
    }

    #[test]
    fn what_makes_no_difference_falls_away() {
        check("Müller", "mueller");
        check("MUELLER", "mueller");
        check("Mu\u{308}ller", "mueller");
        check("Straße", "strasse");
        check("STRASSE", "strasse");
        check("ﬁnden", "finden");
        check("Café", "cafe");
        check("am  12.\u{a0}Mai\n2026", "am 12. mai 2026");
    }

    #[test]
    fn a_split_word_is_one_word() {
        check("Bau-\ngenehmigung", "baugenehmigung");
        check("Bau\u{2}\r\ngenehmigung", "baugenehmigung");
        check("Bau\u{ad}genehmigung", "baugenehmigung");
        check("Nordrhein-\nWestfalen", "nordrhein- westfalen");
        check("Kfz-Schein", "kfz-schein");
    }

    #[test]
    fn a_query_is_folded_alike() {
        assert_eq!(fold_query("  Bau  GENEHMIGUNG "), "bau genehmigung");
        assert_eq!(fold_query("Übergröße"), "uebergroesse");
    }

    proptest! {
        #[test]
        fn every_byte_has_an_origin_in_order(page: String) {
            let glyphs = typewritten(&page).chars;
            let folded = fold_page(&glyphs);
            prop_assert_eq!(folded.origins.len(), folded.text.len());
            prop_assert!(folded.origins.is_sorted());
            prop_assert!(folded.origins.iter().all(|origin| *origin < glyphs.len()));
        }
    }
}
