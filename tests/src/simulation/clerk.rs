//! What clerks come up with, looking at what their desk shows.

use std::collections::BTreeMap;

use kontor_domain::{
    AddFassung, AddNotiz, AddSchriftstueck, AddWiedervorlage, AkteId, AssignEingang, ChangeFelder,
    Choice, CompleteWiedervorlage, CreateAkte, CreateVorgang, DocumentHash, EingangId, EinheitId,
    Entity, EntityRef, Fassung, FassungId, Feld, Feldaenderung, Feldwert, Format, Frist, FristId,
    Intent, Kanal, NotizId, RecordEingang, ResolveConflict, Schriftstueck, SchriftstueckId, Stamp,
    Stand, Status, Vorgang, VorgangId, WiedervorlageId,
};
use kontor_sync::Desk;
use uuid::Uuid;

use super::dice::Dice;
use super::office::{EINHEITEN, PEOPLE};
use super::surroundings::Surroundings;

/// Things that were created anywhere so far, in the order of their creation.
#[derive(Debug, Default)]
pub(super) struct Things {
    vorgaenge: Vec<VorgangId>,
    akten: Vec<AkteId>,
    eingaenge: Vec<EingangId>,
    /// Bytes of every document anybody ever had in hand.
    pub(super) documents: BTreeMap<DocumentHash, Vec<u8>>,
    /// Makes every text the only one of its kind.
    texts: u64,
}

/// A clerk at a desk, about to enter something.
pub(super) struct Clerk<'a> {
    pub(super) desk: &'a Desk,
    pub(super) dice: &'a mut Dice,
    pub(super) surroundings: &'a Surroundings,
    pub(super) things: &'a mut Things,
}

impl Things {
    pub(super) fn all(&self) -> Vec<EntityRef> {
        let vorgaenge = self.vorgaenge.iter().map(|id| EntityRef::from(*id));
        let akten = self.akten.iter().map(|id| EntityRef::from(*id));
        let eingaenge = self.eingaenge.iter().map(|id| EntityRef::from(*id));
        vorgaenge.chain(akten).chain(eingaenge).collect()
    }

    /// Remembers what an entered intent began.
    pub(super) fn entered(&mut self, intent: &Intent) {
        match intent {
            Intent::CreateVorgang(create) => self.vorgaenge.push(create.vorgang),
            Intent::CreateAkte(create) => self.akten.push(create.akte),
            Intent::RecordEingang(record) => self.eingaenge.push(record.eingang),
            _ => {}
        }
    }

    fn text(&mut self) -> String {
        self.texts += 1;
        format!("Text {}", self.texts)
    }
}

