//! Where the bytes of a document come from.

use std::io;

/// The bytes of a document, in any order. Read by one thread at a time, while pages are rendered.
///
/// Documents lie encrypted in segments; handing out ranges keeps both the plain bytes and the
/// places where they lie away from the worker.
pub trait Source: Send {
    /// How many bytes there are. Asked once.
    fn length_bytes(&self) -> u64;

    /// Reads `length` bytes from `offset` on; both are within the document.
    ///
    /// # Errors
    /// Whatever hinders; the desk answers [`Trouble::Source`](crate::Trouble::Source) then.
    fn read_at(&mut self, offset: u64, length: usize) -> io::Result<Vec<u8>>;
}

impl Source for Vec<u8> {
    fn length_bytes(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&mut self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let begin = usize::try_from(offset).map_err(|_| io::ErrorKind::UnexpectedEof)?;
        let end = begin.checked_add(length).ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(self.get(begin..end).ok_or(io::ErrorKind::UnexpectedEof)?.to_vec())
    }
}
