//! The lock: what it keeps shut, what opens it, and what does not.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use kontor_app::{Code, Office, World, commands};
use kontor_domain::Moment;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::kreis::{ANNA, VORGANG};
use crate::profile::{Folder, ask};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
const PIN: &str = "271828";

/// A clock that somebody else turns.
struct Clock(AtomicI64);

impl World for Clock {
    fn now(&self) -> Moment {
        Moment::from_unix_ms(self.0.load(Ordering::Relaxed))
    }

    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
}

impl Clock {
    fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(1_793_604_600_000)))
    }

    fn later(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }
}

fn refusal(office: &Office, command: &str, payload: &Value) -> Option<Code> {
    commands::run(office, command, payload).err().map(|error| error.code)
}

fn unlock(office: &Office, pin: &str) -> Option<Code> {
    refusal(office, "session.unlock", &json!({ "pin": pin }))
}

async fn desk_with_pin() -> (Folder, Arc<Clock>, Office) {
    let (folder, clock) = (Folder::of(ANNA).await, Clock::new());
    let office = folder.open_with(Arc::clone(&clock) as _).unwrap();
    ask(&office, "session.set_pin", &json!({ "new": PIN }));
    (folder, clock, office)
}

#[tokio::test]
async fn behind_the_lock_there_is_only_the_lock() {
    let (_folder, _clock, office) = desk_with_pin().await;
    ask(&office, "session.lock", &json!({}));
    let mut open = Vec::new();
    for row in commands::TABLE {
        if refusal(&office, row.name, &json!({})) != Some(Code::Locked) {
            open.push(row.name);
        }
    }
    assert_eq!(open, ["session.lock", "session.state", "session.unlock"]);
    assert!(office.is_locked());
    assert_eq!(unlock(&office, PIN), None);
    ask(&office, "vorgang.show", &json!({ "vorgang": VORGANG }));
}

#[tokio::test]
async fn a_desk_nobody_touches_locks_itself() {
    let (_folder, clock, office) = desk_with_pin().await;
    ask(&office, "session.set_rules", &json!({ "idle_minutes": 5 }));
    clock.later(4 * MINUTE_MS);
    ask(&office, "vorgang.list", &json!({}));
    clock.later(4 * MINUTE_MS);
    ask(&office, "vorgang.list", &json!({}));
    clock.later(6 * MINUTE_MS);
    assert_eq!(refusal(&office, "vorgang.list", &json!({})), Some(Code::Locked));
    assert_eq!(ask(&office, "session.state", &json!({}))["locked"], true);
    // A clock set back opens nothing.
    clock.later(-6 * MINUTE_MS);
    assert_eq!(refusal(&office, "vorgang.list", &json!({})), Some(Code::Locked));
}

#[tokio::test]
async fn without_a_pin_nothing_is_locked_for_good() {
    let (folder, clock) = (Folder::of(ANNA).await, Clock::new());
    let office = folder.open_with(Arc::clone(&clock) as _).unwrap();
    office.begin_locked();
    clock.later(DAY_MS);
    ask(&office, "vorgang.list", &json!({}));
    assert_eq!(refusal(&office, "session.lock", &json!({})), Some(Code::PinMissing));
}

#[tokio::test]
async fn guessing_takes_longer_each_time_and_starting_again_does_not_help() {
    let (folder, clock, office) = desk_with_pin().await;
    ask(&office, "session.lock", &json!({}));
    for _ in 0..3 {
        assert_eq!(unlock(&office, "000001"), Some(Code::PinWrong));
    }
    assert_eq!(unlock(&office, PIN), Some(Code::PinLater), "the right one has to wait as well");
    drop(office);
    let office = folder.open_with(Arc::clone(&clock) as _).unwrap();
    office.begin_locked();
    assert_eq!(unlock(&office, PIN), Some(Code::PinLater));
    clock.later(6_000);
    assert_eq!(unlock(&office, "000001"), Some(Code::PinWrong));
    clock.later(6_000);
    assert_eq!(unlock(&office, PIN), Some(Code::PinLater), "now it is ten seconds");
    clock.later(5_000);
    assert_eq!(unlock(&office, PIN), None);
    ask(&office, "session.lock", &json!({}));
    assert_eq!(unlock(&office, "000001"), Some(Code::PinWrong), "the count begins anew");
}

#[tokio::test]
async fn a_new_pin_needs_the_old_one() {
    let (_folder, _clock, office) = desk_with_pin().await;
    let set = |old: Value| {
        let payload = json!({ "old": old, "new": "314159" });
        refusal(&office, "session.set_pin", &payload)
    };
    assert_eq!(set(Value::Null), Some(Code::PinWrong));
    assert_eq!(set(json!("000001")), Some(Code::PinWrong));
    assert_eq!(set(json!(PIN)), None);
    ask(&office, "session.lock", &json!({}));
    assert_eq!(unlock(&office, PIN), Some(Code::PinWrong));
    assert_eq!(unlock(&office, "314159"), None);
}
