//! Which Akten are likely, and why: out of the rows in memory, without a look into the database.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{AkteId, EinheitId, Leistungsschluessel, Moment, PersonId, VorgangId};

use super::sign::signs_in;
use crate::register::{Register, folded};

/// A word this short says nothing about a matter.
const WORD_CHARS_MIN: usize = 4;

/// Words of that length that stand in any Betreff.
const FILLERS: [&str; 22] = [
    "antrag", "auch", "beim", "durch", "eine", "einem", "einen", "einer", "eines", "fuer", "gegen",
    "herr", "frau", "nach", "nicht", "oder", "ohne", "sowie", "ueber", "unter", "wegen",
    "zwischen",
];

/// What a Vorgang is measured by.
#[derive(Debug)]
pub(super) struct Sought {
    pub(super) vorgang: VorgangId,
    pub(super) einheit: EinheitId,
    /// The Akte it lies in already, which is not proposed.
    pub(super) akte: Option<AkteId>,
    pub(super) leistung: Option<Leistungsschluessel>,
    pub(super) betreff: String,
    /// Where something stands, in words, and what.
    pub(super) texts: Vec<(String, String)>,
}

/// An Akte and why it is likely.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Likely {
    pub(super) akte: AkteId,
    weight: u32,
    pub(super) gruende: Vec<String>,
}

/// What speaks for one Akte.
#[derive(Debug, Default)]
struct Tally {
    /// Where its sign stands.
    named: Option<String>,
    /// Vorgänge of the same Leistung in it.
    leistung: u32,
    /// Words of the Betreff that are in its own.
    words: BTreeSet<String>,
    /// Words of the Betreff that are in that of a Vorgang in it.
    words_inside: BTreeSet<String>,
    /// When whoever works here last filed something there.
    mine: Option<Moment>,
    /// When the unit did.
    unit: Option<Moment>,
}

/// Akten for which something speaks, the likeliest first. `day` writes a day out.
pub(super) fn likely(
    register: &Register,
    sought: &Sought,
    me: Option<PersonId>,
    day: &dyn Fn(Moment) -> Option<String>,
) -> Vec<Likely> {
    let words = words(&sought.betreff);
    let tallies = tallies(register, sought, &words, me);
    let common = common(&tallies);
    let ranks = (ranks(&tallies, |it| it.mine), ranks(&tallies, |it| it.unit));
    let mut found: Vec<Likely> = tallies
        .iter()
        .map(|(akte, tally)| {
            let fresh = (ranks.0.get(akte).copied(), ranks.1.get(akte).copied());
            judged(*akte, tally, &Standing { words: &words, common: &common, fresh, day })
        })
        .filter(|likely| !likely.gruende.is_empty() && Some(likely.akte) != sought.akte)
        .collect();
    let sign = |akte: AkteId| register.akten.get(akte.uuid()).map(|row| &row.text);
    found.sort_by_key(|likely| (Reverse(likely.weight), sign(likely.akte), likely.akte));
    found
}

fn tallies(
    register: &Register,
    sought: &Sought,
    words: &BTreeMap<String, String>,
    me: Option<PersonId>,
) -> BTreeMap<AkteId, Tally> {
    let mut tallies: BTreeMap<AkteId, Tally> = BTreeMap::new();
    let signs = named(sought);
    for row in register.akten.iter() {
        let tally = tallies.entry(row.id).or_default();
        tally.named = signs.get(&folded(row.aktenzeichen.as_str())).cloned();
        tally.words = shared(&folded(row.betreff.as_str()), words);
    }
    for row in register.vorgaenge.iter().filter(|row| row.id != sought.vorgang) {
        let Some(tally) = row.akte.and_then(|akte| tallies.get_mut(&akte)) else { continue };
        tally.leistung += u32::from(sought.leistung.is_some() && row.leistung == sought.leistung);
        if let Some(filed) = row.filed {
            if Some(filed.by) == me {
                tally.mine = tally.mine.max(Some(filed.at));
            } else if row.einheit == sought.einheit {
                tally.unit = tally.unit.max(Some(filed.at));
            }
        }
        tally.words_inside.extend(shared(&row.text, words));
    }
    tallies
}

/// Signs that stand somewhere in the Vorgang, folded, and where.
fn named(sought: &Sought) -> BTreeMap<String, String> {
    let mut signs = BTreeMap::new();
    for (place, text) in &sought.texts {
        for sign in signs_in(&folded(text)) {
            signs.entry(sign).or_insert_with(|| place.clone());
        }
    }
    signs
}

/// Words of a Betreff that may tell what it is about: folded, and as they were written.
fn words(betreff: &str) -> BTreeMap<String, String> {
    let words = betreff.split(|c: char| !c.is_alphanumeric());
    let words = words.map(|word| (folded(word), word.to_owned()));
    let tells = |word: &str| {
        word.chars().count() >= WORD_CHARS_MIN
            && !word.chars().all(|c| c.is_ascii_digit())
            && !FILLERS.contains(&word)
    };
    words.filter(|(folded, _)| tells(folded)).collect()
}

fn shared(text: &str, words: &BTreeMap<String, String>) -> BTreeSet<String> {
    let there = text.split(|c: char| !c.is_alphanumeric());
    there.filter(|word| words.contains_key(*word)).map(str::to_owned).collect()
}

