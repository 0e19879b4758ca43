//! Values and rules of the office.
//!
//! Everything here is pure: no clock, no disk, no network, no randomness, no hash-map order. The
//! workstation and the Zentrale link this crate, so both give the same answer to the same intent;
//! that is what makes working offline honest.
//!
//! Start with [`Intent`] (what a clerk wants), [`decide()`] (what the office's rules say to it) and
//! [`apply()`] (what it changes).

mod akte;
mod aktenplan;
mod aktenzeichen;
mod apply;
mod authorise;
mod bestand;
mod conflict;
mod decide;
mod dependency;
mod document_hash;
mod eingang;
mod entity;
mod event;
mod extra;
mod feld;
mod id;
mod intent;
mod organisation;
mod refusal;
mod schriftstueck;
mod text;
mod time;
mod vorgang;

pub use akte::Akte;
pub use aktenplan::{Aktenplaneintrag, Aufbewahrung};
pub use aktenzeichen::{Aktenplanschluessel, Aktenzeichen, InvalidAktenzeichen};
pub use apply::{ApplyError, apply};
pub use authorise::{Akteur, authorise, may_read};
pub use bestand::{Bestand, Revision, Stand};
pub use conflict::{Choice, Conflict, Contest, Side};
pub use decide::{Decision, decide};
pub use dependency::depends_on;
pub use document_hash::{DocumentHash, InvalidDocumentHash};
pub use eingang::{Eingang, Kanal, Verbleib};
pub use entity::{Entity, EntityKind, EntityRef, InvalidEntityRef, Scope};
pub use event::{Event, Events};
pub use extra::Extra;
pub use feld::{Feld, Feldaenderung, Felder, Feldwert, InvalidFeld};
pub use id::{
    AkteId, AktenplaneintragId, EingangId, EinheitId, FassungId, FristId, InstanceId, IntentId,
    MandantId, NotizId, PersonId, SchriftstueckId, VorgangId, WiedervorlageId,
};
pub use intent::{
    AddFassung, AddNotiz, AddSchriftstueck, AddWiedervorlage, AssignEingang, ChangeFelder, Class,
    CompleteWiedervorlage, CreateAkte, CreateVorgang, Entry, Intent, RecordEingang,
    ResolveConflict,
};
pub use organisation::{Mandant, Organisationseinheit, Person, Rolle};
pub use refusal::Refusal;
pub use schriftstueck::{Dateiname, Fassung, Format, Medientyp, Schriftstueck};
pub use text::{Betreff, InvalidText, Name, Text};
pub use time::{Day, InvalidDay, Moment};
pub use vorgang::{Frist, Leistungsschluessel, Notiz, Stamp, Status, Vorgang, Wiedervorlage};
