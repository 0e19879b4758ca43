//! The one write path.

use std::collections::BTreeMap;

use kontor_domain::{Choice, Feld, Feldwert, Intent, Refusal, ResolveConflict, Status, VorgangId};
use kontor_wire::{Deferral, Head, Outcome, Position};
use kontor_zentrale::storage::{Draft, Footprint, Sealed, StorageError};
use kontor_zentrale::verify::verify;
use serde_json::value::RawValue;

use super::database::Database;
use super::office::{BERND, GEWERBEAMT, KREIS, STADT, anna, desk, query, results, unit};

fn bytes(sealed: &Sealed) -> Vec<&str> {
    sealed.results.iter().map(|result| result.get()).collect()
}

pub(crate) async fn a_repeated_push_gets_the_same_bytes(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    let (vorgang, create) = anna.vorgang(GEWERBEAMT);
    let unknown = VorgangId::new(anna.id());
    let status = |to| anna.field(vorgang, Feldwert::Status(Status::Offen), Feldwert::Status(to));
    let request = anna.request(&[
        create,
        anna.notiz(vorgang, "Unterlagen vollständig"),
        anna.notiz(unknown, "ins Leere"),
        status(Status::Wartet),
        status(Status::InBearbeitung),
    ]);
    let first = anna.send(storage, &request).await;
    assert_eq!(first.head.seq, Position(4));
    let outcomes: Vec<_> = results(&first).into_iter().map(|result| result.outcome).collect();
    assert!(
        matches!(
            outcomes[..],
            [
                Outcome::Accepted { seq: Position(1) },
                Outcome::Accepted { seq: Position(2) },
                Outcome::Rejected { refusal: Refusal::Unknown },
                Outcome::Merged { seq: Position(3) },
                Outcome::Conflict { seq: Position(4), .. },
            ]
        ),
        "{outcomes:?}"
    );
    let again = anna.send(storage, &request).await;
    assert_eq!(bytes(&again), bytes(&first));
    assert_eq!(again.head, first.head);
    assert_eq!(storage.feed_state(KREIS).await.unwrap().head, first.head);
    // Mixed with something new, old answers stay the same and only the new one moves the feed.
    let mut mixed = request;
    mixed.entries.extend(anna.request(&[anna.notiz(vorgang, "neu")]).entries);
    let mixed = anna.send(storage, &mixed).await;
    assert_eq!(bytes(&mixed)[..5], bytes(&first));
    assert_eq!(mixed.head.seq, Position(5));
}

pub(crate) async fn an_id_that_comes_back_with_other_content_changes_nothing(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    let vorgang = anna.opened(storage, GEWERBEAMT).await;
    let notiz = anna.notiz(vorgang, "eins");
    let mut other = anna.notiz(vorgang, "zwei");
    other.id = notiz.id;
    anna.enter(storage, &[notiz]).await;
    let before = storage.feed_state(KREIS).await.unwrap();
    let answers = anna.enter(storage, &[other]).await;
    assert_eq!(answers[0].outcome, Outcome::Deferred { reason: Deferral::IdReused });
    assert_eq!(storage.feed_state(KREIS).await.unwrap(), before);
}

pub(crate) async fn an_entry_waits_for_its_parents(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    let (vorgang, create) = anna.vorgang(GEWERBEAMT);
    let refused = anna.notiz(VorgangId::new(anna.id()), "ins Leere");
    let child = anna.notiz(vorgang, "hängt an beiden");
    let lone = anna.notiz(vorgang, "hängt an nichts");
    let mut request = anna.request(&[create.clone(), refused.clone(), child, lone]);
    request.entries[2].parents = vec![create.id, refused.id];
    let answers = results(&anna.send(storage, &request).await);
    assert_eq!(answers[2].outcome, Outcome::Deferred { reason: Deferral::Parent });
    assert!(matches!(answers[3].outcome, Outcome::Accepted { .. } | Outcome::Merged { .. }));
    // Deferred is not final: with a parent from an earlier batch it goes through.
    let mut request = anna.request(&[anna.notiz(vorgang, "nächster Tag")]);
    request.entries[0].parents = vec![create.id];
    let answers = results(&anna.send(storage, &request).await);
    assert!(matches!(answers[0].outcome, Outcome::Accepted { .. } | Outcome::Merged { .. }));
}

pub(crate) async fn a_decision_goes_on_the_contradiction_it_decides(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    let vorgang = anna.opened(storage, GEWERBEAMT).await;
    let status = |to| anna.field(vorgang, Feldwert::Status(Status::Offen), Feldwert::Status(to));
    let decide = |conflict, choice| {
        let choices = BTreeMap::from([(Feld::Status, choice)]);
        let resolve = ResolveConflict { entity: vorgang.into(), conflict, choices, grund: None };
        anna.entry(1, Intent::ResolveConflict(resolve))
    };
    // In one batch, and in two.
    let meets = status(Status::InBearbeitung);
    let mut request = anna.request(&[
        status(Status::Wartet),
        meets.clone(),
        decide(meets.id, Choice::Theirs),
        anna.notiz(vorgang, "baut auf dem, was zwei Fassungen hat"),
    ]);
    request.entries[2].parents = vec![meets.id];
    request.entries[3].parents = vec![meets.id];
    let answers = results(&anna.send(storage, &request).await);
    assert!(matches!(answers[1].outcome, Outcome::Conflict { .. }), "{answers:?}");
    assert!(
        matches!(answers[2].outcome, Outcome::Accepted { .. } | Outcome::Merged { .. }),
        "{answers:?}"
    );
    assert_eq!(answers[3].outcome, Outcome::Deferred { reason: Deferral::Parent });

    let meets = status(Status::InBearbeitung);
    let answers = anna.enter(storage, std::slice::from_ref(&meets)).await;
    assert!(matches!(answers[0].outcome, Outcome::Conflict { .. }), "{answers:?}");
    let mut request = anna.request(&[decide(meets.id, Choice::Mine)]);
    request.entries[0].parents = vec![meets.id];
    let answers = results(&anna.send(storage, &request).await);
    assert!(!matches!(answers[0].outcome, Outcome::Deferred { .. }), "{answers:?}");
}

