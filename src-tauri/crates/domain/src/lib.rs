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
mod as_text;
mod authorise;
mod bestand;
mod conflict;
mod decide;
mod dependency;
mod document_hash;
mod eingang;
mod entity;
mod entity_json;
mod entity_ref;
mod entry;
mod event;
mod extra;
mod feld;
mod felder;
mod feldwert;
mod format;
mod frist;
mod id;
mod intent;
mod kalender;
mod leistung;
mod leistungspaket;
mod organisation;
mod person;
mod refusal;
mod schriftstueck;
mod scope;
mod stamp;
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
pub use entity::Entity;
pub use entity_ref::{EntityKind, EntityRef, InvalidEntityRef};
pub use entry::Entry;
pub use event::{Event, Events};
pub use extra::Extra;
pub use feld::{Feld, InvalidFeld};
pub use felder::Felder;
pub use feldwert::{Feldaenderung, Feldwert};
pub use format::{Dateiname, Format, Medientyp};
pub use frist::{Beginn, Dauer, Frist, Fristrechnung, Hemmung, Reckoned, Schritt};
pub use id::{
    AkteId, AktenplaneintragId, EingangId, EinheitId, FassungId, FristId, InstanceId, IntentId,
    LeistungspaketId, MandantId, NotizId, PersonId, SchriftstueckId, VorgangId, WiedervorlageId,
};
pub use intent::{
    AddFassung, AddNotiz, AddSchriftstueck, AddWiedervorlage, AssignEingang, ChangeFelder, Class,
    CompleteWiedervorlage, CreateAkte, CreateVorgang, Intent, RecordEingang, ResolveConflict,
};
pub use kalender::{InvalidLand, Kalender, Land};
pub use leistung::Leistungsschluessel;
pub use leistungspaket::{
    Abschnitt, Angabe, Anlass, Ansicht, AnsichtAbschnitt, Art, Bedingung, Formularfeld,
    Fristvorlage, InvalidPaket, InvalidPfad, Leistungspaket, NichtLesbar, Paketinhalt, Pfad,
    Schreiben, Schritt as Arbeitsschritt, Unterlage,
};
pub use organisation::{Mandant, Organisationseinheit};
pub use person::{Person, Rolle};
pub use refusal::Refusal;
pub use schriftstueck::{Fassung, Schriftstueck};
pub use scope::Scope;
pub use stamp::Stamp;
pub use text::{Betreff, InvalidText, Name, Text};
pub use time::{Day, InvalidDay, Moment};
pub use vorgang::{Notiz, Status, Vorgang, Wiedervorlage};
