//! Einreichungen and keys.

use kontor_domain::Moment;
use kontor_fit_connect::{EinreichungId, ZustellpunktId};
use kontor_zentrale::storage::{EinreichungRow, Lage, SchluesselRow};
use uuid::Uuid;

use super::database::Database;
use super::office::{KREIS, STADT};

fn row(n: u128, due: i64) -> EinreichungRow {
    EinreichungRow {
        id: EinreichungId::new(Uuid::from_u128(n)),
        lage: Lage::Open,
        due: Moment::from_unix_ms(due),
        version: 1,
        record: "{}".to_owned(),
    }
}

pub(crate) async fn an_einreichung_is_remembered_once(database: Database) {
    let storage = &*database.storage;
    assert!(storage.add_einreichung(KREIS, &row(1, 5)).await.unwrap());
    assert!(!storage.add_einreichung(KREIS, &row(1, 9)).await.unwrap());
    assert_eq!(storage.einreichung(KREIS, row(1, 0).id).await.unwrap(), Some(row(1, 5)));
    assert_eq!(storage.einreichung(STADT, row(1, 0).id).await.unwrap(), None);
}

pub(crate) async fn of_two_that_go_on_one_is_too_late(database: Database) {
    let storage = &*database.storage;
    storage.add_einreichung(KREIS, &row(1, 5)).await.unwrap();
    let next = |record: &str| EinreichungRow { version: 2, record: record.to_owned(), ..row(1, 6) };
    assert!(storage.replace_einreichung(KREIS, &next("\"a\"")).await.unwrap());
    assert!(!storage.replace_einreichung(KREIS, &next("\"b\"")).await.unwrap());
    assert!(!storage.replace_einreichung(STADT, &next("\"c\"")).await.unwrap());
    assert_eq!(storage.einreichung(KREIS, row(1, 0).id).await.unwrap(), Some(next("\"a\"")));
}

pub(crate) async fn what_is_due_comes_in_its_order(database: Database) {
    let storage = &*database.storage;
    for (n, due) in [(1, 30), (2, 10), (3, 20), (4, 99)] {
        storage.add_einreichung(KREIS, &row(n, due)).await.unwrap();
    }
    let held = EinreichungRow { lage: Lage::Held, version: 2, ..row(3, 20) };
    storage.replace_einreichung(KREIS, &held).await.unwrap();
    let due = async |lage, until, max| {
        let until = Moment::from_unix_ms(until);
        storage.einreichungen(KREIS, lage, until, max).await.unwrap()
    };
    assert_eq!(due(Lage::Open, 50, 10).await, [row(2, 10), row(1, 30)]);
    assert_eq!(due(Lage::Open, 50, 1).await, [row(2, 10)]);
    assert_eq!(due(Lage::Held, i64::MAX, 10).await, [held]);
    assert_eq!(due(Lage::Done, i64::MAX, 10).await, []);
}

pub(crate) async fn a_key_has_one_row(database: Database) {
    let storage = &*database.storage;
    let key = |record: &str| SchluesselRow {
        kid: "schluessel-1".parse().unwrap(),
        zustellpunkt: ZustellpunktId::new(Uuid::from_u128(7)),
        record: record.to_owned(),
        sealed: vec![1, 2, 3],
    };
    storage.put_schluessel(KREIS, &key("\"a\"")).await.unwrap();
    storage.put_schluessel(KREIS, &key("\"b\"")).await.unwrap();
    assert_eq!(storage.schluessel(KREIS).await.unwrap(), [key("\"b\"")]);
    assert_eq!(storage.schluessel(STADT).await.unwrap(), []);
}
