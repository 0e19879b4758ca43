//! What an answer means (facts § 2.6).

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::RETRY_AFTER;
use reqwest::{Response, StatusCode};

use super::unavailable;
use crate::port::CallError;

/// Longer pauses than this nobody prescribes.
const AFTER_MAX: Duration = Duration::from_hours(1);

pub(super) fn checked(response: Response) -> Result<Response, CallError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let after = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .map(|seconds| Duration::from_secs(seconds).min(AFTER_MAX));
    Err(meaning(status, after))
}

fn meaning(status: StatusCode, after: Option<Duration>) -> CallError {
    match status {
        StatusCode::UNAUTHORIZED => CallError::NotSignedIn,
        StatusCode::FORBIDDEN => CallError::Forbidden,
        StatusCode::NOT_FOUND => CallError::Gone,
        StatusCode::CONFLICT => CallError::State,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
            CallError::Unavailable { after }
        }
        status if status.is_server_error() => CallError::Unavailable { after },
        status => CallError::Refused { status: status.as_u16() },
    }
}

/// The body, if it is not longer than `bytes_max`.
pub(super) async fn body(mut response: Response, bytes_max: usize) -> Result<Bytes, CallError> {
    let mut body = BytesMut::new();
    while let Some(piece) = response.chunk().await.map_err(|_| unavailable())? {
        if body.len() + piece.len() > bytes_max {
            return Err(CallError::Unreadable("longer than is read"));
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_says_what_is_to_be_done() {
        let check = |status: u16, expected: fn(&CallError) -> bool| {
            let status = StatusCode::from_u16(status).unwrap();
            assert!(expected(&meaning(status, None)), "{status}");
        };
        check(400, |error| matches!(error, CallError::Refused { status: 400 }));
        check(401, |error| matches!(error, CallError::NotSignedIn));
        check(403, |error| matches!(error, CallError::Forbidden));
        check(404, |error| matches!(error, CallError::Gone));
        check(409, |error| matches!(error, CallError::State));
        check(422, |error| matches!(error, CallError::Refused { status: 422 }));
        check(302, |error| matches!(error, CallError::Refused { status: 302 }));
        for transient in [408, 429, 500, 502, 503, 504] {
            check(transient, CallError::is_transient);
        }
    }
}
