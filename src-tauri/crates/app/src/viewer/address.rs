//! What an address asks for.

use kontor_documents::{Find, Render, Turn, Urgency};
use kontor_domain::DocumentHash;
use reqwest::Url;

/// An address, understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) hash: DocumentHash,
    pub(super) wanted: Wanted,
    pub(super) again: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Info,
    Plain,
    Image(Render, Urgency),
    Text(u32),
    Find(Find),
}

impl Address {
    /// Nothing for an address that means nothing here.
    pub(super) fn parse(path_and_query: &str) -> Option<Self> {
        // Only the path and the query count; what stands before is for the parser's sake.
        let url = Url::parse("seite://kontor").ok()?.join(path_and_query).ok()?;
        let mut path = url.path().strip_prefix('/')?.split('/');
        let hash = path.next()?.parse().ok()?;
        let wanted = match (path.next()?, path.next(), path.next()) {
            ("info", None, None) => Wanted::Info,
            ("plain", None, None) => Wanted::Plain,
            ("find", None, None) => Wanted::Find(find(&url)?),
            (page, None, None) => image(&url, page.parse().ok()?)?,
            (page, Some("text"), None) => Wanted::Text(page.parse().ok()?),
            _ => return None,
        };
        Some(Self { hash, wanted, again: value(&url, "again").as_deref() == Some("1") })
    }
}

fn image(url: &Url, page: u32) -> Option<Wanted> {
    let width_px = value(url, "px")?.parse().ok()?;
    let turn = match value(url, "turn").as_deref() {
        None | Some("" | "0") => Turn::None,
        Some("90") => Turn::Right,
        Some("180") => Turn::Over,
        Some("270") => Turn::Left,
        Some(_) => return None,
    };
    let urgency = match value(url, "for").as_deref() {
        None | Some("" | "visible") => Urgency::Visible,
        Some("ahead") => Urgency::Ahead,
        Some("thumbnail") => Urgency::Thumbnail,
        Some(_) => return None,
    };
    Some(Wanted::Image(Render { page, width_px, turn }, urgency))
}

fn find(url: &Url) -> Option<Find> {
    let from_page = value(url, "from").map_or(Some(0), |from| from.parse().ok())?;
    Some(Find { query: value(url, "q")?, from_page })
}

fn value(url: &Url, name: &str) -> Option<String> {
    let found = url.query_pairs().find(|(found, _)| found == name);
    found.map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn wanted(rest: &str) -> Option<Wanted> {
        Address::parse(&format!("/{HASH}{rest}")).map(|address| address.wanted)
    }

    #[test]
    fn addresses_are_understood() {
        let render = |turn| Render { page: 3, width_px: 800, turn };
        let image = |turn, urgency| Some(Wanted::Image(render(turn), urgency));
        assert_eq!(wanted("/info"), Some(Wanted::Info));
        assert_eq!(wanted("/3?px=800"), image(Turn::None, Urgency::Visible));
        assert_eq!(wanted("/3?px=800&turn=270&for=ahead"), image(Turn::Left, Urgency::Ahead));
        assert_eq!(wanted("/3/text"), Some(Wanted::Text(3)));
        let find = Find { query: "Müller & Söhne".to_owned(), from_page: 7 };
        assert_eq!(wanted("/find?q=M%C3%BCller%20%26+S%C3%B6hne&from=7"), Some(Wanted::Find(find)));
        assert!(Address::parse(&format!("/{HASH}/info?again=1")).unwrap().again);
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for rest in ["", "/", "/3", "/3?px=x", "/-1?px=9", "/3?px=9&turn=45", "/info/x", "/find"] {
            assert_eq!(wanted(rest), None, "{rest}");
        }
        for address in ["", "/", "/info", "/../../etc/passwd/info", "/abc/info"] {
            assert_eq!(Address::parse(address), None, "{address}");
        }
    }
}
