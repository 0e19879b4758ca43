//! What the workstation's memory says, in words.

use kontor_domain::Refusal;
use kontor_store::ProfileLockError;
use kontor_store::database::DatabaseError;
use kontor_store::documents::DocumentError;
use kontor_store::key::KeyError;
use kontor_store::work::OutboxError;
use kontor_sync::{DeskError, EnterError};

use super::{AppError, Code};

impl From<Refusal> for Code {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unknown => Self::Unknown,
            Refusal::NoRight => Self::NoRight,
            Refusal::IdTaken => Self::IdTaken,
            Refusal::Closed => Self::Closed,
            Refusal::Outdated => Self::Outdated,
            Refusal::AlreadyAssigned => Self::AlreadyAssigned,
            Refusal::AlreadyResolved => Self::AlreadyResolved,
            Refusal::ChoiceUnfit => Self::ChoiceUnfit,
            Refusal::ChangeUnfit => Self::ChangeUnfit,
            Refusal::Full => Self::Full,
            Refusal::WrongAuthor => Self::WrongAuthor,
            Refusal::Withdrawn => Self::Withdrawn,
            Refusal::Newer => Self::RefusedNewer,
        }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Code::from(refusal).into()
    }
}

impl From<DatabaseError> for AppError {
    fn from(error: DatabaseError) -> Self {
        let code = match &error {
            DatabaseError::SqliteTooOld { .. } | DatabaseError::NoCipher => Code::ProgramUnfit,
            DatabaseError::NetworkPath | DatabaseError::NoWriteAheadLog { .. } => {
                Code::NetworkDrive
            }
            DatabaseError::WrongKey
            | DatabaseError::NotADatabase
            | DatabaseError::ForeignApplication { .. } => Code::WorkForeign,
            DatabaseError::Damaged { .. } => Code::WorkDamaged,
            DatabaseError::TooNew { .. } => Code::WorkTooNew,
            DatabaseError::DiskFull(_) => Code::DiskFull,
            DatabaseError::Busy(_) => Code::DatabaseBusy,
            DatabaseError::Io(_) | DatabaseError::Sqlite(_) => Code::DatabaseFailed,
        };
        Self::new(code).because(error)
    }
}

impl From<DeskError> for AppError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Database(error) => error.into(),
            DeskError::Unreadable(_) => Self::new(Code::StoredUnreadable).because(error),
            DeskError::NobodySignedIn => Code::NotSignedIn.into(),
        }
    }
}

impl From<OutboxError> for AppError {
    fn from(error: OutboxError) -> Self {
        match error {
            OutboxError::Full => Code::OutboxFull.into(),
            OutboxError::Database(error) => error.into(),
        }
    }
}

impl From<EnterError> for AppError {
    fn from(error: EnterError) -> Self {
        match error {
            EnterError::Refused(refusal) => refusal.into(),
            EnterError::DocumentMissing(_) => Self::new(Code::DocumentMissing).because(error),
            EnterError::Outbox(error) => error.into(),
            EnterError::Documents(error) => error.into(),
            EnterError::Desk(error) => error.into(),
        }
    }
}

impl From<DocumentError> for AppError {
    fn from(error: DocumentError) -> Self {
        let code = match &error {
            DocumentError::NotFound { .. } => Code::DocumentMissing,
            DocumentError::Damaged { .. } | DocumentError::OtherContent { .. } => {
                Code::DocumentDamaged
            }
            DocumentError::TooLarge { limit_bytes } => {
                let sentence = format!(
                    "Die Datei ist größer als erlaubt (höchstens {} MB). Es wurde nichts übernommen.",
                    limit_bytes >> 20
                );
                return Self::new(Code::DocumentTooLarge).saying(sentence).because(error);
            }
            DocumentError::DiskFull(_) => Code::DiskFull,
            DocumentError::Source(_) => Code::FileUnreadable,
            DocumentError::OutOfRange { .. } => Code::Internal,
            DocumentError::Disk(_) => Code::DatabaseFailed,
            DocumentError::Random(_) => Code::NoRandomness,
        };
        Self::new(code).because(error)
    }
}

impl From<ProfileLockError> for AppError {
    fn from(error: ProfileLockError) -> Self {
        let code = match &error {
            ProfileLockError::ProfileInUse { .. } => Code::ProfileInUse,
            ProfileLockError::Io { .. } => Code::ProfileUnusable,
        };
        Self::new(code).because(error)
    }
}

impl From<KeyError> for AppError {
    fn from(error: KeyError) -> Self {
        let code = match &error {
            KeyError::NoKeyStore(_) => Code::NoKeyStore,
            KeyError::KeyStoreLocked(_) => Code::KeyStoreLocked,
            KeyError::KeyStoreFailed(_) | KeyError::KeyStoreBrokeOff => Code::KeyStoreFailed,
            KeyError::FileMissing => Code::KeyFileMissing,
            KeyError::KeyMissing { .. } => Code::KeyMissing,
            KeyError::PassphraseNeeded => Code::PassphraseNeeded,
            KeyError::PassphraseTooShort { .. } => Code::PassphraseTooShort,
            KeyError::WrongPassphrase => Code::PassphraseWrong,
            KeyError::Damaged { .. } => Code::KeyDamaged,
            KeyError::TooNew { .. } => Code::KeyTooNew,
            KeyError::OutOfMemory => Code::MemoryShort,
            KeyError::Io(io) if is_full(io) => Code::DiskFull,
            KeyError::Io(_) => Code::ProfileUnusable,
            KeyError::Random(_) => Code::NoRandomness,
        };
        Self::new(code).because(error)
    }
}

/// Whether an error of the disk means that there is no room.
pub(crate) fn is_full(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
}
