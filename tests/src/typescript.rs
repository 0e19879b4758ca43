//! The command table as TypeScript: what `ui/src/lib/api/commands.ts` says, made from the JSON schemas
//! of the table. The same table gives the same bytes.

mod doc;
mod names;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use kontor_app::commands::{Row, TABLE};
use kontor_app::event::Event;
use kontor_app::{AppError, commands};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use names::{Names, pascal};

const HEAD: &str = "\
// @generated from the command table. Do not edit: `cargo run -p kontor-tests --bin typescript`.

import { call } from './call';

/** An answer with the things that look different now: `vorgang/0190…`. */
export interface Answer<T> {
  answer: T;
  changed: string[];
}
";

/// The text of `commands.ts`.
pub fn commands_ts() -> String {
    let commands: Vec<Command> = commands::TABLE.iter().map(Command::of).collect();
    let events = [shape::<Event>("DeskEvent"), shape::<AppError>("AppError")];
    let mut names = Names::default();
    for (prefix, definitions) in
        commands.iter().map(Command::definitions).chain(events.iter().map(Shape::definitions))
    {
        names.see(&prefix, definitions);
    }
    let mut text = HEAD.to_owned();
    let mut written = BTreeSet::new();
    for shape in &events {
        write_definitions(&mut text, &mut written, &names, shape.definitions());
        let body = types::of(&shape.schema, &|name| names.name(shape.title, name), 0);
        declare(&mut text, shape.title, &shape.schema, &body);
    }
    for command in &commands {
        write_definitions(&mut text, &mut written, &names, command.definitions());
        command.write(&mut text, &names);
    }
    text
}

/// A type that stands beside the table.
struct Shape {
    title: &'static str,
    schema: Value,
    definitions: BTreeMap<String, Value>,
}

impl Shape {
    fn definitions(&self) -> (String, &BTreeMap<String, Value>) {
        (self.title.to_owned(), &self.definitions)
    }
}

fn shape<T: JsonSchema>(title: &'static str) -> Shape {
    let generator = SchemaSettings::default().for_serialize().into_generator();
    let (schema, definitions) = split(&generator.into_root_schema_for::<T>());
    Shape { title, schema, definitions }
}

struct Command {
    row: &'static Row,
    pascal: String,
    payload: Value,
    answer: Value,
    definitions: BTreeMap<String, Value>,
}

impl Command {
    fn of(row: &'static Row) -> Self {
        let (payload, mut definitions) = split(&row.payload());
        let (answer, of_answer) = split(&row.answer());
        definitions.extend(of_answer);
        let answer = answer.pointer("/properties/answer").cloned().unwrap_or_default();
        Self { row, pascal: pascal(row.name), payload, answer, definitions }
    }

    fn definitions(&self) -> (String, &BTreeMap<String, Value>) {
        (self.pascal.clone(), &self.definitions)
    }

    fn write(&self, text: &mut String, names: &Names) {
        let name = |definition: &str| names.name(&self.pascal, definition);
        let payload = types::of(&self.payload, &name, 0);
        let payload_name = format!("{}Payload", self.pascal);
        let empty =
            self.payload.pointer("/properties").is_none_or(|all| all == &serde_json::json!({}));
        if !empty {
            declare(text, &payload_name, &self.payload, &payload);
        }
        let needed = self.payload.pointer("/required").and_then(Value::as_array);
        let parameter = match (empty, needed.is_some_and(|needed| !needed.is_empty())) {
            (true, _) => String::new(),
            (false, true) => format!("payload: {payload_name}"),
            (false, false) => format!("payload: {payload_name} = {{}}"),
        };
        let given = if empty { "{}" } else { "payload" };
        let answer = types::of(&self.answer, &name, 0);
        let function = lower_first(&self.pascal);
        doc::write(text, &format!("{} {}", self.row.about, self.row.who.sentence()), 0);
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "export function {function}({parameter}): Promise<Answer<{answer}>> {{\n  \
             return call('{}', {given});\n}}",
            self.row.name
        );
    }
}

/// A schema and what it refers to. Where it came from does not matter.
fn split(schema: &Schema) -> (Value, BTreeMap<String, Value>) {
    let mut schema = schema.clone().to_value();
    let definitions = schema.as_object_mut().and_then(|object| object.remove("$defs"));
    let definitions = definitions.and_then(|all| all.as_object().cloned()).unwrap_or_default();
    (schema, definitions.into_iter().collect())
}

fn write_definitions(
    text: &mut String,
    written: &mut BTreeSet<String>,
    names: &Names,
    (prefix, definitions): (String, &BTreeMap<String, Value>),
) {
    for (definition, schema) in definitions {
        let name = names.name(&prefix, definition);
        if written.insert(name.clone()) {
            let body = types::of(schema, &|inner| names.name(&prefix, inner), 0);
            declare(text, &name, schema, &body);
        }
    }
}

fn declare(text: &mut String, name: &str, schema: &Value, body: &str) {
    doc::write(text, schema.get("description").and_then(Value::as_str).unwrap_or_default(), 0);
    // Writing to a String cannot fail.
    let _ = if schema.get("properties").is_some()
        && body.ends_with('}')
        && schema.get("oneOf").is_none()
    {
        writeln!(text, "export interface {name} {body}")
    } else {
        writeln!(
            text,
            "export type {name} ={}{body};",
            if body.starts_with('\n') { "" } else { " " }
        )
    };
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// How many commands it speaks of; a file without any would compare equal to nothing.
pub fn count() -> usize {
    TABLE.len()
}
