//! Desks on a live connection.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kontor_app::zentrale::{self, Contact, State};
use kontor_app::{Code, DataKey, Office, Profile, SystemWorld, commands};
use serde_json::{Value, json};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::zentrale::Running;

/// Long enough for a machine with other things to do; nothing waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(30);

/// A desk that is open and kept reconciled.
struct Desk {
    office: Arc<Office>,
    state: watch::Receiver<State>,
    stop: oneshot::Sender<()>,
    watching: JoinHandle<Result<(), kontor_app::AppError>>,
}

impl Desk {
    async fn open(folder: &Path, running: &Running, name: &str) -> Self {
        let profile = Profile::lock(&folder.join(name)).unwrap();
        let key = DataKey::from_bytes([9; 32]);
        let office = Arc::new(Office::open(profile, &key, Arc::new(SystemWorld)).unwrap());
        let token = running.token(name).parse().unwrap();
        zentrale::connect(&office, running.url().parse().unwrap(), &token).await.unwrap();
        let (sender, state) = watch::channel(State::BEGINNING);
        let (stop, stopped) = oneshot::channel::<()>();
        let watched = Arc::clone(&office);
        let watching = tokio::spawn(async move {
            zentrale::watch(&watched, &sender, async { stopped.await.unwrap_or_default() }).await
        });
        let desk = Self { office, state, stop, watching };
        desk.until(|state| state.contact == Contact::Online).await;
        desk
    }

    async fn until(&self, wanted: impl FnMut(&State) -> bool) -> State {
        let mut state = self.state.clone();
        let outcome = timeout(PATIENCE, state.wait_for(wanted)).await;
        *outcome.unwrap_or_else(|_| panic!("it stays at {:?}", *self.state.borrow())).unwrap()
    }

    fn note(&self, vorgang: &str, text: &str) {
        let payload = json!({ "vorgang": vorgang, "text": text });
        commands::run(&self.office, "notiz.add", &payload).unwrap();
    }

    fn shown(&self, vorgang: &str) -> Value {
        let answer = commands::run(&self.office, "vorgang.show", &json!({ "vorgang": vorgang }));
        answer.unwrap()["answer"]["vorgang"].clone()
    }

    /// Until a note of somebody else is here.
    async fn reads(&mut self, vorgang: &str, text: &str) {
        loop {
            self.state.borrow_and_update();
            if self.shown(vorgang)["notizen"].to_string().contains(text) {
                return;
            }
            patiently(self.state.changed()).await.unwrap();
        }
    }

    async fn close(self) {
        let begin = Instant::now();
        self.stop.send(()).unwrap();
        patiently(self.watching).await.unwrap().unwrap();
        assert!(begin.elapsed() < Duration::from_secs(1), "closing took {:?}", begin.elapsed());
    }
}

async fn patiently<T>(wait: impl Future<Output = T>) -> T {
    timeout(PATIENCE, wait).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_writes_the_other_reads_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(&folder.path().join("zentrale")).await;
    let anna = Desk::open(folder.path(), &running, "anna").await;
    let mut bernd = Desk::open(folder.path(), &running, "bernd").await;
    let vorgang = running.demo.vorgaenge["baeckerei"].to_string();
    let mut times = Vec::new();
    for round in 0..50 {
        let text = format!("Notiz {round}.");
        let begin = Instant::now();
        anna.note(&vorgang, &text);
        bernd.reads(&vorgang, &text).await;
        times.push(begin.elapsed());
    }
    bernd.office.take_changed().unwrap();
    anna.note(&vorgang, "Eine noch.");
    bernd.reads(&vorgang, "Eine noch.").await;
    let changed = bernd.office.take_changed().unwrap();
    let things: Vec<String> = changed.things.iter().map(ToString::to_string).collect();
    assert_eq!((changed.everything, things), (false, vec![format!("vorgang/{vorgang}")]));
    times.sort_unstable();
    println!("write at A visible at B: p50 {:?}, worst {:?}", times[25], times[49]);
    anna.close().await;
    bernd.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_works_on_while_the_zentrale_is_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(&folder.path().join("zentrale")).await;
    let anna = Desk::open(folder.path(), &running, "anna").await;
    let mut bernd = Desk::open(folder.path(), &running, "bernd").await;
    let vorgang = running.demo.vorgaenge["anker"].to_string();
    running.stop().await;
    anna.note(&vorgang, "Ohne Netz geschrieben.");
    let offline = |state: &State| matches!(state.contact, Contact::Offline { .. });
    anna.until(offline).await;
    bernd.until(offline).await;
    anna.until(|state| offline(state) && state.waiting == 1).await;
    assert!(anna.shown(&vorgang)["notizen"].to_string().contains("Ohne Netz geschrieben."));
    running.come_back().await;
    anna.until(|state| state.contact == Contact::Online && state.waiting == 0).await;
    bernd.reads(&vorgang, "Ohne Netz geschrieben.").await;
    anna.close().await;
    bernd.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_without_access_says_so_and_stops_asking() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(&folder.path().join("zentrale")).await;
    let anna = Desk::open(folder.path(), &running, "anna").await;
    let vorgang = running.demo.vorgaenge["anker"].to_string();
    running.revoke_all().await;
    anna.note(&vorgang, "Ohne Zugang.");
    let code = Code::Unauthenticated;
    anna.until(|state| state.contact == Contact::Stopped { code }).await;
    assert_eq!(patiently(anna.watching).await.unwrap().unwrap_err().code, code);
    // What was entered is still here.
    let entries = commands::run(&anna.office, "entry.list", &json!({})).unwrap();
    assert_eq!(entries["answer"]["waiting"], 1);
}
