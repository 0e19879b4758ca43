use clap::{Args, Subcommand};
use kontor_domain::Moment;
use kontor_fit_connect::jwk::KeyUse;
use kontor_fit_connect::key::{KeyState, PrivateKey};
use kontor_fit_connect::{EinreichungId, ZustellpunktId};
use serde_json::json;

use super::failure::Failure;
use super::output::Output;
use crate::Zentrale;
use crate::config::Config;
use crate::einreichung::{Record, Setup, Step};
use crate::storage::Lage;
use crate::world::new_id;

#[derive(Debug, Subcommand)]
pub(super) enum FitConnect {
    /// Erzeugt die Schlüssel eines Zustellpunkts und zeigt die öffentlichen.
    Keys(Keys),
    /// Listet Anträge auf, die noch nicht fertig sind oder auf Sie warten.
    List,
    /// Gibt einen angehaltenen Antrag wieder frei.
    Release(Release),
}

#[derive(Debug, Args)]
pub(super) struct Keys {
    /// Kennung des Zustellpunkts.
    #[arg(long)]
    zustellpunkt: ZustellpunktId,
}

#[derive(Debug, Args)]
pub(super) struct Release {
    /// Kennung der Einreichung, wie `fit-connect list` sie zeigt.
    einreichung: EinreichungId,
}

const SHOWN_MAX: usize = 10_000;

impl FitConnect {
    pub(super) async fn run(
        self,
        config: &Config,
        zentrale: &Zentrale,
        output: &Output,
    ) -> Result<(), Failure> {
        let missing = || Failure::unknown("In den Einstellungen fehlt der Abschnitt fit_connect.");
        let setups = &config.fit_connect;
        match self {
            Self::Keys(keys) => {
                let of = |it: &&Setup| it.environment.zustellpunkte.contains(&keys.zustellpunkt);
                let setup = setups.iter().find(of).ok_or_else(missing)?;
                keys.generate(setup, zentrale, output).await
            }
            Self::List => {
                for setup in setups {
                    list(setup, zentrale, output).await?;
                }
                Ok(())
            }
            Self::Release(release) => {
                for setup in setups {
                    let intake = setup.intake(zentrale).await?;
                    if intake.release(release.einreichung).await? {
                        let value = json!({ "einreichung": release.einreichung, "released": true });
                        output.say(&value, "Der Antrag wird weiter bearbeitet.");
                        return Ok(());
                    }
                }
                Err(Failure::unknown("Ein angehaltener Antrag mit dieser Kennung ist nicht da."))
            }
        }
    }
}

impl Keys {
    async fn generate(
        self,
        setup: &Setup,
        zentrale: &Zentrale,
        output: &Output,
    ) -> Result<(), Failure> {
        let store = setup.key_store()?;
        // A new key for decryption waits until it is the Zustellpunkt's; to sign, the newest counts.
        for (key_use, state) in
            [(KeyUse::Encryption, KeyState::Generated), (KeyUse::Signature, KeyState::Current)]
        {
            let kid = new_id(zentrale.world()).to_string();
            let kid =
                kid.parse().map_err(|_| Failure::unknown("Der Schlüssel hat keinen Namen."))?;
            let key = PrivateKey::generate(kid, key_use)
                .map_err(|_| Failure::unknown("Der Schlüssel konnte nicht erzeugt werden."))?;
            let places = (zentrale.storage(), zentrale.world());
            store
                .put(places, setup.mandant, self.zustellpunkt, (&key, state))
                .await
                .map_err(crate::einreichung::SetupError::from)?;
            let jwk = key.public_jwk().to_json();
            output.say(&json!({ "kid": key.kid(), "jwk": jwk }), &jwk);
        }
        Ok(())
    }
}

async fn list(setup: &Setup, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
    let ever = Moment::from_unix_ms(i64::MAX);
    for lage in [Lage::Held, Lage::Open] {
        let storage = zentrale.storage();
        for row in storage.einreichungen(setup.mandant, lage, ever, SHOWN_MAX).await? {
            let record = Record::read(&row)?;
            let why = match &record.step {
                Step::Held { reason, .. } => serde_json::to_value(reason).unwrap_or_default(),
                _ => serde_json::Value::Null,
            };
            let step = record.step.name();
            let value =
                json!({ "einreichung": row.id, "step": step, "since": record.since, "why": why });
            output.say(&value, &format!("{}  {step}  {why}", row.id));
        }
    }
    Ok(())
}
