//! The demonstration holds what it promises, on a real Zentrale.
#![expect(clippy::unwrap_used, reason = "helpers outside of #[test]")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use futures_util::TryStreamExt;
use kontor_demo::load;
use kontor_domain::{DocumentHash, Moment};
use kontor_zentrale::auth::oidc::Providers;
use kontor_zentrale::config::Config;
use kontor_zentrale::world::SystemWorld;
use kontor_zentrale::{Parts, Places, Zentrale};

/// A Wednesday afternoon.
const NOW: Moment = Moment::from_unix_ms(1_795_615_200_000);

async fn zentrale(folder: &Path) -> Zentrale {
    let database = format!("sqlite:{}", folder.join("zentrale.db").display());
    let mut config = Config { database, ..Config::default() };
    config.documents.folder = Some(folder.join("dokumente"));
    Zentrale::new(Parts {
        storage: config.database().unwrap().open().await.unwrap(),
        documents: config.object_store().unwrap().unwrap(),
        world: Arc::new(SystemWorld),
        providers: Providers::new(Vec::new()).unwrap(),
        limits: config.limits().unwrap(),
        places: Places::default(),
    })
}

async fn papers(folder: &Path) -> BTreeSet<DocumentHash> {
    let zentrale = zentrale(folder).await;
    let kreis = load(&zentrale, NOW).await.unwrap();
    assert!(kreis.vorgaenge >= 300, "{} Vorgänge", kreis.vorgaenge);
    let hashes = zentrale.documents().hashes(kreis.mandant).await.unwrap();
    for hash in hashes.iter().step_by(40) {
        let mut pieces = zentrale.documents().read(kreis.mandant, *hash, None).await.unwrap();
        let begin = pieces.try_next().await.unwrap().unwrap();
        assert!(begin.starts_with(b"%PDF-"), "{hash}");
    }
    hashes.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_kreis_is_the_same_every_time_and_has_its_papers() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (one, other) = tokio::join!(papers(one.path()), papers(other.path()));
    assert!(one.len() >= 600, "{} papers", one.len());
    assert_eq!(one, other);
}
