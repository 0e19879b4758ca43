use std::collections::BTreeSet;

use clap::Args;
use kontor_domain::{DocumentHash, Entity, MandantId, Schriftstueck};
use serde_json::json;

use super::failure::Failure;
use super::output::Output;
use crate::Zentrale;
use crate::storage::StorageError;
use crate::verify::verify;

#[derive(Debug, Args)]
pub(super) struct Verify {}

impl Verify {
    pub(super) async fn run(self, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
        let mut findings = 0;
        let mandanten = zentrale.storage().mandanten().await?;
        if mandanten.is_empty() {
            return Err(Failure::not_set_up());
        }
        for mandant in mandanten {
            let report = verify(zentrale.storage(), mandant.id).await?;
            let mut found: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
            let documents = documents(zentrale, mandant.id).await?;
            for hash in &documents {
                if !zentrale.documents().is_intact(mandant.id, *hash).await? {
                    found.push(format!("the document {hash} is missing or not what its name says"));
                }
            }
            findings += found.len();
            let value = json!({
                "mandant": mandant.id,
                "rows": report.rows,
                "things": report.things,
                "entries": report.entries,
                "documents": documents.len(),
                "findings": found,
            });
            let mut sentence = format!(
                "{}: {} Zeilen im Verlauf, {} Sachen, {} Einträge, {} Dokumente geprüft.",
                mandant.name,
                report.rows,
                report.things,
                report.entries,
                documents.len()
            );
            for finding in &found {
                sentence.push_str("\n  ");
                sentence.push_str(finding);
            }
            output.say(&value, &sentence);
        }
        if findings == 0 { Ok(()) } else { Err(Failure::damaged(findings)) }
    }
}

/// Documents that are there, and those that things say are there.
async fn documents(
    zentrale: &Zentrale,
    mandant: MandantId,
) -> Result<BTreeSet<DocumentHash>, Failure> {
    const ROWS: usize = 1_000;
    let mut hashes: BTreeSet<_> = zentrale.documents().hashes(mandant).await?.into_iter().collect();
    let mut after = None;
    loop {
        let things = zentrale.storage().things(mandant, after, ROWS).await?;
        for thing in &things {
            let entity = serde_json::from_str(thing.state.get())
                .map_err(|_| StorageError::Damaged("a thing is no thing"))?;
            let schriftstuecke = match &entity {
                Entity::Eingang(eingang) => &eingang.schriftstuecke,
                Entity::Vorgang(vorgang) => &vorgang.schriftstuecke,
                Entity::Einheit(_)
                | Entity::Person(_)
                | Entity::Aktenplaneintrag(_)
                | Entity::Leistungspaket(_)
                | Entity::Akte(_) => continue,
            };
            hashes.extend(schriftstuecke.values().flat_map(Schriftstueck::hashes));
        }
        if things.len() < ROWS {
            return Ok(hashes);
        }
        after = things.last().map(|thing| thing.entity);
    }
}
