//! The open profile behind the windows.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use kontor_app::event::Event;
use kontor_app::{
    AppError, AskPassphrase, Background, Code, KeySource, Office, Passphrase, PersonId, Profile,
    SystemWorld,
};

use crate::args::Args;
use crate::zentrale::Embedded;

/// A variable for starts that nobody watches.
const VARIABLE: &str = "KONTOR_PASSPHRASE";

/// Told of everything that happens without being asked for.
type Tell = Arc<dyn Fn(Event) + Send + Sync>;

/// The profile, from the first moment of the program to its last.
pub(crate) struct Desk(Arc<Inner>);

struct Inner {
    plan: Plan,
    tell: Tell,
    phase: Mutex<Phase>,
    moved: Condvar,
}

/// What is to be opened.
struct Plan {
    folder: PathBuf,
    zentrale: Option<String>,
    person: Option<PersonId>,
}

enum Phase {
    Opening,
    Failed(Code),
    Open(Open),
    Closed,
}

struct Open {
    office: Arc<Office>,
    _background: Background,
    _embedded: Option<Embedded>,
}

impl Desk {
    /// Begins to open a profile, on a thread of its own. `tell` is called from any thread.
    pub(crate) fn begin(
        args: &Args,
        folder: PathBuf,
        tell: impl Fn(Event) + Send + Sync + 'static,
    ) -> Self {
        let plan = Plan { folder, zentrale: args.zentrale.clone(), person: args.person };
        let inner = Arc::new(Inner {
            plan,
            tell: Arc::new(tell),
            phase: Mutex::new(Phase::Opening),
            moved: Condvar::new(),
        });
        let opening = Arc::clone(&inner);
        let given = std::env::var(VARIABLE).ok().filter(|text| !text.is_empty());
        let passphrase = given.map(Passphrase::new);
        let begun = thread::Builder::new()
            .name("opening".to_owned())
            .spawn(move || opening.open(passphrase));
        if begun.is_err() {
            inner.set(Phase::Failed(Code::Internal));
        }
        Self(inner)
    }

    /// Tries once more, with a passphrase: where there is no key store, somebody has to know it.
    pub(crate) fn open_with(&self, passphrase: String) -> Result<(), AppError> {
        {
            let mut phase = self.0.phase();
            match *phase {
                Phase::Failed(_) => *phase = Phase::Opening,
                Phase::Opening | Phase::Open(_) => return Ok(()),
                Phase::Closed => return Err(Code::Internal.into()),
            }
        }
        self.0.open(Some(Passphrase::new(passphrase)));
        self.office().map(|_| ())
    }

    /// The office; waits while it is being opened.
    pub(crate) fn office(&self) -> Result<Arc<Office>, AppError> {
        let mut phase = self.0.phase();
        loop {
            match &*phase {
                Phase::Opening => {
                    phase = self.0.moved.wait(phase).unwrap_or_else(PoisonError::into_inner);
                }
                Phase::Failed(code) => return Err((*code).into()),
                Phase::Open(open) => return Ok(Arc::clone(&open.office)),
                Phase::Closed => return Err(Code::Internal.into()),
            }
        }
    }

    /// Where everything of this desk lies.
    pub(crate) fn folder(&self) -> &Path {
        &self.0.plan.folder
    }

    /// Ends what runs beside the windows. Everything entered is on the disk already.
    pub(crate) fn close(&self) {
        self.0.set(Phase::Closed);
    }
}

impl Inner {
    fn open(&self, passphrase: Option<Passphrase>) {
        let phase = match self.opened(passphrase) {
            Ok(open) => Phase::Open(open),
            Err(error) => {
                tracing::error!(code = %error.code, cause = %error.technical(), "the profile does not open");
                Phase::Failed(error.code)
            }
        };
        self.set(phase);
    }

    fn opened(&self, passphrase: Option<Passphrase>) -> Result<Open, AppError> {
        let Plan { folder, zentrale, person } = &self.plan;
        let profile = Profile::lock(folder)?;
        let source =
            if passphrase.is_some() { KeySource::Passphrase } else { KeySource::Automatic };
        let key = profile.key(source, &mut Given(passphrase))?;
        let office = Arc::new(Office::open(profile, &key, Arc::new(SystemWorld))?);
        office.begin_locked();
        // Whoever asks for a list first does not wait for all that lies on the desk.
        let ahead = Arc::clone(&office);
        thread::spawn(move || {
            if let Err(error) = ahead.prepare_lists() {
                tracing::warn!(code = %error.code, "the lists are not ready");
            }
        });
        let own = folder.join("zentrale");
        let works_alone = zentrale.is_none() && (own.is_dir() || !office.is_connected()?);
        let embedded = works_alone.then(|| Embedded::begin(Arc::clone(&office), own, *person));
        let tell = Arc::clone(&self.tell);
        let background = Background::begin(Arc::clone(&office), move |event| tell(event))
            .map_err(|error| AppError::new(Code::Internal).because(error))?;
        Ok(Open { office, _background: background, _embedded: embedded })
    }

    fn set(&self, phase: Phase) {
        let before = std::mem::replace(&mut *self.phase(), phase);
        self.moved.notify_all();
        // Waits for threads; not while others wait for the phase.
        drop(before);
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A passphrase handed over, good for one try.
struct Given(Option<Passphrase>);

impl AskPassphrase for Given {
    fn choose(&mut self) -> Option<Passphrase> {
        self.0.take()
    }

    fn enter(&mut self, _was_wrong: bool) -> Option<Passphrase> {
        self.0.take()
    }
}
