//! Whether everything stored here is whole, and what the Zentrale says it should be.

use std::collections::BTreeSet;

use kontor_domain::Scope;
use kontor_store::documents::DocumentError;
use kontor_store::mirror::Fetched;
use kontor_sync::calls;
use kontor_wire::{ChainHash, Digest, Epoch, Head, Position, PullRequest, PullResponse};

use super::Finding;
use crate::zentrale::{HttpPort, meta};
use crate::{AppError, Class, Code, Office};

/// Looks at both databases, at every document, and, if the Zentrale can be reached, at whether the
/// copy here and the history there are what they were.
///
/// # Errors
/// Only if the desk itself cannot be used; everything else is a finding.
pub async fn verify(office: &Office) -> Result<Vec<Finding>, AppError> {
    let mut findings = vec![work(office)?, mirror(office)?, documents(office)?];
    let (scopes, history) = match ask(office).await {
        Ok(asked) => (asked.scopes(office)?, history(Ok(()))),
        Err(error) if error.code == Code::EpochChanged => {
            let skipped = Finding::skipped("scopes", &error);
            (skipped, history(Err(error)))
        }
        Err(error) => {
            let skip = |check| match error.code.class() {
                Class::Offline => Finding::skipped(check, &error),
                _ if error.code == Code::NotConnected => Finding::skipped(check, &error),
                _ => Finding::bad(check, &error),
            };
            (skip("scopes"), skip("history"))
        }
    };
    findings.extend([scopes, history]);
    Ok(findings)
}

fn work(office: &Office) -> Result<Finding, AppError> {
    let checked = office.desk()?.work().check().map_err(AppError::from);
    Ok(Finding::of("work", checked, "Ihre Einträge (work.db) sind unbeschädigt."))
}

fn mirror(office: &Office) -> Result<Finding, AppError> {
    let checked = office.desk()?.mirror().check();
    let checked = checked.map_err(|error| AppError::new(Code::MirrorDamaged).because(error));
    Ok(Finding::of("mirror", checked, "Die Abschrift der Zentrale (mirror.db) ist unbeschädigt."))
}

fn documents(office: &Office) -> Result<Finding, AppError> {
    let store = office.documents();
    let hashes = store.list()?;
    let mut damaged = 0_usize;
    for hash in &hashes {
        match store.verify(*hash) {
            Ok(()) => {}
            Err(DocumentError::Damaged { .. }) => damaged += 1,
            Err(error) => return Ok(Finding::bad("documents", &error.into())),
        }
    }
    // What waits to be sent exists nowhere else.
    let mut lost = 0_usize;
    for upload in office.desk()?.work().open_uploads()? {
        lost += usize::from(!store.contains(upload.hash)?);
    }
    if damaged + lost > 0 {
        let error = AppError::new(Code::DocumentDamaged).saying(format!(
            "Von {} Dokumenten auf diesem Rechner sind {damaged} beschädigt; {lost} weitere, die auf die Zentrale warten, fehlen.",
            hashes.len()
        ));
        return Ok(Finding::bad("documents", &error));
    }
    let sentence = match hashes.len() {
        0 => "Auf diesem Rechner liegen keine Dokumente.".to_owned(),
        1 => "Das Dokument auf diesem Rechner ist unverändert.".to_owned(),
        count => format!("Alle {count} Dokumente auf diesem Rechner sind unverändert."),
    };
    Ok(Finding::good("documents", sentence))
}

/// What the Zentrale says about the place where the copy stands.
struct Asked {
    complete: BTreeSet<Scope>,
    after: Position,
    response: PullResponse,
}

async fn ask(office: &Office) -> Result<Asked, AppError> {
    let (address, token) = meta::access(office)?;
    let (complete, request) = {
        let desk = office.desk()?;
        let place = desk.mirror().place()?.ok_or(Code::NotConnected)?;
        let complete: BTreeSet<Scope> = desk
            .mirror()
            .scopes()?
            .into_iter()
            .filter(|row| row.fetched == Fetched::Complete)
            .map(|row| row.scope)
            .collect();
        let request = PullRequest {
            epoch: Epoch(place.epoch),
            after: Position(place.seq),
            // The Zentrale compares: its chain must still say what we saw there.
            witness: (place.head_seq > 0).then_some(Head {
                seq: Position(place.head_seq),
                hash: ChainHash(place.head_hash),
            }),
            scopes: complete.iter().copied().collect(),
            pins: Vec::new(),
        };
        (complete, request)
    };
    let port = HttpPort::new(address, &token)?;
    let response = calls::pull(&port, &request).await?;
    Ok(Asked { complete, after: request.after, response })
}

impl Asked {
    fn scopes(&self, office: &Office) -> Result<Finding, AppError> {
        let desk = office.desk()?;
        if !self.response.rows.is_empty()
            || desk.mirror().place()?.map(|place| place.seq) != Some(self.after.0)
        {
            return Ok(Finding::doubtful(
                "scopes",
                "Bei der Zentrale gibt es Neueres; verglichen wird, wenn der Arbeitsplatz auf dem Stand ist.",
                "Bitte gleichen Sie ab („kontorctl sync --once“) und prüfen Sie dann noch einmal.",
            ));
        }
        let mut unlike = 0_usize;
        for (scope, digest) in &self.response.digests {
            let here = desk.mirror().sum(*scope)?.unwrap_or_default();
            let here = Digest { rows: here.rows, sum: here.sum };
            unlike += usize::from(self.complete.contains(scope) && here != *digest);
        }
        if unlike > 0 {
            return Ok(Finding::bad("scopes", &Code::Diverged.into()));
        }
        Ok(Finding::good("scopes", "Die Abschrift stimmt mit der Zentrale überein."))
    }
}

fn history(result: Result<(), AppError>) -> Finding {
    Finding::of(
        "history",
        result,
        "Die Zentrale erinnert sich an denselben Verlauf, den dieser Arbeitsplatz gesehen hat.",
    )
}
