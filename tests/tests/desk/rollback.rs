//! A Zentrale that was set back to an old copy without telling anybody: same epoch, shorter feed. Desks
//! notice, lose nothing, and bring back what they had been told was accepted (promise I15).

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Method, Request};
use kontor_domain::VorgangId;
use kontor_store::work::NoticeKind;
use kontor_sync::{Desk, Port, Reply, Unreachable, sync};
use kontor_wire::{Epoch, path};
use kontor_zentrale::operator::Operator;
use kontor_zentrale::router;
use kontor_zentrale::storage::Storage as _;
use uuid::Uuid;

use crate::house::{Direct, Here, House, intention, note, open_storage, shown, zentrale};

const TEXT: &str = "Der Antrag liegt vor.";

#[tokio::test]
async fn a_desk_heals_a_zentrale_that_forgot() {
    Fall::default().heal().await;
}

#[tokio::test]
async fn a_desk_heals_a_zentrale_that_forgot_and_went_on() {
    Fall { others: 5, ..Fall::default() }.heal().await;
}

#[tokio::test]
async fn a_desk_without_its_mirror_heals_a_zentrale_that_forgot() {
    Fall { mirror_is_lost: true, ..Fall::default() }.heal().await;
}

#[tokio::test]
async fn a_desk_without_its_mirror_heals_a_zentrale_that_forgot_and_went_on() {
    Fall { others: 5, mirror_is_lost: true, ..Fall::default() }.heal().await;
}

/// As a restore by the book does it.
#[tokio::test]
async fn a_desk_without_its_mirror_heals_a_zentrale_of_a_new_epoch() {
    Fall { others: 5, mirror_is_lost: true, new_epoch: true, ..Fall::default() }.heal().await;
}

/// The result of the push was the last thing heard before the fall.
#[tokio::test]
async fn a_desk_heals_a_zentrale_whose_feed_it_had_not_followed_yet() {
    for others in [0, 1, 5] {
        Fall { others, no_pull: true, ..Fall::default() }.heal().await;
        Fall { others, no_pull: true, mirror_is_lost: others == 0, ..Fall::default() }.heal().await;
    }
}

/// How a Zentrale falls back to what it was before a note came.
#[derive(Default)]
struct Fall {
    /// So many entries of somebody else reach the restored Zentrale before the desk does.
    others: usize,
    mirror_is_lost: bool,
    new_epoch: bool,
    /// Whether the desk never pulled what its note became.
    no_pull: bool,
}

impl Fall {
    async fn heal(self) {
        let house = House::new().await;
        let before = house.way("anna").await;
        let vorgang = house.vorgang("baeckerei");
        let old = house.path("old.db");
        house.storage.backup(&old).unwrap();
        let mut desk = house.desk("anna");
        sync(&desk, &before, &Here).await.unwrap();
        desk.lock().unwrap().enter(intention(note(vorgang, TEXT))).unwrap();
        if self.no_pull {
            sync(&desk, &Mute(before.clone()), &Here).await.unwrap_err();
        } else {
            sync(&desk, &before, &Here).await.unwrap();
        }
        assert_eq!(desk.lock().unwrap().work().waiting_count().unwrap(), 0);
        assert_eq!(notes(&desk, vorgang), 1);

        let storage = Arc::new(open_storage(&old));
        if self.new_epoch {
            let epoch = Epoch(Uuid::now_v7());
            storage.set_epoch(house.demo.mandant, epoch).await.unwrap();
        }
        let restored = zentrale(storage);
        let anna = Some(house.person("anna"));
        let mut operator = Operator::acting_as(&restored, house.demo.mandant, anna).await.unwrap();
        for _ in 0..self.others {
            operator.enter(note(vorgang, "Inzwischen.")).await.unwrap();
        }
        if self.mirror_is_lost {
            drop(desk);
            for name in ["mirror.db", "mirror.db-wal", "mirror.db-shm"] {
                let _ = std::fs::remove_file(house.path("anna").join(name));
            }
            desk = house.desk("anna");
        }
        let after = Direct { router: router(restored), token: before.token };
        sync(&desk, &after, &Here).await.unwrap();

        assert_eq!(notes(&desk, vorgang), 1, "the desk lost what it had been told was accepted");
        let kreis = house.demo.mandant;
        let stands = open_storage(&old).stands(kreis, &[vorgang.into()]).await.unwrap();
        let there = stands[0].state.get().matches(TEXT).count();
        assert_eq!(there, 1, "the Zentrale was not healed");
        // What is healed stays quiet.
        sync(&desk, &after, &Here).await.unwrap();
        assert_eq!(desk.lock().unwrap().entries().count(), 0);
        let told = desk.lock().unwrap().work().notices().unwrap();
        let told: Vec<_> = told.iter().map(|it| (it.notice.kind, it.notice.entries)).collect();
        assert_eq!(told, [(NoticeKind::ZentraleSetBack, 1)], "it is told, once");
    }
}

/// A way on which no pull is answered.
struct Mute(Direct);

impl Port for Mute {
    fn call(&self, request: Request<Bytes>) -> Reply<'_> {
        if request.uri().path() == path::PULL && request.method() == Method::POST {
            return Box::pin(async { Err(Unreachable("the cable is out".to_owned())) });
        }
        self.0.call(request)
    }
}

fn notes(desk: &Mutex<Desk>, vorgang: VorgangId) -> usize {
    let vorgang = shown(desk, vorgang).unwrap();
    vorgang.notizen.values().filter(|notiz| notiz.text.as_str() == TEXT).count()
}