impl Clerk<'_> {
    /// What they want to enter; `None` if nothing comes to mind.
    pub(super) fn intent(&mut self) -> Option<Intent> {
        if self.things.vorgaenge.len() < 2 || self.dice.one_in(14) {
            return Some(self.create_vorgang());
        }
        match self.dice.below(40) {
            0..8 => self.note(),
            8..11 => self.wiedervorlage(),
            11 => self.completed(),
            12..17 => self.change(&[Change::Zuweisung]),
            17..20 => self.change(&[Change::Status]),
            20 => self.change(&[Change::Betreff]),
            21 => self.change(&[Change::Schriftstueck]),
            22 => self.change(&[Change::Betreff, Change::Zuweisung, Change::Frist]),
            23..25 => self.change(&[Change::Frist]),
            25 => self.change(&[Change::Einheit]),
            26 => self.change(&[Change::Wiedervorlage]),
            27 => self.create_akte(),
            28 => self.change(&[Change::Akte]),
            29..32 => self.schriftstueck(),
            32..34 => self.fassung(),
            34..36 => self.record_eingang(),
            36..38 => self.assign(),
            _ => self.resolve(),
        }
    }

    /// A decision about a conflict that the desk shows.
    pub(super) fn resolve(&mut self) -> Option<Intent> {
        let entity = self.things.all().into_iter().find(|entity| self.is_contested(*entity))?;
        let stand = self.desk.stand(entity).ok()??;
        let (id, conflict) = stand.entity.felder()?.conflicts.iter().next()?;
        let mut choices = BTreeMap::new();
        for feld in conflict.contested.keys() {
            let other = self.value(&stand.entity, *feld).map(Choice::Other);
            let choice = match self.dice.below(5) {
                0 | 1 => Choice::Mine,
                2 | 3 => Choice::Theirs,
                _ => other.unwrap_or(Choice::Theirs),
            };
            choices.insert(*feld, choice);
        }
        Some(Intent::ResolveConflict(ResolveConflict {
            entity,
            conflict: *id,
            choices,
            grund: None,
        }))
    }

    fn is_contested(&self, entity: EntityRef) -> bool {
        let stand = self.desk.stand(entity).ok().flatten();
        stand.is_some_and(|stand| {
            stand.entity.felder().is_some_and(|felder| !felder.conflicts.is_empty())
        })
    }

    fn id(&self) -> Uuid {
        self.surroundings.new_id()
    }

    fn einheit(&mut self) -> EinheitId {
        EINHEITEN[self.dice.below(EINHEITEN.len())]
    }

    /// A Vorgang that the desk shows.
    fn vorgang(&mut self) -> Option<(VorgangId, Vorgang)> {
        (0..4).find_map(|_| {
            let id = *self.dice.pick(&self.things.vorgaenge)?;
            match self.desk.stand(id.into()).ok()? {
                Some(Stand { entity: Entity::Vorgang(vorgang), .. }) => Some((id, *vorgang)),
                _ => None,
            }
        })
    }

    fn create_vorgang(&mut self) -> Intent {
        let betreff = self.things.text().parse().expect("a Betreff");
        let vorgang = VorgangId::new(self.id());
        let einheit = self.einheit();
        Intent::CreateVorgang(CreateVorgang { vorgang, einheit, betreff, leistung: None })
    }

    fn create_akte(&mut self) -> Option<Intent> {
        let number = self.things.akten.len();
        Some(Intent::CreateAkte(CreateAkte {
            akte: AkteId::new(self.id()),
            aktenzeichen: format!("32.10-2026/{number}").parse().ok()?,
            betreff: self.things.text().parse().ok()?,
            aktenplaneintrag: kontor_domain::AktenplaneintragId::new(Uuid::from_u128(0xAF)),
            einheit: self.einheit(),
        }))
    }

    fn note(&mut self) -> Option<Intent> {
        let (vorgang, _) = self.vorgang()?;
        let text = self.things.text().parse().ok()?;
        Some(Intent::AddNotiz(AddNotiz { vorgang, notiz: NotizId::new(self.id()), text }))
    }

    fn wiedervorlage(&mut self) -> Option<Intent> {
        let (vorgang, _) = self.vorgang()?;
        Some(Intent::AddWiedervorlage(AddWiedervorlage {
            vorgang,
            wiedervorlage: WiedervorlageId::new(self.id()),
            am: self.day(),
            grund: self.things.text().parse().ok()?,
        }))
    }

    fn day(&mut self) -> kontor_domain::Day {
        let (month, day) = (self.dice.below(12) + 1, self.dice.below(28) + 1);
        format!("2027-{month:02}-{day:02}").parse().expect("a day")
    }

    fn completed(&mut self) -> Option<Intent> {
        let (vorgang, there) = self.vorgang()?;
        let ids: Vec<WiedervorlageId> = there.wiedervorlagen.keys().copied().collect();
        let wiedervorlage = *self.dice.pick(&ids)?;
        Some(Intent::CompleteWiedervorlage(CompleteWiedervorlage { vorgang, wiedervorlage }))
    }

    fn change(&mut self, changes: &[Change]) -> Option<Intent> {
        let (id, vorgang) = self.vorgang()?;
        let entity = Entity::Vorgang(Box::new(vorgang));
        let mut made = Vec::new();
        for change in changes {
            let Some(feld) = self.feld(&entity, *change) else { continue };
            let (Some(from), Some(to)) = (entity.feldwert(feld), self.value(&entity, feld)) else {
                continue;
            };
            if from != to {
                made.extend(Feldaenderung::new(from, to));
            }
        }
        let change = ChangeFelder { entity: id.into(), changes: made, grund: None };
        (!change.changes.is_empty()).then_some(Intent::ChangeFelder(change))
    }

    fn feld(&mut self, entity: &Entity, change: Change) -> Option<Feld> {
        let Entity::Vorgang(vorgang) = entity else { return None };
        Some(match change {
            Change::Betreff => Feld::Betreff,
            Change::Status => Feld::Status,
            Change::Zuweisung => Feld::Zuweisung,
            Change::Einheit => Feld::Einheit,
            Change::Akte => Feld::Akte,
            Change::Frist => {
                let ids: Vec<FristId> = vorgang.fristen.keys().copied().collect();
                let old = self.dice.pick(&ids).copied().filter(|_| !self.dice.clone().one_in(3));
                Feld::Frist(old.unwrap_or_else(|| FristId::new(self.id())))
            }
            Change::Wiedervorlage => {
                let ids: Vec<WiedervorlageId> = vorgang.wiedervorlagen.keys().copied().collect();
                Feld::Wiedervorlage(*self.dice.pick(&ids)?)
            }
            Change::Schriftstueck => {
                let ids: Vec<SchriftstueckId> = vorgang.schriftstuecke.keys().copied().collect();
                Feld::Schriftstueck(*self.dice.pick(&ids)?)
            }
        })
    }

    /// A value for a field; texts and days are new each time.
    fn value(&mut self, entity: &Entity, feld: Feld) -> Option<Feldwert> {
        Some(match feld {
            Feld::Betreff => Feldwert::Betreff(self.things.text().parse().ok()?),
            Feld::Leistung => return None,
            Feld::Status => Feldwert::Status(match self.dice.below(4) {
                0 => Status::Offen,
                1 => Status::InBearbeitung,
                2 => Status::Wartet,
                _ => Status::ZdA,
            }),
            Feld::Zuweisung => {
                let person = *self.dice.pick(&PEOPLE)?;
                Feldwert::Zuweisung((!self.dice.one_in(5)).then_some(person))
            }
            Feld::Einheit => Feldwert::Einheit(self.einheit()),
            Feld::Akte => {
                let akten = self.things.akten.clone();
                Feldwert::Akte(self.dice.pick(&akten).copied())
            }
            Feld::Frist(id) => {
                let frist = Frist {
                    name: self.things.text().parse().ok()?,
                    ende: self.day(),
                    rechnung: None,
                };
                Feldwert::Frist(id, (!self.dice.one_in(4)).then_some(frist))
            }
            Feld::Wiedervorlage(id) => Feldwert::Wiedervorlage(id, self.day()),
            Feld::Fassung(id) => {
                let Entity::Vorgang(vorgang) = entity else { return None };
                let there: Vec<FassungId> =
                    vorgang.schriftstuecke.get(&id)?.fassungen.keys().copied().collect();
                Feldwert::Fassung(id, *self.dice.pick(&there)?)
            }
            Feld::Schriftstueck(id) => {
                Feldwert::Schriftstueck(id, self.things.text().parse().ok()?)
            }
        })
    }

    /// Bytes from anywhere between nothing and a few chunks, stored at the desk. Now and then the
    /// same ones again.
    fn document(&mut self) -> Option<Format> {
        let known: Vec<DocumentHash> = self.things.documents.keys().copied().collect();
        let old = self.dice.pick(&known).filter(|_| self.dice.clone().one_in(5));
        let bytes = if let Some(hash) = old {
            self.things.documents.get(hash)?.clone()
        } else {
            let length = [0, 1, 100, 4_095, 4_096, 4_097, 20_000][self.dice.below(7)];
            self.dice.bytes(length)
        };
        let stored = self.desk.documents().put(&mut bytes.as_slice(), 1 << 20).ok()?;
        self.things.documents.insert(stored.hash, bytes);
        Some(Format {
            name: "Antrag.pdf".parse().ok()?,
            medientyp: "application/pdf".parse().ok()?,
            hash: stored.hash,
            size_bytes: stored.size_bytes,
        })
    }

    fn new_fassung(&mut self) -> Option<Fassung> {
        // Author and time are those of the entry, whatever stands here.
        let angelegt = Stamp { by: PEOPLE[0], at: kontor_domain::Moment::from_unix_ms(0) };
        let formate = vec![self.document()?];
        Some(Fassung { id: FassungId::new(self.id()), angelegt, formate })
    }

    fn new_schriftstueck(&mut self) -> Option<Schriftstueck> {
        let fassung = self.new_fassung()?;
        Some(Schriftstueck {
            id: SchriftstueckId::new(self.id()),
            betreff: self.things.text().parse().ok()?,
            aktuell: fassung.id,
            fassungen: [(fassung.id, fassung)].into(),
        })
    }

    fn schriftstueck(&mut self) -> Option<Intent> {
        let (vorgang, _) = self.vorgang()?;
        let schriftstueck = self.new_schriftstueck()?;
        Some(Intent::AddSchriftstueck(AddSchriftstueck { vorgang, schriftstueck }))
    }

    fn fassung(&mut self) -> Option<Intent> {
        let (vorgang, there) = self.vorgang()?;
        let all: Vec<&Schriftstueck> = there.schriftstuecke.values().collect();
        let (schriftstueck, from) = self.dice.pick(&all).map(|it| (it.id, it.aktuell))?;
        let fassung = self.new_fassung()?;
        Some(Intent::AddFassung(AddFassung { vorgang, schriftstueck, from, fassung }))
    }

    fn record_eingang(&mut self) -> Option<Intent> {
        let mut schriftstuecke = Vec::new();
        for _ in 0..self.dice.below(3) {
            schriftstuecke.push(self.new_schriftstueck()?);
        }
        Some(Intent::RecordEingang(Box::new(RecordEingang {
            eingang: EingangId::new(self.id()),
            einheit: self.einheit(),
            kanal: Kanal::Papier,
            betreff: self.things.text().parse().ok()?,
            schriftstuecke,
        })))
    }

    fn assign(&mut self) -> Option<Intent> {
        let eingang = *self.dice.pick(&self.things.eingaenge)?;
        let (vorgang, _) = self.vorgang()?;
        Some(Intent::AssignEingang(AssignEingang { eingang, vorgang }))
    }
}

#[derive(Debug, Clone, Copy)]
enum Change {
    Betreff,
    Status,
    Zuweisung,
    Einheit,
    Akte,
    Frist,
    Wiedervorlage,
    Schriftstueck,
}
