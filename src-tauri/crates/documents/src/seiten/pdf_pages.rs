//! PDF through pdfium.

use std::{collections::VecDeque, time::Instant};

use pdfium_render::prelude::{
    PdfBitmap, PdfBitmapFormat, PdfDocument, PdfPage, PdfPageRenderRotation, PdfPoints, PdfRect,
    PdfRenderConfig, Pdfium, PdfiumError, PdfiumInternalError,
};

use super::{
    bmp::{Canvas, Size},
    glyphs::{GLYPHS_MAX, Glyph, Glyphs},
    pages::Pages,
    ranges::Ranges,
};
use crate::{Area, PageSize, Picture, Render, Trouble, Turn, protocol::Overview};

mod links;
mod outline;

/// How many pages stay open. An open page keeps its decoded image, which makes the sharp picture
/// after the preview, and every zoom, a matter of scaling; it also costs the memory of that image.
const OPEN_PAGES_MAX: usize = 2;
/// How many pages' characters are kept, for typing ahead in a search.
const KEPT_TEXTS_MAX: usize = 64;
/// Measuring pages ends after this time; each costs a look at its dictionary.
const MEASURING_MS_MAX: u128 = 150;
/// More pages than anybody scrolls through.
const PAGES_MAX: i32 = 200_000;

/// An open PDF.
pub(super) struct PdfPages<'a> {
    document: PdfDocument<'a>,
    count: u32,
    /// Most recently used first.
    open: VecDeque<(u32, PdfPage<'a>)>,
    texts: VecDeque<(u32, Glyphs)>,
}

impl<'a> PdfPages<'a> {
    pub(super) fn open(pdfium: &'a Pdfium, ranges: Ranges<'a>) -> Result<Self, Trouble> {
        let document =
            pdfium.load_pdf_from_reader(ranges, None).map_err(|error| trouble(&error))?;
        let count = u32::try_from(document.pages().len().min(PAGES_MAX)).unwrap_or_default();
        if count == 0 {
            return Err(Trouble::Damaged);
        }
        Ok(Self { document, count, open: VecDeque::new(), texts: VecDeque::new() })
    }

    fn page(&mut self, number: u32) -> Result<&PdfPage<'a>, Trouble> {
        let found = self.open.iter().position(|(open, _)| *open == number);
        let page = if let Some(page) = found.and_then(|at| self.open.remove(at)) {
            page
        } else {
            // Closed before the next is opened, for the sake of memory.
            self.open.truncate(OPEN_PAGES_MAX - 1);
            (number, self.document.pages().get(index(number)).map_err(|_| Trouble::Damaged)?)
        };
        self.open.push_front(page);
        self.open.front().map(|(_, page)| page).ok_or(Trouble::Damaged)
    }
}

impl Pages for PdfPages<'_> {
    fn count(&self) -> u32 {
        self.count
    }

    fn overview(&mut self) -> Overview {
        let begin = Instant::now();
        let in_time = |_: &u32| begin.elapsed().as_millis() < MEASURING_MS_MAX;
        let pages = self.document.pages();
        let size = |page| {
            let size = pages.page_size(index(page)).ok()?;
            Some(PageSize { width: size.width().value, height: size.height().value })
        };
        // A page that cannot be measured is as large as a sheet of paper.
        let a4 = PageSize { width: 595.0, height: 842.0 };
        let is_size = |size: &PageSize| size.width > 0.0 && size.height > 0.0;
        let sizes = (0..self.count).take_while(in_time);
        let sizes = sizes.map(|page| size(page).filter(is_size).unwrap_or(a4)).collect();
        Overview { sizes, outline: outline::outline(&self.document) }
    }

    fn render(&mut self, render: &Render) -> Result<Picture, Trouble> {
        let page = self.page(render.page)?;
        let (width, height) = (f64::from(page.width().value), f64::from(page.height().value));
        let (width, height, rotation) = match render.turn {
            Turn::None => (width, height, PdfPageRenderRotation::None),
            Turn::Right => (height, width, PdfPageRenderRotation::Degrees90),
            Turn::Over => (width, height, PdfPageRenderRotation::Degrees180),
            Turn::Left => (height, width, PdfPageRenderRotation::Degrees270),
        };
        let size = Size::fitting(render.width_px, width, height)?;
        let (width_px, height_px) = (pixels(size.width), pixels(size.height));
        let config = PdfRenderConfig::new()
            .set_fixed_size(width_px, height_px)
            .rotate(rotation, false)
            .set_reverse_byte_order(false);
        let mut canvas = Canvas::new(size);
        let format = PdfBitmapFormat::BGR;
        PdfBitmap::from_bytes(width_px, height_px, format, canvas.rows())
            .and_then(|mut bitmap| page.render_into_bitmap_with_config(&mut bitmap, &config))
            .map_err(|error| trouble(&error))?;
        Ok(canvas.finish())
    }

    fn glyphs(&mut self, page: u32) -> Result<&Glyphs, Trouble> {
        let found = self.texts.iter().position(|(kept, _)| *kept == page);
        let glyphs = match found.and_then(|at| self.texts.remove(at)) {
            Some(glyphs) => glyphs,
            None => (page, read_glyphs(self.page(page)?)?),
        };
        self.texts.truncate(KEPT_TEXTS_MAX - 1);
        self.texts.push_front(glyphs);
        self.texts.front().map(|(_, glyphs)| glyphs).ok_or(Trouble::Damaged)
    }
}

