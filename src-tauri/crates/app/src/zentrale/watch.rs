//! Keeps a desk reconciled for as long as it is open.

use std::time::Duration;

use kontor_sync::{SyncError, greet, sync_with};
use kontor_wire::{Hello, Position};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

use super::backoff::Backoff;
use super::hints::{Hint, Hints};
use super::sign_in::renew;
use super::{Contact, HttpPort, State, meta};
use crate::{AppError, Class, Code, Office};

/// Without any hint it is asked so often, in case hints do not get through at all.
const ASK_EVERY: Duration = Duration::from_mins(1);
/// The same while no live connection stands.
const ASK_BLINDLY: Duration = Duration::from_secs(5);
/// First words are trusted for so long while a live connection stands; rights that change end it.
const GREETING_HOLDS: Duration = Duration::from_mins(5);

/// Keeps the desk reconciled until `stop`: at once when something is entered here or hinted at
/// there, and again after every failure. `state` always shows how it stands.
///
/// # Errors
/// Only where trying again would not help: [`Code::NotConnected`], [`Code::Unauthenticated`],
/// [`Code::ClientTooOld`], damage to stored data and the like. What was entered stays where it is.
pub async fn watch(
    office: &Office,
    state: &watch::Sender<State>,
    stop: impl Future<Output = ()>,
) -> Result<(), AppError> {
    let (address, token) = meta::access(office)?;
    let port = HttpPort::new(address, &token)?;
    let heard = watch::channel(Heard::default());
    let mut following = Following {
        office,
        port,
        state,
        heard,
        greeting: None,
        listening: JoinSet::new(),
        backoff: Backoff::new(),
        news: 0,
    };
    tokio::select! {
        biased;
        () = stop => Ok(()),
        failed = following.follow() => {
            let code = failed.code;
            state.send_modify(|state| state.contact = Contact::Stopped { code });
            Err(failed)
        }
    }
}

/// What hints have said so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Heard {
    /// The feed reaches at least this far.
    head: Position,
    /// How often a live connection began or ended. First words are good for one of them.
    connections: u64,
    /// Whether one stands.
    standing: bool,
}

/// First words, and what they are good for.
struct Greeting {
    hello: Hello,
    at: Instant,
    connections: u64,
}

struct Following<'a> {
    office: &'a Office,
    port: HttpPort,
    state: &'a watch::Sender<State>,
    heard: (watch::Sender<Heard>, watch::Receiver<Heard>),
    greeting: Option<Greeting>,
    /// The task that waits for hints; ends with us.
    listening: JoinSet<()>,
    backoff: Backoff,
    news: u64,
}

