//! What happens to a desk without anybody at it having done it is told there, and what they wrote stays
//! readable.

use std::sync::Mutex;

use kontor_domain::{
    ChangeFelder, Entity, EntityRef, Feldaenderung, Feldwert, Intent, Person, PersonId,
};
use kontor_store::work::{Fate, NewNotice, NoticeKind};
use kontor_sync::{Desk, sync};

use crate::house::{Here, House, intention, note, shown};

#[tokio::test]
async fn a_lost_right_is_told_and_the_note_stays_readable() {
    let house = House::new().await;
    let way = house.way("anna").await;
    let desk = house.desk("anna");
    let anker = house.vorgang("anker");
    sync(&desk, &way, &Here).await.unwrap();
    assert_eq!(told(&desk), [], "nothing happened yet");
    let entered = desk.lock().unwrap().enter(intention(note(anker, "Rückruf."))).unwrap();

    let before = person(&desk, house.person("anna"));
    let gone = Intent::RecordPerson(Person { einheiten: [].into(), ..before.clone() });
    house.operator("emine").await.enter(gone).await.unwrap();
    sync(&desk, &way, &Here).await.unwrap();

    assert!(shown(&desk, anker).is_none(), "the right is gone and the Vorgang is here");
    let [notice] = told(&desk)[..] else { panic!("{:?}", told(&desk)) };
    let einheit = before.einheiten.first().copied().unwrap();
    assert_eq!((notice.kind, notice.entries), (NoticeKind::RightLost, 1));
    assert_eq!(notice.subject, Some(EntityRef::from(einheit)));
    let stored = desk.lock().unwrap().work().entry(entered.id).unwrap().unwrap();
    assert_eq!(stored.fate, Fate::Refused);
    assert!(stored.body.contains("Rückruf."));
    // It is told once.
    sync(&desk, &way, &Here).await.unwrap();
    assert_eq!(told(&desk).len(), 1);
}

#[tokio::test]
async fn a_thing_that_left_is_told_to_whoever_had_written_something_about_it() {
    let house = House::new().await;
    let [anna, bernd] = [house.way("anna").await, house.way("bernd").await];
    let [hers, his] = [house.desk("anna"), house.desk("bernd")];
    let anker = house.vorgang("anker");
    sync(&hers, &anna, &Here).await.unwrap();
    sync(&his, &bernd, &Here).await.unwrap();
    hers.lock().unwrap().enter(intention(note(anker, "Rückruf."))).unwrap();

    let carport = shown_to_clara(&house).await;
    let from = shown(&his, anker).unwrap().einheit;
    let to = Feldaenderung::new(Feldwert::Einheit(from), Feldwert::Einheit(carport)).unwrap();
    let entity = anker.into();
    let moved = Intent::ChangeFelder(ChangeFelder { entity, changes: vec![to], grund: None });
    house.operator("bernd").await.enter(moved).await.unwrap();
    sync(&hers, &anna, &Here).await.unwrap();
    sync(&his, &bernd, &Here).await.unwrap();

    let [notice] = told(&hers)[..] else { panic!("{:?}", told(&hers)) };
    assert_eq!((notice.kind, notice.entries), (NoticeKind::ThingLeft, 1));
    assert_eq!(notice.subject, Some(entity));
    assert_eq!(told(&his), [], "whoever wrote nothing hears nothing");
}

/// The unit of Clara, as her own desk knows it.
async fn shown_to_clara(house: &House) -> kontor_domain::EinheitId {
    let desk = house.desk("clara");
    sync(&desk, &house.way("clara").await, &Here).await.unwrap();
    shown(&desk, house.vorgang("carport")).unwrap().einheit
}

fn person(desk: &Mutex<Desk>, person: PersonId) -> Person {
    match desk.lock().unwrap().stand(person.into()).unwrap().unwrap().entity {
        Entity::Person(person) => person,
        _ => panic!("no Person"),
    }
}

fn told(desk: &Mutex<Desk>) -> Vec<NewNotice> {
    let notices = desk.lock().unwrap().work().notices().unwrap();
    notices.into_iter().map(|stored| stored.notice).collect()
}
