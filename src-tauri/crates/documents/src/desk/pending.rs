//! An answer that is on its way.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::sync::oneshot;

use crate::Trouble;

/// An answer that is on its way: `await` it, or [`wait`](Self::wait) for it where nothing is
/// asynchronous. Dropping it takes the request back if it has not been begun.
#[derive(Debug)]
#[must_use = "dropping it takes the request back"]
pub struct Pending<T>(oneshot::Receiver<Result<T, Trouble>>);

/// Where the answer goes.
#[derive(Debug)]
pub(super) struct Answering<T>(oneshot::Sender<Result<T, Trouble>>);

pub(super) fn pending<T>() -> (Answering<T>, Pending<T>) {
    let (sender, receiver) = oneshot::channel();
    (Answering(sender), Pending(receiver))
}

impl<T> Pending<T> {
    /// Waits. Not for use inside an asynchronous task.
    pub fn wait(self) -> Result<T, Trouble> {
        self.0.blocking_recv().unwrap_or(Err(Trouble::WorkerGone))
    }

    pub(super) fn ready(answer: Result<T, Trouble>) -> Self {
        let (answering, pending) = pending();
        answering.answer(answer);
        pending
    }
}

impl<T> Future for Pending<T> {
    type Output = Result<T, Trouble>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = Pin::new(&mut self.0).poll(context);
        answer.map(|answer| answer.unwrap_or(Err(Trouble::WorkerGone)))
    }
}

impl<T> Answering<T> {
    pub(super) fn answer(self, answer: Result<T, Trouble>) {
        // Who no longer waits does not mind.
        let _ = self.0.send(answer);
    }

    pub(super) fn is_dropped(&self) -> bool {
        self.0.is_closed()
    }
}
