//! The thread of one open document: takes requests, asks the worker, replaces it when it dies.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, PoisonError, atomic::Ordering},
    time::{Duration, Instant},
};

use super::{
    document::Shared,
    documents::Seat,
    queue::Job,
    worker::{Death, Worker},
};
use crate::{
    Find, Found, Info, PageSize, PageText, Picture, Render, Source, TextLimits, Trouble, Urgency,
    WholeText,
    kind::Kind,
    protocol::{Answer, Ask, WireKind},
};

/// A page, or the document as a whole, that cost so many workers is not tried again.
const STRIKES_MAX: u8 = 2;
/// One answer to a search has at most so many hits and takes about so long.
const HITS_MAX: usize = 100;
const FINDING: Duration = Duration::from_millis(300);
/// The longest text that is looked for, in characters.
const QUERY_CHARS_MAX: usize = 200;

/// Drives one document.
pub(super) struct Driver {
    seat: Seat,
    source: Box<dyn Source>,
    shared: Arc<Shared>,
    worker: Option<Worker>,
    page_count: u32,
    /// How many workers died over what; the document as a whole is `None`.
    strikes: BTreeMap<Option<u32>, u8>,
    /// Pictures that somebody may want next.
    ahead: VecDeque<Render>,
}

impl Driver {
    pub(super) fn new(seat: Seat, source: Box<dyn Source>, shared: Arc<Shared>) -> Self {
        let (strikes, ahead) = (BTreeMap::new(), VecDeque::new());
        Self { seat, source, shared, worker: None, page_count: 0, strikes, ahead }
    }

    pub(super) fn run(mut self) {
        let shared = Arc::clone(&self.shared);
        while let Some(job) = shared.queue.next() {
            self.carry_out(job);
            self.look_ahead();
        }
    }

    fn carry_out(&mut self, job: Job) {
        match job {
            Job::Info(answering) => answering.answer(self.info()),
            Job::Render(render, urgency, answering) => {
                let picture = self.render(render);
                let is_shown = picture.is_ok() && urgency == Urgency::Visible;
                answering.answer(picture);
                if is_shown {
                    self.plan_ahead(render);
                }
            }
            Job::Text(page, answering) => answering.answer(self.text(page)),
            Job::Find(find, answering) => {
                let found = self.find(&find, &|| answering.is_dropped());
                answering.answer(found);
            }
            Job::WholeText(limits, answering) => {
                let text = self.whole_text(limits, &|| answering.is_dropped());
                answering.answer(text);
            }
        }
    }

    /// The next page, the one before, the one after next: people read forward.
    fn plan_ahead(&mut self, shown: Render) {
        let Render { page, .. } = shown;
        let neighbours = [page.checked_add(1), page.checked_sub(1), page.checked_add(2)];
        let within = neighbours.into_iter().flatten().filter(|page| *page < self.page_count);
        self.ahead = within.map(|page| Render { page, ..shown }).collect();
    }

    /// While nobody waits.
    fn look_ahead(&mut self) {
        while !self.shared.queue.is_somebody_waiting() {
            let Some(render) = self.ahead.pop_front() else { return };
            // Nobody asked for it, so nobody is told what went wrong.
            let _ = self.render(render);
        }
    }

    fn info(&mut self) -> Result<Info, Trouble> {
        let kind = Kind::of_source(self.source.as_mut())?;
        if matches!(kind, Kind::Text | Kind::Other) {
            return Ok(Info { kind, pages: Vec::new(), sizes_known: 0, outline: Vec::new() });
        }
        let (Answer::Overview(overview), _) = self.ask(&Ask::Overview)? else {
            return Err(Trouble::WorkerGone);
        };
        let page_count = self.page_count as usize;
        let mut pages = overview.sizes;
        pages.truncate(page_count);
        let sizes_known = pages.len();
        let last = pages.last().copied().unwrap_or(PageSize { width: 595.0, height: 842.0 });
        pages.resize(page_count, last);
        Ok(Info { kind, pages, sizes_known, outline: overview.outline })
    }

    fn render(&mut self, render: Render) -> Result<Picture, Trouble> {
        let shared = Arc::clone(&self.shared);
        let cache = || shared.cache.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = cache().get(&render);
        if let Some(picture) = kept {
            return Ok(picture);
        }
        let (Answer::Picture { width_px, height_px }, bmp) = self.ask(&Ask::Render(render))? else {
            return Err(Trouble::WorkerGone);
        };
        let picture = Picture { bmp, width_px, height_px };
        cache().put(render, picture.clone());
        Ok(picture)
    }

    fn text(&mut self, page: u32) -> Result<PageText, Trouble> {
        match self.ask(&Ask::Text { page })? {
            (Answer::Text(text), _) => Ok(text),
            _ => Err(Trouble::WorkerGone),
        }
    }

