//! The text of a page as words for selecting and for reading aloud, and as plain text.

use super::glyphs::{Glyph, Glyphs};
use crate::{Area, PageText, Run};

/// The most words of one page; the rest is truncated.
const RUNS_MAX: usize = 50_000;

/// The words of a page.
pub(super) fn page_text(page: &Glyphs) -> PageText {
    let mut text = PageText { truncated: page.truncated, ..PageText::default() };
    let mut word = Word::default();
    for glyph in &page.chars {
        if text.runs.len() >= RUNS_MAX {
            text.truncated = true;
            break;
        }
        if glyph.ends_line() {
            text.runs.extend(word.take());
            if let Some(run) = text.runs.last_mut() {
                run.ends_line = true;
            }
        } else if glyph.char.is_whitespace() {
            text.runs.extend(word.take());
        } else {
            word.push(*glyph);
            if glyph.is_line_hyphen() {
                // What follows stands on another line.
                text.runs.extend(word.take_at_line_end());
            }
        }
    }
    text.runs.extend(word.take());
    mark_paragraphs(&mut text.runs);
    text.links.clone_from(&page.links);
    text
}

/// The text of a page without places, up to so many bytes, and whether that cut something off.
pub(super) fn plain(page: &Glyphs, bytes_max: usize) -> (String, bool) {
    let mut text = String::new();
    for glyph in &page.chars {
        let char = match glyph.char {
            '\r' => continue,
            char if glyph.is_line_hyphen() || char == '\0' => '\u{ad}',
            char => char,
        };
        if text.len() + char.len_utf8() > bytes_max {
            return (text, true);
        }
        text.push(char);
    }
    (text, page.truncated)
}

#[derive(Default)]
struct Word {
    text: String,
    area: Option<Area>,
}

impl Word {
    fn push(&mut self, glyph: Glyph) {
        self.text.push(if glyph.is_line_hyphen() { '-' } else { glyph.char });
        self.area = Some(self.area.map_or(glyph.area, |area| area.with(glyph.area)));
    }

    fn take(&mut self) -> Option<Run> {
        let area = self.area.take()?;
        let text = std::mem::take(&mut self.text);
        Some(Run { text, area, ends_line: false, ends_paragraph: false })
    }

    fn take_at_line_end(&mut self) -> Option<Run> {
        self.take().map(|run| Run { ends_line: true, ..run })
    }
}

/// A paragraph ends where the next line stands further below than lines do, or above.
fn mark_paragraphs(runs: &mut [Run]) {
    let next_areas: Vec<_> = runs.iter().skip(1).map(|run| Some(run.area)).chain([None]).collect();
    for (run, next) in runs.iter_mut().zip(next_areas) {
        let gap = |next: Area| next.y - (run.area.y + run.area.height);
        let is_far =
            |next: Area| gap(next) > 0.8 * run.area.height || gap(next) < -2.0 * run.area.height;
        run.ends_paragraph = run.ends_line && next.is_none_or(is_far);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::glyphs::tests::typewritten, *};

    #[test]
    fn words_keep_their_place() {
        let text = page_text(&typewritten("Az. 12\nStraße"));
        let words: Vec<_> = text.runs.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(words, ["Az.", "12", "Straße"]);
        assert_eq!(text.runs[1].area, Area { x: 24.0, y: 0.0, width: 12.0, height: 10.0 });
        let ends: Vec<_> = text.runs.iter().map(|run| run.ends_line).collect();
        assert_eq!(ends, [false, true, false]);
    }

    #[test]
    fn a_gap_ends_a_paragraph() {
        let text = page_text(&typewritten("erste\nzweite\n\ndritte\n"));
        let ends: Vec<_> = text.runs.iter().map(|run| run.ends_paragraph).collect();
        assert_eq!(ends, [false, true, true]);
    }

    #[test]
    fn plain_text_is_cut_between_letters() {
        assert_eq!(plain(&typewritten("Grüße"), 100), ("Grüße".to_owned(), false));
        assert_eq!(plain(&typewritten("Grüße"), 3), ("Gr".to_owned(), true));
        assert_eq!(
            plain(&typewritten("Bau\u{2}\r\namt"), 100),
            ("Bau\u{ad}\namt".to_owned(), false)
        );
    }
}
