//! The table of contents.

use pdfium_render::prelude::{PdfBookmark, PdfDocument};

use crate::OutlineEntry;

/// The most lines, the deepest level and the longest title that are told. They also end circles,
/// which nothing in the format forbids.
const ENTRIES_MAX: usize = 2000;
const DEPTH_MAX: u8 = 16;
const TITLE_CHARS_MAX: usize = 200;

pub(super) fn outline(document: &PdfDocument<'_>) -> Vec<OutlineEntry> {
    let mut entries = Vec::new();
    // What is still to be told, the next last.
    let mut waiting: Vec<(u8, PdfBookmark<'_>)> = Vec::new();
    waiting.extend(document.bookmarks().root().map(|first| (0, first)));
    while let Some((depth, bookmark)) = waiting.pop() {
        if entries.len() >= ENTRIES_MAX {
            break;
        }
        entries.push(OutlineEntry { depth, title: title(&bookmark), page: page(&bookmark) });
        waiting.extend(bookmark.next_sibling().map(|next| (depth, next)));
        if depth < DEPTH_MAX {
            waiting.extend(bookmark.first_child().map(|child| (depth + 1, child)));
        }
    }
    entries
}

fn title(bookmark: &PdfBookmark<'_>) -> String {
    let title = bookmark.title().unwrap_or_default();
    title.chars().filter(|char| !char.is_control()).take(TITLE_CHARS_MAX).collect()
}

fn page(bookmark: &PdfBookmark<'_>) -> Option<u32> {
    let destination = bookmark.destination();
    let action = if destination.is_none() { bookmark.action() } else { None };
    let index = match (&destination, &action) {
        (Some(destination), _) => destination.page_index().ok()?,
        (None, Some(action)) => {
            action.as_local_destination_action()?.destination().ok()?.page_index().ok()?
        }
        (None, None) => return None,
    };
    u32::try_from(index).ok()
}