fn read_glyphs(page: &PdfPage<'_>) -> Result<Glyphs, Trouble> {
    let shown = Shown::of(page)?;
    let text = page.text().map_err(|error| trouble(&error))?;
    let chars = text.chars();
    let mut last_area = Area::default();
    let glyphs = chars.iter().take(GLYPHS_MAX).filter_map(|char| {
        let unicode = char.unicode_char().filter(|char| *char != '\0')?;
        let area = char.loose_bounds().map_or(last_area, |bounds| shown.area(&bounds));
        last_area = area;
        Some(Glyph { char: unicode, area })
    });
    let glyphs = glyphs.collect();
    let truncated = chars.len() > GLYPHS_MAX;
    Ok(Glyphs { chars: glyphs, links: links::links(page, &shown), truncated })
}

/// From the page's own coordinates to those in which it is shown: `CropBox`, `/Rotate` and `UserUnit`.
struct Shown {
    /// `x = a·x' + b·y' + c`.
    x: [f32; 3],
    y: [f32; 3],
}

/// pdfium's conversion gives whole pixels; in this many per page a rounding is invisible.
const FINE_PX: f32 = 1_000_000.0;
/// Distance in points over which the conversion is measured.
const FAR: f32 = 1000.0;

impl Shown {
    fn of(page: &PdfPage<'_>) -> Result<Self, Trouble> {
        let (width, height) = (page.width().value, page.height().value);
        let scale = FINE_PX / width.max(height);
        if !(scale.is_finite() && scale > 0.0) {
            return Err(Trouble::Damaged);
        }
        let (width_px, height_px) = (truncated(width * scale), truncated(height * scale));
        let config = PdfRenderConfig::new().set_fixed_size(width_px.max(1), height_px.max(1));
        let at = |x, y| {
            let (x, y) = page
                .points_to_pixels(PdfPoints::new(x), PdfPoints::new(y), &config)
                .map_err(|_| Trouble::Damaged)?;
            Ok((lengths(x) / scale, lengths(y) / scale))
        };
        let (origin, right, up) = (at(0.0, 0.0)?, at(FAR, 0.0)?, at(0.0, FAR)?);
        Ok(Self {
            x: [(right.0 - origin.0) / FAR, (up.0 - origin.0) / FAR, origin.0],
            y: [(right.1 - origin.1) / FAR, (up.1 - origin.1) / FAR, origin.1],
        })
    }

    fn area(&self, bounds: &PdfRect) -> Area {
        let place = |[a, b, c]: [f32; 3], x: f32, y: f32| a * x + b * y + c;
        let (left, right) = (bounds.left().value, bounds.right().value);
        let (bottom, top) = (bounds.bottom().value, bounds.top().value);
        let (x1, x2) = (place(self.x, left, bottom), place(self.x, right, top));
        let (y1, y2) = (place(self.y, left, bottom), place(self.y, right, top));
        Area { x: x1.min(x2), y: y1.min(y2), width: (x1 - x2).abs(), height: (y1 - y2).abs() }
    }
}

fn trouble(error: &PdfiumError) -> Trouble {
    match error {
        PdfiumError::PdfiumLibraryInternalError(
            PdfiumInternalError::PasswordError | PdfiumInternalError::SecurityError,
        ) => Trouble::Encrypted,
        _ => Trouble::Damaged,
    }
}

fn index(page: u32) -> i32 {
    i32::try_from(page).unwrap_or(i32::MAX)
}

fn pixels(length: u32) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

#[expect(clippy::cast_possible_truncation, reason = "between 0 and FINE_PX")]
fn truncated(length: f32) -> i32 {
    length as i32
}

#[expect(clippy::cast_precision_loss, reason = "beyond 16 million it is far off the page")]
fn lengths(pixels: i32) -> f32 {
    pixels as f32
}
