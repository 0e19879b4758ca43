//! The characters of a page, in the order in which they are read, and where they stand.

use crate::Area;

/// The most characters that are taken from one page; a densely printed A4 page has 8,000.
pub(super) const GLYPHS_MAX: usize = 200_000;

/// What pdfium puts in place of a hyphen that ends a line.
const LINE_HYPHENS: [char; 3] = ['\u{2}', '\u{ad}', '\u{fffe}'];

/// A page's characters.
#[derive(Debug, Default)]
pub(super) struct Glyphs {
    pub(super) chars: Vec<Glyph>,
    pub(super) links: Vec<crate::Link>,
    /// There were more than [`GLYPHS_MAX`].
    pub(super) truncated: bool,
}

/// One character. Spaces and line ends that nobody wrote but that are to be read are among them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) char: char,
    pub(super) area: Area,
}

impl Glyph {
    pub(super) fn ends_line(self) -> bool {
        matches!(self.char, '\n' | '\r')
    }

    /// Whether it splits a word over two lines and belongs to neither half.
    pub(super) fn is_line_hyphen(self) -> bool {
        LINE_HYPHENS.contains(&self.char)
    }
}

impl Area {
    /// The smallest area around both.
    pub(super) fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Self { x, y, width: right - x, height: bottom - y }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A page as a typewriter writes it: 6 by 10 points per character, 12 points per line.
    pub(crate) fn typewritten(text: &str) -> Glyphs {
        let (mut column, mut line) = (0.0, 0.0);
        let mut glyphs = Vec::new();
        for char in text.chars() {
            let area = Area { x: column * 6.0, y: line * 12.0, width: 6.0, height: 10.0 };
            glyphs.push(Glyph { char, area });
            column += 1.0;
            if char == '\n' {
                (column, line) = (0.0, line + 1.0);
            }
        }
        Glyphs { chars: glyphs, ..Glyphs::default() }
    }
}
