//! The one table of everything that can be done. The window, `kontorctl` and the test host stand on
//! it; what is not here does not exist.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use crate::command::{self, Command};
use crate::{Answer, AppError, Code, Office, Who};
use crate::{
    akte, aktenplan, conflict, counts, draft, eingang, einheit, entry, frist, notice, notiz,
    person, pin, schriftstueck, session, status, suche, vorgang, wiedervorlage,
};

/// A command as the table has it.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// What it is called: noun, dot, verb.
    pub name: &'static str,
    /// What it does, as a German sentence.
    pub about: &'static str,
    /// Who may call it.
    pub who: Who,
    payload: fn() -> Schema,
    answer: fn() -> Schema,
    run: fn(&Office, &Value) -> Result<Value, AppError>,
}

/// All commands, by name.
pub const TABLE: &[Row] = &[
    Row::of::<akte::Create>(),
    Row::of::<akte::List>(),
    Row::of::<akte::NextSign>(),
    Row::of::<akte::Show>(),
    Row::of::<akte::Suggest>(),
    Row::of::<aktenplan::List>(),
    Row::of::<conflict::List>(),
    Row::of::<conflict::Resolve>(),
    Row::of::<counts::Counts>(),
    Row::of::<draft::Drop>(),
    Row::of::<draft::Get>(),
    Row::of::<draft::Keep>(),
    Row::of::<eingang::Assign>(),
    Row::of::<eingang::CreateVorgang>(),
    Row::of::<eingang::Forward>(),
    Row::of::<eingang::List>(),
    Row::of::<eingang::Record>(),
    Row::of::<eingang::See>(),
    Row::of::<eingang::Show>(),
    Row::of::<einheit::List>(),
    Row::of::<entry::Dismiss>(),
    Row::of::<entry::List>(),
    Row::of::<entry::Release>(),
    Row::of::<entry::Show>(),
    Row::of::<entry::Undo>(),
    Row::of::<entry::Withdraw>(),
    Row::of::<frist::Reckon>(),
    Row::of::<frist::Remove>(),
    Row::of::<frist::Set>(),
    Row::of::<notice::Dismiss>(),
    Row::of::<notice::List>(),
    Row::of::<notiz::Add>(),
    Row::of::<person::List>(),
    Row::of::<pin::Add>(),
    Row::of::<pin::List>(),
    Row::of::<pin::Remove>(),
    Row::of::<schriftstueck::Add>(),
    Row::of::<schriftstueck::AddAll>(),
    Row::of::<schriftstueck::AddFassung>(),
    Row::of::<schriftstueck::Export>(),
    Row::of::<schriftstueck::Look>(),
    Row::of::<schriftstueck::Rename>(),
    Row::of::<session::Lock>(),
    Row::of::<session::SetPin>(),
    Row::of::<session::SetRules>(),
    Row::of::<session::State>(),
    Row::of::<session::Unlock>(),
    Row::of::<status::Status>(),
    Row::of::<suche::Find>(),
    Row::of::<vorgang::Assign>(),
    Row::of::<vorgang::Change>(),
    Row::of::<vorgang::Close>(),
    Row::of::<vorgang::Closing>(),
    Row::of::<vorgang::Create>(),
    Row::of::<vorgang::File>(),
    Row::of::<vorgang::Verlauf>(),
    Row::of::<vorgang::List>(),
    Row::of::<vorgang::Move>(),
    Row::of::<vorgang::See>(),
    Row::of::<vorgang::SetStatus>(),
    Row::of::<vorgang::Show>(),
    Row::of::<wiedervorlage::Add>(),
    Row::of::<wiedervorlage::Complete>(),
    Row::of::<wiedervorlage::List>(),
    Row::of::<wiedervorlage::Reschedule>(),
];

/// Finds a command by its name.
///
/// # Errors
/// [`Code::CommandUnknown`].
pub fn find(name: &str) -> Result<&'static Row, AppError> {
    TABLE.iter().find(|row| row.name == name).ok_or_else(|| Code::CommandUnknown.into())
}

/// Runs a command by its name. The payload is a JSON object; the answer is the JSON of an
/// [`Answer`].
///
/// # Errors
/// Any [`Code`]; then nothing was entered.
pub fn run(office: &Office, name: &str, payload: &Value) -> Result<Value, AppError> {
    let row = find(name)?;
    match (row.run)(office, payload) {
        // Damage met on the way: if it is the copy of the Zentrale's data, go on with a new one.
        Err(error) if error.code == Code::WorkDamaged => {
            office.heal()?;
            match (row.run)(office, payload) {
                // It is not unknown, it has to be fetched first.
                Err(error) if error.code == Code::Unknown => Err(Code::MirrorDamaged.into()),
                done => done,
            }
        }
        done => done,
    }
}

impl Row {
    const fn of<C: Command>() -> Self {
        Self {
            name: C::NAME,
            about: C::ABOUT,
            who: C::WHO,
            payload: schema::<C>,
            answer: answer_schema::<Answer<C::Answer>>,
            run: command::run::<C>,
        }
    }

    /// JSON schema of its payload.
    pub fn payload(&self) -> Schema {
        (self.payload)()
    }

    /// JSON schema of its answer.
    pub fn answer(&self) -> Schema {
        (self.answer)()
    }
}

fn schema<T: JsonSchema>() -> Schema {
    schemars::schema_for!(T)
}

/// What is always written is always there to be read.
fn answer_schema<T: JsonSchema>() -> Schema {
    SchemaSettings::default().for_serialize().into_generator().into_root_schema_for::<T>()
}
