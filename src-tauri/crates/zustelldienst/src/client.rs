//! Who may talk to the Zustelldienst (OAuth 2.0 client credentials).

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::problem::Problem;
use crate::zustellpunkt::Registered;

/// Seconds a token lasts.
pub(crate) const TOKEN_SECONDS: i64 = 1800;

/// A client as people register it in the self-service portal.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: String,
    /// What it may, in the words of the `OpenAPI`: `subscribe:destination:<id>` and so on.
    pub scopes: BTreeSet<String>,
}

/// What a token allows.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) client: String,
    pub(crate) expires: i64,
    pub(crate) scopes: BTreeSet<String>,
}

impl Client {
    /// A client that fetches from one Zustellpunkt and keeps it up to date.
    pub fn subscriber(id: &str, secret: &str, zustellpunkt: Uuid) -> Self {
        let scopes = ["subscribe", "manage"]
            .map(|what| format!("{what}:destination:{}", zustellpunkt.hyphenated()));
        Self { id: id.to_owned(), secret: secret.to_owned(), scopes: scopes.into() }
    }

    /// A client that sends into a region: `DE` and the beginning of an ARS.
    pub fn sender(id: &str, secret: &str, region: &str) -> Self {
        let scopes = BTreeSet::from([format!("send:region:{region}")]);
        Self { id: id.to_owned(), secret: secret.to_owned(), scopes }
    }
}

impl Client {
    /// Whether it may ask for this scope: one of its own, or one for a service in a region of its own.
    pub(crate) fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|own| {
            own == scope
                || scope
                    .strip_prefix(own.as_str())
                    .is_some_and(|rest| rest.starts_with("+send:service:"))
        })
    }
}

impl Grant {
    pub(crate) fn may_subscribe(&self, zustellpunkt: Uuid) -> bool {
        self.scopes.contains(&format!("subscribe:destination:{zustellpunkt}"))
    }

    pub(crate) fn may_manage(&self, zustellpunkt: Uuid) -> bool {
        self.scopes.contains(&format!("manage:destination:{zustellpunkt}"))
    }

    pub(crate) fn may_create(&self) -> bool {
        self.scopes.contains("create:destination")
    }

    pub(crate) fn may_subscribe_anything(&self) -> bool {
        self.scopes.iter().any(|scope| scope.starts_with("subscribe:destination:"))
    }

    /// Whether it may send to `zustellpunkt` at all.
    pub(crate) fn may_send_to(&self, zustellpunkt: &Registered) -> bool {
        self.scopes.iter().filter_map(|scope| SendScope::parse(scope)).any(|scope| {
            zustellpunkt.is.services.iter().any(|service| {
                scope.allows(&service.identifier)
                    && service.regions.iter().any(|region| scope.reaches(region))
            })
        })
    }

    /// Whether it may send for this service.
    pub(crate) fn may_send_for(&self, identifier: &str) -> bool {
        self.scopes
            .iter()
            .filter_map(|scope| SendScope::parse(scope))
            .any(|scope| scope.allows(identifier))
    }

    pub(crate) fn demand(allowed: bool, what: &str) -> Result<(), Problem> {
        if allowed {
            Ok(())
        } else {
            Err(Problem::forbidden(format!("the token does not allow to {what}")))
        }
    }
}

/// `send:region:DE<ARS>[+send:service:<uri>]`
struct SendScope<'a> {
    region: &'a str,
    service: Option<&'a str>,
}

impl<'a> SendScope<'a> {
    fn parse(scope: &'a str) -> Option<Self> {
        let rest = scope.strip_prefix("send:region:")?;
        Some(match rest.split_once("+send:service:") {
            Some((region, service)) => Self { region, service: Some(service) },
            None => Self { region: rest, service: None },
        })
    }

    fn allows(&self, identifier: &str) -> bool {
        self.service.is_none_or(|service| service == identifier)
    }

    /// One lies in the other.
    fn reaches(&self, region: &str) -> bool {
        region.starts_with(self.region) || self.region.starts_with(region)
    }
}
