//! Signing in through the browser of this machine: OpenID Connect with a code, PKCE and a loopback
//! address (RFC 8252). Kontor never sees a password.

mod loopback;
mod provider;
mod renewal;

use std::io;
use std::time::Duration;

use kontor_wire::{SignIn, path};
use tokio::time::timeout;

use self::loopback::Loopback;
use self::provider::{Provider, get_json};
use super::connect::{Connected, connect_renewable};
use super::{Address, meta};
use crate::{AppError, Code, Office};

pub(super) use renewal::{Renewal, renew};

/// So long somebody may take to sign in; a second factor has to be found first.
const PATIENCE: Duration = Duration::from_mins(10);

/// Where somebody signs in: at the Zentrale named, or at the one this desk knows.
///
/// # Errors
/// [`Code::AddressUnfit`], [`Code::AddressInsecure`], [`Code::NotConnected`].
pub fn address(office: &Office, named: Option<&str>) -> Result<Address, AppError> {
    match named {
        Some(address) => address.parse(),
        None => meta::url(office.desk()?.work())?.ok_or(Code::NotConnected)?.parse(),
    }
}

/// Signs somebody in and connects the desk. `browse` shows an address in the browser of this machine.
/// Dropping the future gives up.
///
/// # Errors
/// [`Code::SignInMissing`], [`Code::SignInRefused`], [`Code::SignInTimedOut`], [`Code::NoBrowser`], and
/// everything [`connect`](super::connect()) says. Then nothing is remembered.
pub async fn sign_in(
    office: &Office,
    address: Address,
    browse: impl FnOnce(&str) -> io::Result<()>,
) -> Result<Connected, AppError> {
    let offered: SignIn = get_json(&address.of(path::SIGN_IN)).await?;
    let offered = offered.providers.into_iter().next().ok_or(Code::SignInMissing)?;
    let provider = Provider::discover(&offered).await?;
    let loopback = Loopback::open().await?;
    let asked = provider.ask(loopback.address())?;
    browse(&asked.url).map_err(|error| AppError::new(Code::NoBrowser).because(error))?;
    let code = timeout(PATIENCE, loopback.code(&asked.state, provider.issuer()));
    let code = code.await.map_err(|_| Code::SignInTimedOut)??;
    let granted = provider.redeem(code, asked, office.world().now()).await?;
    let connected =
        connect_renewable(office, address, &granted.token, granted.renewal.as_ref()).await?;
    office.guard.signed_in(office.world().now());
    Ok(connected)
}
