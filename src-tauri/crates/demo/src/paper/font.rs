//! A typeface, and how wide its words are.

use krilla::text::Font;
use ttf_parser::{Face, name_id};

use super::PdfError;

/// One face of it.
pub(super) struct Typeface {
    pub(super) font: Font,
    face: Face<'static>,
}

impl Typeface {
    /// Libertinus Serif in one of its weights.
    pub(super) fn of(weight: &str) -> Result<Self, PdfError> {
        let wanted = format!("Libertinus Serif {weight}");
        for bytes in typst_assets::fonts() {
            let Ok(face) = Face::parse(bytes, 0) else { continue };
            if full_name(&face).is_some_and(|name| name == wanted) {
                let font = Font::new(bytes.to_vec().into(), 0).ok_or(PdfError::Font)?;
                return Ok(Self { font, face });
            }
        }
        Err(PdfError::Font)
    }

    /// Width of a text in points.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        let advance = |c| self.face.glyph_hor_advance(self.face.glyph_index(c)?);
        let units: u32 = text.chars().filter_map(advance).map(u32::from).sum();
        #[expect(clippy::cast_precision_loss, reason = "a line is shorter than 2^24 units")]
        let units = units as f32;
        units / f32::from(self.face.units_per_em()) * size
    }
}

fn full_name(face: &Face<'_>) -> Option<String> {
    let mut names = face.names().into_iter();
    names.find(|name| name.name_id == name_id::FULL_NAME && name.is_unicode())?.to_string()
}
