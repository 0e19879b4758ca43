//! The piece of a text that shows why it was found.

use crate::{query::Marks, words};

/// How much of a text is looked through for a snippet, in bytes.
const LOOKED_THROUGH_MAX: usize = 64 * 1024;
/// Text before the first hit, and the whole snippet, in bytes.
const BEFORE: usize = 60;
const LENGTH: usize = 220;

/// Part of a snippet; put together they are the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Plain text.
    pub text: String,
    /// Whether this is a word that was asked for.
    pub hit: bool,
}

/// The piece of `text` around its densest hits, or its beginning.
pub(crate) fn snippet(text: &str, marks: &Marks) -> Vec<Piece> {
    let text = text.get(..text.floor_char_boundary(LOOKED_THROUGH_MAX)).unwrap_or_default();
    let hits: Vec<(usize, usize)> = words::words(text)
        .filter(|(from, to)| text.get(*from..*to).is_some_and(|word| marks.hit(word)))
        .take(50)
        .collect();
    let near =
        |from: usize| hits.iter().filter(|hit| hit.0 >= from && hit.1 < from + LENGTH).count();
    // The first of the densest places: `max_by_key` alone would give the last.
    let first = hits.iter().rev().map(|hit| hit.0).max_by_key(|from| near(*from)).unwrap_or(0);
    let begin = word_begin(text, first.saturating_sub(BEFORE));
    let end = text.floor_char_boundary((begin + LENGTH).min(text.len()));
    let mut pieces = Vec::new();
    let mut at = begin;
    let mut push = |from: usize, to: usize, hit| {
        let text = text.get(from..to).unwrap_or_default();
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), hit });
        }
    };
    for (from, to) in hits.iter().copied().filter(|(from, to)| *from >= begin && *to <= end) {
        push(at, from, false);
        push(from, to, true);
        at = to;
    }
    push(at, end, false);
    pieces
}

fn word_begin(text: &str, near: usize) -> usize {
    if near == 0 {
        return 0;
    }
    let near = text.floor_char_boundary(near);
    let space = text.get(near..).and_then(|rest| rest.find(char::is_whitespace));
    space
        .filter(|space| *space < BEFORE)
        .map_or(near, |space| text.ceil_char_boundary(near + space + 1))
}
