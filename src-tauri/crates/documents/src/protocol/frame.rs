//! Frames: a message and the bytes that belong to it.

use std::io::{self, Read, Write};

use serde::{Serialize, de::DeserializeOwned};

/// The most that is accepted in one frame.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FrameLimits {
    pub(crate) message_bytes_max: usize,
    pub(crate) blob_bytes_max: usize,
}

/// Why no frame came.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FrameError {
    /// The other side is gone.
    #[error("the other side is gone")]
    Gone(#[source] io::Error),
    /// What came is not what was agreed.
    #[error("broken protocol: {0}")]
    Broken(&'static str),
}

/// Sends one frame.
pub(crate) fn send(
    out: &mut impl Write,
    message: &impl Serialize,
    blob: &[u8],
) -> Result<(), FrameError> {
    let encoded = postcard::to_stdvec(message)
        .map_err(|_| FrameError::Broken("a message does not encode"))?;
    let too_long = |_| FrameError::Broken("a frame is too long to send");
    let message_length = u32::try_from(encoded.len()).map_err(too_long)?;
    let blob_length = u32::try_from(blob.len()).map_err(too_long)?;
    let mut head = Vec::with_capacity(8 + encoded.len());
    head.extend(message_length.to_le_bytes());
    head.extend(blob_length.to_le_bytes());
    head.extend(encoded);
    out.write_all(&head).map_err(FrameError::Gone)?;
    out.write_all(blob).map_err(FrameError::Gone)?;
    out.flush().map_err(FrameError::Gone)
}

/// Receives one frame. Nothing is allocated before its length is known to be within the limits.
pub(crate) fn receive<T: DeserializeOwned>(
    input: &mut impl Read,
    limits: FrameLimits,
) -> Result<(T, Vec<u8>), FrameError> {
    let message_length = receive_length(input, limits.message_bytes_max)?;
    let blob_length = receive_length(input, limits.blob_bytes_max)?;
    let encoded = receive_bytes(input, message_length)?;
    let blob = receive_bytes(input, blob_length)?;
    match postcard::take_from_bytes(&encoded) {
        Ok((message, [])) => Ok((message, blob)),
        _ => Err(FrameError::Broken("a message does not parse")),
    }
}

fn receive_length(input: &mut impl Read, bytes_max: usize) -> Result<usize, FrameError> {
    let mut length = [0; 4];
    input.read_exact(&mut length).map_err(FrameError::Gone)?;
    usize::try_from(u32::from_le_bytes(length))
        .ok()
        .filter(|length| *length <= bytes_max)
        .ok_or(FrameError::Broken("a frame is too long"))
}

fn receive_bytes(input: &mut impl Read, length: usize) -> Result<Vec<u8>, FrameError> {
    let mut bytes = Vec::with_capacity(length);
    input.take(length as u64).read_to_end(&mut bytes).map_err(FrameError::Gone)?;
    if bytes.len() < length {
        return Err(FrameError::Gone(io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: FrameLimits = FrameLimits { message_bytes_max: 100, blob_bytes_max: 10 };

    fn frame(message: &str, blob: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        send(&mut bytes, &message, blob).unwrap();
        bytes
    }

    #[test]
    fn a_frame_comes_back() {
        let bytes = frame("Grüße", b"blob");
        let (message, blob) = receive::<String>(&mut bytes.as_slice(), LIMITS).unwrap();
        assert_eq!((message.as_str(), blob.as_slice()), ("Grüße", b"blob".as_slice()));
    }

    #[test]
    fn lengths_beyond_the_limits_are_refused_unread() {
        for frame in [frame(&"x".repeat(100), b""), frame("x", &[0; 11]), vec![0xff; 8]] {
            // Only the lengths are there: a reader that believed them would wait for more.
            let error = receive::<String>(&mut &frame[..8], LIMITS).unwrap_err();
            assert!(matches!(error, FrameError::Broken("a frame is too long")), "{error:?}");
        }
    }

    #[test]
    fn a_message_with_a_tail_is_refused() {
        let mut bytes = frame("ab", b"");
        bytes[0] += 1;
        bytes.push(0);
        let error = receive::<String>(&mut bytes.as_slice(), LIMITS).unwrap_err();
        assert!(matches!(error, FrameError::Broken("a message does not parse")), "{error:?}");
    }

    #[test]
    fn every_cut_is_noticed() {
        let bytes = frame("Grüße", b"blob");
        for end in 0..bytes.len() {
            let error = receive::<String>(&mut &bytes[..end], LIMITS).unwrap_err();
            assert!(matches!(error, FrameError::Gone(_)), "{end}: {error:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_an_error_or_a_message(bytes: Vec<u8>) {
            let _ = receive::<crate::protocol::FromWorker>(&mut bytes.as_slice(), LIMITS);
            let _ = receive::<crate::protocol::ToWorker>(&mut bytes.as_slice(), LIMITS);
        }
    }
}
