//! Decompression that ends at a limit.

use flate2::{Decompress, FlushDecompress, Status};

use super::JweError;

/// Room for one step; small enough that a limit is noticed before memory is.
const STEP_BYTES: usize = 64 * 1024;

/// Raw DEFLATE (RFC 1951), as `zip: DEF` means it.
pub(super) struct Inflating {
    state: Decompress,
    ended: bool,
}

impl Inflating {
    pub(super) fn new() -> Self {
        Self { state: Decompress::new(false), ended: false }
    }

    /// Appends what comes out of `input` to `out`; not more than `bytes_max` over all pieces.
    pub(super) fn update(
        &mut self,
        mut input: &[u8],
        out: &mut Vec<u8>,
        bytes_max: u64,
    ) -> Result<(), JweError> {
        while !self.ended {
            out.reserve(STEP_BYTES);
            let (read_before, written_before) = (self.state.total_in(), self.state.total_out());
            let status = self
                .state
                .decompress_vec(input, out, FlushDecompress::None)
                .map_err(|_| JweError::Compression)?;
            if self.state.total_out() > bytes_max {
                return Err(JweError::TooLarge { bytes_max });
            }
            let read = usize::try_from(self.state.total_in() - read_before)
                .map_err(|_| JweError::Compression)?;
            input = input.get(read..).ok_or(JweError::Compression)?;
            self.ended = status == Status::StreamEnd;
            let stuck = read == 0 && self.state.total_out() == written_before;
            if stuck || input.is_empty() && out.len() < out.capacity() {
                break;
            }
        }
        // Nothing may hide behind the end.
        if self.ended && !input.is_empty() { Err(JweError::Compression) } else { Ok(()) }
    }

    pub(super) fn finish(self) -> Result<(), JweError> {
        if self.ended { Ok(()) } else { Err(JweError::Compression) }
    }
}
