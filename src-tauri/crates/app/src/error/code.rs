//! All codes with their words. Long because it is data.
//!
//! `tests/sentences.txt` shows them as people read them.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of failure a code is; `kontorctl` makes its exit code of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// It was refused, or did not work.
    Failed,
    /// The call itself is wrong.
    Usage,
    /// The Zentrale cannot be reached; work goes on.
    Offline,
    /// Stored data are damaged.
    Damaged,
    /// Somebody has to sign in, or to unlock the profile.
    SignIn,
}

macro_rules! codes {
    ($($name:ident $code:literal $class:ident $sentence:literal $hint:literal)+) => {
        /// A closed list; each code has one sentence and one way out.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        #[expect(missing_docs, reason = "each code's sentence says what it means")]
        pub enum Code {
            $(#[serde(rename = $code)] $name,)+
        }

        impl Code {
            /// All of them, in the order of this file.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The stable text of the code.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// What kind of failure it is.
            pub const fn class(self) -> Class {
                match self { $(Self::$name => Class::$class,)+ }
            }

            /// What happened, and what it means for the work.
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)+ }
            }

            /// What to do.
            pub const fn hint(self) -> &'static str {
                match self { $(Self::$name => $hint,)+ }
            }
        }
    };
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

codes! {
    // The machine and the profile.
    DiskFull "disk_full" Failed
        "Auf diesem Rechner ist kein Platz mehr. Ihr Eintrag ist noch nicht gespeichert; alles zuvor Gespeicherte ist sicher."
        "Bitte schaffen Sie Platz, zum Beispiel im Papierkorb, und speichern Sie dann noch einmal."
    ProfileInUse "profile_in_use" Failed
        "Kontor ist auf diesem Rechner mit diesen Daten schon geöffnet."
        "Bitte wechseln Sie in das offene Fenster oder schließen Sie es zuerst."
    ProfileUnusable "profile_unusable" Failed
        "Der Ordner mit Ihren Daten lässt sich nicht öffnen oder nicht beschreiben."
        "Bitte wenden Sie sich an Ihre IT; sie sieht mit „kontorctl doctor“, woran es liegt."
    NetworkDrive "network_drive" Failed
        "Der Ordner mit Ihren Daten liegt auf einem Netzlaufwerk. Dort können Daten beim Speichern verloren gehen, deshalb arbeitet Kontor dort nicht."
        "Bitte lassen Sie Ihre IT einen Ordner auf diesem Rechner einrichten."
    ProgramUnfit "program_unfit" Failed
        "Diese Fassung von Kontor ist falsch zusammengestellt und speichert deshalb nichts."
        "Bitte installieren Sie Kontor neu."
    WorkDamaged "work_damaged" Damaged
        "Die Datei mit Ihren Einträgen (work.db) ist beschädigt. Kontor hat sie nicht verändert und öffnet sie nicht, damit nichts verloren geht."
        "Bitte retten Sie zuerst alles Lesbare mit „kontorctl salvage --to ORDNER“ und wenden Sie sich dann an Ihre IT."
    WorkForeign "work_foreign" Damaged
        "Die Datei mit Ihren Einträgen (work.db) gehört nicht zu diesem Schlüssel oder nicht zu Kontor. Sie bleibt unverändert."
        "Bitte prüfen Sie, ob der richtige Ordner gewählt ist; wurde er von einem anderen Rechner kopiert, fehlt hier der Schlüssel."
    WorkTooNew "work_too_new" Failed
        "Ihre Daten wurden mit einer neueren Fassung von Kontor gespeichert. Diese Fassung lässt sie unverändert."
        "Bitte aktualisieren Sie Kontor auf diesem Rechner."
    StoredUnreadable "stored_unreadable" Damaged
        "Ein gespeicherter Eintrag lässt sich nicht mehr lesen. Kontor hat nichts verändert."
        "Bitte retten Sie zuerst alles Lesbare mit „kontorctl salvage --to ORDNER“ und wenden Sie sich dann an Ihre IT."
    MirrorDamaged "mirror_damaged" Damaged
        "Die Abschrift der Zentrale auf diesem Rechner ist beschädigt. Ihre eigenen Einträge sind nicht betroffen."
        "Bitte öffnen Sie Kontor noch einmal; die Abschrift wird dann neu geholt."
    DatabaseBusy "database_busy" Failed
        "Ein anderes Programm hält die gespeicherten Daten gerade fest. Ihr Eintrag ist noch nicht gespeichert."
        "Bitte versuchen Sie es gleich noch einmal; oft ist es ein Virenscanner oder eine Datensicherung."
    DatabaseFailed "database_failed" Failed
        "Das Speichern oder Lesen auf diesem Rechner ist misslungen. Ihr Eintrag ist noch nicht gespeichert."
        "Bitte versuchen Sie es noch einmal. Bleibt es dabei, sieht Ihre IT mit „kontorctl doctor“, woran es liegt."
    Internal "internal" Failed
        "In Kontor ist etwas Unerwartetes geschehen. Was als gespeichert gemeldet wurde, ist sicher."
        "Bitte schließen Sie Kontor und öffnen Sie es neu."

    // The key.
    NoKeyStore "no_key_store" SignIn
        "Auf diesem Rechner gibt es keinen Schlüsselspeicher, der antwortet."
        "Bitte wählen Sie ein Kennwort; Kontor schützt Ihre Daten dann damit."
    KeyStoreLocked "key_store_locked" SignIn
        "Der Schlüsselspeicher dieses Rechners ist gesperrt."
        "Bitte entsperren Sie ihn, zum Beispiel durch erneutes Anmelden am Rechner."
    KeyStoreFailed "key_store_failed" SignIn
        "Der Schlüsselspeicher dieses Rechners hat nicht richtig geantwortet."
        "Bitte melden Sie sich am Rechner ab und wieder an. Bleibt es dabei, hilft Ihre IT."
    KeyFileMissing "key_file_missing" Damaged
        "Hier liegen Daten, aber die Schlüsseldatei fehlt. Ohne sie lassen sich die Daten nicht öffnen."
        "Bitte holen Sie die Schlüsseldatei aus der Datensicherung zurück; sie liegt neben work.db. Löschen Sie nichts."
    KeyMissing "key_missing" SignIn
        "Der Schlüssel zu diesen Daten liegt nicht im Schlüsselspeicher dieses Rechners."
        "Bitte melden Sie sich am Rechner mit dem Konto an, mit dem Sie sonst arbeiten. Löschen Sie nichts."
    KeyDamaged "key_damaged" Damaged
        "Die Schlüsseldatei ist beschädigt. Ohne sie lassen sich die Daten nicht öffnen."
        "Bitte holen Sie die Schlüsseldatei aus der Datensicherung zurück; sie liegt neben work.db. Löschen Sie nichts."
    KeyTooNew "key_too_new" Failed
        "Der Schlüssel wurde mit einer neueren Fassung von Kontor angelegt."
        "Bitte aktualisieren Sie Kontor auf diesem Rechner."
    PassphraseNeeded "passphrase_needed" SignIn
        "Ihre Daten sind mit einem Kennwort geschützt, und es wurde keines eingegeben."
        "Bitte geben Sie das Kennwort ein."
    PassphraseTooShort "passphrase_too_short" SignIn
        "Das Kennwort ist zu kurz, um Ihre Daten zu schützen."
        "Bitte wählen Sie eines mit mindestens 12 Zeichen, am besten mehrere Wörter."
    PassphraseWrong "passphrase_wrong" SignIn
        "Das Kennwort passt nicht."
        "Bitte prüfen Sie Feststelltaste und Tastaturbelegung und versuchen Sie es noch einmal."
    MemoryShort "memory_short" Failed
        "Auf diesem Rechner ist zu wenig Arbeitsspeicher frei, um das Kennwort zu prüfen."
        "Bitte schließen Sie andere Programme und versuchen Sie es noch einmal."
    NoRandomness "no_randomness" Failed
        "Dieser Rechner liefert keine Zufallszahlen; ohne sie kann Kontor nichts verschlüsseln."
        "Bitte starten Sie den Rechner neu. Bleibt es dabei, hilft Ihre IT."

    // The lock.
    Locked "locked" SignIn
        "Dieser Arbeitsplatz ist gesperrt. Ihre Einträge sind hier gespeichert."
        "Bitte entsperren Sie ihn mit Ihrer PIN."
    LeaseOver "lease_over" SignIn
        "Dieser Arbeitsplatz war zu lange ohne Verbindung zur Zentrale und zeigt deshalb nichts mehr. Ihre Einträge sind hier gespeichert."
        "Bitte verbinden Sie ihn mit dem Netzwerk und melden Sie sich an; danach geht es weiter."
    PinMissing "pin_missing" Failed
        "Für diesen Arbeitsplatz ist noch keine PIN festgelegt; ohne sie ließe er sich nicht wieder entsperren."
        "Bitte legen Sie in den Einstellungen eine PIN fest."
    PinUnfit "pin_unfit" Failed
        "Diese PIN ist zu leicht zu erraten."
        "Bitte wählen Sie mindestens sechs Zeichen, die nicht alle gleich sind."
    PinWrong "pin_wrong" SignIn
        "Die PIN passt nicht."
        "Bitte prüfen Sie Feststelltaste und Zifferntasten und versuchen Sie es noch einmal."
    PinLater "pin_later" SignIn
        "Die PIN war mehrmals falsch."
        "Bitte warten Sie so lange. Ist die PIN vergessen, melden Sie sich neu bei der Zentrale an."

    // Commands.
    CommandUnknown "command_unknown" Usage
        "Diesen Befehl gibt es nicht."
        "„kontorctl commands“ zeigt alle Befehle."
    PayloadUnfit "payload_unfit" Usage
        "Die Angaben passen nicht zu diesem Befehl. Es wurde nichts gespeichert."
        "„kontorctl commands“ zeigt, welche Angaben gebraucht werden."
    NotSignedIn "not_signed_in" SignIn
        "Auf diesem Arbeitsplatz hat sich noch niemand angemeldet."
        "Bitte verbinden Sie ihn zuerst mit der Zentrale („kontorctl connect ADRESSE“)."

    // What the office's rules say.
    Unknown "unknown" Failed
        "Das gibt es hier nicht, oder Sie dürfen es nicht sehen."
        "Bitte prüfen Sie, ob der Vorgang abgegeben wurde, oder fragen Sie die zuständige Stelle."
    NoRight "no_right" Failed
        "Dafür fehlt Ihnen das Recht. Es wurde nichts verändert."
        "Bitte wenden Sie sich an die zuständige Stelle oder an Ihre Leitung."
    IdTaken "id_taken" Failed
        "Unter dieser Kennung steht schon etwas anderes. Es wurde nichts verändert."
        "Bitte legen Sie den Eintrag neu an."
    Closed "closed" Failed
        "Der Vorgang ist zu den Akten gelegt und lässt diese Änderung nicht mehr zu."
        "Bitte öffnen Sie ihn zuerst wieder, indem Sie seinen Status ändern."
    StillOpen "still_open" Failed
        "Der Vorgang lässt sich noch nicht zu den Akten legen, weil darin etwas zu klären ist."
        "Bitte klären Sie das zuerst und legen Sie den Vorgang dann zu den Akten."
    Outdated "outdated" Failed
        "Das wurde inzwischen von jemand anderem geändert. Ihre Änderung ist nicht gespeichert."
        "Bitte sehen Sie sich den neuen Stand an und tragen Sie Ihre Änderung noch einmal ein."
    AlreadyAssigned "already_assigned" Failed
        "Dieser Eingang gehört schon zu einem Vorgang."
        "Bitte öffnen Sie den Vorgang, dem er zugeordnet ist."
    AlreadyResolved "already_resolved" Failed
        "Zwischen diesen zwei Fassungen hat schon jemand entschieden."
        "Bitte sehen Sie sich an, was jetzt gilt."
    ChoiceUnfit "choice_unfit" Failed
        "Die Auswahl passt nicht zu den zwei Fassungen: für jedes betroffene Feld wird genau eine Entscheidung gebraucht."
        "Bitte wählen Sie für jedes Feld eine Fassung oder einen eigenen Wert."
    ChangeUnfit "change_unfit" Failed
        "Diese Änderung passt nicht dazu, oder sie ändert nichts."
        "Bitte sehen Sie sich den jetzigen Stand an."
    Full "full" Failed
        "Hier passt nichts mehr hinein."
        "Bitte legen Sie einen weiteren Vorgang an."
    WrongAuthor "wrong_author" Failed
        "Dieser Eintrag stammt von einer anderen Person als der angemeldeten."
        "Bitte melden Sie sich mit dem Konto an, mit dem der Eintrag gemacht wurde."
    Withdrawn "withdrawn" Failed
        "Dieser Eintrag wurde zurückgenommen."
        "Es ist nichts zu tun."
    RefusedNewer "refused_newer" Failed
        "Die Zentrale hat abgelehnt, aus einem Grund, den diese Fassung von Kontor nicht kennt."
        "Bitte aktualisieren Sie Kontor auf diesem Rechner."

    // Entries, drafts, pins.
    OutboxFull "outbox_full" Failed
        "Auf diesem Arbeitsplatz warten zu viele Einträge auf die Zentrale. Ihr Eintrag ist noch nicht gespeichert."
        "Bitte verbinden Sie den Arbeitsplatz mit der Zentrale und speichern Sie dann noch einmal."
    EntryUnknown "entry_unknown" Failed
        "Diesen Eintrag gibt es auf diesem Arbeitsplatz nicht."
        "„entry.list“ zeigt alle Einträge."
    EntrySettled "entry_settled" Failed
        "Dieser Eintrag wartet nicht mehr; die Zentrale hat schon entschieden."
        "Bitte machen Sie eine neue Änderung, wenn Sie ihn rückgängig machen möchten."
    UndoImpossible "undo_impossible" Failed
        "Das lässt sich nicht mehr rückgängig machen: Inzwischen hat sich etwas geändert, oder es bleibt im Verlauf stehen."
        "Bitte machen Sie eine neue Änderung."
    DraftTooLarge "draft_too_large" Failed
        "Dieser Entwurf ist zu lang, um aufgehoben zu werden."
        "Bitte teilen Sie ihn auf oder speichern Sie ihn als Eintrag."

    // Files and documents.
    FileUnreadable "file_unreadable" Failed
        "Die Datei lässt sich nicht lesen. Es wurde nichts übernommen."
        "Bitte prüfen Sie, ob es sie noch gibt und ob Sie sie öffnen dürfen."
    FileUnfit "file_unfit" Failed
        "Das ist keine Datei, die übernommen werden kann (zum Beispiel ein Ordner oder ein Gerät)."
        "Bitte wählen Sie eine einzelne Datei."
    FileIsFolder "file_is_folder" Failed
        "Das ist ein Ordner. Kontor nimmt nur einzelne Dateien auf."
        "Bitte öffnen Sie den Ordner und wählen Sie die Dateien darin."
    FileIsLink "file_is_link" Failed
        "Das ist nur ein Verweis auf eine andere Datei."
        "Bitte wählen Sie die Datei selbst."
    FileIsProgram "file_is_program" Failed
        "Das ist ein Programm und kein Schriftstück. Kontor nimmt es nicht auf."
        "Bitte lassen Sie sich den Inhalt als Dokument geben; Programme von außen prüft Ihre IT."
    FileEmpty "file_empty" Failed
        "Die Datei ist leer."
        "Bitte prüfen Sie, ob sie schon ganz gespeichert oder heruntergeladen ist."
    FileTwice "file_twice" Failed
        "Diese Datei ist doppelt ausgewählt."
        "Einmal genügt; bitte nehmen Sie die zweite aus der Auswahl."
    FileKnown "file_known" Failed
        "Genau diese Datei liegt schon in diesem Vorgang."
        "Es ist nichts zu tun. Eine geänderte Datei kann als neue Fassung aufgenommen werden."
    FilesTooMany "files_too_many" Failed
        "Das sind zu viele Dateien auf einmal. Es wurde nichts übernommen."
        "Bitte nehmen Sie höchstens 100 Dateien auf einmal auf."
    FileNameUnfit "file_name_unfit" Failed
        "Der Name der Datei enthält Zeichen, die sich nicht anzeigen lassen, oder ist zu lang."
        "Bitte benennen Sie die Datei um."
    FileExists "file_exists" Failed
        "Unter diesem Namen liegt dort schon eine Datei. Sie wurde nicht überschrieben."
        "Bitte wählen Sie einen anderen Namen."
    FileUnwritable "file_unwritable" Failed
        "Dort lässt sich keine Datei anlegen."
        "Bitte wählen Sie einen anderen Ordner."
    DocumentTooLarge "document_too_large" Failed
        "Die Datei ist größer als erlaubt. Es wurde nichts übernommen."
        "Bitte teilen Sie sie auf oder verkleinern Sie sie."
    DocumentMissing "document_missing" Failed
        "Das Dokument liegt noch nicht auf diesem Rechner."
        "Es wird geholt, sobald die Zentrale erreichbar ist."
    DocumentDamaged "document_damaged" Damaged
        "Das Dokument auf diesem Rechner ist beschädigt. Es wird nichts davon ausgegeben."
        "Bitte wenden Sie sich an Ihre IT; liegt es bei der Zentrale, kann es neu geholt werden."
    SalvageInTheWay "salvage_in_the_way" Failed
        "In diesem Ordner liegt schon etwas. Es wurde nichts überschrieben."
        "Bitte nennen Sie einen neuen oder leeren Ordner."

    // The Zentrale.
    Unreachable "unreachable" Offline
        "Die Zentrale ist gerade nicht erreichbar. Sie können weiterarbeiten; Ihre Einträge sind hier gespeichert."
        "Es wird von selbst wieder versucht. Bleibt es dabei, prüfen Sie bitte Netzwerk und VPN."
    Unauthenticated "unauthenticated" SignIn
        "Die Zentrale kennt diese Anmeldung nicht oder nicht mehr. Ihre Einträge sind hier gespeichert."
        "Bitte melden Sie sich neu an („kontorctl connect ADRESSE“)."
    Forbidden "forbidden" Failed
        "Die Zentrale erlaubt das für diese Anmeldung nicht."
        "Bitte wenden Sie sich an Ihre Leitung."
    ZentraleNotFound "zentrale_not_found" Failed
        "Das gibt es bei der Zentrale nicht, oder Sie dürfen es nicht sehen."
        "Bitte prüfen Sie, ob die Adresse der Zentrale stimmt."
    ZentraleMalformed "zentrale_malformed" Failed
        "Die Zentrale hat eine Anfrage von Kontor nicht verstanden. Ihre Einträge sind hier gespeichert."
        "Bitte aktualisieren Sie Kontor und sagen Sie Ihrer IT Bescheid."
    ZentraleTooLarge "zentrale_too_large" Failed
        "Eine Anfrage ist größer, als die Zentrale erlaubt. Ihre Einträge sind hier gespeichert."
        "Bitte sagen Sie Ihrer IT Bescheid."
    ClientTooOld "client_too_old" Failed
        "Diese Fassung von Kontor ist zu alt für die Zentrale. Ihre Einträge sind hier gespeichert."
        "Bitte aktualisieren Sie Kontor auf diesem Rechner."
    ClientTooNew "client_too_new" Failed
        "Diese Fassung von Kontor ist neuer als die Zentrale. Ihre Einträge sind hier gespeichert."
        "Bitte lassen Sie Ihre IT die Zentrale aktualisieren."
    IntentIdReused "intent_id_reused" Failed
        "Ein Eintrag kam unter einer Kennung, die schon für etwas anderes steht. Er ist hier gespeichert und wird nicht übernommen."
        "Bitte sagen Sie Ihrer IT Bescheid; vielleicht wurden die Daten dieses Rechners kopiert."
    EpochChanged "epoch_changed" Failed
        "Die Zentrale hat ihren Bestand erneuert; dieser Arbeitsplatz gleicht ihn neu ab. Ihre Einträge sind hier gespeichert."
        "Es ist nichts zu tun."
    HashMismatch "hash_mismatch" Failed
        "Daten kamen nicht so an, wie sie abgeschickt wurden."
        "Es wird von selbst wieder versucht. Bleibt es dabei, sagen Sie bitte Ihrer IT Bescheid."
    UploadIncomplete "upload_incomplete" Failed
        "Von einem Dokument fehlen bei der Zentrale noch Teile."
        "Es wird von selbst wieder versucht."
    ZentraleBusy "zentrale_busy" Offline
        "Die Zentrale ist gerade ausgelastet. Sie können weiterarbeiten; Ihre Einträge sind hier gespeichert."
        "Es wird von selbst wieder versucht."
    ZentraleUnavailable "zentrale_unavailable" Offline
        "Die Zentrale ist gerade nicht bereit. Sie können weiterarbeiten; Ihre Einträge sind hier gespeichert."
        "Es wird von selbst wieder versucht."
    ZentraleInternal "zentrale_internal" Failed
        "In der Zentrale ist etwas Unerwartetes geschehen. Ihre Einträge sind hier gespeichert."
        "Es wird von selbst wieder versucht. Bleibt es dabei, sagen Sie bitte Ihrer IT Bescheid."
    Garbled "garbled" Failed
        "Unter dieser Adresse antwortet etwas anderes als die Zentrale."
        "Bitte prüfen Sie die Adresse; oft verlangt auch das Netzwerk erst eine Anmeldung."
    Unfit "unfit" Failed
        "Die Zentrale hat etwas geantwortet, das nicht zur Frage passt. Es wurde nichts davon übernommen."
        "Bitte sagen Sie Ihrer IT Bescheid."
    Diverged "diverged" Failed
        "Dieser Arbeitsplatz und die Zentrale stimmen auch nach erneutem Abgleich nicht überein. Ihre Einträge sind hier gespeichert."
        "Bitte sagen Sie Ihrer IT Bescheid."

    // Connecting.
    NotConnected "not_connected" SignIn
        "Dieser Arbeitsplatz kennt noch keine Zentrale."
        "Bitte verbinden Sie ihn („kontorctl connect ADRESSE“)."
    AddressUnfit "address_unfit" Usage
        "Das ist keine Adresse einer Zentrale."
        "Bitte geben Sie sie so an: https://kontor.kreis.example"
    AddressInsecure "address_insecure" Usage
        "Diese Adresse ist nicht abgesichert; andere könnten mitlesen."
        "Bitte verwenden Sie eine Adresse, die mit https:// beginnt."
    TokenUnfit "token_unfit" Usage
        "Der Zugang ist leer oder enthält Zeichen, die er nicht enthalten kann."
        "Bitte übernehmen Sie ihn vollständig und ohne Leerzeichen."
    SignInMissing "sign_in_missing" Failed
        "Diese Zentrale bietet keine Anmeldung über den Browser an."
        "Bitte lassen Sie sich von Ihrer IT einen Zugang für diesen Arbeitsplatz geben."
    SignInRefused "sign_in_refused" SignIn
        "Die Anmeldung wurde nicht abgeschlossen. Ihre Einträge sind hier gespeichert."
        "Bitte melden Sie sich noch einmal an."
    SignInTimedOut "sign_in_timed_out" SignIn
        "Die Anmeldung hat zu lange gedauert. Ihre Einträge sind hier gespeichert."
        "Bitte melden Sie sich noch einmal an."
    NoBrowser "no_browser" Failed
        "Auf diesem Rechner lässt sich kein Browser für die Anmeldung öffnen."
        "Bitte wenden Sie sich an Ihre IT."
    OtherPerson "other_person" Failed
        "Auf diesem Arbeitsplatz arbeitet schon eine andere Person. Ihre Einträge bleiben getrennt."
        "Bitte wählen Sie für sich einen eigenen Ordner (--profile)."
    OtherZentrale "other_zentrale" Failed
        "Dieser Arbeitsplatz gehört zu einer anderen Behörde."
        "Bitte wählen Sie für diese Behörde einen eigenen Ordner (--profile)."
}
