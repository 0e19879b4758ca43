//! One worker process, seen from the desk.

use std::{
    io::{self, BufReader},
    process::{ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use super::{program::Program, watchdog::Watchdog};
use crate::{
    Source, Trouble,
    protocol::{
        Answer, Ask, FROM_WORKER, FrameError, FromWorker, RANGE_BYTES_MAX, ToWorker, VERSION,
        WireKind, receive, send,
    },
};

/// A worker that said hello.
#[derive(Debug)]
pub(super) struct Worker {
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    watchdog: Watchdog,
}

/// Why a worker is of no use any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Death {
    /// It ended, or it said something it must not say.
    Gone,
    /// It was ended because it took too long.
    TooSlow,
}

/// What a worker answered; the document itself may be to blame for having none.
type Outcome<T> = Result<Result<T, Trouble>, Death>;

const START_LIMIT: Duration = Duration::from_secs(10);

impl Worker {
    /// Starts a process and waits until it is locked in.
    pub(super) fn start(program: &Program) -> Result<Self, Trouble> {
        let unavailable = |error: io::Error| Trouble::Unavailable { reason: error.to_string() };
        let mut command = Command::new(&program.worker);
        command
            .arg(&program.library)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What a library prints about a document belongs into no log.
            .stderr(Stdio::null());
        #[cfg(windows)]
        command.envs(std::env::vars_os().filter(|(name, _)| name == "SystemRoot"));
        let mut child = command.spawn().map_err(unavailable)?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(unavailable(io::ErrorKind::BrokenPipe.into()));
        };
        widen(&output);
        let watchdog = Watchdog::new(child).map_err(unavailable)?;
        let mut worker = Self { input, output: BufReader::new(output), watchdog };
        worker.greet()?;
        Ok(worker)
    }

    fn greet(&mut self) -> Result<(), Trouble> {
        let unavailable = |reason: &str| Trouble::Unavailable { reason: reason.to_owned() };
        self.watchdog.arm(START_LIMIT);
        let hello = receive(&mut self.output, FROM_WORKER);
        self.watchdog.disarm();
        match hello {
            Ok((FromWorker::Hello { version: VERSION, sandbox }, _)) => {
                for missing in sandbox.missing {
                    tracing::warn!(missing, "the page worker runs with less protection");
                }
                Ok(())
            }
            Ok(_) => Err(unavailable("it is of another version")),
            Err(_) => Err(unavailable("it ended before it said a word")),
        }
    }

    /// Gives it the document it is for; the number of its pages comes back.
    pub(super) fn open(
        &mut self,
        kind: WireKind,
        source: &mut dyn Source,
        limit: Duration,
    ) -> Outcome<u32> {
        let open = ToWorker::Open { length_bytes: source.length_bytes(), kind };
        let (message, _) = match self.exchange(&open, source, limit)? {
            Ok(answer) => answer,
            Err(trouble) => return Ok(Err(trouble)),
        };
        match message {
            FromWorker::Opened { pages } => Ok(Ok(pages)),
            FromWorker::Failed(trouble) => Ok(Err(trouble)),
            _ => Err(Death::Gone),
        }
    }

    /// Asks about the open document.
    pub(super) fn ask(
        &mut self,
        ask: &Ask,
        source: &mut dyn Source,
        limit: Duration,
    ) -> Outcome<(Answer, Vec<u8>)> {
        let (message, blob) = match self.exchange(&ToWorker::Ask(ask.clone()), source, limit)? {
            Ok(answer) => answer,
            Err(trouble) => return Ok(Err(trouble)),
        };
        match message {
            FromWorker::Answer(answer) => Ok(Ok((answer, blob))),
            FromWorker::Failed(trouble) => Ok(Err(trouble)),
            _ => Err(Death::Gone),
        }
    }

    pub(super) fn process_id(&self) -> u32 {
        self.watchdog.process_id()
    }

    /// Sends one message and hands out bytes until the answer comes.
    fn exchange(
        &mut self,
        message: &ToWorker,
        source: &mut dyn Source,
        limit: Duration,
    ) -> Outcome<(FromWorker, Vec<u8>)> {
        self.watchdog.arm(limit);
        let answered = self.converse(message, source);
        let in_time = self.watchdog.disarm();
        match answered {
            Ok(answer) => Ok(answer),
            Err(_) if !in_time => Err(Death::TooSlow),
            Err(error) => {
                tracing::warn!(%error, "a page worker died");
                Err(Death::Gone)
            }
        }
    }

    fn converse(
        &mut self,
        message: &ToWorker,
        source: &mut dyn Source,
    ) -> Result<Result<(FromWorker, Vec<u8>), Trouble>, FrameError> {
        send(&mut self.input, message, &[])?;
        // A worker that gets no bytes tells of a damaged document, which is not what happened.
        let mut source_failed = false;
        loop {
            match receive(&mut self.output, FROM_WORKER)? {
                (FromWorker::Need { offset, length }, _) => {
                    if let Ok(bytes) = range(source, offset, length)? {
                        send(&mut self.input, &ToWorker::Bytes, &bytes)?;
                    } else {
                        source_failed = true;
                        send(&mut self.input, &ToWorker::NoBytes, &[])?;
                    }
                }
                (FromWorker::Failed(_), _) if source_failed => return Ok(Err(Trouble::Source)),
                answer => return Ok(Ok(answer)),
            }
        }
    }
}

/// The bytes a worker wants; an error at once if it wants what it cannot want.
fn range(
    source: &mut dyn Source,
    offset: u64,
    length: u32,
) -> Result<io::Result<Vec<u8>>, FrameError> {
    let end = offset.checked_add(u64::from(length));
    if end.is_none_or(|end| end > source.length_bytes()) || length as usize > RANGE_BYTES_MAX {
        return Err(FrameError::Broken("bytes outside the document are asked for"));
    }
    Ok(source.read_at(offset, length as usize))
}

/// A picture is some megabytes; in pieces of 64 KiB both sides would wait for each other.
#[cfg(target_os = "linux")]
fn widen(output: &ChildStdout) {
    // Refused where a user's pipes are used up; then it is only slower.
    let _ = rustix::pipe::fcntl_setpipe_size(output, 1024 * 1024);
}

#[cfg(not(target_os = "linux"))]
fn widen(_output: &ChildStdout) {}
