//! Exit codes. Part of the interface: scripts rely on them.

use kontor_app::Class;

/// As `--help` shows it.
pub(crate) const TABLE: &str = "\
Ergebnis (exit code):
  0  erledigt
  1  abgelehnt oder nicht gelungen
  2  falsch aufgerufen
  3  die Zentrale ist nicht erreichbar; Einträge bleiben hier gespeichert
  4  gespeicherte Daten sind beschädigt
  5  nicht angemeldet, oder das Kennwort fehlt oder passt nicht";

pub(crate) const FAILED: u8 = 1;
pub(crate) const USAGE: u8 = 2;
pub(crate) const OFFLINE: u8 = 3;
pub(crate) const DAMAGED: u8 = 4;
pub(crate) const SIGN_IN: u8 = 5;

/// The exit code for a kind of failure.
pub(crate) const fn code(class: Class) -> u8 {
    match class {
        Class::Failed => FAILED,
        Class::Usage => USAGE,
        Class::Offline => OFFLINE,
        Class::Damaged => DAMAGED,
        Class::SignIn => SIGN_IN,
    }
}
