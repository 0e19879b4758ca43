//! TIFF, which has pages: what fax machines and scanners write.

use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};
use tiff::{ColorType, decoder::DecodingResult, tags::Tag};

use super::{POINTS_PER_PIXEL, points, tiff_decoder, tiff_trouble};
use crate::{PageSize, Trouble};

/// The sizes of all pages, by the resolution that each says it has.
pub(super) fn sizes(file: &[u8], pages_max: u32) -> Result<Vec<PageSize>, Trouble> {
    let mut decoder = tiff_decoder(file)?;
    let mut sizes = Vec::new();
    loop {
        let (width, height) = decoder.dimensions().map_err(|error| tiff_trouble(&error))?;
        let resolution = decoder.get_tag_f32(Tag::XResolution).ok();
        let unit = decoder.get_tag_u32(Tag::ResolutionUnit).unwrap_or(2);
        let points_per_unit = match unit {
            2 => Some(72.0),
            3 => Some(72.0 / 2.54),
            _ => None,
        };
        let per_pixel = match (points_per_unit, resolution) {
            (Some(points), Some(resolution)) if resolution >= 10.0 => points / resolution,
            _ => POINTS_PER_PIXEL,
        };
        sizes.push(points(width, height, per_pixel));
        // A list of pages may be a circle; its length is bounded by what pages there can be.
        if !decoder.more_images() || sizes.len() >= pages_max as usize {
            return Ok(sizes);
        }
        if decoder.next_image().is_err() {
            // The pages before the damage are shown.
            return Ok(sizes);
        }
    }
}

/// The pixels of one page.
pub(super) fn decode(file: &[u8], page: u32) -> Result<DynamicImage, Trouble> {
    let mut decoder = tiff_decoder(file)?;
    decoder.seek_to_image(page as usize).map_err(|error| tiff_trouble(&error))?;
    let (width, height) = decoder.dimensions().map_err(|error| tiff_trouble(&error))?;
    let color = decoder.colortype().map_err(|error| tiff_trouble(&error))?;
    let pixels = decoder.read_image().map_err(|error| tiff_trouble(&error))?;
    let DecodingResult::U8(pixels) = pixels else { return Err(Trouble::Unsupported) };
    let image = match color {
        ColorType::Gray(1) => {
            GrayImage::from_raw(width, height, unpack_bits(&pixels, width)).map(Into::into)
        }
        ColorType::Gray(8) => GrayImage::from_raw(width, height, pixels).map(Into::into),
        ColorType::RGB(8) => RgbImage::from_raw(width, height, pixels).map(Into::into),
        ColorType::RGBA(8) => RgbaImage::from_raw(width, height, pixels).map(Into::into),
        _ => return Err(Trouble::Unsupported),
    };
    image.ok_or(Trouble::Damaged)
}

/// Eight pixels per byte, each row filled up to a whole byte.
fn unpack_bits(packed: &[u8], width: u32) -> Vec<u8> {
    let row_bytes = width.div_ceil(8).max(1) as usize;
    let rows = packed.chunks_exact(row_bytes);
    rows.flat_map(|row| {
        let bits = row.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
        bits.take(width as usize).map(|bit| bit * 255)
    })
    .collect()
}
