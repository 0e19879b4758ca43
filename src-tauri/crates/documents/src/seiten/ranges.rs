//! The document as pdfium and the image decoders want it: something to read and to seek in.

use std::{
    collections::VecDeque,
    io::{self, Read, Seek, SeekFrom},
};

use super::desk::Desk;
use crate::protocol::RANGE_BYTES_MAX;

/// Small reads are answered from blocks. As large as the segments in which documents are encrypted,
/// so that the desk never decrypts a segment for less than all of it.
const BLOCK_BYTES: u64 = 64 * 1024;
/// How many blocks are kept: a parser jumps between the table at the end, a page and its fonts.
const BLOCKS_MAX: usize = 32;

/// Reads from the desk, block by block.
pub(super) struct Ranges<'a> {
    desk: &'a Desk,
    length: u64,
    position: u64,
    /// Most recently used first.
    blocks: VecDeque<(u64, Vec<u8>)>,
}

impl<'a> Ranges<'a> {
    pub(super) fn new(desk: &'a Desk, length: u64) -> Self {
        Self { desk, length, position: 0, blocks: VecDeque::new() }
    }

    pub(super) fn length_bytes(&self) -> u64 {
        self.length
    }

    fn block(&mut self, number: u64) -> io::Result<&[u8]> {
        let found = self.blocks.iter().position(|(kept, _)| *kept == number);
        let block = if let Some(block) = found.and_then(|at| self.blocks.remove(at)) {
            block
        } else {
            let offset = number * BLOCK_BYTES;
            let length = usize::try_from((self.length - offset).min(BLOCK_BYTES));
            (number, self.desk.bytes(offset, length.map_err(io::Error::other)?)?)
        };
        self.blocks.push_front(block);
        self.blocks.truncate(BLOCKS_MAX);
        Ok(self.blocks.front().map(|(_, bytes)| bytes.as_slice()).unwrap_or_default())
    }

    /// As much of the buffer as one block or one range has; 0 at the end.
    fn read_some(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.length.saturating_sub(self.position);
        let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        if wanted == 0 {
            return Ok(0);
        }
        let position = self.position;
        let count = if wanted as u64 >= BLOCK_BYTES {
            let bytes = self.desk.bytes(position, wanted.min(RANGE_BYTES_MAX))?;
            bytes.as_slice().read(buffer)?
        } else {
            let within = usize::try_from(position % BLOCK_BYTES).map_err(io::Error::other)?;
            let block = self.block(position / BLOCK_BYTES)?;
            let mut rest = block.get(within..).unwrap_or_default();
            rest.read(buffer)?
        };
        self.position += count as u64;
        Ok(count)
    }
}

impl Read for Ranges<'_> {
    /// Fills the whole buffer unless the document ends: pdfium takes what it asked for as read.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.read_some(rest)? {
                0 => break,
                count => filled += count,
            }
        }
        Ok(filled)
    }
}

impl Seek for Ranges<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(offset) => self.length.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}
