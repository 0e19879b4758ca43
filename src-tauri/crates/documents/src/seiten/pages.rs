//! What both kinds of documents can do.

use super::glyphs::Glyphs;
use crate::{
    PageText, Picture, Render, Trouble,
    protocol::{Answer, FoundOnPage, Overview},
};

/// An open document. Pages asked for are within [`count`](Self::count).
pub(super) trait Pages {
    fn count(&self) -> u32;
    fn overview(&mut self) -> Overview;
    fn render(&mut self, render: &Render) -> Result<Picture, Trouble>;
    /// The characters of a page in reading order.
    fn glyphs(&mut self, page: u32) -> Result<&Glyphs, Trouble>;
}

/// An answer and the bytes that go with it.
pub(super) struct Reply {
    pub(super) answer: Answer,
    pub(super) blob: Vec<u8>,
}

impl Reply {
    pub(super) fn overview(overview: Overview) -> Self {
        Self::only(Answer::Overview(overview))
    }

    pub(super) fn picture(picture: Picture) -> Self {
        let Picture { bmp, width_px, height_px } = picture;
        Self { answer: Answer::Picture { width_px, height_px }, blob: bmp }
    }

    pub(super) fn text(text: PageText) -> Self {
        Self::only(Answer::Text(text))
    }

    pub(super) fn found(found: FoundOnPage) -> Self {
        Self::only(Answer::Found(found))
    }

    pub(super) fn words((text, truncated): (String, bool)) -> Self {
        Self::only(Answer::Words { text, truncated })
    }

    fn only(answer: Answer) -> Self {
        Self { answer, blob: Vec::new() }
    }
}
