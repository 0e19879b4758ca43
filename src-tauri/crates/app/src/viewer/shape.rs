//! How answers look as JSON. Lengths are points of the page as it is shown, from its top left.

use kontor_documents::{self as documents, Kind, Target};
use serde::Serialize;

use super::problem::Problem;

#[derive(Serialize)]
pub(super) struct Info {
    kind: &'static str,
    pages: Vec<Size>,
    /// From here on sizes are guesses.
    sizes_known: usize,
    outline: Vec<Entry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Problem>,
}

#[derive(Serialize)]
struct Size {
    w: f32,
    h: f32,
}

#[derive(Serialize)]
struct Entry {
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    children: Vec<Entry>,
}

impl Info {
    pub(super) fn of(info: documents::Info) -> Self {
        let kind = match info.kind {
            Kind::Pdf => "pdf",
            Kind::Image => "image",
            Kind::Text => "text",
            Kind::Other => "other",
        };
        let size = |size: documents::PageSize| Size { w: size.width, h: size.height };
        Self {
            kind,
            pages: info.pages.into_iter().map(size).collect(),
            sizes_known: info.sizes_known,
            outline: tree(&mut info.outline.into_iter().peekable(), 0),
            problem: (info.kind == Kind::Other).then(Problem::unsupported),
        }
    }

    pub(super) fn with(problem: Problem) -> Self {
        let (pages, outline) = (Vec::new(), Vec::new());
        Self { kind: "other", pages, sizes_known: 0, outline, problem: Some(problem) }
    }
}

/// As deep as the outline is, which the worker limits.
fn tree(
    entries: &mut std::iter::Peekable<std::vec::IntoIter<documents::OutlineEntry>>,
    depth: u8,
) -> Vec<Entry> {
    let mut siblings = Vec::new();
    while let Some(entry) = entries.next_if(|entry| entry.depth >= depth) {
        let children =
            entry.depth.checked_add(1).map_or_else(Vec::new, |deeper| tree(entries, deeper));
        siblings.push(Entry { title: entry.title, page: entry.page, children });
    }
    siblings
}

#[derive(Serialize)]
pub(super) struct Text {
    runs: Vec<Run>,
    links: Vec<Link>,
    truncated: bool,
}

#[derive(Serialize)]
struct Run {
    text: String,
    #[serde(flatten)]
    area: Area,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    eol: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    par: bool,
}

#[derive(Serialize)]
struct Link {
    #[serde(flatten)]
    area: Area,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
}

#[derive(Serialize)]
struct Area {
    x: f32,
    y: f32,
    w: f32,
    h: f32,
}

impl From<documents::Area> for Area {
    fn from(area: documents::Area) -> Self {
        Self { x: area.x, y: area.y, w: area.width, h: area.height }
    }
}

impl Text {
    pub(super) fn of(text: documents::PageText) -> Self {
        let run = |run: documents::Run| Run {
            text: run.text,
            area: run.area.into(),
            eol: run.ends_line,
            par: run.ends_paragraph,
        };
        let link = |link: documents::Link| {
            let (page, uri) = match link.target {
                Target::Page(page) => (Some(page), None),
                Target::Address(address) => (None, Some(address)),
            };
            Link { area: link.area.into(), page, uri }
        };
        Self {
            runs: text.runs.into_iter().map(run).collect(),
            links: text.links.into_iter().map(link).collect(),
            truncated: text.truncated,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Found {
    hits: Vec<Hit>,
    more: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<u32>,
}

#[derive(Serialize)]
struct Hit {
    page: u32,
    boxes: Vec<Area>,
    excerpt: String,
}

impl Found {
    pub(super) fn of(found: documents::Found) -> Self {
        let hit = |hit: documents::Hit| Hit {
            page: hit.page,
            boxes: hit.areas.into_iter().map(Into::into).collect(),
            excerpt: hit.excerpt,
        };
        let hits = found.hits.into_iter().map(hit).collect();
        Self { hits, more: found.next_page.is_some(), next: found.next_page }
    }
}

#[derive(Serialize)]
pub(super) struct Plain {
    text: String,
    truncated: bool,
}

impl Plain {
    pub(super) fn of(plain: documents::PlainText) -> Self {
        Self { text: plain.text, truncated: plain.truncated }
    }
}
