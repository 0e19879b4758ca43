//! What is asked about pages, and what is answered.
//!
//! Pages count from 0. Lengths are points (1/72 inch) of the page as it is shown before anybody
//! turns it: `CropBox` and /Rotate are applied, the origin is the top left corner, y grows downward.

use serde::{Deserialize, Serialize};

use crate::kind::Kind;

/// What is known about a document as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Info {
    /// What it is.
    pub kind: Kind,
    /// One entry per page.
    pub pages: Vec<PageSize>,
    /// How many of `pages` were measured; those after are taken to be like the last one measured.
    pub sizes_known: usize,
    /// Its table of contents, flattened, in reading order.
    pub outline: Vec<OutlineEntry>,
}

/// The size of a page as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PageSize {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
}

/// One line of a table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineEntry {
    /// How deep it lies; 0 is the top.
    pub depth: u8,
    /// What it says.
    pub title: String,
    /// The page it leads to, if there is one.
    pub page: Option<u32>,
}

/// Asks for a picture of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Render {
    /// Which page.
    pub page: u32,
    /// Width of the turned picture in device pixels; see [`Picture::width_px`].
    pub width_px: u32,
    /// How it is turned.
    pub turn: Turn,
}

/// Clockwise, on top of what the document says itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Turn {
    /// Not at all.
    #[default]
    None,
    /// A quarter, clockwise.
    Right,
    /// Upside down.
    Over,
    /// A quarter, counterclockwise.
    Left,
}

/// Who waits for it. Later ones wait for earlier ones, except that a begun one is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Somebody looks at the empty place.
    Visible,
    /// Somebody may look at it next.
    Ahead,
    /// A small picture in a row of many.
    Thumbnail,
    /// Nobody looks: search and index.
    Background,
}

/// A picture of a page as a BMP file: nothing to compress here, nothing to decompress there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file: 8 bit per pixel if the page is grey throughout, otherwise 24.
    pub bmp: Vec<u8>,
    /// Its width; less than asked for where a limit or an image's own size says so.
    pub width_px: u32,
    /// Its height, by the proportions of the page.
    pub height_px: u32,
}

/// The text of a page in reading order, and what can be clicked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PageText {
    /// Words.
    pub runs: Vec<Run>,
    /// Links that lead somewhere harmless.
    pub links: Vec<Link>,
    /// There was more than is read of one page.
    pub truncated: bool,
}

/// A word and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub area: Area,
    /// A line ends after it.
    pub ends_line: bool,
    /// A paragraph ends after it.
    pub ends_paragraph: bool,
}

/// A rectangle on a page, in points from the top left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// A place that can be clicked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Where it is.
    pub area: Area,
    /// Where it leads.
    pub target: Target,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// A page of the same document.
    Page(u32),
    /// An address; only `http`, `https` and `mailto` come through.
    Address(String),
}

/// Asks where words stand. Capitals, umlauts (`ä` = `ae`), accents, ligatures and hyphens at the end
/// of a line make no difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Find {
    /// The words, as one text.
    pub query: String,
    /// The page to begin with.
    pub from_page: u32,
}

/// Some of the places where the words stand, in reading order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The places.
    pub hits: Vec<Hit>,
    /// The page to go on with; none if all have been searched.
    pub next_page: Option<u32>,
}

/// One place where the words stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// On which page.
    pub page: u32,
    /// One area per line that the words stand on.
    pub areas: Vec<Area>,
    /// The words and what stands around them.
    pub excerpt: String,
}

/// How much text is taken from a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextLimits {
    /// Pages, from the first.
    pub pages_max: u32,
    /// Bytes of text.
    pub bytes_max: usize,
}

/// The text of a document as far as the limits allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WholeText {
    /// Pages are separated by a form feed.
    pub text: String,
    /// There was more; or a page could not be read.
    pub truncated: bool,
}
