//! Telling subscribers and senders that there is news.

use std::sync::Arc;

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha512;
use uuid::Uuid;

use crate::dienst::Dienst;
use crate::zustellpunkt::Callback;

/// How often one is tried.
const ATTEMPTS: usize = 3;

/// What there is news of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum News {
    Einreichung,
    Event,
}

/// Tells whoever wants to know about this Einreichung, in the background.
pub(crate) fn tell(dienst: &Arc<Dienst>, submission: Uuid, news: News) {
    let book = dienst.book();
    let Some(it) = book.einreichungen.get(&submission) else { return };
    let (callback, kind) = match news {
        News::Einreichung => {
            let zustellpunkt = book.zustellpunkte.get(&it.zustellpunkt);
            (zustellpunkt.and_then(|it| it.is.callback.clone()), "new-submissions")
        }
        News::Event => (it.callback.clone(), "new-events"),
    };
    let body = body(kind, &it.named());
    drop(book);
    if let Some(callback) = callback {
        let dienst = Arc::clone(dienst);
        tokio::spawn(async move { post(&dienst, &callback, body).await });
    }
}

fn body(kind: &str, named: &Value) -> String {
    json!({
        "type": format!("https://schema.fitko.de/fit-connect/submission-api/callbacks/{kind}"),
        "submissionIds": [named["submissionId"]],
        "submissions": [named],
    })
    .to_string()
}

async fn post(dienst: &Dienst, callback: &Callback, body: String) {
    for _ in 0..ATTEMPTS {
        let timestamp = dienst.clock.now();
        let request = dienst
            .http
            .post(&callback.url)
            .header("callback-timestamp", timestamp)
            .header("callback-authentication", authentication(&callback.secret, timestamp, &body))
            .header("content-type", "application/json")
            .body(body.clone());
        // A callback is a hint: whoever missed it polls.
        if request.send().await.is_ok_and(|answer| answer.status().is_success()) {
            return;
        }
    }
}

/// HMAC-SHA-512 over time and body, in lower-case hex.
pub(crate) fn authentication(secret: &str, timestamp: i64, body: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha512>::new_from_slice(secret.as_bytes()) else {
        // Any length of key will do.
        return String::new();
    };
    mac.update(format!("{timestamp}.{body}").as_bytes());
    hex(&mac.finalize().into_bytes())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String does not fail.
        _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authenticates_like_the_published_examples() {
        let Some(vectors) = crate::contract::standard("callback-hmac-vectors.json") else { return };
        let vectors: Value = serde_json::from_str(&vectors).unwrap();
        for vector in vectors["vectors"].as_array().unwrap() {
            let field = |name: &str| vector[name].as_str().unwrap();
            let timestamp = field("callback-timestamp").parse().unwrap();
            let made = authentication(field("secret_utf8"), timestamp, field("body_utf8"));
            assert_eq!(made, field("callback-authentication"));
        }
    }
}
