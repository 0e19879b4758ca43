use clap::{Args, Subcommand};
use kontor_domain::{DocumentHash, MandantId, PersonId};
use serde_json::json;

use super::failure::Failure;
use super::mandant;
use super::output::Output;
use crate::auth::device::issue;
use crate::{Zentrale, auth};

#[derive(Debug, Subcommand)]
pub(super) enum Device {
    /// Gibt einem Arbeitsplatz Zugang; das Kennwort wird nur einmal gezeigt.
    Add(Add),
    /// Listet alle Arbeitsplätze mit Zugang auf.
    List(Of),
    /// Entzieht einem Arbeitsplatz den Zugang.
    Revoke(Revoke),
}

#[derive(Debug, Args)]
pub(super) struct Of {
    /// Kennung der Behörde, falls es mehrere gibt.
    #[arg(long)]
    mandant: Option<MandantId>,
}

#[derive(Debug, Args)]
pub(super) struct Add {
    #[command(flatten)]
    of: Of,
    /// Kennung der Person, die dort arbeitet.
    #[arg(long)]
    person: PersonId,
    /// Name des Arbeitsplatzes.
    #[arg(long, default_value = "Arbeitsplatz")]
    name: String,
}

#[derive(Debug, Args)]
pub(super) struct Revoke {
    #[command(flatten)]
    of: Of,
    /// Kennung des Zugangs, wie `device list` sie zeigt.
    device: DocumentHash,
}

impl Device {
    pub(super) async fn run(self, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
        match self {
            Self::Add(add) => add.run(zentrale, output).await,
            Self::List(of) => of.list(zentrale, output).await,
            Self::Revoke(revoke) => revoke.run(zentrale, output).await,
        }
    }
}

/// A device is named by the hash of its token, which signs nobody in.
fn id(token_hash: [u8; 32]) -> DocumentHash {
    DocumentHash::from_bytes(token_hash)
}

impl Add {
    async fn run(self, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
        let mandant = mandant(zentrale, self.of.mandant).await?;
        if auth::person(zentrale.storage(), mandant, self.person).await?.is_none() {
            return Err(Failure::unknown("Diese Person gibt es hier nicht."));
        }
        let device = issue(zentrale.world(), self.person, self.name);
        zentrale.storage().add_device(mandant, &device.row).await?;
        let value = json!({ "device": id(device.row.token_hash), "token": device.token });
        let sentence = format!("Der Zugang wird nur jetzt gezeigt:\n{}", device.token);
        output.say(&value, &sentence);
        Ok(())
    }
}

impl Of {
    async fn list(self, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
        let mandant = mandant(zentrale, self.mandant).await?;
        for device in zentrale.storage().devices(mandant).await? {
            let id = id(device.token_hash);
            let value = json!({ "device": id, "person": device.person, "name": device.name, "added": device.added });
            output.say(&value, &format!("{id}  {}  (Person {})", device.name, device.person));
        }
        Ok(())
    }
}

impl Revoke {
    async fn run(self, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
        let mandant = mandant(zentrale, self.of.mandant).await?;
        if !zentrale.storage().revoke_device(mandant, *self.device.as_bytes()).await? {
            return Err(Failure::unknown("Diesen Zugang gibt es hier nicht."));
        }
        let value = json!({ "device": self.device, "revoked": true });
        output.say(&value, "Der Zugang ist entzogen.");
        Ok(())
    }
}
