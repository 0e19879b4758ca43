//! Against something on the network that behaves badly.

use std::sync::{Arc, Mutex};

use kontor_sync::{Port, calls};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::zentrale::{Address, Token};

/// Answers every request in its own way, and remembers what was asked for.
struct Strange {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Strange {
    async fn begin(answer: fn(&str) -> Vec<u8>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, answer, Arc::clone(&log)));
            }
        });
        Self { address, asked }
    }

    fn port(&self) -> HttpPort {
        let address: Address = self.address.parse().unwrap();
        let token: Token = "geheim".parse().unwrap();
        HttpPort::new(address, &token).unwrap()
    }

    fn paths(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn talk(mut stream: TcpStream, answer: fn(&str) -> Vec<u8>, log: Arc<Mutex<Vec<String>>>) {
    let mut read = Vec::new();
    while stream.read_buf(&mut read).await.is_ok_and(|length| length > 0) {
        let Some(end) = read.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8(read.drain(..end + 4).collect()).unwrap();
        let path = head.split(' ').nth(1).unwrap().to_owned();
        let answer = answer(&path);
        log.lock().unwrap().push(path);
        if stream.write_all(&answer).await.is_err() {
            return;
        }
    }
}

fn ok(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// A piece of an answer whose end never comes.
fn begun(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-length: 1000000000000\r\n\r\n{body}").into_bytes()
}

fn hints(strange: &Strange) -> Hints {
    let limits = Limits { heartbeat_seconds: 1, poll_seconds: 1, ..Limits::default() };
    Hints::new(strange.port(), limits, Position(5))
}

#[tokio::test]
async fn a_stream_is_read_line_by_line() {
    let strange =
        Strange::begin(|_| begun(":\n\nevent: hint\ndata: 7\n\nevent: hint\ndata: 8\n\n"));
    let mut hints = hints(&strange.await);
    assert_eq!(hints.next().await.unwrap(), Hint::Began);
    assert_eq!(hints.next().await.unwrap(), Hint::At(Position(7)));
    assert_eq!(hints.next().await.unwrap(), Hint::At(Position(8)));
}

#[tokio::test]
async fn where_streams_are_swallowed_it_is_polled() {
    let strange = Strange::begin(|path| match path {
        path::LIVE => begun(""),
        "/v1/live/poll?after=5" => ok("9"),
        _ => ok("9999"),
    })
    .await;
    let mut hints = hints(&strange);
    assert_eq!(hints.next().await.unwrap(), Hint::Began);
    assert_eq!(hints.next().await.unwrap(), Hint::At(Position(9)));
    assert_eq!(hints.next().await.unwrap(), Hint::At(Position(9_999)));
    assert_eq!(
        strange.paths(),
        [path::LIVE, "/v1/live/poll?after=5", "/v1/live/poll?after=9"],
        "it stays with polling"
    );
}

#[tokio::test]
async fn a_stream_that_ends_is_told() {
    let strange = Strange::begin(|_| ok("data: 7\n\n")).await;
    let mut hints = hints(&strange);
    assert_eq!(hints.next().await.unwrap(), Hint::Began);
    assert_eq!(hints.next().await.unwrap(), Hint::At(Position(7)));
    assert_eq!(hints.next().await.unwrap(), Hint::Ended);
}

#[tokio::test]
async fn a_refusal_is_not_taken_for_a_stream() {
    let strange = Strange::begin(|_| {
        let body = r#"{"status":401,"code":"unauthenticated","title":"Bitte melden Sie sich an."}"#;
        let head = format!("HTTP/1.1 401 Unauthorized\r\ncontent-length: {}\r\n\r\n", body.len());
        [head, body.to_owned()].concat().into_bytes()
    })
    .await;
    let refused = hints(&strange).next().await.unwrap_err();
    assert_eq!(crate::AppError::from(refused).code, crate::Code::Unauthenticated);
}

#[tokio::test]
async fn nobody_leads_us_elsewhere() {
    let answer = |_: &str| {
        b"HTTP/1.1 307 Temporary Redirect\r\nlocation: /v1/elsewhere\r\ncontent-length: 0\r\n\r\n"
            .to_vec()
    };
    let strange = Strange::begin(answer).await;
    let error = calls::hello(&strange.port()).await.unwrap_err();
    assert!(matches!(error, CallError::Garbled), "{error}");
    assert_eq!(strange.paths(), [path::HELLO], "asked once and not again");
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let strange = Strange::begin(|_| begun(&"x".repeat(140 << 20))).await;
    let request = Request::builder().uri("/v1/hello").body(Bytes::new()).unwrap();
    let error = strange.port().call(request).await.unwrap_err();
    assert_eq!(error.0, "an answer without end");
}

#[tokio::test]
async fn somebody_elses_page_is_not_the_zentrale() {
    let strange = Strange::begin(|_| ok("<html>Bitte melden Sie sich im WLAN an</html>")).await;
    let error = calls::hello(&strange.port()).await.unwrap_err();
    assert_eq!(crate::AppError::from(error).code, crate::Code::Garbled);
}
