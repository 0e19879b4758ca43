use clap::{Args, Subcommand};
use kontor_domain::{
    EinheitId, Entity, Extra, Intent, Land, MandantId, Name, Organisationseinheit, Person,
    PersonId, Rolle,
};
use serde_json::json;

use super::failure::Failure;
use super::mandant;
use super::output::Output;
use crate::operator::{Operator, people, stammdaten};
use crate::world::new_id;
use crate::{Zentrale, auth};

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Trägt eine Person ein.
    Add(Add),
    /// Listet alle Personen auf.
    List(Of),
    /// Lässt eine Person ausscheiden: Sie meldet sich nicht mehr an, ihr Name bleibt im Verlauf.
    Deactivate(Deactivate),
    /// Trägt eine Organisationseinheit ein.
    Einheit(AddEinheit),
    /// Listet alle Organisationseinheiten auf.
    Einheiten(Of),
}

#[derive(Debug, Args)]
pub(super) struct AddEinheit {
    #[command(flatten)]
    of: Of,
    /// Wer einträgt; sonst die erste Person mit der Rolle Administration.
    #[arg(long = "as", value_name = "PERSON")]
    acting: Option<PersonId>,
    /// Name.
    #[arg(long)]
    name: Name,
    /// Kennung der Einheit darüber.
    #[arg(long, value_name = "EINHEIT")]
    unter: Option<EinheitId>,
    /// Das Land, dessen Feiertage für ihre Fristen gelten, etwa NW; sonst das der Einheit darüber.
    #[arg(long)]
    land: Option<Land>,
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
    /// Wer einträgt; sonst die erste Person mit der Rolle Administration.
    #[arg(long = "as", value_name = "PERSON")]
    acting: Option<PersonId>,
    /// Name.
    #[arg(long)]
    name: Name,
    /// Kennung einer Organisationseinheit; mehrfach möglich.
    #[arg(long = "einheit")]
    einheiten: Vec<EinheitId>,
    /// sachbearbeitung, leitung, poststelle, administration oder revision; mehrfach möglich.
    #[arg(long = "rolle", value_parser = rolle)]
    rollen: Vec<Rolle>,
}

#[derive(Debug, Args)]
pub(super) struct Deactivate {
    #[command(flatten)]
    of: Of,
    /// Wer einträgt; sonst die erste Person mit der Rolle Administration.
    #[arg(long = "as", value_name = "PERSON")]
    acting: Option<PersonId>,
    /// Kennung der Person.
    person: PersonId,
}

impl User {
    pub(super) async fn run(self, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
        match self {
            Self::Add(add) => add.run(zentrale, output).await,
            Self::List(of) => of.list(zentrale, output).await,
            Self::Deactivate(deactivate) => deactivate.run(zentrale, output).await,
            Self::Einheit(add) => add.run(zentrale, output).await,
            Self::Einheiten(of) => of.list_einheiten(zentrale, output).await,
        }
    }
}

impl Add {
    async fn run(self, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
        let mandant = mandant(zentrale, self.of.mandant).await?;
        let mut operator = Operator::acting_as(zentrale, mandant, self.acting).await?;
        let id = PersonId::new(new_id(zentrale.world()));
        let person = Person {
            id,
            name: self.name,
            einheiten: self.einheiten.into_iter().collect(),
            rollen: self.rollen.into_iter().collect(),
            aktiv: true,
            extra: Extra::default(),
        };
        operator.enter(Intent::RecordPerson(person)).await?;
        output.say(&json!({ "person": id }), &format!("Die Person ist eingetragen: {id}"));
        Ok(())
    }
}

impl AddEinheit {
    async fn run(self, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
        let mandant = mandant(zentrale, self.of.mandant).await?;
        let mut operator = Operator::acting_as(zentrale, mandant, self.acting).await?;
        let id = EinheitId::new(new_id(zentrale.world()));
        let einheit = Organisationseinheit {
            id,
            name: self.name,
            uebergeordnet: self.unter,
            land: self.land,
            extra: Extra::default(),
        };
        operator.enter(Intent::RecordEinheit(einheit)).await?;
        let sentence = format!("Die Organisationseinheit ist eingetragen: {id}");
        output.say(&json!({ "einheit": id }), &sentence);
        Ok(())
    }
}

impl Of {
    async fn list_einheiten(self, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
        let mandant = mandant(zentrale, self.mandant).await?;
        for entity in stammdaten(zentrale.storage(), mandant).await? {
            if let Entity::Einheit(einheit) = entity {
                output.say(&json!(einheit), &format!("{}  {}", einheit.id, einheit.name));
            }
        }
        Ok(())
    }

    async fn list(self, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
        let mandant = mandant(zentrale, self.mandant).await?;
        for person in people(zentrale.storage(), mandant).await? {
            let note = if person.aktiv { "" } else { " (ausgeschieden)" };
            let sentence = format!("{}  {}{note}", person.id, person.name);
            output.say(&json!(person), &sentence);
        }
        Ok(())
    }
}

impl Deactivate {
    async fn run(self, zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
        let mandant = mandant(zentrale, self.of.mandant).await?;
        let found = auth::person(zentrale.storage(), mandant, self.person).await?;
        let person = found.ok_or_else(|| Failure::unknown("Diese Person gibt es hier nicht."))?;
        let mut operator = Operator::acting_as(zentrale, mandant, self.acting).await?;
        operator.enter(Intent::RecordPerson(Person { aktiv: false, ..person })).await?;
        let value = json!({ "person": self.person, "aktiv": false });
        output.say(&value, "Die Person ist ausgeschieden und meldet sich nicht mehr an.");
        Ok(())
    }
}

fn rolle(text: &str) -> Result<Rolle, String> {
    serde_json::from_value(json!(text)).map_err(|_| "diese Rolle gibt es nicht".to_owned())
}
