//! From the top down to one place. The tree is in the keys.

use kontor_domain::{
    Aktenplaneintrag, AktenplaneintragId, Aktenplanschluessel, Entity, EntityKind, Name,
};
use kontor_store::mirror::ListFilter;
use kontor_sync::Desk;
use schemars::JsonSchema;
use serde::Serialize;

use crate::AppError;

/// An Aktenplan has some thousand places at most.
const ROWS_MAX: u32 = 20_000;

/// One step of the way through the Aktenplan.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Step {
    #[schemars(with = "String")]
    schluessel: Aktenplanschluessel,
    #[schemars(with = "String")]
    name: Name,
}

impl From<Aktenplaneintrag> for Step {
    fn from(it: Aktenplaneintrag) -> Self {
        Self { schluessel: it.schluessel, name: it.name }
    }
}

/// The places above one, from the top, and that one last; empty if it is not on this machine.
pub(crate) fn way(
    desk: &Desk,
    place: AktenplaneintragId,
) -> Result<Vec<Aktenplaneintrag>, AppError> {
    let filter = ListFilter {
        kind: EntityKind::Aktenplaneintrag,
        zuweisung: None,
        open_only: false,
        contested_only: false,
        rows_max: ROWS_MAX,
    };
    let all = desk.list(&filter)?.into_iter().filter_map(|stand| match stand.entity {
        Entity::Aktenplaneintrag(it) => Some(it),
        _ => None,
    });
    let all: Vec<Aktenplaneintrag> = all.collect();
    let Some(goal) = all.iter().find(|it| it.id == place).map(|it| it.schluessel.to_string())
    else {
        return Ok(Vec::new());
    };
    let mut way: Vec<Aktenplaneintrag> =
        all.into_iter().filter(|it| leads_to(&it.schluessel.to_string(), &goal)).collect();
    way.sort_by_key(|it| it.schluessel.to_string().len());
    Ok(way)
}

/// `3` and `32` lead to `32.10`, `32.1` does not: behind a point whole numbers count.
fn leads_to(above: &str, goal: &str) -> bool {
    let Some(rest) = goal.strip_prefix(above) else { return false };
    // Before the first point every digit is a level.
    rest.is_empty() || rest.starts_with('.') || !above.contains('.')
}

#[cfg(test)]
mod tests {
    use super::leads_to;

    #[test]
    fn only_whole_numbers_lead_on() {
        assert!(leads_to("3", "32.10"));
        assert!(leads_to("32", "32.10"));
        assert!(leads_to("32.10", "32.10"));
        assert!(leads_to("32.10", "32.10.1"));
        assert!(!leads_to("32.1", "32.10"));
        assert!(!leads_to("33", "32.10"));
    }
}
