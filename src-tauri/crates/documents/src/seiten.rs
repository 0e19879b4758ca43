//! The worker: everything here runs in the process `kontor-seiten`, on bytes that nobody trusts.
//!
//! It loads pdfium, locks itself in, says hello and serves one document until the desk hangs up.
//! It has no error handling worth the name on purpose: what goes wrong ends the process, and the
//! desk starts another.

use std::{env, path::PathBuf, process::ExitCode};

use pdfium_render::prelude::Pdfium;

use crate::{
    Trouble,
    protocol::{Ask, FrameError, FromWorker, ToWorker, VERSION, WireKind},
};

mod bmp;
mod desk;
mod find;
mod fold;
mod glyphs;
mod image_pages;
mod pages;
mod pdf_pages;
mod ranges;
mod sandbox;
mod words;

use desk::Desk;
use pages::{Pages, Reply};

/// Argument that makes the worker try to break out and say what it could do.
pub const CHECK_SANDBOX: &str = "--check-sandbox";

/// The program: `kontor-seiten PDFIUM`, or `kontor-seiten --check-sandbox`.
pub fn run() -> ExitCode {
    let Some(argument) = env::args_os().nth(1) else {
        eprintln!("usage: kontor-seiten PDFIUM | {CHECK_SANDBOX}");
        return ExitCode::from(2);
    };
    if argument == CHECK_SANDBOX {
        return sandbox::check();
    }
    match serve(PathBuf::from(argument)) {
        // The desk has hung up: that is how a worker's life ends.
        Ok(()) | Err(FrameError::Gone(_)) => ExitCode::SUCCESS,
        Err(FrameError::Broken(what)) => {
            eprintln!("kontor-seiten: {what}");
            ExitCode::FAILURE
        }
    }
}

fn serve(library: PathBuf) -> Result<(), FrameError> {
    // Before the sandbox: it is the last file that this process opens.
    let bindings = Pdfium::bind_to_library(library)
        .map_err(|_| FrameError::Broken("pdfium could not be loaded"))?;
    let pdfium = Pdfium::new(bindings);
    let desk = Desk::new().map_err(FrameError::Gone)?;
    let sandbox = sandbox::enter();
    desk.send(&FromWorker::Hello { version: VERSION, sandbox }, &[])?;
    let ToWorker::Open { length_bytes, kind } = desk.receive()? else {
        return Err(FrameError::Broken("nothing was opened"));
    };
    sandbox::allow_more_time();
    let ranges = ranges::Ranges::new(&desk, length_bytes);
    match kind {
        WireKind::Pdf => answer_all(&desk, pdf_pages::PdfPages::open(&pdfium, ranges)),
        WireKind::Image => answer_all(&desk, image_pages::ImagePages::open(ranges)),
    }
}

fn answer_all(desk: &Desk, opened: Result<impl Pages, Trouble>) -> Result<(), FrameError> {
    let mut pages = match opened {
        Ok(pages) => pages,
        Err(trouble) => return desk.send(&FromWorker::Failed(trouble), &[]),
    };
    desk.send(&FromWorker::Opened { pages: pages.count() }, &[])?;
    loop {
        let ToWorker::Ask(ask) = desk.receive()? else {
            return Err(FrameError::Broken("neither opened nor asked"));
        };
        sandbox::allow_more_time();
        match answer(&mut pages, &ask) {
            Ok(Reply { answer, blob }) => desk.send(&FromWorker::Answer(answer), &blob)?,
            Err(trouble) => desk.send(&FromWorker::Failed(trouble), &[])?,
        }
    }
}

fn answer(pages: &mut impl Pages, ask: &Ask) -> Result<Reply, Trouble> {
    if let Some(page) = ask.page().filter(|page| *page >= pages.count()) {
        return Err(Trouble::PageAbsent { page });
    }
    match ask {
        Ask::Overview => Ok(Reply::overview(pages.overview())),
        Ask::Render(render) => pages.render(render).map(Reply::picture),
        Ask::Text { page } => Ok(Reply::text(words::page_text(pages.glyphs(*page)?))),
        Ask::Find { page, query } => {
            Ok(Reply::found(find::find(pages.glyphs(*page)?, *page, query)))
        }
        Ask::Words { page, bytes_max } => {
            Ok(Reply::words(words::plain(pages.glyphs(*page)?, *bytes_max)))
        }
    }
}
