//! The first contact, and single ones.

use kontor_domain::{Mandant, PersonId};
use kontor_sync::calls;
use kontor_sync::{Report, sync};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::sign_in::{Renewal, renew};
use super::{Address, HttpPort, Token, meta};
use crate::{AppError, Code, Office};

/// What a reconciliation did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reconciled {
    /// Entries the Zentrale decided.
    pub settled: usize,
    /// Entries it has not decided yet.
    pub deferred: usize,
    /// Things and changes taken over from it.
    pub received: usize,
    /// Documents sent and fetched.
    pub documents: usize,
    /// Parts of the copy that were fetched anew because they differed.
    pub rebuilt: usize,
    /// Entries that still wait.
    pub waiting: u64,
}

impl Reconciled {
    pub(super) fn of(report: &Report, waiting: u64) -> Self {
        let Report { settled, deferred, received, documents, rebuilt, told: _ } = *report;
        Self { settled, deferred, received, documents, rebuilt, waiting }
    }
}

/// A workstation that knows its Zentrale now.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Connected {
    /// Its authority.
    #[schemars(with = "Value")]
    pub mandant: Mandant,
    /// Whoever works here.
    #[schemars(with = "String")]
    pub person: PersonId,
    /// What the first reconciliation did.
    pub reconciled: Reconciled,
}

/// Connects a workstation with a Zentrale and fetches what belongs on it. One profile belongs to one
/// person of one authority for good; another token of the same person is welcome.
///
/// # Errors
/// [`Code::OtherPerson`], [`Code::OtherZentrale`], and everything of the group „The Zentrale“. If
/// the Zentrale does not answer or does not know the token, nothing is remembered.
pub async fn connect(
    office: &Office,
    address: Address,
    token: &Token,
) -> Result<Connected, AppError> {
    connect_renewable(office, address, token, None).await
}

/// The same with a token of a provider, and what the next one is asked with.
pub(super) async fn connect_renewable(
    office: &Office,
    address: Address,
    token: &Token,
    renewal: Option<&Renewal>,
) -> Result<Connected, AppError> {
    let port = HttpPort::new(address.clone(), token)?;
    let hello = calls::hello(&port).await?;
    {
        let mut desk = office.desk()?;
        if desk.akteur()?.is_some_and(|akteur| akteur.person != hello.akteur.person) {
            return Err(Code::OtherPerson.into());
        }
        if meta::mandant(desk.work())?.is_some_and(|mandant| mandant.id != hello.mandant.id) {
            return Err(Code::OtherZentrale.into());
        }
        meta::remember(desk.work_mut(), &address, token, renewal, &hello.mandant)?;
    }
    office.connected.notify_one();
    let reconciled = reconcile(office, &port).await?;
    Ok(Connected { mandant: hello.mandant, person: hello.akteur.person, reconciled })
}

/// Reconciles once, until nothing is left to do.
///
/// # Errors
/// [`Code::NotConnected`], and everything of the group „The Zentrale“.
pub async fn sync_once(office: &Office) -> Result<Reconciled, AppError> {
    let (address, token) = meta::access(office)?;
    let port = HttpPort::new(address, &token)?;
    match reconcile(office, &port).await {
        Err(error) if error.code == Code::Unauthenticated && renew(office, &port).await? => {
            reconcile(office, &port).await
        }
        done => done,
    }
}

async fn reconcile(office: &Office, port: &HttpPort) -> Result<Reconciled, AppError> {
    let _alone = office.reconciling.lock().await;
    let desk = office.shared_desk();
    let report = match sync(desk, port, office.world()).await.map_err(AppError::from) {
        // Damage met on the way: if it is the copy of the Zentrale's data, it is fetched anew.
        Err(error) if error.code == Code::WorkDamaged => {
            office.heal()?;
            sync(desk, port, office.world()).await?
        }
        done => done?,
    };
    meta::note_contact(office)?;
    let waiting = office.desk()?.work().waiting_count()?;
    Ok(Reconciled::of(&report, waiting))
}
