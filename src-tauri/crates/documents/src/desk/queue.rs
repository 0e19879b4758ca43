//! Requests that wait for a worker, in the order in which somebody needs them.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::pending::Answering;
use crate::{
    Find, Found, Info, PageText, Picture, Render, TextLimits, Trouble, Urgency, WholeText,
};

/// More pages than anybody sees at once: the oldest waiting one gives way.
const VISIBLE_MAX: usize = 16;
/// Everything that waits.
const JOBS_MAX: usize = 512;

/// A request and where its answer goes.
#[derive(Debug)]
pub(super) enum Job {
    Info(Answering<Info>),
    Render(Render, Urgency, Answering<Picture>),
    Text(u32, Answering<PageText>),
    Find(Find, Answering<Found>),
    WholeText(TextLimits, Answering<WholeText>),
}

/// Requests of one document.
#[derive(Debug, Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    jobs: Vec<Waiting>,
    next_number: u64,
    is_closed: bool,
}

#[derive(Debug)]
struct Waiting {
    urgency: Urgency,
    number: u64,
    job: Job,
}

impl Queue {
    pub(super) fn push(&self, urgency: Urgency, job: Job) {
        let mut state = self.lock();
        if state.is_closed {
            return job.fail(Trouble::WorkerGone);
        }
        state.jobs.retain(|waiting| !waiting.job.is_dropped());
        if state.jobs.len() >= JOBS_MAX {
            return job.fail(Trouble::Busy);
        }
        let number = state.next_number;
        state.next_number += 1;
        state.jobs.push(Waiting { urgency, number, job });
        let superseded = state.superseded();
        drop(state);
        self.changed.notify_one();
        if let Some(job) = superseded {
            job.fail(Trouble::Superseded);
        }
    }

    /// The most urgent request; waits for one. None once the queue is closed.
    pub(super) fn next(&self) -> Option<Job> {
        let mut state = self.lock();
        loop {
            if state.is_closed {
                return None;
            }
            if let Some(job) = state.take_most_urgent() {
                return Some(job);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Whether something waits that is not mere background.
    pub(super) fn is_somebody_waiting(&self) -> bool {
        let state = self.lock();
        let is_waiting =
            |waiting: &Waiting| waiting.urgency < Urgency::Background && !waiting.job.is_dropped();
        state.is_closed || state.jobs.iter().any(is_waiting)
    }

    /// Takes the most urgent request if there is one.
    pub(super) fn try_next(&self) -> Option<Job> {
        self.lock().take_most_urgent()
    }

    /// Nothing is taken in or given out any more.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        // Whoever waits learns it by the other end being dropped.
        state.jobs.clear();
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Pages: the newest first, for that is where somebody has scrolled to. Background: in order.
    fn take_most_urgent(&mut self) -> Option<Job> {
        self.jobs.retain(|waiting| !waiting.job.is_dropped());
        let newest_first = |waiting: &Waiting| match waiting.urgency {
            Urgency::Background => waiting.number,
            _ => u64::MAX - waiting.number,
        };
        let rank = |(_, waiting): &(usize, &Waiting)| (waiting.urgency, newest_first(waiting));
        let (at, _) = self.jobs.iter().enumerate().min_by_key(rank)?;
        Some(self.jobs.remove(at).job)
    }

    fn superseded(&mut self) -> Option<Job> {
        let is_page = |waiting: &&Waiting| {
            waiting.urgency == Urgency::Visible && matches!(waiting.job, Job::Render(..))
        };
        if self.jobs.iter().filter(is_page).count() <= VISIBLE_MAX {
            return None;
        }
        let oldest = self.jobs.iter().position(|waiting| is_page(&waiting))?;
        Some(self.jobs.remove(oldest).job)
    }
}

impl Job {
    pub(super) fn fail(self, trouble: Trouble) {
        match self {
            Self::Info(answering) => answering.answer(Err(trouble)),
            Self::Render(_, _, answering) => answering.answer(Err(trouble)),
            Self::Text(_, answering) => answering.answer(Err(trouble)),
            Self::Find(_, answering) => answering.answer(Err(trouble)),
            Self::WholeText(_, answering) => answering.answer(Err(trouble)),
        }
    }

    fn is_dropped(&self) -> bool {
        match self {
            Self::Info(answering) => answering.is_dropped(),
            Self::Render(_, _, answering) => answering.is_dropped(),
            Self::Text(_, answering) => answering.is_dropped(),
            Self::Find(_, answering) => answering.is_dropped(),
            Self::WholeText(_, answering) => answering.is_dropped(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::pending::{Pending, pending},
        *,
    };
    use crate::Turn;

    fn render(queue: &Queue, urgency: Urgency, page: u32) -> Pending<Picture> {
        let (answering, pending) = pending();
        let render = Render { page, width_px: 100, turn: Turn::None };
        queue.push(urgency, Job::Render(render, urgency, answering));
        pending
    }

    fn pages(queue: &Queue) -> Vec<u32> {
        let next = || queue.try_next();
        let page = |job| if let Job::Render(render, ..) = job { render.page } else { panic!() };
        std::iter::from_fn(next).map(page).collect()
    }

    #[test]
    fn what_is_seen_comes_first_and_the_newest_before_the_older() {
        let queue = Queue::default();
        let waiting = [
            render(&queue, Urgency::Thumbnail, 1),
            render(&queue, Urgency::Visible, 2),
            render(&queue, Urgency::Background, 3),
            render(&queue, Urgency::Background, 4),
            render(&queue, Urgency::Ahead, 5),
            render(&queue, Urgency::Visible, 6),
        ];
        assert_eq!(pages(&queue), [6, 2, 5, 1, 3, 4]);
        drop(waiting);
    }

    #[test]
    fn what_nobody_waits_for_is_not_begun() {
        let queue = Queue::default();
        let kept = render(&queue, Urgency::Visible, 1);
        drop(render(&queue, Urgency::Visible, 2));
        assert_eq!(pages(&queue), [1]);
        drop(kept);
    }

    #[test]
    fn newer_pages_take_the_place_of_the_oldest() {
        let queue = Queue::default();
        let mut waiting: Vec<_> =
            (0..20).map(|page| render(&queue, Urgency::Visible, page)).collect();
        let rest = waiting.split_off(4);
        for superseded in waiting {
            assert_eq!(superseded.wait(), Err(Trouble::Superseded));
        }
        assert_eq!(pages(&queue), (4..20).rev().collect::<Vec<_>>());
        drop(rest);
    }

    #[test]
    fn there_is_an_end_to_waiting() {
        let queue = Queue::default();
        let waiting: Vec<_> =
            (0..512).map(|page| render(&queue, Urgency::Thumbnail, page)).collect();
        assert_eq!(render(&queue, Urgency::Visible, 0).wait(), Err(Trouble::Busy));
        queue.close();
        assert!(queue.next().is_none());
        for closed in waiting {
            assert_eq!(closed.wait(), Err(Trouble::WorkerGone));
        }
        assert_eq!(render(&queue, Urgency::Visible, 0).wait(), Err(Trouble::WorkerGone));
    }
}
