//! Who is calling: a device with a token of its own, or a person with a token of the identity
//! provider.

pub mod device;
pub mod oidc;

use axum::http::{HeaderMap, header};
use kontor_domain::{Akteur, Entity, MandantId, Person, PersonId};
use kontor_wire::ProblemCode;

use crate::Zentrale;
use crate::refused::Refused;
use crate::storage::{Storage, StorageError};

/// The caller with the rights they have now.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Their authority.
    pub mandant: MandantId,
    /// Who, and what they may do.
    pub akteur: Akteur,
}

/// Longer tokens are not even looked at.
const TOKEN_BYTES_MAX: usize = 16 << 10;

/// Finds the caller of a request.
///
/// # Errors
/// [`ProblemCode::Unauthenticated`] without a good token, whatever is wrong with it.
pub(crate) async fn caller(zentrale: &Zentrale, headers: &HeaderMap) -> Result<Caller, Refused> {
    let token = bearer(headers).ok_or(ProblemCode::Unauthenticated)?;
    if device::is_device_token(token) {
        let caller = device::caller(zentrale.storage(), token).await?;
        return caller.ok_or_else(|| ProblemCode::Unauthenticated.into());
    }
    let caller = zentrale.providers().caller(token).await?.ok_or(ProblemCode::Unauthenticated)?;
    // The provider may not have heard yet that somebody left; the office knows.
    let known = person(zentrale.storage(), caller.mandant, caller.akteur.person).await?;
    if known.is_some_and(|person| !person.aktiv) {
        return Err(ProblemCode::Unauthenticated.into());
    }
    Ok(caller)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let good = scheme.eq_ignore_ascii_case("bearer")
        && !token.is_empty()
        && token.len() <= TOKEN_BYTES_MAX;
    good.then_some(token.trim())
}

/// What the office knows about a person.
pub(crate) async fn person(
    storage: &dyn Storage,
    mandant: MandantId,
    id: PersonId,
) -> Result<Option<Person>, StorageError> {
    let stands = storage.stands(mandant, &[id.into()]).await?;
    let Some(stand) = stands.into_iter().next() else { return Ok(None) };
    match serde_json::from_str(stand.state.get()) {
        Ok(Entity::Person(person)) => Ok(Some(person)),
        _ => Err(StorageError::Damaged("a person is no person")),
    }
}

/// The rights of a person who still works here.
pub(crate) fn akteur(person: Person) -> Option<Akteur> {
    person.aktiv.then_some(Akteur {
        person: person.id,
        rollen: person.rollen,
        einheiten: person.einheiten,
    })
}
