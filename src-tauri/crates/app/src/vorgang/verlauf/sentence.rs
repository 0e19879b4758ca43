//! What happened, for people.

use kontor_domain::Status;

use super::what::What;

/// Who did something, and why.
pub(super) struct Deed<'a> {
    pub(super) author: Option<&'a str>,
    /// Whether they took the Vorgang themselves.
    pub(super) for_oneself: bool,
    pub(super) grund: Option<&'a str>,
}

/// One sentence, and the reason behind it if there is one.
pub(super) fn sentence(deed: &Deed<'_>, what: &What) -> String {
    let author = deed.author.unwrap_or("Jemand");
    let mut sentence = format!("{author} hat {}.", done(deed, what));
    if let Some(grund) = deed.grund {
        sentence.push_str(" Begründung: „");
        sentence.push_str(grund);
        sentence.push('“');
    }
    sentence
}

fn done(deed: &Deed<'_>, what: &What) -> String {
    match what {
        What::Created { betreff } => format!("den Vorgang „{betreff}“ angelegt"),
        What::Betreff { betreff } => format!("den Betreff in „{betreff}“ geändert"),
        What::Leistung { leistung: Some(leistung) } => format!("die Leistung {leistung} eingetragen"),
        What::Leistung { leistung: None } => "die Leistung entfernt".to_owned(),
        What::Status { status } => of_status(*status).to_owned(),
        What::Zuweisung { person: None, .. } => "die Zuweisung aufgehoben".to_owned(),
        What::Zuweisung { .. } if deed.for_oneself => "den Vorgang übernommen".to_owned(),
        What::Zuweisung { name: Some(name), .. } => format!("den Vorgang {name} zugewiesen"),
        What::Zuweisung { .. } => "den Vorgang jemand anderem zugewiesen".to_owned(),
        What::Einheit { name: Some(name), .. } => format!("den Vorgang an „{name}“ abgegeben"),
        What::Einheit { .. } => "den Vorgang an eine andere Einheit abgegeben".to_owned(),
        What::Akte { akte: None, .. } => "den Vorgang aus der Akte genommen".to_owned(),
        What::Akte { aktenzeichen: Some(sign), .. } => {
            format!("den Vorgang in die Akte {sign} gelegt")
        }
        What::Akte { .. } => "den Vorgang in eine Akte gelegt".to_owned(),
        What::FristSet { name, ende, .. } => {
            format!("die Frist „{name}“ auf den {} gesetzt", day(ende))
        }
        What::FristRemoved { name, .. } => format!("{} gestrichen", named("die Frist", "eine Frist", name.as_deref())),
        What::Notiz { .. } => "eine Notiz geschrieben".to_owned(),
        What::WiedervorlageAdded { grund, am, .. } => {
            format!("die Wiedervorlage „{grund}“ für den {} angelegt", day(am))
        }
        What::WiedervorlageMoved { grund, am, .. } => {
            let which = named("die Wiedervorlage", "eine Wiedervorlage", grund.as_deref());
            format!("{which} auf den {} gelegt", day(am))
        }
        What::WiedervorlageCompleted { grund, .. } => {
            format!("{} erledigt", named("die Wiedervorlage", "eine Wiedervorlage", grund.as_deref()))
        }
        What::SchriftstueckAdded { betreff, .. } => {
            format!("das Schriftstück „{betreff}“ hinzugefügt")
        }
        What::FassungAdded { betreff, .. } => {
            format!("eine neue Fassung {} hinzugefügt", named("von", "eines Schriftstücks", betreff.as_deref()))
        }
        What::FassungChosen { betreff, .. } => {
            let of = named("von", "eines Schriftstücks", betreff.as_deref());
            format!("eine andere Fassung {of} für gültig erklärt")
        }
        What::SchriftstueckRenamed { before, betreff, .. } => {
            let which = named("das Schriftstück", "ein Schriftstück", before.as_deref());
            format!("{which} in „{betreff}“ umbenannt")
        }
        What::Eingang { betreff, schriftstuecke } => {
            let which = named("den Eingang", "einen Eingang", betreff.as_deref());
            match schriftstuecke.as_slice() {
                [] => format!("{which} zugeordnet"),
                [one] => format!("{which} mit dem Schriftstück „{one}“ zugeordnet"),
                several => format!("{which} mit {} Schriftstücken zugeordnet", several.len()),
            }
        }
        What::ConflictOpened { .. } => {
            "etwas geändert, das zugleich anders geändert wurde; beide Fassungen stehen nebeneinander"
                .to_owned()
        }
        What::ConflictClosed { .. } => "zwischen zwei Fassungen entschieden".to_owned(),
        What::Unknown => "etwas geändert, das diese Fassung von Kontor noch nicht kennt".to_owned(),
    }
}

