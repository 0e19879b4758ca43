//! How a command ends when it does not end well: a code, a German sentence, an exit code.

use std::borrow::Cow;
use std::fmt;

use kontor_domain::Refusal;
use kontor_fit_connect::environment::InvalidEnvironment;

use crate::auth::oidc::InvalidProvider;
use crate::config::ConfigError;
use crate::documents::DocumentError;
use crate::einreichung::{KeyStoreError, SetupError};
use crate::operator::OperatorError;
use crate::refused::Chain;
use crate::storage::{RestoreError, StorageError};
use crate::verify::VerifyError;

/// Exit codes: 1 it did not work, 2 the call or the configuration is wrong, 3 it was refused, 4 try
/// again later, 5 data are damaged.
#[derive(Debug)]
pub(super) struct Failure {
    code: &'static str,
    exit: u8,
    sentence: Cow<'static, str>,
}

impl Failure {
    fn new(code: &'static str, exit: u8, sentence: impl Into<Cow<'static, str>>) -> Self {
        Self { code, exit, sentence: sentence.into() }
    }

    pub(super) const fn code(&self) -> &'static str {
        self.code
    }

    pub(super) const fn exit(&self) -> u8 {
        self.exit
    }

    pub(super) fn call() -> Self {
        Self::new("call", 2, "Diesen Aufruf gibt es so nicht; --help zeigt alle.")
    }

    pub(super) fn not_set_up() -> Self {
        let sentence =
            "Hier ist noch keine Behörde eingerichtet. Das macht „kontor-zentrale init“.";
        Self::new("not_set_up", 2, sentence)
    }

    pub(super) fn unknown(sentence: &'static str) -> Self {
        Self::new("unknown", 3, sentence)
    }

    pub(super) fn damaged(findings: usize) -> Self {
        let sentence = match findings {
            1 => "Die Prüfung hat eine Abweichung gefunden.".to_owned(),
            count => format!("Die Prüfung hat {count} Abweichungen gefunden."),
        };
        Self::new("damaged", 5, sentence)
    }

    pub(super) fn io(what: &'static str, error: &std::io::Error) -> Self {
        Self::new("io", 1, format!("{what} ({error})"))
    }

    pub(super) fn unfit_paket(path: &std::path::Path, why: &dyn fmt::Display) -> Self {
        let sentence = format!("{} ist kein gültiges Leistungspaket: {why}", path.display());
        Self::new("unfit_paket", 2, sentence)
    }

    pub(super) fn in_the_way(path: &std::path::Path) -> Self {
        let sentence = format!(
            "{} ist schon da. Es wird nichts überschrieben; bitte einen anderen Ort wählen.",
            path.display()
        );
        Self::new("in_the_way", 3, sentence)
    }

    pub(super) fn no_tool(name: &'static str) -> Self {
        let sentence =
            format!("Das Programm {name} von PostgreSQL lief nicht oder meldete Fehler.");
        Self::new("no_tool", 1, sentence)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let sentence = match &error {
            ConfigError::Unreadable(source) => {
                format!("Die Einstellungen lassen sich nicht lesen ({source}).")
            }
            ConfigError::Syntax(source) => {
                format!("Die Einstellungen sind nicht verständlich:\n{source}")
            }
            ConfigError::Database => {
                "Die Datenbank wird als sqlite:PFAD oder postgres://… angegeben.".to_owned()
            }
            ConfigError::Documents => {
                "Für Dokumente wird genau ein Ort gebraucht: ein Ordner oder S3.".to_owned()
            }
            ConfigError::Limit(name) => {
                format!("Die Grenze „{name}“ gibt es nicht, oder der Wert passt nicht.")
            }
        };
        Self::new("config", 2, sentence)
    }
}

