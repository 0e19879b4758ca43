//! Documents made here, byte by byte the same each time.

use std::{fmt::Write, io::Cursor};

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use lopdf::{
    Dictionary, Document, EncryptionState, EncryptionVersion, Object, Permissions, Stream,
    dictionary,
};

/// Pages of text: one inner slice is one page, each string one line.
pub(crate) fn text_pdf(pages: &[&[&str]]) -> Vec<u8> {
    bytes(text_document(pages, |_| {}))
}

/// The same with a change to every page's dictionary.
pub(crate) fn changed_pdf(pages: &[&[&str]], change: impl Fn(&mut Dictionary)) -> Vec<u8> {
    bytes(text_document(pages, change))
}

/// The same behind a password.
pub(crate) fn encrypted_pdf() -> Vec<u8> {
    let mut document = text_document(&[&["Geheim"]], |_| {});
    let id = || Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", Object::Array(vec![id(), id()]));
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    bytes(document)
}

/// A scan: every page one grey JPEG, A4 at 300 dpi, with its number's pattern.
pub(crate) fn scan_pdf(pages: u32) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let images: Vec<_> = (0..8)
        .map(|pattern| {
            let jpeg = letter_jpeg(pattern);
            let dictionary = dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => 2480, "Height" => 3508,
                "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8, "Filter" => "DCTDecode",
            };
            document.add_object(Stream::new(dictionary, jpeg))
        })
        .collect();
    let content = b"q 595 0 0 842 0 0 cm /Im Do Q".to_vec();
    let content = document.add_object(Stream::new(dictionary! {}, content));
    let parent = document.new_object_id();
    let kids = (0..pages)
        .map(|page| {
            let image = images[page as usize % images.len()];
            let resources = dictionary! { "XObject" => dictionary! { "Im" => image } };
            page_object(&mut document, parent, content, resources).into()
        })
        .collect();
    finish(&mut document, parent, kids);
    bytes(document)
}

/// A page of grey lines like those of a letter, with the grain of a scanner.
pub(crate) fn letter_jpeg(seed: u32) -> Vec<u8> {
    let image = GrayImage::from_fn(2480, 3508, |x, y| {
        let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503) ^ seed) >> 7 & 7;
        let is_line = (300..3200).contains(&y) && (250..2200).contains(&x) && y % 60 < 30;
        let is_stroke = (x / 6 + y / 60 * (seed + 3)).wrapping_mul(7919) % 11 < 4;
        let paper = if is_line && is_stroke { 30 } else { 240 };
        Luma([u8::try_from(paper + grain).unwrap()])
    });
    let mut jpeg = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 75);
    image.write_with_encoder(encoder).unwrap();
    jpeg
}

/// An image of this format: left half black, right half white.
pub(crate) fn half_black(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let image =
        GrayImage::from_fn(width, height, |x, _| Luma([if x < width / 2 { 0 } else { 255 }]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image).into_rgb8().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A file of these objects, with a table of where they are.
pub(crate) fn raw_pdf(objects: &[&str]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        writeln!(file, "{} 0 obj\n{object}\nendobj", index + 1).unwrap();
    }
    let table = file.len();
    writeln!(file, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1).unwrap();
    for offset in offsets {
        writeln!(file, "{offset:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    write!(file, "trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF").unwrap();
    file.into_bytes()
}

fn text_document(pages: &[&[&str]], change: impl Fn(&mut Dictionary)) -> Document {
    let mut document = Document::with_version("1.7");
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
        "Encoding" => "WinAnsiEncoding",
    });
    let parent = document.new_object_id();
    let kids = pages
        .iter()
        .map(|lines| {
            let content = Stream::new(dictionary! {}, text_content(lines));
            let content = document.add_object(content);
            let resources = dictionary! { "Font" => dictionary! { "F" => font } };
            let page = page_object(&mut document, parent, content, resources);
            change(document.get_dictionary_mut(page).unwrap());
            page.into()
        })
        .collect();
    finish(&mut document, parent, kids);
    document
}

/// 12 points high, from 72 points of the left and of the upper edge on.
fn text_content(lines: &[&str]) -> Vec<u8> {
    let mut content = b"BT /F 12 Tf 16 TL 72 758 Td".to_vec();
    for line in lines {
        content.extend(b" <");
        for char in line.chars() {
            // Windows-1252 is Latin-1 as far as the tests go.
            content.extend(format!("{:02x}", u32::from(char)).bytes());
        }
        content.extend(b"> Tj T*");
    }
    content.extend(b" ET");
    content
}

fn page_object(
    document: &mut Document,
    parent: lopdf::ObjectId,
    content: lopdf::ObjectId,
    resources: Dictionary,
) -> lopdf::ObjectId {
    document.add_object(dictionary! {
        "Type" => "Page", "Parent" => parent, "Contents" => content, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    })
}

fn finish(document: &mut Document, parent: lopdf::ObjectId, kids: Vec<Object>) {
    let count = i64::try_from(kids.len()).unwrap();
    let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.objects.insert(parent, pages.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
    document.trailer.set("Root", catalog);
}

fn bytes(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}
