//! Images: one page, or as many as a TIFF has.

use std::io::{Cursor, Read};

use image::{
    DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage, imageops, metadata::Orientation,
};
use tiff::decoder::Decoder;

use super::{
    bmp::{Canvas, Size},
    glyphs::Glyphs,
    pages::Pages,
    ranges::Ranges,
};
use crate::{
    PageSize, Picture, Render, Trouble, Turn,
    protocol::{EDGE_PX_MAX, Overview},
};

mod tiff_page;

/// The largest file that is taken into memory.
const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// What a decoder may allocate: A3 in colour at 600 dpi takes 209 MB.
const DECODED_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// The longest edge of an image.
const IMAGE_EDGE_PX_MAX: u32 = 4 * EDGE_PX_MAX;
/// The most pages of a TIFF.
const PAGES_MAX: u32 = 5_000;
/// An image that does not say how large it is in the world is taken as a screen would show it.
const POINTS_PER_PIXEL: f32 = 72.0 / 96.0;

/// An open image.
pub(super) struct ImagePages {
    file: Vec<u8>,
    is_tiff: bool,
    sizes: Vec<PageSize>,
    /// The page that was decoded last.
    decoded: Option<(u32, RgbImage)>,
    no_text: Glyphs,
}

impl ImagePages {
    pub(super) fn open(mut ranges: Ranges<'_>) -> Result<Self, Trouble> {
        if ranges.length_bytes() > FILE_BYTES_MAX {
            return Err(Trouble::TooLarge);
        }
        let mut file = Vec::new();
        ranges.read_to_end(&mut file).map_err(|_| Trouble::Source)?;
        let is_tiff = file.starts_with(b"II*\0") || file.starts_with(b"MM\0*");
        let sizes =
            if is_tiff { tiff_page::sizes(&file, PAGES_MAX)? } else { vec![size_of_image(&file)?] };
        Ok(Self { file, is_tiff, sizes, decoded: None, no_text: Glyphs::default() })
    }

    fn decode(&mut self, page: u32) -> Result<&RgbImage, Trouble> {
        if self.decoded.as_ref().is_none_or(|(decoded, _)| *decoded != page) {
            // Dropped before the next is decoded, for the sake of memory.
            self.decoded = None;
            let image = if self.is_tiff {
                tiff_page::decode(&self.file, page)?
            } else {
                decode_image(&self.file)?
            };
            self.decoded = Some((page, on_white(image)));
        }
        self.decoded.as_ref().map(|(_, image)| image).ok_or(Trouble::Damaged)
    }
}

impl Pages for ImagePages {
    fn count(&self) -> u32 {
        u32::try_from(self.sizes.len()).unwrap_or(PAGES_MAX)
    }

    fn overview(&mut self) -> Overview {
        Overview { sizes: self.sizes.clone(), outline: Vec::new() }
    }

    fn render(&mut self, render: &Render) -> Result<Picture, Trouble> {
        let image = self.decode(render.page)?;
        let (width, height) = image.dimensions();
        let is_sideways = matches!(render.turn, Turn::Left | Turn::Right);
        let (width, height) = if is_sideways { (height, width) } else { (width, height) };
        let size = Size::fitting(render.width_px.min(width), f64::from(width), f64::from(height))?;
        let before_turn =
            if is_sideways { (size.height, size.width) } else { (size.width, size.height) };
        // `thumbnail` averages, which is right for making smaller, and images are never enlarged.
        let scaled = imageops::thumbnail(image, before_turn.0, before_turn.1);
        let turned = match render.turn {
            Turn::None => scaled,
            Turn::Right => imageops::rotate90(&scaled),
            Turn::Over => imageops::rotate180(&scaled),
            Turn::Left => imageops::rotate270(&scaled),
        };
        let mut canvas = Canvas::new(size);
        let row_bytes = (size.width as usize * 3).next_multiple_of(4);
        let rows = canvas.rows().chunks_exact_mut(row_bytes);
        for (row, pixels) in rows.zip(turned.rows()) {
            for (to, from) in row.as_chunks_mut::<3>().0.iter_mut().zip(pixels) {
                let [red, green, blue] = from.0;
                *to = [blue, green, red];
            }
        }
        Ok(canvas.finish())
    }

    fn glyphs(&mut self, _page: u32) -> Result<&Glyphs, Trouble> {
        Ok(&self.no_text)
    }
}

fn size_of_image(file: &[u8]) -> Result<PageSize, Trouble> {
    let mut decoder = decoder(file)?;
    let (width, height) = decoder.dimensions();
    let is_sideways = matches!(
        decoder.orientation().unwrap_or(Orientation::NoTransforms),
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let (width, height) = if is_sideways { (height, width) } else { (width, height) };
    Ok(points(width, height, POINTS_PER_PIXEL))
}

fn decode_image(file: &[u8]) -> Result<DynamicImage, Trouble> {
    let mut decoder = decoder(file)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| trouble(&error))?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn decoder(file: &[u8]) -> Result<impl ImageDecoder, Trouble> {
    let reader = ImageReader::new(Cursor::new(file)).with_guessed_format();
    let mut reader = reader.map_err(|_| Trouble::Damaged)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(IMAGE_EDGE_PX_MAX);
    limits.max_image_height = Some(IMAGE_EDGE_PX_MAX);
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    reader.limits(limits.clone());
    let decoder = reader.into_decoder().map_err(|error| trouble(&error))?;
    if decoder.total_bytes() > DECODED_BYTES_MAX {
        return Err(Trouble::TooLarge);
    }
    Ok(decoder)
}

/// Where an image lets something through, there is paper behind it.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let image = image.into_rgba8();
    let mut paper = RgbImage::new(image.width(), image.height());
    for (to, from) in paper.pixels_mut().zip(image.pixels()) {
        let [red, green, blue, alpha] = from.0;
        let mix = |level: u8| {
            let mixed = u16::from(level) * u16::from(alpha) + 255 * u16::from(255 - alpha);
            u8::try_from(mixed / 255).unwrap_or(u8::MAX)
        };
        to.0 = [mix(red), mix(green), mix(blue)];
    }
    paper
}

#[expect(clippy::cast_precision_loss, reason = "edges are far below 16 million")]
fn points(width: u32, height: u32, points_per_pixel: f32) -> PageSize {
    PageSize { width: width as f32 * points_per_pixel, height: height as f32 * points_per_pixel }
}

fn trouble(error: &image::ImageError) -> Trouble {
    match error {
        image::ImageError::Limits(_) => Trouble::TooLarge,
        image::ImageError::Unsupported(_) => Trouble::Unsupported,
        _ => Trouble::Damaged,
    }
}

fn tiff_decoder(file: &[u8]) -> Result<Decoder<Cursor<&[u8]>>, Trouble> {
    let mut limits = tiff::decoder::Limits::default();
    let bytes_max = usize::try_from(DECODED_BYTES_MAX).unwrap_or(usize::MAX);
    limits.decoding_buffer_size = bytes_max;
    limits.intermediate_buffer_size = bytes_max;
    let decoder = Decoder::new(Cursor::new(file)).map_err(|error| tiff_trouble(&error))?;
    Ok(decoder.with_limits(limits))
}

fn tiff_trouble(error: &tiff::TiffError) -> Trouble {
    match error {
        tiff::TiffError::LimitsExceeded => Trouble::TooLarge,
        tiff::TiffError::UnsupportedError(_) => Trouble::Unsupported,
        _ => Trouble::Damaged,
    }
}
