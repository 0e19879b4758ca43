//! Finding words on a page.

use std::ops::Range;

use super::{
    fold::{fold_page, fold_query},
    glyphs::{Glyph, Glyphs},
};
use crate::{Area, Hit, protocol::FoundOnPage};

/// The most hits that are told of one page.
const HITS_MAX: usize = 500;
/// How many characters stand around the hit in its excerpt, on each side.
const AROUND: usize = 40;

pub(super) fn find(page: &Glyphs, number: u32, query: &str) -> FoundOnPage {
    let query = fold_query(query);
    if query.is_empty() {
        return FoundOnPage { hits: Vec::new() };
    }
    let folded = fold_page(&page.chars);
    let hits = folded.text.match_indices(&query).take(HITS_MAX).filter_map(|(begin, _)| {
        let first = *folded.origins.get(begin)?;
        let last = *folded.origins.get(begin + query.len() - 1)?;
        let glyphs = first..last + 1;
        let areas = areas(page.chars.get(glyphs.clone())?);
        Some(Hit { page: number, areas, excerpt: excerpt(&page.chars, glyphs) })
    });
    FoundOnPage { hits: hits.collect() }
}

/// One area per line. A line may end in a hyphen and nothing else.
fn areas(glyphs: &[Glyph]) -> Vec<Area> {
    let lines = glyphs.split_inclusive(|glyph| glyph.ends_line() || glyph.is_line_hyphen());
    let area = |line: &[Glyph]| {
        let visible = line.iter().filter(|glyph| !glyph.ends_line());
        visible.map(|glyph| glyph.area).reduce(Area::with)
    };
    lines.filter_map(area).collect()
}

fn excerpt(glyphs: &[Glyph], hit: Range<usize>) -> String {
    let begin = hit.start.saturating_sub(AROUND);
    let end = hit.end.saturating_add(AROUND).min(glyphs.len());
    // A word that is cut off at the rim is left out.
    let is_rim = |index: &usize| glyphs.get(*index).is_none_or(|glyph| glyph.char.is_whitespace());
    let begin = if begin == 0 { 0 } else { (begin..hit.start).find(is_rim).unwrap_or(begin) };
    let end = if end == glyphs.len() { end } else { (hit.end..end).rfind(is_rim).unwrap_or(end) };
    let mut excerpt = String::new();
    for glyph in glyphs.get(begin..end).unwrap_or_default() {
        let visible = !glyph.char.is_whitespace() && !glyph.char.is_control();
        if visible {
            excerpt.push(glyph.char);
        } else if !glyph.is_line_hyphen() && !excerpt.is_empty() && !excerpt.ends_with(' ') {
            excerpt.push(' ');
        }
    }
    let (before, after) = (begin > 0, end < glyphs.len());
    let mark = |there: bool| if there { "…" } else { "" };
    format!("{}{}{}", mark(before), excerpt.trim_end(), mark(after))
}

#[cfg(test)]
mod tests {
    use super::{super::glyphs::tests::typewritten, *};

    fn check(page: &str, query: &str, expected: &[&str]) {
        let found = find(&typewritten(page), 0, query);
        let excerpts: Vec<_> = found.hits.iter().map(|hit| hit.excerpt.as_str()).collect();
        assert_eq!(excerpts, expected, "{query:?} in {page:?}");
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        let page = "Antrag von Frau Müller";
        for query in ["müller", "Mueller", "MÜLLER", "frau  müller", "ller"] {
            check(page, query, &[page]);
        }
        for query in ["", " ", "Muller", "Herr", "üller von"] {
            check(page, query, &[]);
        }
    }

    #[test]
    fn an_excerpt_ends_at_words() {
        let page = format!("{} Bescheid {}", "vorher ".repeat(20), "nachher ".repeat(20));
        let around =
            "…vorher vorher vorher vorher vorher Bescheid nachher nachher nachher nachher…";
        check(&page, "bescheid", &[around]);
    }

    #[test]
    fn a_hit_over_two_lines_has_two_areas() {
        let found = find(&typewritten("die Bau-\ngenehmigung"), 7, "Baugenehmigung");
        let [hit] = found.hits.as_slice() else { panic!("{found:?}") };
        let upper = Area { x: 24.0, y: 0.0, width: 24.0, height: 10.0 };
        let lower = Area { x: 0.0, y: 12.0, width: 66.0, height: 10.0 };
        assert_eq!(hit.page, 7);
        assert_eq!(hit.areas, [upper, lower]);
    }
}
