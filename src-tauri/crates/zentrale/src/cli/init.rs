use std::collections::BTreeSet;

use clap::Args;
use kontor_domain::{
    Akteur, EinheitId, Extra, Intent, Land, Mandant, MandantId, Name, Organisationseinheit, Person,
    PersonId, Rolle,
};
use kontor_wire::Epoch;
use serde_json::json;

use super::failure::Failure;
use super::open;
use super::output::Output;
use crate::Zentrale;
use crate::auth::device;
use crate::config::Config;
use crate::operator::Operator;
use crate::world::new_id;

#[derive(Debug, Args)]
pub(super) struct Init {
    /// Name der Behörde.
    #[arg(long, required_unless_present = "demo")]
    mandant: Option<Name>,
    /// Name der ersten Organisationseinheit.
    #[arg(long, required_unless_present = "demo")]
    einheit: Option<Name>,
    /// Name der ersten Person; sie bekommt die Rolle Administration.
    #[arg(long, required_unless_present = "demo")]
    person: Option<Name>,
    /// Das Land, dessen Feiertage für die Fristen gelten, etwa NW.
    #[arg(long)]
    land: Option<Land>,
    /// Legt stattdessen einen Kreis mit Beispieldaten an und gibt zwei Arbeitsplätzen Zugang.
    #[arg(long, conflicts_with_all = ["mandant", "einheit", "person", "land"])]
    demo: bool,
}

impl Init {
    pub(super) async fn run(self, config: &Config, output: &Output) -> Result<(), Failure> {
        let zentrale = open(config).await?;
        match (self.mandant, self.einheit, self.person) {
            (Some(mandant), Some(einheit), Some(person)) => {
                first(&zentrale, (mandant, einheit, person), self.land, output).await
            }
            _ => demo(&zentrale, output).await,
        }
    }
}

async fn first(
    zentrale: &Zentrale,
    (mandant, einheit, person): (Name, Name, Name),
    land: Option<Land>,
    output: &Output,
) -> Result<(), Failure> {
    let world = zentrale.world();
    let mandant = Mandant { id: MandantId::new(new_id(world)), name: mandant };
    let einheit = Organisationseinheit {
        id: EinheitId::new(new_id(world)),
        name: einheit,
        uebergeordnet: None,
        land,
        extra: Extra::default(),
    };
    let person = Person {
        id: PersonId::new(new_id(world)),
        name: person,
        einheiten: BTreeSet::from([einheit.id]),
        rollen: BTreeSet::from([Rolle::Administration]),
        aktiv: true,
        extra: Extra::default(),
    };
    zentrale.storage().create_mandant(&mandant, Epoch(new_id(world))).await?;
    // Nobody is known yet: the first person enters herself.
    let akteur = Akteur {
        person: person.id,
        rollen: person.rollen.clone(),
        einheiten: person.einheiten.clone(),
    };
    let mut operator = Operator::with_rights(zentrale, mandant.id, akteur);
    let (einheit_id, person_id) = (einheit.id, person.id);
    operator.enter(Intent::RecordEinheit(einheit)).await?;
    operator.enter(Intent::RecordPerson(person)).await?;
    let value = json!({ "mandant": mandant.id, "einheit": einheit_id, "person": person_id });
    let sentence = format!(
        "Die Behörde ist eingerichtet.\n  Behörde: {}\n  Einheit: {einheit_id}\n  Person:  {person_id}\n\
         Zugang für deren Arbeitsplatz gibt „kontor-zentrale device add --person {person_id}“.",
        mandant.id
    );
    output.say(&value, &sentence);
    Ok(())
}

/// Sets up the demonstration and gives two workstations access.
pub(super) async fn demo(zentrale: &Zentrale, output: &Output) -> Result<(), Failure> {
    let demo = crate::demo::load(zentrale).await?;
    let mut tokens = serde_json::Map::new();
    let mut lines = Vec::new();
    for (name, person) in demo.desks {
        let device = device::issue(zentrale.world(), person, format!("Arbeitsplatz {name}"));
        zentrale.storage().add_device(demo.mandant, &device.row).await?;
        lines.push(format!("\n  {name}: {}", device.token));
        tokens.insert(name.to_owned(), json!({ "person": person, "token": device.token }));
    }
    let value = json!({
        "event": "demo",
        "mandant": demo.mandant,
        "devices": tokens,
        "vorgaenge": demo.vorgaenge,
    });
    let sentence = format!(
        "Die Beispieldaten sind angelegt. Diese Zugänge werden nur jetzt gezeigt:{}",
        lines.concat()
    );
    output.say(&value, &sentence);
    Ok(())
}