/// A draft that does what it is told to its batch before it is written.
struct Spoilt(fn(Sealed) -> Result<Sealed, StorageError>, Sealed);

impl Draft for Spoilt {
    fn seal(self: Box<Self>, _head: Head) -> Result<Sealed, StorageError> {
        self.0(self.1)
    }
}

pub(crate) async fn a_batch_is_written_whole_or_not_at_all(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    let vorgang = anna.opened(storage, GEWERBEAMT).await;
    let sealed = anna.send(storage, &anna.request(&[anna.notiz(vorgang, "wird gestohlen")])).await;
    let before = storage.feed_state(KREIS).await.unwrap();
    let spoils: [fn(Sealed) -> Result<Sealed, StorageError>; 4] = [
        |_| Err(StorageError::Damaged("on purpose")),
        // Its rows stand elsewhere.
        Ok,
        // Its last row is missing.
        |mut sealed| {
            sealed.rows.clear();
            sealed.head.seq = Position(3);
            Ok(sealed)
        },
        // Everything is in order but an entry that is there already.
        |mut sealed| {
            sealed.rows.clear();
            sealed.stands.clear();
            Ok(sealed)
        },
    ];
    for spoil in spoils {
        let copy = || Sealed {
            rows: sealed.rows.clone(),
            stands: sealed.stands.clone(),
            digests: sealed.digests.clone(),
            entries: sealed.entries.clone(),
            references: sealed.references.clone(),
            results: Vec::<Box<RawValue>>::new(),
            head: sealed.head,
        };
        let done = storage
            .transact(KREIS, &Footprint::default(), &|_| Ok(Box::new(Spoilt(spoil, copy()))))
            .await;
        assert!(done.is_err());
        assert_eq!(storage.feed_state(KREIS).await.unwrap(), before);
        assert_eq!(verify(storage, KREIS).await.unwrap().findings, []);
    }
    let done = storage
        .transact(KREIS, &Footprint::default(), &|_| Err(StorageError::Damaged("on purpose")))
        .await;
    assert!(matches!(done, Err(StorageError::Damaged("on purpose"))), "{done:?}");
}

pub(crate) async fn a_thing_that_exists_cannot_be_made_again(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    let bernd = desk(KREIS, BERND, 0x0B);
    let (vorgang, create) = anna.vorgang(GEWERBEAMT);
    let (_, mut clash) = bernd.vorgang(GEWERBEAMT);
    if let kontor_domain::Intent::CreateVorgang(create) = &mut clash.intent {
        create.vorgang = vorgang;
    }
    anna.enter(storage, &[create]).await;
    let answers = bernd.enter(storage, &[clash]).await;
    assert_eq!(answers[0].outcome, Outcome::Rejected { refusal: Refusal::IdTaken });
}

pub(crate) async fn nobody_writes_for_an_unknown_mandant(database: Database) {
    let storage = &*database.storage;
    let nowhere = kontor_domain::MandantId::new(uuid::Uuid::from_u128(0xDEAD));
    let lost = desk(nowhere, BERND, 0x0F);
    let (_, create) = lost.vorgang(GEWERBEAMT);
    let done = lost.try_send(storage, &lost.request(&[create])).await;
    assert!(
        matches!(
            done,
            Err(kontor_zentrale::push::PushError::Storage(StorageError::UnknownMandant))
        ),
        "{done:?}"
    );
    let feed = storage.feed(nowhere, &query(0, &[unit(GEWERBEAMT)], &[], 10)).await;
    assert!(matches!(feed, Err(StorageError::UnknownMandant)));
    assert!(matches!(storage.feed_state(nowhere).await, Err(StorageError::UnknownMandant)));
    let epoch = storage.set_epoch(nowhere, super::office::EPOCH).await;
    assert!(matches!(epoch, Err(StorageError::UnknownMandant)));
    let document =
        kontor_zentrale::storage::DocumentRow { hash: super::office::document(1), size_bytes: 1 };
    let noted = storage.add_document(nowhere, BERND, document).await;
    assert!(matches!(noted, Err(StorageError::UnknownMandant)), "{noted:?}");
}

pub(crate) async fn a_mandant_is_set_up_once(database: Database) {
    let storage = &*database.storage;
    let mandanten = storage.mandanten().await.unwrap();
    assert_eq!(mandanten.iter().map(|mandant| mandant.id).collect::<Vec<_>>(), [KREIS, STADT]);
    let again = storage.create_mandant(&mandanten[0], kontor_wire::Epoch(uuid::Uuid::nil())).await;
    assert!(matches!(again, Err(StorageError::Database { .. })), "{again:?}");
    let fresh = kontor_wire::Epoch(uuid::Uuid::from_u128(77));
    storage.set_epoch(KREIS, fresh).await.unwrap();
    assert_eq!(storage.feed_state(KREIS).await.unwrap().epoch, fresh);
    assert_eq!(storage.feed_state(STADT).await.unwrap().epoch, super::office::EPOCH);
    storage.ping().await.unwrap();
}
