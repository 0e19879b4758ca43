//! The worker's way to the desk.

use std::{
    cell::RefCell,
    fs::File,
    io::{self, BufReader},
};

use crate::protocol::{
    FrameError, FromWorker, RANGE_BYTES_MAX, TO_WORKER, ToWorker, receive, send,
};

/// Standard input and output, without the standard library's search for line ends.
pub(super) struct Desk {
    input: RefCell<BufReader<File>>,
    output: RefCell<File>,
}

impl Desk {
    pub(super) fn new() -> io::Result<Self> {
        let (input, output) = standard_streams()?;
        Ok(Self { input: RefCell::new(BufReader::new(input)), output: RefCell::new(output) })
    }

    pub(super) fn send(&self, message: &FromWorker, blob: &[u8]) -> Result<(), FrameError> {
        send(&mut *self.output.borrow_mut(), message, blob)
    }

    pub(super) fn receive(&self) -> Result<ToWorker, FrameError> {
        receive(&mut *self.input.borrow_mut(), TO_WORKER).map(|(message, _)| message)
    }

    /// Bytes of the document. At most [`RANGE_BYTES_MAX`] of them.
    pub(super) fn bytes(&self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let length = u32::try_from(length.min(RANGE_BYTES_MAX)).map_err(io::Error::other)?;
        self.send(&FromWorker::Need { offset, length }, &[]).map_err(io::Error::other)?;
        let (message, bytes) =
            receive(&mut *self.input.borrow_mut(), TO_WORKER).map_err(io::Error::other)?;
        match message {
            ToWorker::Bytes if bytes.len() == length as usize => Ok(bytes),
            _ => Err(io::Error::other("no bytes")),
        }
    }
}

#[cfg(unix)]
fn standard_streams() -> io::Result<(File, File)> {
    use std::os::fd::AsFd;
    let input = io::stdin().as_fd().try_clone_to_owned()?;
    let output = io::stdout().as_fd().try_clone_to_owned()?;
    Ok((input.into(), output.into()))
}

#[cfg(windows)]
fn standard_streams() -> io::Result<(File, File)> {
    use std::os::windows::io::AsHandle;
    let input = io::stdin().as_handle().try_clone_to_owned()?;
    let output = io::stdout().as_handle().try_clone_to_owned()?;
    Ok((input.into(), output.into()))
}
