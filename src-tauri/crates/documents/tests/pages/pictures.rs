//! Images as documents.

use std::io::Cursor;

use image::ImageFormat;
use kontor_documents::{Kind, Trouble, Turn};
use tiff::encoder::{TiffEncoder, colortype};

use crate::{
    fixtures::half_black,
    support::{has_ink, info, open, render},
};

#[test]
fn images_are_shown_and_turned() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Bmp, ImageFormat::WebP] {
        let document = open(half_black(format, 400, 200));
        let info = document.info().wait().unwrap();
        assert_eq!((info.kind, info.pages.len()), (Kind::Image, 1), "{format:?}");
        assert_eq!((info.pages[0].width, info.pages[0].height), (300.0, 150.0));
        let picture = render(&document, 0, 100, Turn::None).unwrap();
        assert_eq!((picture.width_px, picture.height_px), (100, 50));
        assert!(has_ink(&picture, [0, 45], [0, 100]) && !has_ink(&picture, [55, 100], [0, 100]));
        let turned = render(&document, 0, 100, Turn::Right).unwrap();
        assert_eq!((turned.width_px, turned.height_px), (100, 200));
        assert!(has_ink(&turned, [0, 100], [0, 45]) && !has_ink(&turned, [0, 100], [55, 100]));
    }
}

#[test]
fn an_image_is_not_made_larger_than_it_is() {
    let document = open(half_black(ImageFormat::Png, 40, 20));
    let picture = render(&document, 0, 4000, Turn::None).unwrap();
    assert_eq!((picture.width_px, picture.height_px), (40, 20));
}

#[test]
fn a_tiff_has_pages() {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
    for level in [0_u8, 255] {
        encoder.write_image::<colortype::Gray8>(30, 20, &[level; 600]).unwrap();
    }
    let document = open(bytes.into_inner());
    assert_eq!(document.info().wait().unwrap().pages.len(), 2);
    assert!(has_ink(&render(&document, 0, 30, Turn::None).unwrap(), [0, 100], [0, 100]));
    assert!(!has_ink(&render(&document, 1, 30, Turn::None).unwrap(), [0, 100], [0, 100]));
}

#[test]
fn an_image_that_would_fill_the_memory_is_too_large() {
    let mut png = half_black(ImageFormat::Png, 10, 10);
    // Width and height in IHDR; its checksum no longer fits, which is found out later than the size.
    png[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    let trouble = info(png).unwrap_err();
    assert!(matches!(trouble, Trouble::TooLarge | Trouble::Damaged), "{trouble:?}");
}
