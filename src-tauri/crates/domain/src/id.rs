//! One id type per kind of thing, so that a mix-up does not compile.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an id that somebody else made; this crate never makes one itself.
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare UUID, for storage keys.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// An authority on a shared Zentrale (the Kreis, each town).
    MandantId;
    /// An Organisationseinheit.
    EinheitId;
    /// A Person who works with Kontor.
    PersonId;
    /// An entry of the Aktenplan.
    AktenplaneintragId;
    /// A Leistungspaket.
    LeistungspaketId;
    /// An Akte.
    AkteId;
    /// A Vorgang.
    VorgangId;
    /// An Eingang.
    EingangId;
    /// A Schriftstueck.
    SchriftstueckId;
    /// One Fassung of a Schriftstueck.
    FassungId;
    /// A Notiz.
    NotizId;
    /// A Wiedervorlage.
    WiedervorlageId;
    /// A Frist.
    FristId;
    /// An intent: made and stored before it is first sent, repeated unchanged for ever.
    IntentId;
    /// One copy of a workstation's `work.db`; a restored or cloned copy gets a new one.
    InstanceId;
}
