//! The piece of a text that shows why it was found.

use crate::{query::Marks, words};

/// How much of a text is looked through for the first hit, and after it for denser ones, in bytes.
const LOOKED_THROUGH_MAX: usize = 2 * 1024 * 1024;
const DENSER_WITHIN: usize = 8 * 1024;
const HITS_MAX: usize = 50;
/// Text before the first hit, and the whole snippet, in bytes.
const BEFORE: usize = 60;
const LENGTH: usize = 220;

/// Stands between two pages.
const PAGE_END: char = '\u{c}';

/// Part of a snippet; put together they are the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Plain text.
    pub text: String,
    /// Whether this is a word that was asked for.
    pub hit: bool,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Snippet {
    pub(crate) pieces: Vec<Piece>,
    /// The page of the first hit, from 1, if the text has pages.
    pub(crate) page: Option<u32>,
}

/// The piece of `text` around its densest hits, or its beginning.
pub(crate) fn snippet(text: &str, marks: &Marks) -> Snippet {
    let text = text.get(..text.floor_char_boundary(LOOKED_THROUGH_MAX)).unwrap_or_default();
    let hits = hits(text, marks);
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
    Snippet { pieces, page: hits.first().and_then(|_| page(text, first)) }
}

/// The first word that was asked for, and those not far behind it.
fn hits(text: &str, marks: &Marks) -> Vec<(usize, usize)> {
    let is_hit =
        |(from, to): &(usize, usize)| text.get(*from..*to).is_some_and(|word| marks.hit(word));
    let mut words = words::words(text);
    let Some(first) = words.find(is_hit) else { return Vec::new() };
    let near = words.take_while(|(from, _)| *from < first.0 + DENSER_WITHIN).filter(is_hit);
    std::iter::once(first).chain(near).take(HITS_MAX).collect()
}

/// The page that a place in a text stands on.
fn page(text: &str, at: usize) -> Option<u32> {
    if !text.contains(PAGE_END) {
        return None;
    }
    let before = text.get(..at)?.matches(PAGE_END).count();
    u32::try_from(before).ok()?.checked_add(1)
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
