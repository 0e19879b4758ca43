//! What `work.db` remembers about the Zentrale. The file is encrypted, so the token may lie there.

use kontor_domain::Mandant;
use kontor_store::database::DatabaseError;
use kontor_store::work::Work;
use kontor_sync::DeskError;

use super::sign_in::Renewal;
use super::{Address, Token};
use crate::{AppError, Code, Office};

const URL: &str = "zentrale.url";
const TOKEN: &str = "zentrale.token";
/// What a new token is asked with; empty for a device's token, which needs none.
const RENEWAL: &str = "zentrale.renewal";
const MANDANT: &str = "zentrale.mandant";
const LAST_CONTACT: &str = "zentrale.last_contact";

/// A clock is written down so often at most, in ms: each time costs a durable commit.
const CONTACT_EVERY_MS: i64 = 60_000;

pub(crate) fn url(work: &Work) -> Result<Option<String>, AppError> {
    text(work, URL)
}

pub(crate) fn mandant(work: &Work) -> Result<Option<Mandant>, AppError> {
    let Some(stored) = work.meta(MANDANT)? else { return Ok(None) };
    let mandant = serde_json::from_slice(&stored).map_err(|_| DeskError::Unreadable("Mandant"))?;
    Ok(Some(mandant))
}

pub(crate) fn last_contact(work: &Work) -> Result<Option<i64>, AppError> {
    let stored = work.meta(LAST_CONTACT)?;
    Ok(stored.and_then(|bytes| bytes.try_into().ok()).map(i64::from_le_bytes))
}

/// Notes that the Zentrale was spoken to now.
pub(super) fn note_contact(office: &Office) -> Result<(), AppError> {
    office.guard.note_contact(office.world().now());
    let now = office.world().now().unix_ms();
    let mut desk = office.desk()?;
    let last = last_contact(desk.work())?;
    // A clock that was set back also counts as long ago.
    if last.is_some_and(|last| (0..CONTACT_EVERY_MS).contains(&(now.saturating_sub(last)))) {
        return Ok(());
    }
    Ok(desk.work_mut().set_meta(LAST_CONTACT, &now.to_le_bytes())?)
}

/// Address and token, once somebody has connected.
pub(crate) fn access(office: &Office) -> Result<(Address, Token), AppError> {
    let desk = office.desk()?;
    let url = url(desk.work())?.ok_or(Code::NotConnected)?;
    let token = text(desk.work(), TOKEN)?.ok_or(Code::NotConnected)?;
    Ok((url.parse()?, token.parse()?))
}

/// Remembers where the Zentrale is and who we are there.
pub(super) fn remember(
    work: &mut Work,
    address: &Address,
    token: &Token,
    renewal: Option<&Renewal>,
    mandant: &Mandant,
) -> Result<(), AppError> {
    let mandant = serde_json::to_vec(mandant).map_err(|_| DeskError::Unreadable("Mandant"))?;
    work.set_meta(MANDANT, &mandant)?;
    renewed(work, token, renewal)?;
    // Last: whoever finds an address also finds the rest.
    Ok(work.set_meta(URL, address.to_string().as_bytes())?)
}

/// Remembers another token, and what the next one is asked with.
pub(super) fn renewed(
    work: &mut Work,
    token: &Token,
    renewal: Option<&Renewal>,
) -> Result<(), AppError> {
    let renewal = match renewal {
        Some(renewal) => {
            serde_json::to_vec(renewal).map_err(|_| DeskError::Unreadable("renewal"))?
        }
        None => Vec::new(),
    };
    work.set_meta(RENEWAL, &renewal)?;
    Ok(work.set_meta(TOKEN, token.as_str().as_bytes())?)
}

/// What a new token is asked with, if somebody signed in at a provider.
pub(super) fn renewal(work: &Work) -> Result<Option<Renewal>, AppError> {
    let stored = work.meta(RENEWAL)?.filter(|stored| !stored.is_empty());
    let read = stored.map(|stored| serde_json::from_slice(&stored)).transpose();
    Ok(read.map_err(|_| DeskError::Unreadable("renewal"))?)
}

fn text(work: &Work, name: &str) -> Result<Option<String>, AppError> {
    let Some(stored) = work.meta(name)? else { return Ok(None) };
    String::from_utf8(stored)
        .map(Some)
        .map_err(|_| DatabaseError::Damaged { detail: name.to_owned() }.into())
}
