//! What is missing from an application.

use serde_json::Value;

use super::{Paketinhalt, Unterlage};

impl Paketinhalt {
    /// The papers that this application needs, and whether each is there: `names` are the names of
    /// what came with it. A paper counts as there when one of its words is in one of them.
    pub fn papers<'a>(
        &'a self,
        data: Option<&Value>,
        names: &[String],
    ) -> Vec<(&'a Unterlage, bool)> {
        let names: Vec<String> = names.iter().map(|name| folded(name)).collect();
        self.unterlagen
            .iter()
            .filter(|paper| paper.applies(data))
            .map(|paper| {
                let there = paper
                    .kennwoerter
                    .iter()
                    .map(|word| folded(word.as_str()))
                    .any(|word| names.iter().any(|name| name.contains(&word)));
                (paper, there)
            })
            .collect()
    }
}

impl Unterlage {
    /// Without form data nobody knows, so a paper that may be needed is asked for.
    fn applies(&self, data: Option<&Value>) -> bool {
        let (Some(only), Some(data)) = (&self.nur_wenn, data) else { return true };
        only.pfad.plain(data).is_some_and(|value| only.werte.contains(&value))
    }
}

/// Lower case, umlauts as people type them into the names of files.
fn folded(text: &str) -> String {
    text.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss")
}
