//! A Zentrale that was set back to an old copy without telling anybody: same epoch, shorter feed. Desks
//! notice, lose nothing, and bring back what they had been told was accepted (promise I15).

use std::sync::{Arc, Mutex};

use kontor_domain::VorgangId;
use kontor_sync::{Desk, sync};
use kontor_zentrale::operator::Operator;
use kontor_zentrale::router;
use kontor_zentrale::storage::Storage as _;

use crate::house::{Direct, Here, House, intention, note, open_storage, shown, zentrale};

const TEXT: &str = "Der Antrag liegt vor.";

#[tokio::test]
async fn a_desk_heals_a_zentrale_that_forgot() {
    heal_after(0).await;
}

#[tokio::test]
async fn a_desk_heals_a_zentrale_that_forgot_and_went_on() {
    heal_after(5).await;
}

/// `others` entries of somebody else reach the restored Zentrale before the desk does.
async fn heal_after(others: usize) {
    let house = House::new().await;
    let before = house.way("anna").await;
    let vorgang = house.vorgang("baeckerei");
    let old = house.path("old.db");
    house.storage.backup(&old).unwrap();
    let desk = house.desk("anna");
    sync(&desk, &before, &Here).await.unwrap();
    desk.lock().unwrap().enter(intention(note(vorgang, TEXT))).unwrap();
    sync(&desk, &before, &Here).await.unwrap();
    assert_eq!(notes(&desk, vorgang), 1);

    let restored = zentrale(Arc::new(open_storage(&old)));
    let anna = Some(house.person("anna"));
    let mut operator = Operator::acting_as(&restored, house.demo.mandant, anna).await.unwrap();
    for _ in 0..others {
        operator.enter(note(vorgang, "Inzwischen.")).await.unwrap();
    }
    let after = Direct { router: router(restored), token: before.token };
    sync(&desk, &after, &Here).await.unwrap();

    assert_eq!(notes(&desk, vorgang), 1, "the desk lost what it had been told was accepted");
    let stands = open_storage(&old).stands(house.demo.mandant, &[vorgang.into()]).await.unwrap();
    assert_eq!(stands[0].state.get().matches(TEXT).count(), 1, "the Zentrale was not healed");
}

fn notes(desk: &Mutex<Desk>, vorgang: VorgangId) -> usize {
    let vorgang = shown(desk, vorgang).unwrap();
    vorgang.notizen.values().filter(|notiz| notiz.text.as_str() == TEXT).count()
}
