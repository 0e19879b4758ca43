//! A picture as a BMP file.
//!
//! Windows, `WebKit` and Chromium show BMP, and its rows are laid out as pdfium writes them: blue,
//! green, red, each row filled up to four bytes. So pdfium renders into the file itself, and
//! nothing is compressed on one side to be decompressed on the other.

use crate::{
    Picture, Trouble,
    protocol::{EDGE_PX_MAX, PIXELS_MAX},
};

/// BITMAPFILEHEADER and BITMAPINFOHEADER.
const HEAD_BYTES: usize = 54;
/// Rows begin at a multiple of eight, because pdfium writes there.
const GAP_BYTES: usize = 2;
const PALETTE_BYTES: usize = 4 * 256;

/// A size within the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Size {
    /// So wide, and as high as the proportions of a page want it; smaller where a limit says so.
    pub(super) fn fitting(
        width_px: u32,
        page_width: f64,
        page_height: f64,
    ) -> Result<Self, Trouble> {
        let is_size = |length: f64| length.is_finite() && length > 0.0;
        if !is_size(page_width) || !is_size(page_height) {
            return Err(Trouble::Damaged);
        }
        let pixels_max = f64::from(PIXELS_MAX);
        let proportion = page_height / page_width;
        let mut width = f64::from(width_px.clamp(1, EDGE_PX_MAX));
        width = width.min(f64::from(EDGE_PX_MAX) / proportion);
        // As a square root it cannot be rounded beyond the limit by more than a row.
        width = width.min((pixels_max / proportion).sqrt());
        Ok(Self { width: pixels(width), height: pixels(width * proportion) })
    }

    fn row_bytes(self, pixel_bytes: usize) -> usize {
        (self.width as usize * pixel_bytes).next_multiple_of(4)
    }
}

/// A picture being made: 24 bit, rows from the top.
pub(super) struct Canvas {
    size: Size,
    file: Vec<u8>,
}

impl Canvas {
    pub(super) fn new(size: Size) -> Self {
        let bytes = size.row_bytes(3) * size.height as usize;
        let begin = HEAD_BYTES + GAP_BYTES;
        let mut file = Vec::with_capacity(begin + bytes);
        file.extend(head(size, 24));
        file.resize(begin + bytes, 0);
        Self { size, file }
    }

    /// The rows, each filled up to four bytes.
    pub(super) fn rows(&mut self) -> &mut [u8] {
        self.file.get_mut(HEAD_BYTES + GAP_BYTES..).unwrap_or_default()
    }

    /// The file; with a third of the bytes if no pixel has a colour.
    pub(super) fn finish(self) -> Picture {
        let Size { width, height } = self.size;
        let bmp = self.as_grey().unwrap_or(self.file);
        Picture { bmp, width_px: width, height_px: height }
    }

    fn as_grey(&self) -> Option<Vec<u8>> {
        let rows = self.file.get(HEAD_BYTES + GAP_BYTES..)?.chunks_exact(self.size.row_bytes(3));
        let pixels_bytes = self.size.width as usize * 3;
        let grey_row_bytes = self.size.row_bytes(1);
        let body = grey_row_bytes * self.size.height as usize;
        let mut file = Vec::with_capacity(HEAD_BYTES + PALETTE_BYTES + GAP_BYTES + body);
        file.extend(head(self.size, 8));
        file.extend((0..=u8::MAX).flat_map(|level| [level, level, level, 0]));
        file.extend([0; GAP_BYTES]);
        for row in rows {
            let (pixels, _) = row.get(..pixels_bytes)?.as_chunks::<3>();
            if !is_grey(pixels) {
                return None;
            }
            let end = file.len() + grey_row_bytes;
            file.extend(pixels.iter().map(|[level, _, _]| *level));
            file.resize(end, 0);
        }
        Some(file)
    }
}

