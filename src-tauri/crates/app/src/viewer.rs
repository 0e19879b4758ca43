//! Pages of documents for whoever shows them: an address goes in, an image or JSON comes out.
//!
//! ```text
//! /<hash>/info                          kind, pages, contents; a problem if there is one
//! /<hash>/<page>?px=…&turn=…&for=…      an image
//! /<hash>/<page>/text                   words with their places, links
//! /<hash>/find?q=…&from=…               places where words stand
//! /<hash>/plain                         the text of a text document
//! ```
//!
//! The window serves this under a scheme of its own, the test host over HTTP. `again=1` forgets
//! what went wrong with a document and opens it anew.

use kontor_documents::{
    Find, Kind, Pending, Program, Render, TextLimits, Trouble, Urgency, WholeText, plain_text,
};
use kontor_domain::DocumentHash;
use serde::Serialize;

use crate::{AppError, Code, Office};

mod address;
mod problem;
mod shape;
mod shelf;

use address::{Address, Wanted};
use problem::Problem;
use shelf::{Shelf, Stored};

/// The longest text document that is shown as a whole.
const PLAIN_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Opens documents of the profile and answers for their pages. One for each window host.
#[derive(Debug)]
pub struct Viewer(Shelf);

/// What goes back to who asked.
#[derive(Debug)]
pub struct Page {
    /// As in HTTP.
    pub status: u16,
    /// What `bytes` is.
    pub mime: &'static str,
    /// The image, or JSON.
    pub bytes: Vec<u8>,
    /// A document never changes: what was answered once holds for ever.
    pub cacheable: bool,
}

impl Viewer {
    /// Looks for the worker's program beside this one; if it is missing, every answer says so.
    pub fn new() -> Self {
        Self::with(Program::find())
    }

    /// With a program that was found elsewhere.
    pub fn with(program: Result<Program, kontor_documents::ProgramMissing>) -> Self {
        Self(Shelf::new(program))
    }

    /// Answers one address: path and query, see the module's text.
    pub async fn answer(&self, office: &Office, path_and_query: &str) -> Page {
        let answered = match admitted(office) {
            Ok(()) => self.look(office, path_and_query).await,
            Err(error) => return Page::json(403, &error, false),
        };
        answered.unwrap_or_else(|problem| Page::json(problem.status(), &problem, false))
    }

    /// The text of a document for an index.
    ///
    /// # Errors
    /// Why it has none, see [`Trouble`].
    pub async fn whole_text(
        &self,
        office: &Office,
        hash: DocumentHash,
        limits: TextLimits,
    ) -> Result<WholeText, Trouble> {
        let mut source = Stored::open(office, hash).map_err(|_| Trouble::Source)?;
        if source.kind()? == Kind::Text {
            let plain = plain_text(&mut source, limits.bytes_max as u64)?;
            return Ok(WholeText { text: plain.text, truncated: plain.truncated });
        }
        let document = self.0.open_apart(source)?;
        document.whole_text(limits).await
    }

    async fn look(&self, office: &Office, path_and_query: &str) -> Result<Page, Problem> {
        let Address { hash, wanted, again } =
            Address::parse(path_and_query).ok_or(Problem::MALFORMED)?;
        if again {
            self.0.forget(hash);
        }
        match wanted {
            Wanted::Info => self.info(office, hash).await,
            Wanted::Plain => {
                let plain = plain_text(&mut Stored::open(office, hash)?, PLAIN_BYTES_MAX)?;
                Ok(Page::json(200, &shape::Plain::of(plain), true))
            }
            Wanted::Image(render, urgency) => self.image(office, hash, (render, urgency)).await,
            Wanted::Text(page) => {
                let text = self.ask(office, hash, |document| document.text(page)).await?;
                Ok(Page::json(200, &shape::Text::of(text), true))
            }
            Wanted::Find(find) => self.find(office, hash, find).await,
        }
    }

    /// What is wrong with a document is part of what is known about it.
    async fn info(&self, office: &Office, hash: DocumentHash) -> Result<Page, Problem> {
        let info = self.ask(office, hash, kontor_documents::OpenDocument::info).await;
        let cacheable = info.is_ok();
        let shape = match info {
            Ok(info) => shape::Info::of(info),
            Err(problem) => shape::Info::with(problem),
        };
        Ok(Page::json(200, &shape, cacheable))
    }

    async fn image(
        &self,
        office: &Office,
        hash: DocumentHash,
        (render, urgency): (Render, Urgency),
    ) -> Result<Page, Problem> {
        let picture = self.ask(office, hash, |document| document.render(render, urgency)).await?;
        Ok(Page { status: 200, mime: "image/bmp", bytes: picture.bmp, cacheable: true })
    }

    async fn find(&self, office: &Office, hash: DocumentHash, find: Find) -> Result<Page, Problem> {
        let found = self.ask(office, hash, |document| document.find(find)).await?;
        Ok(Page::json(200, &shape::Found::of(found), false))
    }

    async fn ask<T>(
        &self,
        office: &Office,
        hash: DocumentHash,
        question: impl FnOnce(&kontor_documents::OpenDocument) -> Pending<T>,
    ) -> Result<T, Problem> {
        let document = self.0.take(office, hash)?;
        // Held until the answer is there: a document that is put away ends its worker.
        let answer = question(&document).await;
        drop(document);
        Ok(answer?)
    }
}

impl Default for Viewer {
    fn default() -> Self {
        Self::new()
    }
}

impl Page {
    fn json(status: u16, answer: &impl Serialize, cacheable: bool) -> Self {
        let bytes = serde_json::to_vec(answer).unwrap_or_default();
        Self { status, mime: "application/json", bytes, cacheable }
    }
}

/// Nothing is shown while the desk is locked, or to nobody.
fn admitted(office: &Office) -> Result<(), AppError> {
    office.guard.admit(office.world().now())?;
    office.person()?.map(drop).ok_or_else(|| AppError::new(Code::NotSignedIn))
}