const fn of_status(status: Status) -> &'static str {
    match status {
        Status::Offen => "den Status auf „offen“ gesetzt",
        Status::InBearbeitung => "den Status auf „in Bearbeitung“ gesetzt",
        Status::Wartet => "den Status auf „wartet“ gesetzt",
        Status::ZdA => "den Vorgang zu den Akten verfügt",
    }
}

/// With a name, or without.
fn named(with: &str, without: &str, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("{with} „{name}“"),
        None => without.to_owned(),
    }
}

/// `2026-12-04` as people write it.
fn day(iso: &str) -> String {
    let mut parts = iso.splitn(3, '-');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day)) => format!("{day}.{month}.{year}"),
        _ => iso.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(what: &What, expect: &str) {
        let deed = Deed { author: Some("Anna Albers"), for_oneself: false, grund: None };
        assert_eq!(sentence(&deed, what), expect);
    }

    #[test]
    fn what_happened_is_told_in_whole_sentences() {
        let id = String::new;
        let some = |text: &str| Some(text.to_owned());
        check(
            &What::Created { betreff: "Kiosk".into() },
            "Anna Albers hat den Vorgang „Kiosk“ angelegt.",
        );
        check(
            &What::WiedervorlageMoved {
                wiedervorlage: id(),
                grund: some("Rückruf"),
                am: "2026-12-04".into(),
            },
            "Anna Albers hat die Wiedervorlage „Rückruf“ auf den 04.12.2026 gelegt.",
        );
        check(
            &What::WiedervorlageCompleted { wiedervorlage: id(), grund: None },
            "Anna Albers hat eine Wiedervorlage erledigt.",
        );
        check(
            &What::FristSet { frist: id(), name: "Anhörung".into(), ende: "2026-12-24".into() },
            "Anna Albers hat die Frist „Anhörung“ auf den 24.12.2026 gesetzt.",
        );
        check(
            &What::FassungAdded { schriftstueck: id(), betreff: some("Bescheid") },
            "Anna Albers hat eine neue Fassung von „Bescheid“ hinzugefügt.",
        );
        check(
            &What::Status { status: Status::ZdA },
            "Anna Albers hat den Vorgang zu den Akten verfügt.",
        );
        check(
            &What::Eingang { betreff: some("Antrag"), schriftstuecke: vec!["Lageplan".into()] },
            "Anna Albers hat den Eingang „Antrag“ mit dem Schriftstück „Lageplan“ zugeordnet.",
        );
        check(
            &What::Akte { akte: some("x"), aktenzeichen: some("32.10-2026/0001") },
            "Anna Albers hat den Vorgang in die Akte 32.10-2026/0001 gelegt.",
        );
    }

    #[test]
    fn the_reason_stands_behind_and_strangers_have_no_name() {
        let away = What::Einheit { einheit: String::new(), name: Some("Bauamt".into()) };
        let deed =
            Deed { author: None, for_oneself: false, grund: Some("Zuständig ist das Bauamt.") };
        assert_eq!(
            sentence(&deed, &away),
            "Jemand hat den Vorgang an „Bauamt“ abgegeben. Begründung: „Zuständig ist das Bauamt.“"
        );
        let take = What::Zuweisung { person: Some("x".into()), name: Some("Anna".into()) };
        let deed = Deed { author: Some("Anna"), for_oneself: true, grund: None };
        assert_eq!(sentence(&deed, &take), "Anna hat den Vorgang übernommen.");
    }
}
