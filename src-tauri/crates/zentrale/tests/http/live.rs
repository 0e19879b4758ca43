//! A listening Zentrale: hints arrive, and a stop ends waiting at once.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use kontor_wire::{Hello, PROTOCOL_HEADER, Position, path};
use kontor_zentrale::serve::{Serving, serve};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::haus::{Haus, Setup, push};

/// Long enough for any machine, short enough to fail a hanging test.
const PATIENCE: Duration = Duration::from_secs(20);

struct Listening {
    haus: Haus,
    url: String,
    client: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
    served: JoinHandle<std::io::Result<()>>,
}

impl Listening {
    async fn new() -> Self {
        Self::with(Setup::default(), Serving::default()).await
    }

    async fn with(setup: Setup, serving: Serving) -> Self {
        let haus = Haus::with(setup);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel();
        let zentrale = haus.zentrale.clone();
        let served = tokio::spawn(serve(listener, zentrale, serving, async {
            let _ = stopped.await;
        }));
        Self { haus, url, client: reqwest::Client::new(), stop: Some(stop), served }
    }

    fn get(&self, who: &str, path: &str) -> reqwest::RequestBuilder {
        self.client
            .get(format!("{}{path}", self.url))
            .bearer_auth(self.haus.token(who))
            .header(PROTOCOL_HEADER, kontor_wire::PROTOCOL)
    }

    fn push(&self, who: &str, vorgang: &str) -> reqwest::RequestBuilder {
        self.client
            .post(format!("{}{}", self.url, path::PUSH))
            .bearer_auth(self.haus.token(who))
            .header(PROTOCOL_HEADER, kontor_wire::PROTOCOL)
            .body(serde_json::to_vec(&push(&self.haus.notiz(who, vorgang))).unwrap())
    }

    async fn live(&self, who: &str) -> reqwest::Response {
        let response = self.get(who, path::LIVE).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        response
    }
}

async fn next(response: &mut reqwest::Response) -> Option<String> {
    let piece = timeout(PATIENCE, response.chunk()).await.unwrap().unwrap();
    piece.map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_is_seen_by_who_waits() {
    let zentrale = Listening::new().await;
    let mut bernd = zentrale.live("bernd").await;
    let head = zentrale.haus.head();
    assert_eq!(next(&mut bernd).await.unwrap(), format!("event: hint\ndata: {head}\n\n"));
    let poll = zentrale.get("bernd", &format!("{}?after={head}", path::LIVE_POLL)).send();
    let poll = tokio::spawn(poll);
    let pushed = zentrale.push("anna", "anker").send().await.unwrap();
    assert_eq!(pushed.status(), StatusCode::OK);
    let hint = format!("event: hint\ndata: {}\n\n", head + 1);
    assert_eq!(next(&mut bernd).await.unwrap(), hint);
    let answer = timeout(PATIENCE, poll).await.unwrap().unwrap().unwrap();
    assert_eq!(answer.json::<Position>().await.unwrap(), Position(head + 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_of_another_process_is_seen_too() {
    let serving = Serving { follow: Duration::from_millis(10), ..Serving::default() };
    let zentrale = Listening::with(Setup::default(), serving).await;
    let mut bernd = zentrale.live("bernd").await;
    next(&mut bernd).await.unwrap();
    // Straight into the database, past every handler that could announce it.
    let haus = &zentrale.haus;
    let entry = haus.notiz("anna", "anker");
    let akteur: Hello =
        zentrale.get("anna", path::HELLO).send().await.unwrap().json().await.unwrap();
    let push = kontor_zentrale::push::Push {
        mandant: haus.demo.mandant,
        akteur: &akteur.akteur,
        received: kontor_domain::Moment::from_unix_ms(0),
        seed: [0; 16],
        request: &push(&entry),
    };
    let sealed = kontor_zentrale::push::push(haus.zentrale.storage(), &push).await.unwrap();
    let hint = format!("event: hint\ndata: {}\n\n", sealed.head.seq.0);
    assert_eq!(next(&mut bernd).await.unwrap(), hint);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_loses_a_right_is_told_and_has_to_come_back() {
    let zentrale = Listening::new().await;
    let mut bernd = zentrale.live("bernd").await;
    next(&mut bernd).await.unwrap();
    let haus = &zentrale.haus;
    let mut people = kontor_zentrale::operator::people(haus.zentrale.storage(), haus.demo.mandant)
        .await
        .unwrap();
    people.retain(|person| person.id == haus.person("bernd"));
    let mut person = people.pop().unwrap();
    person.rollen.clear();
    let mut operator =
        kontor_zentrale::operator::Operator::acting_as(&haus.zentrale, haus.demo.mandant, None)
            .await
            .unwrap();
    operator.enter(kontor_domain::Intent::RecordPerson(person)).await.unwrap();
    assert!(next(&mut bernd).await.unwrap().starts_with("event: hint"));
    assert_eq!(next(&mut bernd).await, None);
    let hello: Hello =
        zentrale.get("bernd", path::HELLO).send().await.unwrap().json().await.unwrap();
    assert_eq!(hello.scopes, [kontor_domain::Scope::Stammdaten]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_ends_waiting_at_once() {
    let mut zentrale = Listening::new().await;
    let mut bernd = zentrale.live("bernd").await;
    next(&mut bernd).await.unwrap();
    let after = zentrale.haus.head();
    let uri = format!("{}?after={after}", path::LIVE_POLL);
    let poll = tokio::spawn(zentrale.get("anna", &uri).send());
    // The poll is in once it listens.
    while zentrale.haus.zentrale.waiting() < 2 {
        tokio::task::yield_now().await;
    }
    let begun = Instant::now();
    zentrale.stop.take().unwrap().send(()).unwrap();
    assert_eq!(next(&mut bernd).await, None);
    let answer = timeout(PATIENCE, poll).await.unwrap().unwrap().unwrap();
    assert_eq!(answer.json::<Position>().await.unwrap(), Position(after));
    timeout(PATIENCE, zentrale.served).await.unwrap().unwrap().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert!(zentrale.client.get(&zentrale.url).send().await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_never_ends_is_cut_off() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let serving = Serving { head: Duration::from_millis(50), ..Serving::default() };
    let zentrale = Listening::with(Setup::default(), serving).await;
    let address = zentrale.url.strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /v1/hello HTTP/1.1\r\nhost: x\r\n").await.unwrap();
    let mut answer = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut answer)).await.unwrap().unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
}
