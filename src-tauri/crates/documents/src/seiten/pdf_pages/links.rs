//! Links of a page. Only what leads to a page of the same document or to a harmless address comes
//! through: no file, no program, no script.

use pdfium_render::prelude::{PdfLink, PdfPage};

use super::Shown;
use crate::{Link, Target};

/// The most links of one page.
const LINKS_MAX: usize = 2000;
/// The longest address, in bytes.
const ADDRESS_BYTES_MAX: usize = 2048;
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

pub(super) fn links(page: &PdfPage<'_>, shown: &Shown) -> Vec<Link> {
    // Not `iter`, which counts them first, each time anew.
    let found = (0..LINKS_MAX).map_while(|index| page.links().get(index).ok());
    let link = |link: PdfLink<'_>| {
        let area = shown.area(&link.rect().ok()?);
        Some(Link { area, target: target(&link)? })
    };
    found.filter_map(link).collect()
}

fn target(link: &PdfLink<'_>) -> Option<Target> {
    let page = |index: i32| u32::try_from(index).ok().map(Target::Page);
    if let Some(destination) = link.destination() {
        return page(destination.page_index().ok()?);
    }
    let action = link.action()?;
    if let Some(local) = action.as_local_destination_action() {
        return page(local.destination().ok()?.page_index().ok()?);
    }
    harmless(action.as_uri_action()?.uri().ok()?).map(Target::Address)
}

fn harmless(address: String) -> Option<String> {
    let begin = address.get(..8).unwrap_or(&address).to_ascii_lowercase();
    let has_scheme = SCHEMES.iter().any(|scheme| begin.starts_with(scheme));
    let is_clean = address.len() <= ADDRESS_BYTES_MAX && !address.contains(char::is_control);
    (has_scheme && is_clean).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn only_harmless_addresses_come_through() {
        for address in ["https://kreis.example/", "HTTP://kreis.example", "mailto:a@kreis.example"]
        {
            assert_eq!(harmless(address.to_owned()).as_deref(), Some(address));
        }
        for address in ["file:///etc/passwd", "javascript:x", "\\\\host\\share", "http://a\nb", ""]
        {
            assert_eq!(harmless(address.to_owned()), None, "{address}");
        }
        assert_eq!(harmless(format!("https://{}", "a".repeat(2048))), None);
    }
}
