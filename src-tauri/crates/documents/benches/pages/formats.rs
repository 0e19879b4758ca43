//! What a sharp page costs on its way to the window as BMP, PNG or JPEG: made in the worker, sent
//! through a pipe, read in the window. The same page each time.

use std::io::{Cursor, Read as _, Write as _};

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageFormat};

use crate::median;

/// As scans are usually kept.
const JPEG_QUALITY: u8 = 85;

/// Prints one line a format. `page` is a BMP as the worker makes it.
pub(crate) fn compare(page: &[u8]) {
    let picture = image::load_from_memory_with_format(page, ImageFormat::Bmp).unwrap();
    println!("a sharp page, {} × {}: made + sent + read, in ms", picture.width(), picture.height());
    let bmp = |_: &DynamicImage| page.to_vec();
    row("BMP, as pdfium writes it", ImageFormat::Bmp, &picture, bmp);
    row("PNG, fastest", ImageFormat::Png, &picture, |picture| {
        let mut file = Vec::new();
        let fastest = (CompressionType::Fast, FilterType::Sub);
        picture
            .write_with_encoder(PngEncoder::new_with_quality(&mut file, fastest.0, fastest.1))
            .unwrap();
        file
    });
    row("JPEG", ImageFormat::Jpeg, &picture, |picture| {
        let mut file = Vec::new();
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY)).unwrap();
        file
    });
}

fn row(
    name: &str,
    format: ImageFormat,
    picture: &DynamicImage,
    make: impl Fn(&DynamicImage) -> Vec<u8>,
) {
    let file = make(picture);
    let making = median(|_| drop(std::hint::black_box(make(picture))));
    let sent = median(|_| send(&file));
    let read = median(|_| {
        let read = image::load(Cursor::new(&file), format).unwrap();
        drop(std::hint::black_box(read));
    });
    println!(
        "{name:28} {:6.1}  = {making:5.1} + {sent:4.1} + {read:5.1}  {:6} kB",
        making + sent + read,
        file.len() / 1000
    );
}

fn send(file: &[u8]) {
    let (mut from, mut to) = std::io::pipe().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || to.write_all(file).unwrap());
        let mut arrived = Vec::with_capacity(file.len());
        from.read_to_end(&mut arrived).unwrap();
        assert_eq!(arrived.len(), file.len());
    });
}
