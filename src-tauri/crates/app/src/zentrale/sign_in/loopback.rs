//! The address on this machine that the browser is sent back to.

use std::net::Ipv4Addr;
use std::time::Duration;

use reqwest::Url;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::{AppError, Code};

const PATH: &str = "/anmeldung";
/// Longer requests are not the browser we sent out.
const REQUEST_BYTES_MAX: usize = 16 << 10;
/// Whoever connects and says nothing does not keep the others out.
const REQUEST: Duration = Duration::from_secs(5);

/// Listens for one answer, on a port nobody knew before.
pub(super) struct Loopback {
    listener: TcpListener,
    address: String,
}

/// What came back.
enum Answer {
    Code(String),
    Refused,
    /// From somebody else, or made up.
    Foreign,
}

impl Loopback {
    pub(super) async fn open() -> Result<Self, AppError> {
        let failed = |error| AppError::new(Code::NoBrowser).because(error);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        // The number, not the name: what `localhost` means is up to the machine.
        Ok(Self { listener, address: format!("http://127.0.0.1:{port}{PATH}") })
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// The code for which the provider gives tokens. Whatever does not bring our `state` is turned
    /// away and changes nothing. Closed with the first answer that does.
    pub(super) async fn code(self, state: &str, issuer: &str) -> Result<String, AppError> {
        loop {
            let Ok((mut stream, _)) = self.listener.accept().await else { continue };
            let Ok(Some(target)) = timeout(REQUEST, target(&mut stream)).await else { continue };
            let answer = read(&target, state, issuer);
            // The browser's picture decides nothing.
            let _ = timeout(REQUEST, stream.write_all(page(&answer).as_bytes())).await;
            let _ = timeout(REQUEST, stream.shutdown()).await;
            match answer {
                Answer::Code(code) => return Ok(code),
                Answer::Refused => return Err(Code::SignInRefused.into()),
                Answer::Foreign => {}
            }
        }
    }
}

/// Path and query of a request; nothing if it is none.
async fn target(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    loop {
        let mut piece = [0; 4 << 10];
        let length = stream.read(&mut piece).await.ok()?;
        head.extend_from_slice(piece.get(..length)?);
        let mut headers = [httparse::EMPTY_HEADER; 100];
        let mut request = httparse::Request::new(&mut headers);
        match request.parse(&head) {
            Ok(httparse::Status::Complete(_)) if request.method == Some("GET") => {
                return request.path.map(str::to_owned);
            }
            Ok(httparse::Status::Partial) if length > 0 && head.len() < REQUEST_BYTES_MAX => {}
            _ => return None,
        }
    }
}

fn read(target: &str, state: &str, issuer: &str) -> Answer {
    let Ok(url) = Url::parse("http://127.0.0.1").and_then(|base| base.join(target)) else {
        return Answer::Foreign;
    };
    let all = |name: &str| -> Vec<String> {
        let found = url.query_pairs().filter(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned()).collect()
    };
    // RFC 9207: an answer that says who it is from has to be from the one we asked.
    let from_elsewhere = all("iss").iter().any(|iss| iss != issuer);
    if url.path() != PATH || all("state") != [state] || from_elsewhere {
        return Answer::Foreign;
    }
    match all("code").as_slice() {
        [code] if !code.is_empty() && all("error").is_empty() => Answer::Code(code.clone()),
        _ => Answer::Refused,
    }
}

fn page(answer: &Answer) -> String {
    let (status, title, text) = match answer {
        Answer::Code(_) => (
            "200 OK",
            "Sie sind angemeldet",
            "Sie können dieses Fenster schließen und in Kontor weiterarbeiten.",
        ),
        Answer::Refused => (
            "200 OK",
            "Die Anmeldung wurde nicht abgeschlossen",
            "Sie können dieses Fenster schließen und es in Kontor noch einmal versuchen.",
        ),
        Answer::Foreign => {
            ("404 Not Found", "Hier ist nichts", "Sie können dieses Fenster schließen.")
        }
    };
    let body = format!(
        "<!doctype html><html lang=\"de\"><meta charset=\"utf-8\"><title>{title} – Kontor</title>\
         <style>:root{{color-scheme:light dark}}body{{font:1.1rem/1.5 sans-serif;max-width:34rem;\
         margin:20vh auto;padding:0 1.5rem}}</style><main><h1>{title}</h1><p>{text}</p></main></html>"
    );
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n\
         content-security-policy: default-src 'none'; style-src 'unsafe-inline'\r\n\
         cache-control: no-store\r\nreferrer-policy: no-referrer\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(target: &str, expect: &str) {
        let seen = match read(target, "s1", "https://login.example") {
            Answer::Code(code) => code,
            Answer::Refused => "refused".to_owned(),
            Answer::Foreign => "foreign".to_owned(),
        };
        assert_eq!(seen, expect, "{target}");
    }

    #[test]
    fn only_the_answer_to_our_question_counts() {
        check("/anmeldung?code=abc&state=s1", "abc");
        check("/anmeldung?code=a%2Bc&state=s1&iss=https%3A%2F%2Flogin.example", "a+c");
        check("/anmeldung?code=abc&state=s1&iss=https%3A%2F%2Fevil.example", "foreign");
        check("/anmeldung?code=abc&state=s2", "foreign");
        check("/anmeldung?code=abc", "foreign");
        check("/anmeldung?code=abc&state=s1&state=s2", "foreign");
        check("/anmeldung?error=access_denied&state=s1", "refused");
        check("/anmeldung?code=abc&error=x&state=s1", "refused");
        check("/anmeldung?state=s1", "refused");
        check("/favicon.ico", "foreign");
        check("http://elsewhere/anmeldung?code=abc&state=s2", "foreign");
    }

    #[tokio::test]
    async fn noise_before_the_answer_is_turned_away() {
        let loopback = Loopback::open().await.unwrap();
        let address = loopback.address().to_owned();
        let port =
            address.trim_start_matches("http://127.0.0.1:").split('/').next().unwrap().to_owned();
        let waiting = tokio::spawn(loopback.code("s1", "https://login.example"));
        for noise in ["\0\0\0\r\n\r\n", "POST /anmeldung?code=evil&state=s1 HTTP/1.1\r\n\r\n"] {
            let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).await.unwrap();
            stream.write_all(noise.as_bytes()).await.unwrap();
            let mut end = Vec::new();
            stream.read_to_end(&mut end).await.unwrap();
            assert!(end.is_empty());
        }
        let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).await.unwrap();
        let request = "GET /anmeldung?code=abc&state=s1 HTTP/1.1\r\nhost: x\r\n\r\n";
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut page = String::new();
        stream.read_to_string(&mut page).await.unwrap();
        assert!(page.contains("Sie können dieses Fenster schließen"), "{page}");
        assert_eq!(waiting.await.unwrap().unwrap(), "abc");
    }
}