impl Following<'_> {
    /// Goes on until trying again would not help.
    async fn follow(&mut self) -> AppError {
        loop {
            if let Err(error) = self.show_waiting() {
                return error;
            }
            match self.contact().await {
                Ok(()) => self.rest().await,
                Err(error) if is_final(error.code) => return error,
                Err(error) => self.pause(&error).await,
            }
        }
    }

    /// One reconciliation, with first words heard before if they are still good.
    async fn contact(&mut self) -> Result<(), AppError> {
        let heard = *self.heard.1.borrow_and_update();
        match self.reconcile(heard).await {
            // The Zentrale came back from a backup, or the mirror was begun anew.
            Err(SyncError::GreetAgain) => {
                self.greeting = None;
                self.reconcile(heard).await?;
            }
            Err(error) => {
                self.greeting = None;
                let error = AppError::from(error);
                match error.code {
                    // If it is the copy of the Zentrale's data, it is fetched anew.
                    Code::WorkDamaged => self.office.heal()?,
                    Code::Unauthenticated if renew(self.office, &self.port).await? => {}
                    _ => return Err(error),
                }
                self.reconcile(heard).await?;
            }
            Ok(()) => {}
        }
        meta::note_contact(self.office)?;
        self.backoff.reset();
        self.show(Contact::Online)?;
        self.listen(heard);
        Ok(())
    }

    async fn reconcile(&mut self, heard: Heard) -> Result<(), SyncError> {
        let _alone = self.office.reconciling.lock().await;
        let desk = self.office.shared_desk();
        let good = self.greeting.take().filter(|greeting| {
            greeting.connections == heard.connections && greeting.at.elapsed() < GREETING_HOLDS
        });
        let mut greeting = match good {
            Some(greeting) => greeting,
            None => Greeting {
                hello: greet(desk, &self.port, self.office.world()).await?,
                at: Instant::now(),
                connections: heard.connections,
            },
        };
        greeting.hello.head.seq = greeting.hello.head.seq.max(heard.head);
        let report =
            sync_with(desk, &self.port, self.office.world(), greeting.hello.clone()).await?;
        if report.settled + report.received + report.documents + report.rebuilt + report.told > 0 {
            self.news += 1;
        }
        self.greeting = Some(greeting);
        Ok(())
    }

    /// Until there may be something to do.
    async fn rest(&mut self) {
        let standing = self.heard.1.borrow().standing;
        let ask = if standing { ASK_EVERY } else { ASK_BLINDLY };
        tokio::select! {
            () = self.office.entered.notified() => {}
            _ = self.heard.1.changed() => {}
            () = sleep(ask) => self.greeting = None,
        }
    }

    /// After a failure: a while, or until a live connection stands again.
    async fn pause(&mut self, error: &AppError) {
        tracing::info!(code = %error.code, cause = %error.technical(), "no contact with the Zentrale");
        let contact = match error.code.class() {
            Class::Offline => match self.state.borrow().contact {
                offline @ Contact::Offline { .. } => offline,
                _ => Contact::Offline { since: self.office.world().now() },
            },
            _ => Contact::Disturbed { code: error.code },
        };
        let over = Instant::now() + self.backoff.next(error.retry_after_seconds);
        loop {
            // Its count is not worth ending for.
            let _ = self.show(contact);
            tokio::select! {
                () = sleep_until(over) => return,
                _ = self.heard.1.changed() => return,
                // Counted, but no reason to try earlier.
                () = self.office.entered.notified() => {}
            }
        }
    }

    fn show_waiting(&self) -> Result<(), AppError> {
        let contact = self.state.borrow().contact;
        self.show(contact)
    }

    fn show(&self, contact: Contact) -> Result<(), AppError> {
        let waiting = self.office.desk()?.work().waiting_count()?;
        let now = State { contact, waiting, news: self.news };
        self.state.send_if_modified(|state| std::mem::replace(state, now) != now);
        Ok(())
    }

    /// Begins to wait for hints, once it is known how the Zentrale gives them.
    fn listen(&mut self, heard: Heard) {
        if !self.listening.is_empty() {
            return;
        }
        let Some(greeting) = &self.greeting else { return };
        let limits = greeting.hello.limits;
        let after = greeting.hello.head.seq.max(heard.head);
        let hints = Hints::new(self.port.clone(), limits, after);
        self.listening.spawn(listen(hints, self.heard.0.clone()));
    }
}

/// Passes hints on. That they stop coming is passed on too, once: whoever follows finds out what it
/// means.
async fn listen(mut hints: Hints, heard: watch::Sender<Heard>) {
    let mut backoff = Backoff::new();
    let mut failing = false;
    loop {
        match hints.next().await {
            Ok(hint) => {
                failing = false;
                pass_on(hint, &heard);
                if let Hint::At(_) = hint {
                    backoff.reset();
                }
            }
            Err(error) => {
                if !std::mem::replace(&mut failing, true) {
                    pass_on(Hint::Ended, &heard);
                }
                let error = AppError::from(error);
                sleep(backoff.next(error.retry_after_seconds)).await;
            }
        }
    }
}

fn pass_on(hint: Hint, heard: &watch::Sender<Heard>) {
    heard.send_if_modified(|heard| match hint {
        Hint::At(position) => {
            let news = position > heard.head;
            heard.head = heard.head.max(position);
            heard.standing = true;
            news
        }
        Hint::Began | Hint::Ended => {
            heard.connections += 1;
            heard.standing = hint == Hint::Began;
            true
        }
    });
}

/// Whether only a person can help.
fn is_final(code: Code) -> bool {
    match code.class() {
        Class::SignIn | Class::Damaged | Class::Usage => true,
        Class::Offline => false,
        Class::Failed => matches!(
            code,
            Code::ClientTooOld | Code::ClientTooNew | Code::WorkTooNew | Code::ProgramUnfit
        ),
    }
}
