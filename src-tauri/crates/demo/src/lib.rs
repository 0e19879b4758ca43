//! A Kreis to try Kontor with: units and people, a small Aktenplan, some hundred Vorgänge of the last
//! months with their papers, and an inbox of the last days. The same every time, except that all days
//! count from now.
//!
//! Everything is entered by the people themselves through the one write path; the papers are PDFs
//! made here. Nobody in it exists.

mod anliegen;
mod buerger;
mod calendar;
mod diary;
mod eingang;
mod enter;
mod id;
mod kreis;
mod paper;
mod vorgang;

use std::collections::BTreeMap;

use kontor_domain::{InvalidDay, Mandant, MandantId, Moment, PersonId};
use kontor_wire::Epoch;
use kontor_zentrale::Zentrale;
use kontor_zentrale::documents::DocumentError;
use kontor_zentrale::operator::OperatorError;
use kontor_zentrale::storage::StorageError;
use kontor_zentrale::world::new_id;

use crate::diary::Diary;
use crate::paper::PdfError;

/// What was set up.
#[derive(Debug)]
pub struct Kreis {
    /// The authority.
    pub mandant: MandantId,
    /// Who gets a workstation, by first name: Anna and Bernd work side by side, Clara and Lena
    /// elsewhere, Dirk in the Poststelle.
    pub desks: BTreeMap<&'static str, PersonId>,
    /// How many Vorgänge there are.
    pub vorgaenge: usize,
}

/// Why the demonstration was not set up.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// An entry.
    #[error(transparent)]
    Entry(#[from] OperatorError),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The bytes of a paper.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// Making a paper.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// A day outside the calendar.
    #[error(transparent)]
    Day(#[from] InvalidDay),
    /// A value of the tables that the domain does not take.
    #[error("a value of the demonstration is not valid: {0}")]
    Value(#[from] serde_json::Error),
}

/// Sets up the demonstration as of `now`.
///
/// # Errors
/// If there is a Mandant of this id already, among others.
pub async fn load(zentrale: &Zentrale, now: Moment) -> Result<Kreis, DemoError> {
    let mandant = MandantId::new(id::of("mandant"));
    let kreis = Mandant { id: mandant, name: enter::value("Kreis Musterland")? };
    zentrale.storage().create_mandant(&kreis, Epoch(new_id(zentrale.world()))).await?;
    let mut diary = Diary::new(now);
    kreis::begin(&mut diary)?;
    let vorgaenge = vorgang::all(&mut diary)?;
    eingang::all(&mut diary)?;
    enter::carry_out(zentrale, mandant, diary).await?;
    Ok(Kreis { mandant, desks: kreis::desks(), vorgaenge })
}
