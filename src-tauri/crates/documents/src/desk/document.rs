//! An open document.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    thread,
};

use super::{
    cache::Cache,
    documents::Seat,
    driver::Driver,
    pending::{Pending, pending},
    queue::{Job, Queue},
};
use crate::{
    Find, Found, Info, PageText, Picture, Render, Source, TextLimits, Trouble, Urgency, WholeText,
};

/// An open document. Dropping it ends its worker; what is not answered by then is
/// [`Trouble::WorkerGone`].
#[derive(Debug)]
pub struct OpenDocument(Arc<Shared>);

/// What the document and its driver share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) queue: Queue,
    pub(super) cache: Mutex<Cache>,
    /// Of the worker process; 0 while there is none.
    pub(super) process_id: AtomicU32,
}

impl OpenDocument {
    pub(super) fn open(seat: Seat, source: Box<dyn Source>) -> Result<Self, Trouble> {
        let shared = Arc::new(Shared {
            queue: Queue::default(),
            cache: Mutex::new(Cache::new(seat.0.limits.pictures_bytes_max)),
            process_id: AtomicU32::new(0),
        });
        let driver = Driver::new(seat, source, Arc::clone(&shared));
        thread::Builder::new()
            .name("seiten".to_owned())
            .spawn(move || driver.run())
            .map_err(|error| Trouble::Unavailable { reason: error.to_string() })?;
        Ok(Self(shared))
    }

    /// What it is and how large its pages are.
    pub fn info(&self) -> Pending<Info> {
        self.ask(Urgency::Visible, Job::Info)
    }

    /// A picture of a page. After a [`Urgency::Visible`] one its neighbours are made ahead.
    pub fn render(&self, render: Render, urgency: Urgency) -> Pending<Picture> {
        let kept = self.0.cache.lock().unwrap_or_else(PoisonError::into_inner).get(&render);
        match kept {
            Some(picture) => Pending::ready(Ok(picture)),
            None => self.ask(urgency, |answering| Job::Render(render, urgency, answering)),
        }
    }

    /// The text of a page and its links.
    pub fn text(&self, page: u32) -> Pending<PageText> {
        self.ask(Urgency::Ahead, |answering| Job::Text(page, answering))
    }

    /// Looks for words, page by page, giving way to pages that somebody wants to see. Answers with
    /// what it has when there is enough of it or enough time has passed; then go on with
    /// [`Found::next_page`].
    pub fn find(&self, find: Find) -> Pending<Found> {
        self.ask(Urgency::Background, |answering| Job::Find(find, answering))
    }

    /// The text of the document, for an index.
    pub fn whole_text(&self, limits: TextLimits) -> Pending<WholeText> {
        self.ask(Urgency::Background, |answering| Job::WholeText(limits, answering))
    }

    /// The worker's process, if it has one now: for measuring it, and for killing it in tests.
    pub fn worker_process_id(&self) -> Option<u32> {
        Some(self.0.process_id.load(Ordering::Acquire)).filter(|id| *id != 0)
    }

    fn ask<T>(
        &self,
        urgency: Urgency,
        job: impl FnOnce(super::pending::Answering<T>) -> Job,
    ) -> Pending<T> {
        let (answering, pending) = pending();
        self.0.queue.push(urgency, job(answering));
        pending
    }
}

impl Drop for OpenDocument {
    fn drop(&mut self) {
        self.0.queue.close();
    }
}