/// Words that so many Akten share that they tell none from the other.
fn common(tallies: &BTreeMap<AkteId, Tally>) -> BTreeSet<String> {
    let mut spread: BTreeMap<&String, usize> = BTreeMap::new();
    for tally in tallies.values() {
        for word in tally.words.union(&tally.words_inside) {
            *spread.entry(word).or_default() += 1;
        }
    }
    let usual = (tallies.len() / 4).max(3);
    spread.into_iter().filter(|(_, akten)| *akten > usual).map(|(word, _)| word.clone()).collect()
}

/// The three Akten into which something was filed last, from 0.
fn ranks(
    tallies: &BTreeMap<AkteId, Tally>,
    when: impl Fn(&Tally) -> Option<Moment>,
) -> BTreeMap<AkteId, u32> {
    let mut last: Vec<(Moment, AkteId)> =
        tallies.iter().filter_map(|(akte, tally)| Some((when(tally)?, *akte))).collect();
    last.sort_unstable_by_key(|it| Reverse(*it));
    last.into_iter().map(|(_, akte)| akte).zip(0..3).collect()
}

/// What an Akte is held against.
struct Standing<'a> {
    words: &'a BTreeMap<String, String>,
    common: &'a BTreeSet<String>,
    /// Its place among those where the person and the unit filed last.
    fresh: (Option<u32>, Option<u32>),
    day: &'a dyn Fn(Moment) -> Option<String>,
}

/// Adds up what speaks for one. A sign that is named outweighs everything, a habit is only a hint.
fn judged(akte: AkteId, tally: &Tally, standing: &Standing<'_>) -> Likely {
    let mut likely = Likely { akte, weight: 0, gruende: Vec::new() };
    let mut speaks = |weight, grund: String| {
        likely.weight += weight;
        likely.gruende.push(grund);
    };
    if let Some(place) = &tally.named {
        speaks(100, format!("Ihr Aktenzeichen steht {place}."));
    }
    match tally.leistung {
        0 => {}
        1 => speaks(32, "Ein Vorgang zur selben Leistung liegt darin.".to_owned()),
        n => speaks(30 + 2 * n.min(10), format!("{n} Vorgänge zur selben Leistung liegen darin.")),
    }
    let telling = |words: &BTreeSet<String>| {
        let telling = words.iter().filter(|word| !standing.common.contains(*word));
        let telling = telling.filter_map(|word| standing.words.get(word));
        telling.take(3).map(|word| format!("„{word}“")).collect::<Vec<_>>()
    };
    let (own, inside) = (telling(&tally.words), telling(&tally.words_inside));
    if !own.is_empty() {
        let verb = if own.len() == 1 { "steht" } else { "stehen" };
        speaks(12 * count(&own), format!("{} {verb} auch in ihrem Betreff.", listed(&own)));
    } else if !inside.is_empty() {
        let verb = if inside.len() == 1 { "steht" } else { "stehen" };
        let grund = format!("{} {verb} auch im Betreff von Vorgängen darin.", listed(&inside));
        speaks(8 * count(&inside), grund);
    }
    let on = |moment: Option<Moment>| {
        moment.and_then(standing.day).map_or_else(String::new, |day| format!(" am {day}"))
    };
    if let Some(rank) = standing.fresh.0 {
        let grund = format!("Sie haben zuletzt{} etwas in ihr abgelegt.", on(tally.mine));
        speaks(10 - 2 * rank, grund);
    } else if let Some(rank) = standing.fresh.1 {
        let grund = format!("Die Stelle hat zuletzt{} etwas in ihr abgelegt.", on(tally.unit));
        speaks(6 - rank, grund);
    }
    likely
}

fn count(words: &[String]) -> u32 {
    u32::try_from(words.len()).unwrap_or(u32::MAX)
}

/// „a“, „b“ and „c“, in German.
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} und {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_telling_words_count() {
        let words = words("Antrag auf Gaststättenerlaubnis für „Café Müller“, 2026");
        let folded: Vec<_> = words.keys().map(String::as_str).collect();
        assert_eq!(folded, ["cafe", "gaststaettenerlaubnis", "mueller"]);
        assert_eq!(words["mueller"], "Müller");
        assert_eq!(shared("cafe am ring", &words).len(), 1);
        assert_eq!(shared("cafeteria", &words).len(), 0);
    }

    #[test]
    fn lists_read_as_sentences() {
        let check = |n: usize, expect: &str| {
            let words = ["„a“", "„b“", "„c“"].map(str::to_owned);
            assert_eq!(listed(&words[..n]), expect);
        };
        check(1, "„a“");
        check(2, "„a“ und „b“");
        check(3, "„a“, „b“ und „c“");
    }

    #[test]
    fn a_word_of_every_akte_tells_none_of_them() {
        let tally = |words: &[&str]| Tally {
            words: words.iter().map(|it| (*it).to_owned()).collect(),
            ..Tally::default()
        };
        let akten = (0..8_u128).map(|n| AkteId::new(uuid::Uuid::from_u128(n)));
        let akten: BTreeMap<_, _> = akten
            .zip(0..)
            .map(|(id, n)| (id, tally(if n == 0 { &["gewerbe", "muehle"] } else { &["gewerbe"] })))
            .collect();
        assert_eq!(common(&akten), BTreeSet::from(["gewerbe".to_owned()]));
    }
}
