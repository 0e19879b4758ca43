//! Everything a workstation has open: the desk, the clock, and whoever waits for news.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use kontor_domain::{Akteur, Day, Moment, PersonId};
use kontor_store::database::DatabaseError;
use kontor_store::disk::OsDisk;
use kontor_store::documents::DocumentStore;
use kontor_store::key::DataKey;
use kontor_store::mirror::Mirror;
use kontor_store::work::Work;
use kontor_sync::{Changed, Desk, DeskError, Listener, World};
use tokio::sync::Notify;

use crate::register::Register;
use crate::session::Guard;
use crate::suche::Suche;
use crate::zentrale::{State, local_zone, meta};
use crate::{AppError, Code, Profile};

mod mirror;
mod register;

/// An open profile. Shared by the window's threads and the one that talks to the Zentrale.
pub struct Office {
    profile: Profile,
    key: DataKey,
    desk: Arc<Mutex<Desk>>,
    documents: Arc<DocumentStore>,
    world: Arc<dyn World>,
    /// Rung when something was entered that the Zentrale should hear at once.
    pub(crate) entered: Notify,
    /// Rung when somebody has connected or signed in anew.
    pub(crate) connected: Notify,
    /// Held by whoever reconciles: two at once would fetch and send everything twice.
    pub(crate) reconciling: tokio::sync::Mutex<()>,
    /// How it stood with the Zentrale when that was last looked at.
    contact: Mutex<State>,
    pub(crate) guard: Guard,
    register: Mutex<Register>,
    pub(crate) suche: Suche,
    rebuilt: bool,
}

impl Office {
    /// Opens what lies in a profile, or begins it.
    ///
    /// A damaged or foreign `mirror.db` is taken away and begun anew. A `work.db` that does not open
    /// stays exactly as it is.
    ///
    /// # Errors
    /// [`Code::WorkDamaged`], [`Code::WorkForeign`], [`Code::WorkTooNew`] and others of the group
    /// „The machine and the profile“.
    pub fn open(profile: Profile, key: &DataKey, world: Arc<dyn World>) -> Result<Self, AppError> {
        let documents = Arc::new(DocumentStore::open(&profile.documents(), Arc::new(OsDisk), key)?);
        // First: without it nothing may be decided about the mirror.
        let work = Work::open(&profile.work(), key, None)?;
        let (mirror, mut rebuilt) = mirror::open(&profile, key)?;
        let mut desk = match Desk::new(work, mirror, Arc::clone(&documents)) {
            Err(DeskError::Database(error @ DatabaseError::Damaged { .. })) => {
                // Which of the two it was, only a look at `work.db` tells.
                let work = Work::open(&profile.work(), key, None)?;
                work.check()?;
                tracing::warn!(%error, "the mirror is damaged and begins anew");
                mirror::remove(&profile.mirror())?;
                rebuilt = true;
                let mirror = Mirror::open(&profile.mirror(), key, None)?;
                Desk::new(work, mirror, Arc::clone(&documents))?
            }
            opened => opened?,
        };
        if rebuilt {
            desk.tell_rebuilt(world.now())?;
        }
        let guard = Guard::open(desk.work(), world.now())?;
        let suche = Suche::new(profile.suche(), key);
        Ok(Self {
            profile,
            key: key.clone(),
            desk: Arc::new(Mutex::new(desk)),
            documents,
            world,
            entered: Notify::new(),
            connected: Notify::new(),
            reconciling: tokio::sync::Mutex::default(),
            contact: Mutex::new(State::BEGINNING),
            guard,
            register: Mutex::default(),
            suche,
            rebuilt,
        })
    }

    /// The profile's folder.
    pub fn dir(&self) -> &Path {
        self.profile.dir()
    }

    /// Whether the copy of the Zentrale's data had to be begun anew when this profile was opened.
    pub fn mirror_was_rebuilt(&self) -> bool {
        self.rebuilt
    }

    /// Looks for the cause after damage was met while working: a damaged mirror is begun anew.
    ///
    /// # Errors
    /// [`Code::WorkDamaged`] if it is `work.db`, which is left as it is.
    pub fn heal(&self) -> Result<(), AppError> {
        let mut desk = self.desk()?;
        // One that met a failing disk calls everything damaged from then on.
        desk.work_mut().reopen()?;
        desk.work().check()?;
        if desk.mirror().check().is_ok() {
            return Ok(());
        }
        tracing::warn!("the mirror is damaged and begins anew");
        mirror::replace(&self.profile, &self.key, &mut desk)?;
        desk.tell_rebuilt(self.world().now())?;
        self.entered.notify_one();
        self.suche.ring();
        Ok(())
    }

    /// Whoever signed in here.
    ///
    /// # Errors
    /// [`Code::StoredUnreadable`], and those of the group „The machine and the profile“.
    pub fn person(&self) -> Result<Option<PersonId>, AppError> {
        Ok(self.desk()?.akteur()?.map(|akteur| akteur.person))
    }

    /// Whether a Zentrale has ever been spoken to from here.
    ///
    /// # Errors
    /// Those of the group „The machine and the profile“.
    pub fn is_connected(&self) -> Result<bool, AppError> {
        Ok(meta::url(self.desk()?.work())?.is_some())
    }

    /// What may look different since this was last asked, beside what answers named themselves.
    /// Worth asking whenever [`State::news`](crate::zentrale::State::news) has grown.
    ///
    /// # Errors
    /// [`Code::Internal`] after a panic elsewhere.
    pub fn take_changed(&self) -> Result<Changed, AppError> {
        Ok(self.desk()?.take_changed(Listener::Window))
    }

    /// How it stood with the Zentrale when that was last looked at.
    pub(crate) fn contact(&self) -> State {
        *self.contact.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes how it stands with the Zentrale now.
    pub(crate) fn note_contact(&self, state: State) {
        // It may have said something new.
        self.suche.ring();
        *self.contact.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }

    /// The desk, for one step. Nobody keeps it over a wait.
    pub(crate) fn desk(&self) -> Result<MutexGuard<'_, Desk>, AppError> {
        self.desk.lock().map_err(|_| Code::Internal.into())
    }

    /// The desk as `kontor_sync` wants it.
    pub(crate) fn shared_desk(&self) -> &Mutex<Desk> {
        &self.desk
    }

    pub(crate) fn documents(&self) -> &DocumentStore {
        &self.documents
    }

    /// The day the calendar of this machine shows; `None` if its clock says nothing.
    pub(crate) fn today(&self) -> Option<Day> {
        self.day_of(self.world.now())
    }

    /// The day of a moment in the zone of this machine.
    #[expect(clippy::unused_self, reason = "the zone is the machine's this office is open on")]
    pub(crate) fn day_of(&self, moment: Moment) -> Option<Day> {
        let moment = Timestamp::from_millisecond(moment.unix_ms()).ok()?;
        Day::from_date(moment.to_zoned_datetime(local_zone()).date())
    }

    pub(crate) fn world(&self) -> &dyn World {
        &*self.world
    }

    /// Whoever works here, with the rights last heard of.
    pub(crate) fn akteur(&self) -> Result<Akteur, AppError> {
        self.desk()?.akteur()?.ok_or_else(|| Code::NotSignedIn.into())
    }
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Office").field("dir", &self.dir()).finish_non_exhaustive()
    }
}
