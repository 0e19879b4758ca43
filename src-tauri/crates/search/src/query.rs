//! What somebody typed, and what it asks of the index. Nothing that can be typed is an error.

use std::ops::Bound;

use tantivy::{
    Term,
    query::{
        AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query as Ask,
        RangeQuery, TermQuery,
    },
    schema::{Field, IndexRecordOption},
};

use crate::{
    schema::{Fields, Kind},
    words,
};

/// Longest search that is read, in characters, and the most words of it.
const CHARS_MAX: usize = 500;
const TERMS_MAX: usize = 16;
/// A beginning shorter than this is not looked for: it means almost every word.
const BEGINNING_CHARS_MIN: usize = 2;
/// An exact Aktenzeichen stands before part of one, that before Betreff and names, those before text.
const WHOLE_SCORE: f32 = 100_000.0;
const PART_SCORE: f32 = 1_000.0;
const HEAD_SCORE: f32 = 100.0;
/// Keeps what a text can score below what a Betreff scores.
const TEXT_BOOST: f32 = 0.5;

/// What is to be found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// As typed: words that must all be there, the last one perhaps unfinished; `"a phrase"`, `-without`.
    pub text: String,
    /// Only these kinds; all if empty.
    pub kinds: Vec<Kind>,
    /// Only these units; all if empty.
    pub einheiten: Vec<String>,
    /// Only what changed then or later, in milliseconds since 1970.
    pub changed_from_ms: Option<i64>,
    /// Only what changed before then.
    pub changed_before_ms: Option<i64>,
    /// Leave out this many of the best.
    pub offset: usize,
    /// How many of the best are wanted; at most 200 are given.
    pub rows_max: usize,
}

/// One thing asked for: words that stand together.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    words: Vec<String>,
    without: bool,
    exact: bool,
    unfinished: bool,
}

pub(crate) fn parse(typed: &str) -> Vec<Wanted> {
    let typed: String = typed.chars().take(CHARS_MAX).collect();
    let mut wanted = Vec::new();
    let mut rest = typed.as_str();
    while wanted.len() < TERMS_MAX {
        rest = rest.trim_start();
        let without = rest.starts_with('-');
        rest = rest.trim_start_matches('-');
        let exact = rest.starts_with('"');
        let ends = |c: char| if exact { c == '"' } else { c.is_whitespace() || c == '"' };
        let body = rest.strip_prefix('"').unwrap_or(rest);
        let (chunk, after) = body
            .split_once(ends)
            .map_or((body, None), |(chunk, _)| (chunk, body.get(chunk.len()..)));
        let words = words::words(chunk)
            .filter_map(|(from, to)| chunk.get(from..to))
            .take(TERMS_MAX)
            .map(str::to_owned)
            .collect::<Vec<_>>();
        if !words.is_empty() {
            let unfinished = after.is_none() && !exact && !without;
            wanted.push(Wanted { words, without, exact, unfinished });
        }
        match after {
            Some(after) if exact => rest = after.strip_prefix('"').unwrap_or(after),
            Some(after) => rest = after,
            None => break,
        }
    }
    wanted
}

