//! Which unit gets what.

use kontor_domain::EinheitId;
use kontor_fit_connect::port::Zustellpunkt;
use serde::Deserialize;

/// Who gets what.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routes {
    /// The first that fits counts.
    #[serde(default)]
    pub route: Vec<Route>,
    /// The unit whose inbox takes what fits nowhere.
    pub basket: EinheitId,
}

/// One line.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// The Leistung (URN).
    pub service: String,
    /// `DE` and the beginning of a regional key; everywhere if missing.
    #[serde(default)]
    pub region: Option<String>,
    /// What the office calls the matter, for example „Hundesteuer anmelden“.
    pub name: String,
    /// Who gets it.
    pub einheit: EinheitId,
}

impl Routes {
    /// The line for a Leistung in a region.
    pub fn find(&self, service: &str, region: Option<&str>) -> Option<&Route> {
        self.route.iter().find(|route| {
            let there = route
                .region
                .as_deref()
                .is_none_or(|wanted| region.is_some_and(|region| region.starts_with(wanted)));
            route.service == service && there
        })
    }

    /// Leistungen that a Zustellpunkt offers and nobody gets: what IT should know before the first
    /// one comes.
    pub fn missing<'a>(&self, offer: &'a Zustellpunkt) -> Vec<&'a str> {
        let offered = offer.services.iter().map(|service| service.identifier.as_str());
        offered.filter(|service| !self.route.iter().any(|it| it.service == *service)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_fits_counts() {
        let id = |n| EinheitId::new(uuid::Uuid::from_u128(n));
        let route = |service: &str, region: Option<&str>, n| Route {
            service: service.to_owned(),
            region: region.map(str::to_owned),
            name: "Hundesteuer".to_owned(),
            einheit: id(n),
        };
        let routes = Routes {
            route: vec![
                route("urn:a", Some("DE0947"), 1),
                route("urn:a", None, 2),
                route("urn:b", Some("DE09"), 3),
            ],
            basket: id(9),
        };
        let check = |service: &str, region: Option<&str>, expected: u128| {
            assert_eq!(super::super::einheit_of(&routes, service, region), id(expected));
        };
        check("urn:a", Some("DE094750"), 1);
        check("urn:a", Some("DE0933"), 2);
        check("urn:a", None, 2);
        check("urn:b", None, 9);
        check("urn:c", Some("DE09"), 9);
    }
}
