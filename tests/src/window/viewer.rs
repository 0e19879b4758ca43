//! The viewer in the real window.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Window;

/// Resolves with nothing as soon as a document is to be seen, or with the sentence in its place.
const SHOWN: &str = "
    const [title, done] = arguments;
    const seen = () => {
        const viewer = [...document.querySelectorAll('section.viewer')].find(
            (one) => one.querySelector('h3')?.textContent === title);
        if (!viewer) return undefined;
        const problem = viewer.querySelector('.problem .sentence, .failure p');
        if (problem) return problem.textContent;
        const whole = viewer.querySelector('.body img') || viewer.querySelector('.body pre, .body ol');
        return whole ? null : undefined;
    };
    const answered = seen();
    if (answered !== undefined) { done(answered); return; }
    const observer = new MutationObserver(() => {
        const answered = seen();
        if (answered !== undefined) { observer.disconnect(); done(answered); }
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true });
";

/// Goes to a page, and resolves when that is sharp, or with the sentence in its place.
const JUMP: &str = "
    const [page, done] = arguments;
    const observer = new MutationObserver(() => look());
    const look = () => {
        const section = document.querySelector(`.viewer section[aria-label^='Seite ${page} von ']`);
        const failure = document.querySelector('.viewer .problem .sentence')
            ?? section?.querySelector('.failure p');
        if (!failure && (section?.querySelectorAll('img').length ?? 0) < 2) return false;
        observer.disconnect();
        done(failure?.textContent ?? null);
        return true;
    };
    observer.observe(document, { subtree: true, childList: true });
    const jump = () => {
        const input = document.querySelector('.viewer .tools input');
        if (!input) return false;
        input.value = String(page);
        input.dispatchEvent(new Event('change', { bubbles: true }));
        return true;
    };
    if (!jump()) {
        const waiting = new MutationObserver(() => { if (jump()) waiting.disconnect(); });
        waiting.observe(document, { subtree: true, childList: true });
    }
    look();
";

/// What came into sight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// What was asked for.
    Shown,
    /// A sentence in its place.
    Told(String),
}

impl Window {
    /// Until the viewer shows the document of this title, or says why not.
    pub async fn document(&self, title: &str) -> Result<Sight> {
        let answer = self.ask_later(SHOWN, vec![json!(title)]).await;
        sight(&answer.with_context(|| format!("„{title}“ was neither shown nor explained"))?)
    }

    /// Goes to a page of the document that is open, until it is sharp or the viewer says why not.
    pub async fn jump_to_page(&self, page: u32) -> Result<Sight> {
        let answer = self.ask_later(JUMP, vec![json!(page)]).await;
        sight(&answer.with_context(|| format!("page {page} was neither shown nor explained"))?)
    }
}

fn sight(answer: &Value) -> Result<Sight> {
    match answer {
        Value::Null => Ok(Sight::Shown),
        Value::String(sentence) => Ok(Sight::Told(sentence.clone())),
        other => anyhow::bail!("neither nothing nor a sentence: {other}"),
    }
}