impl From<SetupError> for Failure {
    fn from(error: SetupError) -> Self {
        let sentence = match &error {
            SetupError::KeyFile(source) => {
                format!("Die Datei mit dem Schlüssel der Schlüssel lässt sich nicht lesen ({source}).")
            }
            SetupError::Key => {
                "Der Schlüssel der Schlüssel muss aus 32 Bytes in Base64 bestehen.".to_owned()
            }
            SetupError::Store(KeyStoreError::Storage(_)) => {
                "Die Schlüssel konnten nicht aus der Datenbank gelesen werden.".to_owned()
            }
            SetupError::Store(KeyStoreError::Sealed | KeyStoreError::Unusable) => {
                "Die Schlüssel in der Datenbank lassen sich mit diesem Schlüssel der Schlüssel nicht \
                 öffnen."
                    .to_owned()
            }
            SetupError::Environment(InvalidEnvironment::Address(name)) => {
                format!("Die Adresse „{name}“ von FIT-Connect muss mit https beginnen.")
            }
        };
        Self::new("config", 2, sentence)
    }
}

impl From<InvalidProvider> for Failure {
    fn from(error: InvalidProvider) -> Self {
        let sentence = match &error {
            InvalidProvider::Insecure(address) => {
                format!("Der Anmeldedienst muss über https erreichbar sein: {address}")
            }
            InvalidProvider::Twice(issuer) => {
                format!("Der Anmeldedienst {issuer} steht zweimal in den Einstellungen.")
            }
            InvalidProvider::Client(_) => {
                "Verbindungen zum Anmeldedienst sind nicht möglich.".to_owned()
            }
        };
        Self::new("config", 2, sentence)
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        match &error {
            StorageError::UnknownMandant => Self::unknown("Diese Behörde gibt es hier nicht."),
            StorageError::Unavailable(_) => Self::new(
                "unavailable",
                4,
                format!("Die Datenbank ist nicht erreichbar ({}).", Chain(&error)),
            ),
            StorageError::Damaged(_) => Self::new(
                "damaged",
                5,
                format!(
                    "In der Datenbank steht etwas, das nicht von Kontor ist ({}).",
                    Chain(&error)
                ),
            ),
            StorageError::Database { .. } => Self::new(
                "database",
                1,
                format!("Die Datenbank meldet einen Fehler ({}).", Chain(&error)),
            ),
        }
    }
}

impl From<DocumentError> for Failure {
    fn from(error: DocumentError) -> Self {
        match &error {
            DocumentError::Store(_) | DocumentError::Incomplete => Self::new(
                "documents",
                4,
                format!("Die Ablage der Dokumente antwortet nicht ({}).", Chain(&error)),
            ),
            DocumentError::HashMismatch => {
                Self::new("damaged", 5, "Ein Dokument ist nicht mehr das, was es war.")
            }
        }
    }
}

impl From<object_store::Error> for Failure {
    fn from(error: object_store::Error) -> Self {
        DocumentError::Store(error).into()
    }
}

impl From<OperatorError> for Failure {
    fn from(error: OperatorError) -> Self {
        match error {
            OperatorError::Refused(Refusal::NoRight) | OperatorError::Nobody => Self::new(
                "no_right",
                3,
                "Dazu braucht es eine aktive Person mit der Rolle Administration.",
            ),
            OperatorError::Refused(refusal) => Self::new(
                "refused",
                3,
                format!("Der Eintrag wurde abgelehnt ({}).", refusal.code()),
            ),
            OperatorError::Undecided => {
                Self::new("undecided", 1, "Der Eintrag wurde nicht entschieden.")
            }
            OperatorError::Request(_) => {
                Self::new("unavailable", 4, "Die Zentrale konnte den Eintrag nicht annehmen.")
            }
            OperatorError::Storage(error) => error.into(),
        }
    }
}

impl From<RestoreError> for Failure {
    fn from(error: RestoreError) -> Self {
        match error {
            RestoreError::InTheWay(path) => Self::in_the_way(&path),
            RestoreError::EpochNotFresh => Self::new(
                "epoch",
                1,
                "Nach einer Wiederherstellung muss eine neue Epoche beginnen.",
            ),
            RestoreError::Damaged(what) => {
                Self::new("damaged", 5, format!("Die Sicherung ist beschädigt ({what})."))
            }
            RestoreError::Storage(error) => error.into(),
            RestoreError::Io(error) => {
                Self::io("Eine Datei konnte nicht geschrieben werden.", &error)
            }
        }
    }
}

impl From<VerifyError> for Failure {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::Moved => Self::new(
                "moved",
                4,
                "Während der Prüfung kamen neue Einträge. Bitte prüfen, wenn niemand arbeitet.",
            ),
            VerifyError::Storage(error) => error.into(),
        }
    }
}
