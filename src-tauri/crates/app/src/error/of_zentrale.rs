//! What the Zentrale, or the way to it, says, in words.

use kontor_sync::SyncError;
use kontor_sync::calls::CallError;
use kontor_wire::{PROTOCOL, ProblemCode};

use super::{AppError, Code};

impl From<ProblemCode> for Code {
    fn from(code: ProblemCode) -> Self {
        match code {
            ProblemCode::Unauthenticated => Self::Unauthenticated,
            ProblemCode::Forbidden => Self::Forbidden,
            ProblemCode::NotFound => Self::ZentraleNotFound,
            ProblemCode::Malformed => Self::ZentraleMalformed,
            ProblemCode::TooLarge => Self::ZentraleTooLarge,
            ProblemCode::ClientTooOld => Self::ClientTooOld,
            ProblemCode::ClientTooNew => Self::ClientTooNew,
            ProblemCode::IntentIdReused => Self::IntentIdReused,
            ProblemCode::EpochChanged => Self::EpochChanged,
            ProblemCode::HashMismatch => Self::HashMismatch,
            ProblemCode::UploadIncomplete => Self::UploadIncomplete,
            ProblemCode::Busy => Self::ZentraleBusy,
            ProblemCode::Unavailable => Self::ZentraleUnavailable,
            ProblemCode::Internal | ProblemCode::Other => Self::ZentraleInternal,
        }
    }
}

impl From<CallError> for AppError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Unreachable(_) => Self::new(Code::Unreachable).because(error),
            CallError::Refused(problem) => Self {
                retry_after_seconds: problem.retry_after_seconds,
                ..Code::from(problem.code).into()
            },
            CallError::Garbled => Code::Garbled.into(),
        }
    }
}

impl From<SyncError> for AppError {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Call(error) => error.into(),
            SyncError::Protocol { min, .. } if min > PROTOCOL => {
                Self::new(Code::ClientTooOld).because(error)
            }
            SyncError::Protocol { .. } => Self::new(Code::ClientTooNew).because(error),
            SyncError::Unfit(_) => Self::new(Code::Unfit).because(error),
            SyncError::GreetAgain => Self::new(Code::EpochChanged).because(error),
            SyncError::Diverged | SyncError::Endless => Self::new(Code::Diverged).because(error),
            SyncError::Desk(error) => error.into(),
            SyncError::Documents(error) => error.into(),
            SyncError::Poisoned => Code::Internal.into(),
        }
    }
}
