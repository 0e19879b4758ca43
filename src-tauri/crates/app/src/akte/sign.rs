//! Aktenzeichen as they stand in texts, and the next one that is free.

use kontor_domain::Aktenzeichen;

use crate::register::AkteRow;

/// What separates the parts of a sign.
const SEPARATORS: [char; 5] = ['.', '/', '-', '#', '_'];

/// The number of an Akte has so many digits, where none is there to be continued.
const DIGITS_USUAL: usize = 4;

/// Everything in a folded text that could be a sign, as `Aktenzeichen` would write it. Signs with a
/// blank within a part are not found.
pub(super) fn signs_in(text: &str) -> impl Iterator<Item = String> {
    let tight = tight(text);
    let parts: Vec<String> = tight
        .split(|c: char| !c.is_alphanumeric() && !SEPARATORS.contains(&c))
        .map(|part| part.trim_matches(SEPARATORS).to_owned())
        .filter(|part| part.contains(SEPARATORS) && part.contains(|c: char| c.is_ascii_digit()))
        .collect();
    parts.into_iter()
}

/// Without the blanks people put around separators between digits: `32.10 - 2026 / 17`.
fn tight(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let words: Vec<&str> = text.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        let is_separator = |word: &str| word.chars().all(|c| SEPARATORS.contains(&c));
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
        let digit_before = before.ends_with(|c: char| c.is_ascii_digit());
        let joins = (is_separator(word) && digit_before)
            || (is_separator(before) && word.starts_with(|c: char| c.is_ascii_digit()));
        if !joins {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The next free sign at a place of the Aktenplan in a year: `32.10-2026/0018`. `None` where the
/// Akten of this house are called otherwise; then nobody here knows how to go on.
///
/// Only Akten on this machine are counted, so it is a proposal.
pub(super) fn next<'a>(
    place: &str,
    year: i16,
    akten: impl Iterator<Item = (&'a AkteRow, &'a str)>,
) -> Option<Aktenzeichen> {
    let mut is_usual = None;
    let (mut last, mut digits) = (0_u64, DIGITS_USUAL);
    for (akte, schluessel) in akten {
        let parts = usual(akte.aktenzeichen.as_str(), schluessel);
        is_usual = Some(is_usual.unwrap_or(false) || parts.is_some());
        if let Some((of_year, number)) = parts
            && of_year == year
            && schluessel == place
        {
            digits = digits.max(number.len());
            last = last.max(number.parse().ok()?);
        }
    }
    let next = last.checked_add(1)?;
    let sign = format!("{place}-{year}/{next:0digits$}");
    is_usual.unwrap_or(true).then(|| sign.parse().ok()).flatten()
}

/// Year and number of a sign made as usual at its place.
fn usual<'a>(sign: &'a str, schluessel: &str) -> Option<(i16, &'a str)> {
    let (year, number) = sign.strip_prefix(schluessel)?.strip_prefix('-')?.split_once('/')?;
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if year.len() == 4 && digits(year) && digits(number) {
        Some((year.parse().ok()?, number))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        assert_eq!(signs_in(text).collect::<Vec<_>>(), expect, "{text}");
    }

    #[test]
    fn signs_are_found_however_they_are_written() {
        check("ihr zeichen: 32.10-2026/0001.", &["32.10-2026/0001"]);
        check("az. 32.10 - 2026 / 0001 vom montag", &["32.10-2026/0001"]);
        check("(32.10-2026/0001)", &["32.10-2026/0001"]);
        check("100.42#00007#0001", &["100.42#00007#0001"]);
        check("bis morgen. und-dann/so", &[]);
        check("17 grad", &[]);
    }

    #[test]
    fn only_signs_made_as_usual_are_continued() {
        assert_eq!(usual("32.10-2026/0017", "32.10"), Some((2026, "0017")));
        assert_eq!(usual("32.10-26/0017", "32.10"), None);
        assert_eq!(usual("32.10-2026/17a", "32.10"), None);
        assert_eq!(usual("32.11-2026/0017", "32.10"), None);
        assert_eq!(next("32.10", 2026, std::iter::empty()).unwrap().as_str(), "32.10-2026/0001");
    }
}