    fn find(&mut self, find: &Find, is_dropped: &dyn Fn() -> bool) -> Result<Found, Trouble> {
        let begin = Instant::now();
        let query: String = find.query.chars().take(QUERY_CHARS_MAX).collect();
        let mut found = Found::default();
        self.open_if_needed()?;
        for page in find.from_page..self.page_count {
            let is_enough = found.hits.len() >= HITS_MAX || begin.elapsed() >= FINDING;
            if is_enough && page > find.from_page {
                found.next_page = Some(page);
                break;
            }
            if is_dropped() {
                break;
            }
            self.give_way();
            match self.ask(&Ask::Find { page, query: query.clone() }) {
                Ok((Answer::Found(on_page), _)) => found.hits.extend(on_page.hits),
                Ok(_) => return Err(Trouble::WorkerGone),
                Err(trouble) if spoils_all(&trouble) => return Err(trouble),
                // A page that cannot be read has nothing to be found on.
                Err(_) => {}
            }
        }
        Ok(found)
    }

    fn whole_text(
        &mut self,
        limits: TextLimits,
        is_dropped: &dyn Fn() -> bool,
    ) -> Result<WholeText, Trouble> {
        self.open_if_needed()?;
        let pages = self.page_count.min(limits.pages_max);
        let mut whole = WholeText { truncated: pages < self.page_count, ..WholeText::default() };
        for page in 0..pages {
            if is_dropped() {
                break;
            }
            self.give_way();
            let bytes_max = limits.bytes_max.saturating_sub(whole.text.len());
            if bytes_max == 0 {
                whole.truncated = true;
                break;
            }
            match self.ask(&Ask::Words { page, bytes_max: bytes_max - 1 }) {
                Ok((Answer::Words { text, truncated }, _)) => {
                    whole.text.push_str(&text);
                    whole.text.push('\u{c}');
                    whole.truncated |= truncated;
                }
                Ok(_) => return Err(Trouble::WorkerGone),
                Err(trouble) if spoils_all(&trouble) => return Err(trouble),
                Err(_) => whole.truncated = true,
            }
        }
        Ok(whole)
    }

    /// Between two pages of a search, pages that somebody wants to see come first.
    fn give_way(&mut self) {
        while self.shared.queue.is_somebody_waiting() {
            let Some(job) = self.shared.queue.try_next() else { return };
            self.carry_out(job);
        }
    }

    /// Asks the worker; if it dies, once more another one.
    fn ask(&mut self, ask: &Ask) -> Result<(Answer, Vec<u8>), Trouble> {
        let about = ask.page();
        loop {
            if self.is_struck_out(about) {
                return Err(Trouble::WorkerGone);
            }
            self.open_if_needed()?;
            let Some(worker) = self.worker.as_mut() else { return Err(Trouble::WorkerGone) };
            let limit = self.seat.0.limits.request_limit;
            match worker.ask(ask, self.source.as_mut(), limit) {
                Ok(answer) => {
                    self.strikes.remove(&about);
                    return answer;
                }
                Err(death) => self.bury(about, death)?,
            }
        }
    }

    fn open_if_needed(&mut self) -> Result<(), Trouble> {
        while self.worker.is_none() {
            let kind = match Kind::of_source(self.source.as_mut())? {
                Kind::Pdf => WireKind::Pdf,
                Kind::Image => WireKind::Image,
                Kind::Text | Kind::Other => return Err(Trouble::Unsupported),
            };
            if self.is_struck_out(None) {
                return Err(Trouble::WorkerGone);
            }
            let mut worker = self.seat.0.worker()?;
            let limit = self.seat.0.limits.request_limit;
            match worker.open(kind, self.source.as_mut(), limit) {
                Ok(opened) => {
                    self.page_count = opened?;
                    self.shared.process_id.store(worker.process_id(), Ordering::Release);
                    self.worker = Some(worker);
                }
                Err(death) => self.bury(None, death)?,
            }
        }
        Ok(())
    }

    /// Counts what the worker died over. Who took too long is not given the same work again.
    fn bury(&mut self, about: Option<u32>, death: Death) -> Result<(), Trouble> {
        self.shared.process_id.store(0, Ordering::Release);
        self.worker = None;
        *self.strikes.entry(about).or_default() += 1;
        match death {
            Death::TooSlow => Err(Trouble::TooSlow),
            Death::Gone => Ok(()),
        }
    }

    fn is_struck_out(&self, about: Option<u32>) -> bool {
        self.strikes.get(&about).is_some_and(|strikes| *strikes >= STRIKES_MAX)
    }
}

/// Whether no other page would fare better.
fn spoils_all(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Source | Trouble::Unavailable { .. } | Trouble::Encrypted)
}
