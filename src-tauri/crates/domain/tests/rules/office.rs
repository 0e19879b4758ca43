//! An office with three people and something of everything, opened anew for each test.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{
    AkteId, AktenplaneintragId, Bestand, Decision, EingangId, EinheitId, Entity, EntityRef, Entry,
    FassungId, FristId, Intent, IntentId, Moment, NotizId, Person, PersonId, Revision, Rolle,
    SchriftstueckId, Stamp, Stand, VorgangId, WiedervorlageId, apply, decide,
};
use uuid::Uuid;

use crate::show::show;
use crate::wishes;

/// Ids of one kind have one leading digit, so that a mix-up shows.
const fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n)
}

pub(crate) const ANNA: PersonId = PersonId::new(id(0x1A));
pub(crate) const BERND: PersonId = PersonId::new(id(0x1B));
pub(crate) const CLARA: PersonId = PersonId::new(id(0x1C));
pub(crate) const GEWERBEAMT: EinheitId = EinheitId::new(id(0x21));
pub(crate) const BAUAMT: EinheitId = EinheitId::new(id(0x22));
pub(crate) const GEWERBE: AktenplaneintragId = AktenplaneintragId::new(id(0x31));
pub(crate) const AKTE: AkteId = AkteId::new(id(0x41));
pub(crate) const BAUAKTE: AkteId = AkteId::new(id(0x42));
pub(crate) const NO_AKTE: AkteId = AkteId::new(id(0x49));
/// With a Wiedervorlage and a Schriftstueck.
pub(crate) const VORGANG: VorgangId = VorgangId::new(id(0x51));
/// With nothing in it.
pub(crate) const IMBISS: VorgangId = VorgangId::new(id(0x52));
pub(crate) const NO_VORGANG: VorgangId = VorgangId::new(id(0x59));
/// In the inbox, with one document.
pub(crate) const EINGANG: EingangId = EingangId::new(id(0x61));
pub(crate) const NO_EINGANG: EingangId = EingangId::new(id(0x69));
pub(crate) const ANTRAG: SchriftstueckId = SchriftstueckId::new(id(0x71));
/// The document of [`EINGANG`].
pub(crate) const AUSWEIS: SchriftstueckId = SchriftstueckId::new(id(0x72));

pub(crate) const fn schriftstueck(n: u128) -> SchriftstueckId {
    SchriftstueckId::new(id(0x70 + n))
}
pub(crate) const fn fassung(n: u128) -> FassungId {
    FassungId::new(id(0x80 + n))
}
pub(crate) const fn notiz(n: u128) -> NotizId {
    NotizId::new(id(0x90 + n))
}
/// Number 1 is in [`VORGANG`].
pub(crate) const fn wiedervorlage(n: u128) -> WiedervorlageId {
    WiedervorlageId::new(id(0xA0 + n))
}
pub(crate) const fn frist(n: u128) -> FristId {
    FristId::new(id(0xB0 + n))
}
/// Of the n-th entry after opening, counted from 1.
pub(crate) const fn intent(n: u128) -> IntentId {
    IntentId::new(id(0x1000 + n))
}

/// What somebody wants, before it is an entry.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    pub(crate) author: PersonId,
    pub(crate) intent: Intent,
    /// Whether they saw what the others did since the office opened.
    pub(crate) aware: bool,
}

impl Wish {
    pub(crate) fn aware(self) -> Self {
        Self { aware: true, ..self }
    }
}

pub(crate) fn anna(intent: Intent) -> Wish {
    Wish { author: ANNA, intent, aware: false }
}
pub(crate) fn bernd(intent: Intent) -> Wish {
    Wish { author: BERND, intent, aware: false }
}
pub(crate) fn clara(intent: Intent) -> Wish {
    Wish { author: CLARA, intent, aware: false }
}

/// When somebody's clock says they do something. Bernd's is ten years slow, Clara's ten years fast:
/// no rule may care.
pub(crate) fn stamp(by: PersonId) -> Stamp {
    let ten_years = 315_576_000_000;
    let skew = if by == BERND {
        -ten_years
    } else if by == CLARA {
        ten_years
    } else {
        0
    };
    Stamp { by, at: Moment::from_unix_ms(1_764_057_600_000 + skew) }
}

/// Everything in the office.
#[derive(Debug, Clone, Default)]
pub(crate) struct Office {
    pub(crate) stands: BTreeMap<EntityRef, Stand>,
    opened: BTreeMap<EntityRef, Revision>,
    entries: u128,
}

impl Office {
    pub(crate) fn open() -> Self {
        let mut office = Self::default();
        for wish in wishes::beginnings() {
            office.happens(wish);
        }
        office.opened = office.stands.iter().map(|(it, stand)| (*it, stand.revision)).collect();
        office.entries = 0;
        office
    }

    /// The wish as an entry.
    pub(crate) fn entry(&self, wish: Wish) -> Entry {
        let target = wish.intent.target();
        let seen = if wish.aware {
            self.stands.revision(target)
        } else {
            self.opened.get(&target).copied().unwrap_or(Revision::NONE)
        };
        let Stamp { by: author, at } = stamp(wish.author);
        Entry { id: intent(self.entries + 1), author, at, seen, intent: wish.intent }
    }

    /// Decides and carries out.
    pub(crate) fn decides(&mut self, wish: Wish) -> Decision {
        let entry = self.entry(wish);
        self.entries += 1;
        let decision = decide(&self.stands, &entry);
        carry_out(&mut self.stands, &decision);
        decision
    }

    /// Carries out what must not be refused, by somebody who saw everything.
    pub(crate) fn happens(&mut self, wish: Wish) -> Decision {
        let decision = self.decides(wish.aware());
        assert!(!matches!(decision, Decision::Reject(_)), "{decision:?}");
        decision
    }

    pub(crate) fn entity(&self, entity: impl Into<EntityRef>) -> &Entity {
        &self.stands[&entity.into()].entity
    }

    pub(crate) fn revision(&self, entity: impl Into<EntityRef>) -> u64 {
        self.stands.revision(entity.into()).number()
    }

    /// Changes a thing beside all rules.
    pub(crate) fn tamper(&mut self, entity: impl Into<EntityRef>, with: impl FnOnce(&mut Entity)) {
        with(&mut self.stands.get_mut(&entity.into()).unwrap().entity);
    }
}

/// Applies what was decided; it must fit.
pub(crate) fn carry_out(stands: &mut BTreeMap<EntityRef, Stand>, decision: &Decision) {
    for (entity, events) in decision.clone().into_events() {
        let stand = apply(stands.remove(&entity), &events).unwrap();
        assert_eq!(stand.entity.reference(), entity);
        stands.insert(entity, stand);
    }
}

/// `others` happen one after the other; then comes a wish by somebody who saw none of that.
#[track_caller]
pub(crate) fn check<const N: usize>(others: [Wish; N], wish: Wish, expect: &str) -> Office {
    let mut office = Office::open();
    for other in others {
        office.happens(other);
    }
    let decision = office.decides(wish);
    assert_eq!(show(&decision), expect);
    office
}

pub(crate) fn person(id: PersonId, name: &str, rollen: impl IntoIterator<Item = Rolle>) -> Person {
    Person {
        id,
        name: name.parse().unwrap(),
        einheiten: BTreeSet::from([GEWERBEAMT]),
        rollen: rollen.into_iter().collect(),
        aktiv: true,
        extra: kontor_domain::Extra::default(),
    }
}
