//! What stands between a person and a page, in words.

use kontor_documents::Trouble;
use kontor_store::documents::DocumentError;
use serde::Serialize;

/// A code for programs, a sentence and a way out for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Problem {
    #[serde(skip)]
    status: u16,
    code: &'static str,
    sentence: &'static str,
    hint: &'static str,
}

const SAVE: &str = "Sie können das Original speichern und mit einem anderen Programm öffnen.";
const ONCE_MORE: &str =
    "Bitte versuchen Sie es noch einmal. Das Original können Sie jederzeit speichern.";

impl Problem {
    pub(super) const MALFORMED: Self = Self::new(
        400,
        "malformed",
        "Diese Seite lässt sich so nicht anfordern.",
        "Bitte schließen Sie das Schriftstück und öffnen Sie es noch einmal.",
    );
    const ABSENT: Self = Self::new(
        404,
        "absent",
        "Dieses Schriftstück liegt noch nicht auf diesem Gerät.",
        "Es wird geholt, sobald die Zentrale erreichbar ist. Sie können inzwischen weiterarbeiten.",
    );
    const PAGE_ABSENT: Self = Self::new(
        404,
        "page_absent",
        "So viele Seiten hat dieses Schriftstück nicht.",
        "Bitte wählen Sie eine andere Seite.",
    );
    const UNSUPPORTED: Self =
        Self::new(415, "unsupported", "Dateien dieser Art zeigt Kontor nicht an.", SAVE);
    const ENCRYPTED: Self = Self::new(
        422,
        "encrypted",
        "Diese Datei ist mit einem Kennwort geschützt und lässt sich hier nicht anzeigen.",
        "Sie können das Original speichern und in einem anderen Programm mit dem Kennwort öffnen.",
    );
    const DAMAGED: Self = Self::new(
        422,
        "damaged",
        "Diese Datei ist beschädigt und lässt sich hier nicht anzeigen.",
        "Sie können das Original speichern, oder Sie bitten die Absenderin oder den Absender, sie noch einmal zu schicken.",
    );
    const TOO_LARGE: Self =
        Self::new(422, "too_large", "Diese Datei ist zu groß, um sie hier anzuzeigen.", SAVE);
    const EMPTY: Self = Self::new(
        422,
        "empty",
        "Diese Datei ist leer.",
        "Bitten Sie die Absenderin oder den Absender, sie noch einmal zu schicken.",
    );
    const WORKER_GONE: Self = Self::new(
        503,
        "worker_gone",
        "Diese Seite ließ sich nicht anzeigen. Alles andere läuft weiter, und Ihre Eingaben sind gespeichert.",
        ONCE_MORE,
    );
    const TOO_SLOW: Self = Self::new(
        504,
        "too_slow",
        "Diese Seite braucht zu lange, um angezeigt zu werden.",
        ONCE_MORE,
    );
    const SUPERSEDED: Self = Self::new(
        503,
        "superseded",
        "Diese Seite wurde übersprungen, weil inzwischen andere gefragt waren.",
        "Sie erscheint, sobald Sie wieder zu ihr blättern.",
    );
    const BUSY: Self = Self::new(
        503,
        "busy",
        "Es sind gerade sehr viele Seiten und Schriftstücke offen.",
        "Bitte schließen Sie einige und versuchen Sie es noch einmal.",
    );
    const SOURCE: Self = Self::new(
        422,
        "damaged",
        "Das Schriftstück lässt sich auf diesem Gerät nicht lesen.",
        "Bitte wenden Sie sich an Ihre IT; sie sieht mit „kontorctl verify“, woran es liegt.",
    );
    const UNAVAILABLE: Self = Self::new(
        503,
        "unavailable",
        "Kontor kann auf diesem Rechner keine Seiten anzeigen, weil ein Teil des Programms fehlt.",
        "Sie können das Original speichern. Bitte lassen Sie Ihre IT Kontor neu installieren.",
    );

    const fn new(
        status: u16,
        code: &'static str,
        sentence: &'static str,
        hint: &'static str,
    ) -> Self {
        Self { status, code, sentence, hint }
    }

    pub(super) fn unsupported() -> Self {
        Self::UNSUPPORTED
    }

    pub(super) fn status(&self) -> u16 {
        self.status
    }
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Encrypted => Self::ENCRYPTED,
            Trouble::Damaged => Self::DAMAGED,
            Trouble::TooLarge => Self::TOO_LARGE,
            Trouble::Empty => Self::EMPTY,
            Trouble::Unsupported => Self::UNSUPPORTED,
            Trouble::PageAbsent { .. } => Self::PAGE_ABSENT,
            Trouble::WorkerGone => Self::WORKER_GONE,
            Trouble::TooSlow => Self::TOO_SLOW,
            Trouble::Superseded => Self::SUPERSEDED,
            Trouble::Busy => Self::BUSY,
            Trouble::Source => Self::SOURCE,
            Trouble::Unavailable { reason } => {
                tracing::error!(reason, "pages cannot be shown");
                Self::UNAVAILABLE
            }
        }
    }
}

impl From<DocumentError> for Problem {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::NotFound { .. } => Self::ABSENT,
            error => {
                tracing::warn!(%error, "a document cannot be read");
                Self::SOURCE
            }
        }
    }
}
