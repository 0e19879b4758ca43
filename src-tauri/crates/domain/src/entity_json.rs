//! Reading an [`Entity`]. Its kind is its first field wherever Kontor wrote it, so the rest can be
//! read as what it is; serde's own way keeps all of it in between, which doubles the time of the
//! most frequent step there is.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::{Entity, EntityKind, Extra};

const KIND: &str = "kind";

impl<'de> Deserialize<'de> for Entity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntityVisitor)
    }
}

struct EntityVisitor;

impl<'de> Visitor<'de> for EntityVisitor {
    type Value = Entity;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a thing with its kind")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entity, A::Error> {
        let Some(first) = map.next_key::<String>()? else {
            return Err(A::Error::missing_field(KIND));
        };
        if first == KIND {
            let kind = map.next_value()?;
            return read(kind, MapAccessDeserializer::new(map));
        }
        let mut fields = Map::from_iter([(first, map.next_value()?)]);
        while let Some((name, value)) = map.next_entry::<String, Value>()? {
            fields.insert(name, value);
        }
        let kind = fields.remove(KIND).ok_or_else(|| A::Error::missing_field(KIND))?;
        let kind = serde_json::from_value(kind).map_err(A::Error::custom)?;
        read(kind, Value::Object(fields)).map_err(A::Error::custom)
    }
}

fn read<'de, D: Deserializer<'de>>(Kind(kind): Kind, rest: D) -> Result<Entity, D::Error> {
    let entity = match kind {
        EntityKind::Einheit => Deserialize::deserialize(rest).map(Entity::Einheit),
        EntityKind::Person => Deserialize::deserialize(rest).map(Entity::Person),
        EntityKind::Aktenplaneintrag => {
            Deserialize::deserialize(rest).map(Entity::Aktenplaneintrag)
        }
        EntityKind::Akte => Deserialize::deserialize(rest).map(Entity::Akte),
        EntityKind::Eingang => Deserialize::deserialize(rest).map(Entity::Eingang),
        EntityKind::Vorgang => Deserialize::deserialize(rest).map(Entity::Vorgang),
        EntityKind::Leistungspaket => Deserialize::deserialize(rest).map(Entity::Leistungspaket),
    }?;
    // A second kind would have gone where unknown fields go, and would be written twice.
    if extra(&entity).names(KIND) { Err(D::Error::duplicate_field(KIND)) } else { Ok(entity) }
}

fn extra(entity: &Entity) -> &Extra {
    match entity {
        Entity::Einheit(einheit) => &einheit.extra,
        Entity::Person(person) => &person.extra,
        Entity::Aktenplaneintrag(eintrag) => &eintrag.extra,
        Entity::Akte(akte) => &akte.extra,
        Entity::Eingang(eingang) => &eingang.extra,
        Entity::Vorgang(vorgang) => &vorgang.extra,
        Entity::Leistungspaket(paket) => &paket.extra,
    }
}

/// The kind's word, read like any text.
struct Kind(EntityKind);

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        EntityKind::from_word(&word).map(Self).ok_or_else(|| D::Error::custom("no such kind"))
    }
}
