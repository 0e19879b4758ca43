//! Sheets of A4, filled from top to bottom.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Size};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::text::TextDirection;

use super::PdfError;
use super::font::Typeface;

/// A4 in points.
pub(super) const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;

/// DIN 5008: 25 mm on the left, 20 mm on the right.
pub(super) const LEFT: f32 = 70.9;
pub(super) const RIGHT: f32 = WIDTH - 56.7;
const TOP: f32 = 70.0;
const BOTTOM: f32 = HEIGHT - 70.0;

/// Line height in font sizes.
const LEADING: f32 = 1.35;

/// Something drawn: texts and lines wait here until their sheet is full.
enum Mark {
    Text { x: f32, y: f32, size: f32, bold: bool, text: String },
    Line { from: (f32, f32), to: (f32, f32), width: f32 },
}

/// The sheets of one paper.
pub(super) struct Sheets {
    regular: Typeface,
    bold: Typeface,
    full: Vec<Vec<Mark>>,
    current: Vec<Mark>,
    /// Where the next line goes, from the top.
    pub(super) y: f32,
}

impl Sheets {
    pub(super) fn new() -> Result<Self, PdfError> {
        Ok(Self {
            regular: Typeface::of("Regular")?,
            bold: Typeface::of("Bold")?,
            full: Vec::new(),
            current: Vec::new(),
            y: TOP,
        })
    }

    /// A text over the whole width, broken into lines.
    pub(super) fn text(&mut self, text: &str, size: f32) {
        self.block(text, (LEFT, RIGHT), size, false);
    }

    pub(super) fn bold(&mut self, text: &str, size: f32) {
        self.block(text, (LEFT, RIGHT), size, true);
    }

    /// A text between two edges, broken into lines.
    pub(super) fn block(&mut self, text: &str, (left, right): (f32, f32), size: f32, bold: bool) {
        for line in self.lines(text, right - left, size, bold) {
            self.make_room(size * LEADING);
            self.y += size * LEADING;
            self.current.push(Mark::Text { x: left, y: self.y, size, bold, text: line });
        }
    }

    /// A text that ends at the right edge.
    pub(super) fn right(&mut self, text: &str, size: f32) {
        let x = RIGHT - self.regular.width(text, size);
        self.y += size * LEADING;
        let text = text.to_owned();
        self.current.push(Mark::Text { x, y: self.y, size, bold: false, text });
    }

    /// A text anywhere.
    pub(super) fn label(&mut self, (x, y): (f32, f32), text: &str, size: f32) {
        let text = text.to_owned();
        self.current.push(Mark::Text { x, y, size, bold: false, text });
    }

    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32) {
        self.current.push(Mark::Line { from, to, width });
    }

    pub(super) fn rectangle(&mut self, (x, y): (f32, f32), (w, h): (f32, f32), width: f32) {
        let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)];
        for (from, to) in corners.iter().zip(corners.iter().skip(1)) {
            self.line(*from, *to, width);
        }
    }

    pub(super) fn space(&mut self, points: f32) {
        self.y += points;
    }

    pub(super) fn new_sheet(&mut self) {
        self.full.push(std::mem::take(&mut self.current));
        self.y = TOP;
    }

    /// The PDF.
    pub(super) fn finish(mut self, title: &str) -> Result<Vec<u8>, PdfError> {
        self.new_sheet();
        let mut document = Document::new();
        let metadata = Metadata::new().title(title.to_owned()).language("de-DE".to_owned());
        document.set_metadata(metadata);
        let size = Size::from_wh(WIDTH, HEIGHT).ok_or(PdfError::Measure)?;
        let count = self.full.len();
        for (number, marks) in (1..).zip(&self.full) {
            let mut page = document.start_page_with(PageSettings::new(size));
            let mut surface = page.surface();
            surface.set_fill(Some(Fill { paint: rgb::Color::black().into(), ..Fill::default() }));
            for mark in marks {
                self.draw(&mut surface, mark)?;
            }
            if count > 1 {
                let text = format!("Seite {number} von {count}");
                let (x, y, size, bold) = (LEFT, HEIGHT - 40.0, 9.0, false);
                self.draw(&mut surface, &Mark::Text { x, y, size, bold, text })?;
            }
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| PdfError::Unfinished(format!("{error:?}")))
    }

    fn draw(
        &self,
        surface: &mut krilla::surface::Surface<'_>,
        mark: &Mark,
    ) -> Result<(), PdfError> {
        match mark {
            Mark::Text { x, y, size, bold, text } => {
                let font = if *bold { &self.bold } else { &self.regular }.font.clone();
                surface.set_stroke(None);
                let at = Point::from_xy(*x, *y);
                surface.draw_text(at, font, *size, text, false, TextDirection::LeftToRight);
            }
            Mark::Line { from, to, width } => {
                let mut path = PathBuilder::new();
                path.move_to(from.0, from.1);
                path.line_to(to.0, to.1);
                let path = path.finish().ok_or(PdfError::Measure)?;
                let paint = rgb::Color::black().into();
                surface.set_stroke(Some(Stroke { paint, width: *width, ..Stroke::default() }));
                surface.draw_path(&path);
            }
        }
        Ok(())
    }

    fn make_room(&mut self, points: f32) {
        if self.y + points > BOTTOM {
            self.new_sheet();
        }
    }

    fn lines(&self, text: &str, width: f32, size: f32, bold: bool) -> Vec<String> {
        let face = if bold { &self.bold } else { &self.regular };
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split(' ') {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if face.width(&longer, size) <= width || line.is_empty() {
                line = longer;
            } else {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            }
        }
        lines.push(line);
        lines
    }
}
