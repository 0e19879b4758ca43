//! Nothing crosses between two authorities, even where their ids are the same.

use kontor_domain::{Moment, Scope};
use kontor_fit_connect::{EinreichungId, ZustellpunktId};
use kontor_wire::Position;
use kontor_zentrale::storage::{
    DeviceRow, DocumentRow, EinreichungRow, FeedQuery, Lage, SchluesselRow, Storage,
};
use kontor_zentrale::verify::verify;

use super::database::Database;
use super::office::{ANNA, BAUAMT, EPOCH, GEWERBEAMT, KREIS, STADT, desk, document, query, unit};

async fn einreichungen_stay_apart(storage: &dyn Storage) {
    let row = EinreichungRow {
        id: EinreichungId::new(uuid::Uuid::from_u128(1)),
        lage: Lage::Open,
        due: Moment::from_unix_ms(0),
        version: 1,
        record: "{}".to_owned(),
    };
    let key = SchluesselRow {
        kid: "schluessel-1".parse().unwrap(),
        zustellpunkt: ZustellpunktId::new(uuid::Uuid::from_u128(2)),
        record: "{}".to_owned(),
        sealed: vec![1],
    };
    assert!(storage.add_einreichung(KREIS, &row).await.unwrap());
    storage.put_schluessel(KREIS, &key).await.unwrap();
    assert_eq!(storage.einreichung(STADT, row.id).await.unwrap(), None);
    let next = EinreichungRow { version: 2, ..row.clone() };
    assert!(!storage.replace_einreichung(STADT, &next).await.unwrap());
    assert_eq!(storage.einreichungen(STADT, Lage::Open, row.due, 10).await.unwrap(), []);
    assert_eq!(storage.schluessel(STADT).await.unwrap(), []);
    assert_eq!(storage.einreichung(KREIS, row.id).await.unwrap(), Some(row));
}

pub(crate) async fn two_mandanten_never_see_each_other(database: Database) {
    let storage = &*database.storage;
    // The same person, the same ids, the same document in both; only the Kreis has them at first.
    let (here, there) = (desk(KREIS, ANNA, 0x0A), desk(STADT, ANNA, 0x0A));
    let (vorgang, create) = here.vorgang(GEWERBEAMT);
    let entries = [
        create.clone(),
        here.schriftstueck(vorgang, document(1)),
        here.move_to(vorgang, GEWERBEAMT, BAUAMT),
    ];
    let request = here.request(&entries);
    let bytes = DocumentRow { hash: document(1), size_bytes: 3 };
    let device = DeviceRow {
        token_hash: [1; 32],
        person: ANNA,
        name: "Laptop".to_owned(),
        added: Moment::from_unix_ms(0),
    };
    storage.add_document(KREIS, ANNA, bytes).await.unwrap();
    let sealed = here.send(storage, &request).await;
    assert_eq!(sealed.head.seq, Position(4));
    storage.add_device(KREIS, &device).await.unwrap();

    let everything: FeedQuery =
        query(0, &[Scope::Stammdaten, unit(GEWERBEAMT), unit(BAUAMT)], &[vorgang.into()], 100);
    let slice = storage.feed(STADT, &everything).await.unwrap();
    assert!(slice.rows.is_empty() && slice.to == Position(0));
    assert!(slice.digests.values().all(|digest| digest.rows == 0 && digest.sum == 0));
    assert_eq!(storage.feed_state(STADT).await.unwrap().head.seq, Position(0));
    assert_eq!(storage.chain_at(STADT, Position(1)).await.unwrap(), None);
    assert!(storage.chain(STADT, Position(0), 10).await.unwrap().is_empty());
    assert!(storage.stands(STADT, &[vorgang.into()]).await.unwrap().is_empty());
    assert!(storage.scope_page(STADT, unit(BAUAMT), None, 10).await.unwrap().is_empty());
    let verlauf = storage.verlauf(STADT, vorgang.into(), Position(99), 10).await.unwrap();
    assert!(verlauf.is_empty());
    assert!(storage.things(STADT, None, 10).await.unwrap().is_empty());
    assert!(storage.entries(STADT, None, 10).await.unwrap().is_empty());
    assert_eq!(storage.document(STADT, document(1)).await.unwrap(), None);
    assert!(storage.uploaded(STADT, ANNA, &[document(1)]).await.unwrap().is_empty());
    assert!(storage.referrers(STADT, document(1), 10).await.unwrap().is_empty());
    assert!(storage.devices(STADT).await.unwrap().is_empty());
    assert!(!storage.revoke_device(STADT, [1; 32]).await.unwrap());

    einreichungen_stay_apart(storage).await;

    // The Stadt has never heard of any of it, so the same ids are new there.
    let stranger = desk(STADT, ANNA, 0x0D);
    let refused = stranger.enter(storage, &[stranger.notiz(vorgang, "ins Leere")]).await;
    assert!(matches!(refused[0].outcome, kontor_wire::Outcome::Rejected { .. }));
    storage.add_document(STADT, ANNA, bytes).await.unwrap();
    let sealed = there.send(storage, &request).await;
    assert_eq!(sealed.head.seq, Position(4));
    storage.set_epoch(STADT, kontor_wire::Epoch(uuid::Uuid::from_u128(1))).await.unwrap();

    // And the Kreis does not notice.
    assert_eq!(storage.feed_state(KREIS).await.unwrap().epoch, EPOCH);
    assert_eq!(storage.feed(KREIS, &everything).await.unwrap().rows.len(), 4);
    for mandant in [KREIS, STADT] {
        assert_eq!(verify(storage, mandant).await.unwrap().findings, []);
    }
    assert_eq!(storage.device([1; 32]).await.unwrap(), Some((KREIS, device)));
}
