//! Staying signed in: a new token when the old one is no longer good.

use serde::{Deserialize, Serialize};

use super::provider::refresh;
use crate::zentrale::{HttpPort, meta};
use crate::{AppError, Office};

/// What a new token is asked with. Kept in `work.db`, which is encrypted; never printed.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::zentrale) struct Renewal {
    pub(super) token_endpoint: String,
    pub(super) client_id: String,
    pub(super) refresh_token: String,
}

/// Gets a new token and goes on with it; `false` if somebody has to sign in anew.
///
/// # Errors
/// [`Code::Unreachable`](crate::Code::Unreachable): the old one may still be renewed later.
pub(in crate::zentrale) async fn renew(office: &Office, port: &HttpPort) -> Result<bool, AppError> {
    let Some(renewal) = meta::renewal(office.desk()?.work())? else { return Ok(false) };
    let Some(granted) = refresh(&renewal).await? else { return Ok(false) };
    // Before it is used: many providers take each of them once.
    meta::renewed(office.desk()?.work_mut(), &granted.token, granted.renewal.as_ref())?;
    port.set_token(&granted.token)?;
    Ok(true)
}
