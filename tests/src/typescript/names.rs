//! What types are called: a type that several commands share has its own name, any other that of its
//! command before it. So two `Row`s of two lists do not meet.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Who uses which definitions.
#[derive(Debug, Default)]
pub(super) struct Names {
    users: BTreeMap<String, BTreeSet<String>>,
    contents: BTreeMap<String, BTreeSet<String>>,
}

impl Names {
    /// Takes note of the definitions of one command.
    pub(super) fn see(&mut self, prefix: &str, definitions: &BTreeMap<String, Value>) {
        for (name, schema) in definitions {
            self.users.entry(name.clone()).or_default().insert(prefix.to_owned());
            self.contents.entry(name.clone()).or_default().insert(schema.to_string());
        }
    }

    /// What a definition is called where `prefix` uses it.
    pub(super) fn name(&self, prefix: &str, definition: &str) -> String {
        let count =
            |of: &BTreeMap<String, BTreeSet<String>>| of.get(definition).map_or(0, BTreeSet::len);
        let shared = count(&self.users) > 1 && count(&self.contents) == 1;
        let definition = pascal(definition);
        if shared { definition } else { format!("{prefix}{definition}") }
    }
}

/// `vorgang.set_status` → `VorgangSetStatus`.
pub(super) fn pascal(name: &str) -> String {
    let words = name.split(['.', '_', '-', ' ']).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(char::to_uppercase);
            first.into_iter().flatten().chain(letters).collect::<String>()
        })
        .collect()
}
