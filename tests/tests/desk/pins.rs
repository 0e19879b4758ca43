//! Things somebody wants here beside the work of their units, and does not want any more.

use std::sync::Mutex;

use kontor_domain::{ChangeFelder, EntityRef, Feldaenderung, Feldwert, Intent, VorgangId};
use kontor_store::work::Fate;
use kontor_sync::{Desk, sync};

use crate::house::{Here, House, intention, note, shown};

#[tokio::test]
async fn what_was_unpinned_leaves_the_mirror() {
    let house = House::new().await;
    let way = house.way("frauke").await;
    let desk = house.desk("frauke");
    let carport = house.vorgang("carport");
    pin(&desk, carport);
    sync(&desk, &way, &Here).await.unwrap();
    assert!(shown(&desk, carport).is_some());

    assert!(desk.lock().unwrap().unpin(carport.into()).unwrap());
    assert!(!is_mirrored(&desk, carport), "unpinned and still here");
    assert!(shown(&desk, carport).is_none());
    assert!(!desk.lock().unwrap().unpin(carport.into()).unwrap(), "pinned no more");
    // And does not come back.
    house.operator("clara").await.enter(note(carport, "Lageplan fehlt.")).await.unwrap();
    sync(&desk, &way, &Here).await.unwrap();
    assert!(!is_mirrored(&desk, carport));
}

#[tokio::test]
async fn what_belongs_to_the_own_unit_stays() {
    let house = House::new().await;
    let way = house.way("clara").await;
    let desk = house.desk("clara");
    let carport = house.vorgang("carport");
    pin(&desk, carport);
    sync(&desk, &way, &Here).await.unwrap();
    assert!(desk.lock().unwrap().unpin(carport.into()).unwrap());
    assert!(is_mirrored(&desk, carport));
}

/// Clara works on something of another unit, lets it go before her note has left, and hears all the
/// same what became of it.
#[tokio::test]
async fn a_note_about_something_let_go_arrives_and_is_heard_of() {
    let house = House::new().await;
    let baeckerei = house.vorgang("baeckerei");
    let to_clara = Feldaenderung::new(
        Feldwert::Zuweisung(Some(house.person("anna"))),
        Feldwert::Zuweisung(Some(house.person("clara"))),
    );
    let assign = Intent::ChangeFelder(ChangeFelder {
        entity: baeckerei.into(),
        changes: vec![to_clara.unwrap()],
        grund: None,
    });
    house.operator("anna").await.enter(assign).await.unwrap();
    let way = house.way("clara").await;
    let desk = house.desk("clara");
    pin(&desk, baeckerei);
    sync(&desk, &way, &Here).await.unwrap();
    let entered = desk.lock().unwrap().enter(intention(note(baeckerei, "Rückruf."))).unwrap();

    desk.lock().unwrap().unpin(baeckerei.into()).unwrap();
    assert!(!is_mirrored(&desk, baeckerei));
    sync(&desk, &way, &Here).await.unwrap();
    let stored = desk.lock().unwrap().work().entry(entered.id).unwrap().unwrap();
    assert_eq!(stored.fate, Fate::Accepted);
    assert!(!is_mirrored(&desk, baeckerei));
    assert_eq!(desk.lock().unwrap().entries().count(), 0, "the view waits for a mirror");
}

/// A power cut may undo what the mirror did last, but not what the outbox did.
#[tokio::test]
async fn what_a_power_cut_brought_back_goes_when_the_desk_opens() {
    let house = House::new().await;
    let way = house.way("frauke").await;
    let desk = house.desk("frauke");
    let carport = house.vorgang("carport");
    pin(&desk, carport);
    pin(&desk, house.vorgang("anbau"));
    sync(&desk, &way, &Here).await.unwrap();
    desk.lock().unwrap().work_mut().unpin(carport.into()).unwrap();
    assert!(is_mirrored(&desk, carport));
    drop(desk);
    let desk = house.desk("frauke");
    assert!(!is_mirrored(&desk, carport));
    assert!(is_mirrored(&desk, house.vorgang("anbau")), "pinned all the time");
}

fn pin(desk: &Mutex<Desk>, vorgang: VorgangId) {
    desk.lock().unwrap().work_mut().pin(vorgang.into()).unwrap();
}

fn is_mirrored(desk: &Mutex<Desk>, vorgang: VorgangId) -> bool {
    desk.lock().unwrap().mirror().thing(EntityRef::from(vorgang)).unwrap().is_some()
}