/// The query for the index; `None` where nothing is asked for.
pub(crate) fn ask(query: &Query, wanted: &[Wanted], fields: &Fields) -> Option<Box<dyn Ask>> {
    if wanted.is_empty() {
        return None;
    }
    let mut clauses: Vec<(Occur, Box<dyn Ask>)> = wanted
        .iter()
        .map(|wanted| {
            let occur = if wanted.without { Occur::MustNot } else { Occur::Must };
            (occur, one(wanted, fields))
        })
        .collect();
    if wanted.iter().all(|wanted| wanted.without) {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    let among = |field, words: Vec<&str>| {
        let terms = words.into_iter().map(|word| Term::from_field_text(field, word)).collect();
        silent(BooleanQuery::new_multiterms_query(terms))
    };
    if !query.kinds.is_empty() {
        let words = query.kinds.iter().map(|kind| kind.word()).collect();
        clauses.push((Occur::Must, among(fields.kind, words)));
    }
    if !query.einheiten.is_empty() {
        let words = query.einheiten.iter().map(String::as_str).collect();
        clauses.push((Occur::Must, among(fields.einheit, words)));
    }
    if query.changed_from_ms.is_some() || query.changed_before_ms.is_some() {
        let at = |ms| Term::from_field_i64(fields.changed, ms);
        let from = query.changed_from_ms.map_or(Bound::Unbounded, |ms| Bound::Included(at(ms)));
        let before = query.changed_before_ms.map_or(Bound::Unbounded, |ms| Bound::Excluded(at(ms)));
        clauses.push((Occur::Must, silent(RangeQuery::new(from, before))));
    }
    Some(Box::new(BooleanQuery::new(clauses)))
}

fn one(wanted: &Wanted, fields: &Fields) -> Box<dyn Ask> {
    let head = Place { words: fields.head, beginnings: fields.head_beginnings };
    let text = Place { words: fields.text, beginnings: fields.text_beginnings };
    let mut ways: Vec<Box<dyn Ask>> = vec![
        Box::new(ConstScoreQuery::new(words_in(head, wanted), HEAD_SCORE)),
        Box::new(BoostQuery::new(words_in(text, wanted), TEXT_BOOST)),
    ];
    let joined: String = wanted.words.iter().map(|word| words::fold_beginning(word)).collect();
    if joined.contains(|c: char| c.is_ascii_digit()) {
        let whole = Term::from_field_text(fields.aktenzeichen, &words::whole(&joined));
        let whole = Box::new(TermQuery::new(whole, IndexRecordOption::Basic));
        ways.push(Box::new(ConstScoreQuery::new(whole, WHOLE_SCORE)));
        let part = beginning(fields.aktenzeichen, &joined);
        ways.push(Box::new(ConstScoreQuery::new(part, PART_SCORE)));
    }
    Box::new(BooleanQuery::union(ways))
}

/// Fields that hold the words of one part of a thing.
#[derive(Clone, Copy)]
struct Place {
    words: Field,
    beginnings: Field,
}

fn words_in(place: Place, wanted: &Wanted) -> Box<dyn Ask> {
    let finished = wanted.words.iter().map(|word| words::fold(word)).collect::<Vec<_>>();
    let term = |word: &str| Term::from_field_text(place.words, word);
    let Some((last, before)) = finished.split_last() else { return Box::new(AllQuery) };
    let together: Box<dyn Ask> = if before.is_empty() {
        let text = if wanted.exact { last.clone() } else { words::stem(&words::stemmer(), last) };
        Box::new(TermQuery::new(term(&text), IndexRecordOption::WithFreqs))
    } else {
        Box::new(PhraseQuery::new(finished.iter().map(|word| term(word)).collect()))
    };
    let typed = wanted.words.last().map(|word| words::fold_beginning(word)).unwrap_or_default();
    if !wanted.unfinished || typed.chars().count() < BEGINNING_CHARS_MIN {
        return together;
    }
    let mut begun: Vec<Box<dyn Ask>> = vec![begun_word(place, &typed)];
    begun.extend(before.iter().map(|word| -> Box<dyn Ask> {
        Box::new(TermQuery::new(term(word), IndexRecordOption::Basic))
    }));
    Box::new(BooleanQuery::union(vec![together, Box::new(BooleanQuery::intersection(begun))]))
}

fn begun_word(place: Place, typed: &str) -> Box<dyn Ask> {
    if words::BEGINNING_LETTERS.contains(&typed.chars().count()) {
        let term = Term::from_field_text(place.beginnings, typed);
        return Box::new(TermQuery::new(term, IndexRecordOption::Basic));
    }
    beginning(place.words, typed)
}

/// Every word that begins so.
fn beginning(field: Field, begin: &str) -> Box<dyn Ask> {
    let mut end = begin.to_owned();
    end.push(char::MAX);
    let term = |text: &str| Term::from_field_text(field, text);
    Box::new(RangeQuery::new(Bound::Included(term(begin)), Bound::Excluded(term(&end))))
}

fn silent(query: impl Ask) -> Box<dyn Ask> {
    Box::new(ConstScoreQuery::new(Box::new(query), 0.0))
}

/// Says of a word whether it was asked for.
pub(crate) struct Marks {
    stems: Vec<String>,
    beginnings: Vec<String>,
    /// With what letter a word begins that may be one of these.
    initials: Vec<Option<char>>,
    stemmer: rust_stemmers::Stemmer,
}

impl Marks {
    pub(crate) fn new(wanted: &[Wanted]) -> Self {
        let stemmer = words::stemmer();
        let (mut stems, mut beginnings) = (Vec::new(), Vec::new());
        for wanted in wanted.iter().filter(|wanted| !wanted.without) {
            stems.extend(wanted.words.iter().map(|word| words::stem(&stemmer, &words::fold(word))));
            let unfinished = wanted.words.last().filter(|_| wanted.unfinished);
            beginnings.extend(unfinished.map(|word| words::fold_beginning(word)));
        }
        let all = stems.iter().map(|stem| stem.chars().nth(1));
        let initials = all.chain(beginnings.iter().map(|begin| begin.chars().next())).collect();
        Self { stems, beginnings, initials, stemmer }
    }

    pub(crate) fn hit(&self, word: &str) -> bool {
        // A stem begins as its word does, umlauts aside; most words are told apart by that.
        let first = words::initial(word);
        if !self.initials.contains(&first) {
            return false;
        }
        let folded = words::fold(word);
        self.beginnings.iter().any(|begin| folded.starts_with(begin.as_str()))
            || self.stems.contains(&words::stem(&self.stemmer, &folded))
    }
}
