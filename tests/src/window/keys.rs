//! Keys as the desk names them: `Strg+Enter`, `J`, `?`.

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;

/// A key with what is held down meanwhile.
pub(super) fn press(keys: &str) -> KeyActions {
    // A plus at the end is the key itself.
    let (held, key) = match keys.strip_suffix("++") {
        Some(held) => (held, "+"),
        None => keys.rsplit_once('+').filter(|(_, key)| !key.is_empty()).unwrap_or(("", keys)),
    };
    let held: Vec<char> = held.split('+').filter_map(held_key).collect();
    let key = single(key);
    let mut actions = KeyActions::new("keyboard".to_owned());
    for held in &held {
        actions = actions.then(KeyAction::Down { value: *held });
    }
    actions = actions.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
    for held in held.iter().rev() {
        actions = actions.then(KeyAction::Up { value: *held });
    }
    actions
}

/// A text, letter by letter.
pub(super) fn typing(text: &str) -> KeyActions {
    text.chars().fold(KeyActions::new("keyboard".to_owned()), |actions, value| {
        actions.then(KeyAction::Down { value }).then(KeyAction::Up { value })
    })
}

fn held_key(name: &str) -> Option<char> {
    match name {
        "Strg" => Some(Key::Control.into()),
        "Umschalt" => Some(Key::Shift.into()),
        "Alt" => Some(Key::Alt.into()),
        _ => None,
    }
}

fn single(name: &str) -> char {
    match name {
        "Enter" => Key::Enter.into(),
        "Esc" => Key::Escape.into(),
        "Tab" => Key::Tab.into(),
        "Leertaste" => ' ',
        "F11" => Key::F11.into(),
        name => name.chars().next().map_or(' ', |key| key.to_ascii_lowercase()),
    }
}
