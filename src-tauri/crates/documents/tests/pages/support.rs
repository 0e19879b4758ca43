//! Opening documents as the desk does.

use std::{path::PathBuf, time::Duration};

use kontor_documents::{
    Documents, Info, Limits, OpenDocument, Picture, Program, Render, Source, Trouble, Turn, Urgency,
};

/// The worker of this build.
pub(crate) const WORKER: &str = env!("CARGO_BIN_EXE_kontor-seiten");

pub(crate) fn documents() -> Documents {
    documents_within(Limits { request_limit: Duration::from_mins(1), ..Limits::default() })
}

pub(crate) fn documents_within(limits: Limits) -> Documents {
    let beside = PathBuf::from(WORKER).with_file_name("libpdfium.so");
    let named = std::env::var_os("KONTOR_PDFIUM").map(PathBuf::from);
    let library = Some(beside).filter(|path| path.is_file()).or(named);
    let library = library.expect("no pdfium: source packaging/pdfium and run install_pdfium");
    Documents::new(Program { worker: WORKER.into(), library }, limits)
}

pub(crate) fn open(source: impl Source + 'static) -> OpenDocument {
    documents().open(source).unwrap()
}

pub(crate) fn info(bytes: Vec<u8>) -> Result<Info, Trouble> {
    open(bytes).info().wait()
}

pub(crate) fn render(
    document: &OpenDocument,
    page: u32,
    width_px: u32,
    turn: Turn,
) -> Result<Picture, Trouble> {
    document.render(Render { page, width_px, turn }, Urgency::Visible).wait()
}

pub(crate) fn decoded(picture: &Picture) -> image::RgbImage {
    let image = image::load_from_memory_with_format(&picture.bmp, image::ImageFormat::Bmp);
    image.unwrap().into_rgb8()
}

/// Whether there is ink in the given part of the picture, in hundredths of its width and height.
pub(crate) fn has_ink(picture: &Picture, columns: [u32; 2], rows: [u32; 2]) -> bool {
    let image = decoded(picture);
    let (width, height) = image.dimensions();
    image.enumerate_pixels().any(|(x, y, pixel)| {
        let (x, y) = (x * 100 / width, y * 100 / height);
        (columns[0]..columns[1]).contains(&x)
            && (rows[0]..rows[1]).contains(&y)
            && pixel.0.iter().all(|level| *level < 128)
    })
}