/// Without a branch per pixel, so that the compiler takes many at once.
fn is_grey(pixels: &[[u8; 3]]) -> bool {
    pixels.iter().fold(0, |seen, [blue, green, red]| seen | (blue ^ green) | (green ^ red)) == 0
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths are positive and at most EDGE_PX_MAX"
)]
fn pixels(length: f64) -> u32 {
    (length.round() as u32).clamp(1, EDGE_PX_MAX)
}

/// What the file says about itself.
fn head(size: Size, bits: u16) -> [u8; HEAD_BYTES] {
    let palette = if bits == 8 { PALETTE_BYTES } else { 0 };
    let body = size.row_bytes(usize::from(bits / 8)) * size.height as usize;
    let begin = HEAD_BYTES + palette + GAP_BYTES;
    let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes();
    let mut head = [0; HEAD_BYTES];
    let mut fields = head.iter_mut();
    let mut put = |bytes: &[u8]| {
        for byte in bytes {
            if let Some(field) = fields.next() {
                *field = *byte;
            }
        }
    };
    put(b"BM");
    put(&length(begin + body));
    put(&[0; 4]);
    put(&length(begin));
    put(&40_u32.to_le_bytes());
    put(&size.width.to_le_bytes());
    // Negative: the first row is the uppermost.
    put(&size.height.wrapping_neg().to_le_bytes());
    put(&1_u16.to_le_bytes());
    put(&bits.to_le_bytes());
    put(&0_u32.to_le_bytes());
    put(&length(body));
    // 3780 pixels per metre are 96 per inch.
    put(&3780_u32.to_le_bytes());
    put(&3780_u32.to_le_bytes());
    put(&(if bits == 8 { 256_u32 } else { 0 }).to_le_bytes());
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(size: Size, paint: impl Fn(usize) -> [u8; 3]) -> Picture {
        let mut canvas = Canvas::new(size);
        let row_bytes = size.row_bytes(3);
        for row in canvas.rows().chunks_exact_mut(row_bytes) {
            for (column, pixel) in row.chunks_exact_mut(3).take(size.width as usize).enumerate() {
                pixel.copy_from_slice(&paint(column));
            }
        }
        canvas.finish()
    }

    fn decoded(picture: &Picture) -> image::RgbImage {
        let image = image::load_from_memory_with_format(&picture.bmp, image::ImageFormat::Bmp);
        image.unwrap().into_rgb8()
    }

    #[test]
    fn a_foreign_reader_sees_the_same_picture() {
        let size = Size { width: 5, height: 2 };
        let colour = painted(size, |column| [u8::try_from(column).unwrap(), 100, 200]);
        let image = decoded(&colour);
        assert_eq!(image.dimensions(), (5, 2));
        assert_eq!(image.get_pixel(3, 1).0, [200, 100, 3]);

        let grey = painted(size, |column| [u8::try_from(column * 50).unwrap(); 3]);
        let image = decoded(&grey);
        assert_eq!(image.dimensions(), (5, 2));
        assert_eq!(image.get_pixel(3, 0).0, [150; 3]);
        assert!(grey.bmp.len() < 56 + 1024 + 17);
    }

    #[test]
    fn sizes_stay_within_the_limits() {
        let fitting = |width, (page_width, page_height)| {
            let Size { width, height } = Size::fitting(width, page_width, page_height).unwrap();
            (width, height)
        };
        let a4 = (595.0, 842.0);
        assert_eq!(fitting(1240, a4), (1240, 1755));
        assert_eq!(fitting(0, a4), (1, 1));
        for page in [a4, (14_400_000.0, 14_400_000.0), (1.0, 1e9), (1e9, 1.0)] {
            let (width, height) = fitting(u32::MAX, page);
            assert!(
                u64::from(width) * u64::from(height)
                    <= u64::from(PIXELS_MAX) + u64::from(width + height)
            );
            assert!(width.max(height) <= EDGE_PX_MAX);
        }
        for page in [(0.0, 842.0), (f64::NAN, 1.0), (1.0, f64::INFINITY), (-1.0, 1.0)] {
            assert_eq!(Size::fitting(100, page.0, page.1), Err(Trouble::Damaged));
        }
    }
}
