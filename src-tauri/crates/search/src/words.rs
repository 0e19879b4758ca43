//! How German words are compared: folded (case, umlauts, accents), and by their stem.

use rust_stemmers::{Algorithm, Stemmer};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest word that is told apart, in characters; no German word of an office is longer.
const WORD_CHARS_MAX: usize = 80;
/// Beginnings of so many letters are in the index; longer ones are looked up among its words.
pub(crate) const BEGINNING_LETTERS: [usize; 2] = [2, 3];
/// Begins the stem of a word in the index, so that the beginning of a word never meets it.
const STEM: char = '\u{1}';
/// Begins the whole Aktenzeichen in the index.
const WHOLE: char = '=';

/// Where the words of a text begin and end, in bytes.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (from, _) = chars.by_ref().find(|(_, c)| c.is_alphanumeric())?;
        let mut to = text.len();
        while let Some(&(at, c)) = chars.peek() {
            if !(c.is_alphanumeric() || is_combining_mark(c) || c == '\u{ad}') {
                to = at;
                break;
            }
            chars.next();
        }
        Some((from, to))
    })
}

/// One spelling for all: small letters, ä = ae, ß = ss, no accents, „Str.“ = „Straße“.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = fold_beginning(word);
    if folded.ends_with("str") {
        folded.push_str("asse");
    }
    folded
}

/// Like [`fold`], for a word that may not be finished.
pub(crate) fn fold_beginning(word: &str) -> String {
    let mut folded = String::with_capacity(word.len() + 2);
    for c in word.nfc().flat_map(char::to_lowercase).take(WORD_CHARS_MAX) {
        match c {
            'a'..='z' | '0'..='9' => folded.push(c),
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            '\u{ad}' => {}
            _ => folded.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c))),
        }
    }
    folded
}

/// The letter a word begins with once it is folded.
pub(crate) fn initial(word: &str) -> Option<char> {
    let first = word.chars().next()?;
    if first.is_ascii() {
        return Some(first.to_ascii_lowercase());
    }
    fold_beginning(word).chars().next()
}

/// The stem of a folded word, as it stands in the index; words with digits have none of their own.
pub(crate) fn stem(stemmer: &Stemmer, folded: &str) -> String {
    if folded.contains(|c: char| c.is_numeric()) {
        return format!("{STEM}{folded}");
    }
    format!("{STEM}{}", stemmer.stem(&unfold(folded)))
}

pub(crate) fn stemmer() -> Stemmer {
    Stemmer::create(Algorithm::German)
}

/// Gives umlauts back, since the stemmer knows Häuser and not Haeuser. After a, e and q „ue“ is no
/// umlaut: Steuer, Bauer, Quelle.
fn unfold(folded: &str) -> String {
    let mut text = String::with_capacity(folded.len());
    let mut before = None;
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let umlaut = match (c, chars.peek()) {
            ('a', Some('e')) => Some('ä'),
            ('o', Some('e')) => Some('ö'),
            ('u', Some('e')) if !matches!(before, Some('a' | 'e' | 'q')) => Some('ü'),
            _ => None,
        };
        if umlaut.is_some() {
            chars.next();
        }
        before = Some(umlaut.unwrap_or(c));
        text.push(umlaut.unwrap_or(c));
    }
    text
}

/// Letters and digits of an Aktenzeichen without what stands between them.
pub(crate) fn joined(aktenzeichen: &str) -> String {
    words(aktenzeichen)
        .filter_map(|(from, to)| aktenzeichen.get(from..to))
        .map(fold_beginning)
        .collect()
}

/// The whole Aktenzeichen as it stands in the index.
pub(crate) fn whole(joined: &str) -> String {
    format!("{WHOLE}{joined}")
}

/// Cuts text into words: each folded, and its stem at the same place.
#[derive(Clone, Default)]
pub(crate) struct WordTokenizer;

/// Gives of each word its first two and three letters.
#[derive(Clone, Default)]
pub(crate) struct BeginningTokenizer;

/// Cuts an Aktenzeichen: from each of its parts to the end, and the whole.
#[derive(Clone, Default)]
pub(crate) struct AktenzeichenTokenizer;

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = Tokens<Box<dyn Iterator<Item = Token> + 'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        let stemmer = stemmer();
        let tokens = words(text).enumerate().flat_map(move |(position, (from, to))| {
            let folded = fold(text.get(from..to).unwrap_or_default());
            let stem = stem(&stemmer, &folded);
            [folded, stem].map(|text| token(text, position, from..to))
        });
        Tokens { tokens: Box::new(tokens), token: Token::default() }
    }
}

impl Tokenizer for BeginningTokenizer {
    type TokenStream<'a> = Tokens<Box<dyn Iterator<Item = Token> + 'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        let tokens = words(text).enumerate().flat_map(move |(position, (from, to))| {
            let folded = fold(text.get(from..to).unwrap_or_default());
            let beginning = |letters| match folded.char_indices().nth(letters) {
                Some((end, _)) => folded.get(..end).map(str::to_owned),
                None => (folded.chars().count() == letters).then(|| folded.clone()),
            };
            let beginnings = BEGINNING_LETTERS.map(beginning);
            beginnings.into_iter().flatten().map(move |text| token(text, position, from..to))
        });
        Tokens { tokens: Box::new(tokens), token: Token::default() }
    }
}

impl Tokenizer for AktenzeichenTokenizer {
    type TokenStream<'a> = Tokens<Box<dyn Iterator<Item = Token> + 'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        let rests = words(text).enumerate().map(move |(place, (from, _))| {
            token(joined(text.get(from..).unwrap_or_default()), place, from..text.len())
        });
        let all = std::iter::once_with(move || token(whole(&joined(text)), 0, 0..text.len()));
        Tokens { tokens: Box::new(all.chain(rests)), token: Token::default() }
    }
}

fn token(text: String, position: usize, bytes: std::ops::Range<usize>) -> Token {
    Token { offset_from: bytes.start, offset_to: bytes.end, position, text, position_length: 1 }
}

pub(crate) struct Tokens<I> {
    tokens: I,
    token: Token,
}

impl<I: Iterator<Item = Token>> TokenStream for Tokens<I> {
    fn advance(&mut self) -> bool {
        match self.tokens.next() {
            Some(token) => {
                self.token = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
