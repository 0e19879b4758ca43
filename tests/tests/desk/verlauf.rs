//! What happened to a Vorgang: the feed brings it, what is older is asked for, and it goes with it.

use std::sync::Mutex;

use kontor_domain::{
    ChangeFelder, EntityRef, Feldaenderung, Feldwert, Intent, PersonId, Scope, VorgangId,
};
use kontor_sync::{Desk, Listener, Verlauf, sync};

use crate::house::{Direct, Here, House, intention, note};

#[tokio::test]
async fn what_is_older_than_the_desk_is_fetched_when_somebody_asks() {
    let house = House::new().await;
    let way = house.way("bernd").await;
    let desk = house.desk("bernd");
    let anker = house.vorgang("anker");
    sync(&desk, &way, &Here).await.unwrap();
    assert_eq!(known(&desk, anker), (vec![], false), "nobody has asked");

    // The feed brings what is new, without a question.
    house.operator("anna").await.enter(note(anker, "Rückruf.")).await.unwrap();
    sync(&desk, &way, &Here).await.unwrap();
    assert_eq!(known(&desk, anker), (vec![5], false));

    desk.lock().unwrap().take_changed(Listener::Window);
    desk.lock().unwrap().want_verlauf(anker.into());
    sync(&desk, &way, &Here).await.unwrap();
    assert_eq!(known(&desk, anker), (vec![5, 4, 3, 2, 1], true));
    assert!(desk.lock().unwrap().take_changed(Listener::Window).things.contains(&anker.into()));
    let rows = verlauf(&desk, anker).rows;
    assert_eq!(rows[0].author, house.person("anna"));
    assert!(rows[0].events.contains("Rückruf."));
    assert!(rows[4].events.contains("recorded"));

    // And it stays complete, also without the Zentrale.
    house.operator("anna").await.enter(note(anker, "Noch einmal.")).await.unwrap();
    sync(&desk, &way, &Here).await.unwrap();
    drop(desk);
    assert_eq!(known(&house.desk("bernd"), anker), (vec![6, 5, 4, 3, 2, 1], true));
}

#[tokio::test]
async fn own_entries_are_told_once() {
    let house = House::new().await;
    let way = house.way("bernd").await;
    let desk = house.desk("bernd");
    let anker = house.vorgang("anker");
    sync(&desk, &way, &Here).await.unwrap();
    let entered = desk.lock().unwrap().enter(intention(note(anker, "Rückruf."))).unwrap();
    assert_eq!(known(&desk, anker).0, Vec::<u64>::new());
    sync(&desk, &way, &Here).await.unwrap();
    let rows = verlauf(&desk, anker).rows;
    assert_eq!(rows.iter().map(|row| row.intent).collect::<Vec<_>>(), [entered.id]);
    assert!(desk.lock().unwrap().entry(entered.id).is_none());
}

/// The right is gone, and so is every word of what happened.
#[tokio::test]
async fn it_goes_with_the_thing() {
    let house = House::new().await;
    let way = house.way("bernd").await;
    let desk = house.desk("bernd");
    let anker = house.vorgang("anker");
    let carport = house.vorgang("carport");
    sync(&desk, &way, &Here).await.unwrap();
    fetch(&desk, &way, anker).await;
    assert!(known(&desk, anker).1);
    let away = ChangeFelder {
        entity: anker.into(),
        changes: vec![
            Feldaenderung::new(
                Feldwert::Einheit(house.demo.einheiten["gewerbeamt"]),
                Feldwert::Einheit(house.demo.einheiten["bauamt"]),
            )
            .unwrap(),
            unassigned(house.person("bernd")),
        ],
        grund: Some("Zuständig ist das Bauamt.".parse().unwrap()),
    };
    house.operator("bernd").await.enter(Intent::ChangeFelder(away)).await.unwrap();
    sync(&desk, &way, &Here).await.unwrap();
    assert_eq!(rows_of(&desk, anker), 0);

    // Somebody of the new unit reads all of it, and why it came.
    let clara = house.desk("clara");
    let way = house.way("clara").await;
    sync(&clara, &way, &Here).await.unwrap();
    fetch(&clara, &way, anker).await;
    let told = verlauf(&clara, anker);
    assert!(told.complete);
    assert!(told.rows[0].events.contains("Zuständig ist das Bauamt."));
    // Whoever may not see a thing gets nothing, and is not kept from anything else.
    desk.lock().unwrap().want_verlauf(carport.into());
    sync(&desk, &house.way("bernd").await, &Here).await.unwrap();
    assert_eq!(rows_of(&desk, carport), 0);
    let scopes = desk.lock().unwrap().mirror().scopes().unwrap();
    assert!(scopes.iter().any(|row| row.scope == Scope::Stammdaten));
}

fn unassigned(person: PersonId) -> Feldaenderung {
    Feldaenderung::new(Feldwert::Zuweisung(Some(person)), Feldwert::Zuweisung(None)).unwrap()
}

async fn fetch(desk: &Mutex<Desk>, way: &Direct, vorgang: VorgangId) {
    desk.lock().unwrap().want_verlauf(vorgang.into());
    sync(desk, way, &Here).await.unwrap();
}

fn verlauf(desk: &Mutex<Desk>, vorgang: VorgangId) -> Verlauf {
    desk.lock().unwrap().verlauf(vorgang.into(), 100).unwrap()
}

/// Revisions that are told, and whether nothing is missing.
fn known(desk: &Mutex<Desk>, vorgang: VorgangId) -> (Vec<u64>, bool) {
    let verlauf = verlauf(desk, vorgang);
    (verlauf.rows.iter().map(|row| row.revision.number()).collect(), verlauf.complete)
}

/// Also where the thing itself is not here.
fn rows_of(desk: &Mutex<Desk>, vorgang: VorgangId) -> usize {
    let desk = desk.lock().unwrap();
    desk.mirror().verlauf(EntityRef::from(vorgang), 100).unwrap().len()
}
