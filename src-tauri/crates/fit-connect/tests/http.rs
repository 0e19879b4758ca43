//! The HTTP adapter against a server that plays a script and notes what it was asked.
#![expect(clippy::unwrap_used, reason = "a broken script must fail the test")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::TryStreamExt as _;
use kontor_fit_connect::environment::Environment;
use kontor_fit_connect::http::HttpZustelldienst;
use kontor_fit_connect::port::{CallError, Zustelldienst as _};
use kontor_fit_connect::{AnlageId, EinreichungId, Vorgangsreferenz, ZustellpunktId};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use uuid::Uuid;

const ID: Uuid = Uuid::from_u128(0x7000_8000_0000_0000_0001);

/// Answers in order; each request as text, head and body.
struct Server {
    service: HttpZustelldienst,
    asked: Arc<Mutex<Vec<String>>>,
}

fn answer(status: u16, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn token(text: &str) -> String {
    let body = json!({"access_token": text, "token_type": "Bearer", "expires_in": 1800});
    answer(200, &body.to_string())
}

async fn server(script: Vec<String>, generation: &str) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&asked);
    tokio::spawn(async move {
        for answer in script {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !is_whole(&request) {
                stream.read_buf(&mut request).await.unwrap();
            }
            notes.lock().unwrap().push(String::from_utf8(request).unwrap());
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let environment: Environment = serde_json::from_value(json!({
        "token_url": format!("{base}/token"), "submission_api": base, "issuer": base,
        "client_id": "kontor", "client_secret": "geheim & mehr",
        "zustellpunkte": [ID], "generation": generation,
    }))
    .unwrap();
    Server { service: HttpZustelldienst::new(&environment).unwrap(), asked }
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

impl Server {
    /// First lines of what was asked.
    fn lines(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        let line = |request: &String| request.lines().next().unwrap().replace(" HTTP/1.1", "");
        asked.iter().map(line).collect()
    }

    fn request(&self, number: usize) -> String {
        self.asked.lock().unwrap().get(number).unwrap().clone()
    }
}

fn empty_list() -> String {
    answer(200, &json!({"count": 0, "offset": 0, "totalCount": 0, "submissions": []}).to_string())
}

#[tokio::test]
async fn a_token_is_asked_for_once_and_sent_along() {
    let server = server(vec![token("eins"), empty_list(), empty_list()], "v1").await;
    for _ in 0..2 {
        assert_eq!(server.service.waiting(ZustellpunktId::new(ID)).await.unwrap().total, 0);
    }
    let list = format!("GET /v1/submissions?destinationId={ID}&limit=500&offset=0");
    assert_eq!(server.lines(), ["POST /token".to_owned(), list.clone(), list]);
    let asked = server.request(0);
    assert!(asked.contains("grant_type=client_credentials&client_id=kontor"));
    assert!(asked.contains("client_secret=geheim+%26+mehr"), "{asked}");
    assert!(asked.contains(&format!("scope=subscribe%3Adestination%3A{ID}")), "{asked}");
    let called = server.request(1);
    assert!(
        called.contains("authorization: Bearer eins") && called.contains("user-agent: Kontor/")
    );
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let script = vec![token("alt"), answer(401, ""), token("neu"), empty_list()];
    let good = server(script, "v1").await;
    good.service.waiting(ZustellpunktId::new(ID)).await.unwrap();
    assert!(good.request(3).contains("Bearer neu"));

    let script = vec![token("alt"), answer(401, ""), token("neu"), answer(401, "")];
    let bad = server(script, "v1").await;
    let refused = bad.service.waiting(ZustellpunktId::new(ID)).await;
    assert!(matches!(refused, Err(CallError::NotSignedIn)), "{refused:?}");
    assert_eq!(bad.lines().len(), 4);
}

#[tokio::test]
async fn an_unknown_client_is_told_from_a_service_that_is_away() {
    let unknown = server(vec![answer(400, "{\"error\":\"invalid_client\"}")], "v1").await;
    let refused = unknown.service.waiting(ZustellpunktId::new(ID)).await;
    assert!(matches!(refused, Err(CallError::NotSignedIn)), "{refused:?}");
    let away = server(vec![token("x"), answer(503, "")], "v1").await;
    let refused = away.service.waiting(ZustellpunktId::new(ID)).await;
    assert!(matches!(refused, Err(CallError::Unavailable { after: None })), "{refused:?}");
    let busy = answer(429, "").replace("connection", "retry-after: 7\r\nconnection");
    let busy = server(vec![token("x"), busy], "v1").await;
    let refused = busy.service.waiting(ZustellpunktId::new(ID)).await;
    let after = Some(Duration::from_secs(7));
    assert!(matches!(refused, Err(CallError::Unavailable { after: found }) if found == after));
}

#[tokio::test]
async fn an_event_log_is_read_to_its_end() {
    let page = |offset: u64, events: Value| {
        let count = events.as_array().unwrap().len();
        let json = json!({"count": count, "offset": offset, "totalCount": 3, "eventLog": events});
        answer(200, &json.to_string())
    };
    let script = vec![token("x"), page(0, json!(["a", "b"])), page(2, json!(["c"]))];
    let server = server(script, "v1").await;
    let log = server.service.events(Vorgangsreferenz::new(ID)).await.unwrap();
    assert_eq!(log, ["a", "b", "c"]);
    assert_eq!(server.lines()[2], format!("GET /v1/cases/{ID}/events?limit=500&offset=2"));
}

#[tokio::test]
async fn an_event_is_sent_as_jose_and_its_state_is_understood() {
    let server = server(vec![token("x"), answer(204, ""), answer(409, "")], "v1").await;
    let vorgang = Vorgangsreferenz::new(ID);
    server.service.send_event(vorgang, "kopf.inhalt.siegel").await.unwrap();
    let asked = server.request(1);
    assert!(asked.starts_with(&format!("POST /v1/cases/{ID}/events ")));
    assert!(asked.contains("content-type: application/jose"));
    assert!(asked.ends_with("\r\n\r\nkopf.inhalt.siegel"));
    let again = server.service.send_event(vorgang, "kopf.inhalt.siegel").await;
    assert!(matches!(again, Err(CallError::State)), "{again:?}");
}

#[tokio::test]
async fn an_anlage_comes_in_pieces_and_may_be_gone() {
    let script = vec![token("x"), answer(200, "a.b.c.d.e"), answer(404, "")];
    let server = server(script, "v1").await;
    let (einreichung, anlage) = (EinreichungId::new(ID), AnlageId::new(ID));
    let pieces = server.service.anlage(einreichung, anlage).await.unwrap();
    let pieces: Vec<_> = pieces.try_collect().await.unwrap();
    assert_eq!(pieces.concat(), b"a.b.c.d.e");
    assert_eq!(server.lines()[1], format!("GET /v1/submissions/{ID}/attachments/{ID}"));
    let gone = server.service.anlage(einreichung, anlage).await;
    assert!(matches!(gone, Err(CallError::Gone)));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = answer(302, "").replace("connection", "location: /elsewhere\r\nconnection");
    let server = server(vec![token("x"), elsewhere], "v1").await;
    let refused = server.service.waiting(ZustellpunktId::new(ID)).await;
    assert!(matches!(refused, Err(CallError::Refused { status: 302 })), "{refused:?}");
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn the_second_generation_has_paths_of_its_own() {
    let server = server(vec![token("x"), empty_list()], "v2").await;
    server.service.waiting(ZustellpunktId::new(ID)).await.unwrap();
    assert!(server.lines()[1].starts_with("GET /v2/submissions?"));
}
