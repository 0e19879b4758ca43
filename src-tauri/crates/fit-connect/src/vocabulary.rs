//! Names that FITKO may change: as data, so that a change is a line in a configuration and no build.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::AnlageId;

/// URIs of events, problems and schema versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Vocabulary {
    /// What every event's URI begins with.
    pub events: String,
    /// What every problem's URI begins with.
    pub problems: String,
    /// Names of problems behind that, where they are not those of [`ProblemKind::name`]. The names are
    /// from memory of the documentation and are to be compared with it before going live.
    pub problem_names: BTreeMap<ProblemKind, String>,
    /// What the URI of a metadata schema begins with; a version and [`Self::metadata_file`] follow.
    pub metadata: String,
    /// What it ends with.
    pub metadata_file: String,
    /// Which versions of the metadata are read, and as which of the two shapes. Others are held.
    pub metadata_versions: BTreeMap<String, MetadataShape>,
}

/// The two shapes of metadata that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MetadataShape {
    /// Like 1.0.0.
    V1,
    /// Like 2.1.0.
    V2,
}

impl Default for Vocabulary {
    fn default() -> Self {
        let versions = [("1.0.0", MetadataShape::V1), ("2.1.0", MetadataShape::V2)];
        Self {
            events: "https://schema.fitko.de/fit-connect/events/".to_owned(),
            problems: "https://schema.fitko.de/fit-connect/events/problems/".to_owned(),
            problem_names: BTreeMap::new(),
            metadata: "https://schema.fitko.de/fit-connect/metadata/".to_owned(),
            metadata_file: "/metadata.schema.json".to_owned(),
            metadata_versions: versions.map(|(name, shape)| (name.to_owned(), shape)).into(),
        }
    }
}

macro_rules! problem_kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal, $title:literal;)+) => {
        /// What is permanently wrong with an Einreichung.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(rename_all = "kebab-case")]
        pub enum ProblemKind {
            $($(#[$doc])* $kind,)+
        }

        impl ProblemKind {
            /// Every one of them.
            pub const ALL: &[Self] = &[$(Self::$kind,)+];

            /// The last part of its URI.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }

            /// Its title, as the sender reads it.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$kind => $title,)+ }
            }
        }
    };
}

problem_kinds! {
    /// The event log holds no, or more than one, signed submission.
    InvalidEventLog = "invalid-event-log", "Das Ereignisprotokoll passt nicht zur Einreichung";
    /// Einreichung, event log and metadata name different Anlagen.
    AttachmentsMismatch = "attachments-mismatch", "Die Anlagen stimmen nicht überein";
    /// The ciphertext is not the one whose tag was signed.
    IncorrectAuthenticationTag = "incorrect-authentication-tag", "Das Authentication-Tag stimmt nicht";
    /// Cannot be decrypted.
    EncryptionIssue = "encryption-issue", "Die Entschlüsselung ist nicht möglich";
    /// Not JSON or XML.
    SyntaxViolation = "syntax-violation", "Der Aufbau ist nicht lesbar";
    /// Metadata without a schema.
    MissingSchema = "missing-schema", "Die Angabe des Schemas fehlt";
    /// Metadata against their schema.
    SchemaViolation = "schema-violation", "Der Inhalt entspricht nicht dem Schema";
    /// The Zustellpunkt does not take this schema.
    UnsupportedSchema = "unsupported-schema", "Das Schema wird nicht angeboten";
    /// There is no Fachdatensatz.
    MissingData = "missing-data", "Die Fachdaten fehlen";
    /// The content is not the one the metadata speak of.
    HashMismatch = "hash-mismatch", "Die Prüfsumme stimmt nicht";
    /// The Zustellpunkt does not offer this Leistung there.
    ServiceMismatch = "service-mismatch", "Die Verwaltungsleistung wird nicht angeboten";
    /// The Zustellpunkt does not offer this way back.
    UnsupportedReplyChannel = "unsupported-reply-channel", "Der Rückkanal wird nicht angeboten";
}

/// What a problem is about (`instance`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instance {
    /// The whole Einreichung.
    Submission,
    /// Its metadata.
    Metadata,
    /// Its Fachdaten.
    Data,
    /// One Anlage.
    Attachment(AnlageId),
}

/// One reason to reject an Einreichung.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// With what.
    pub instance: Instance,
}

impl Vocabulary {
    /// The URI of a problem, exactly as a reject event must give it.
    pub fn problem_uri(&self, kind: ProblemKind) -> String {
        let name = self.problem_names.get(&kind).map_or(kind.name(), String::as_str);
        format!("{}{name}", self.problems)
    }

    /// The version in the URI of a metadata schema, if it is one.
    pub(crate) fn metadata_version<'a>(&self, uri: &'a str) -> Option<&'a str> {
        let version = uri.strip_prefix(&self.metadata)?.strip_suffix(&self.metadata_file)?;
        let is_version = version.len() <= 32
            && version.split('.').count() == 3
            && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        is_version.then_some(version)
    }
}

impl std::fmt::Display for Instance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Submission => f.write_str("submission"),
            Self::Metadata => f.write_str("metadata"),
            Self::Data => f.write_str("data"),
            Self::Attachment(id) => write!(f, "attachment:{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_can_be_changed_without_a_build() {
        let mut vocabulary = Vocabulary::default();
        assert!(vocabulary.problem_uri(ProblemKind::HashMismatch).ends_with("/hash-mismatch"));
        vocabulary.problem_names.insert(ProblemKind::HashMismatch, "wrong-hash".to_owned());
        assert!(vocabulary.problem_uri(ProblemKind::HashMismatch).ends_with("/wrong-hash"));
    }

    #[test]
    fn a_version_is_read_from_the_uri_of_a_schema() {
        let check = |uri: &str, expected| {
            assert_eq!(Vocabulary::default().metadata_version(uri), expected, "{uri}");
        };
        let base = "https://schema.fitko.de/fit-connect/metadata/";
        check(&format!("{base}2.1.0/metadata.schema.json"), Some("2.1.0"));
        check(&format!("{base}3.0.1/metadata.schema.json"), Some("3.0.1"));
        check(&format!("{base}2.1/metadata.schema.json"), None);
        check(&format!("{base}../../x/metadata.schema.json"), None);
        check("https://example.org/metadata/2.1.0/metadata.schema.json", None);
    }
}
