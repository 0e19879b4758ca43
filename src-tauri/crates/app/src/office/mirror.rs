//! `mirror.db` is disposable: what is wrong with it is taken away, and it is fetched again.

use std::fs;
use std::io;
use std::path::Path;

use kontor_store::database::DatabaseError;
use kontor_store::key::DataKey;
use kontor_store::mirror::Mirror;
use kontor_sync::Desk;

use crate::{AppError, Code, Profile};

/// Opens the mirror; `true` if it had to be begun anew.
pub(super) fn open(profile: &Profile, key: &DataKey) -> Result<(Mirror, bool), AppError> {
    // Left by a program that ended while it was replacing a damaged one.
    remove(&profile.stand_in())?;
    let path = profile.mirror();
    match Mirror::open(&path, key, None) {
        Ok(mirror) => Ok((mirror, false)),
        Err(error) if is_lost(&error) => {
            tracing::warn!(%error, "the mirror cannot be used and begins anew");
            remove(&path)?;
            Ok((Mirror::open(&path, key, None)?, true))
        }
        Err(error) => Err(error.into()),
    }
}

/// Puts a fresh mirror in place of one that is open. Windows removes no open file, so a stand-in
/// takes its place meanwhile.
pub(super) fn replace(profile: &Profile, key: &DataKey, desk: &mut Desk) -> Result<(), AppError> {
    let (path, stand_in) = (profile.mirror(), profile.stand_in());
    remove(&stand_in)?;
    desk.replace_mirror(Mirror::open(&stand_in, key, None)?)?;
    remove(&path)?;
    desk.replace_mirror(Mirror::open(&path, key, None)?)?;
    remove(&stand_in)
}

/// Whether only fetching it again helps. `work.db` opened with the same key, so a key that does not
/// fit here says that the file came from elsewhere.
fn is_lost(error: &DatabaseError) -> bool {
    match error {
        DatabaseError::Damaged { .. }
        | DatabaseError::NotADatabase
        | DatabaseError::WrongKey
        | DatabaseError::ForeignApplication { .. }
        | DatabaseError::TooNew { .. } => true,
        DatabaseError::SqliteTooOld { .. }
        | DatabaseError::NoCipher
        | DatabaseError::NetworkPath
        | DatabaseError::NoWriteAheadLog { .. }
        | DatabaseError::DiskFull(_)
        | DatabaseError::Busy(_)
        | DatabaseError::Io(_)
        | DatabaseError::Sqlite(_) => false,
    }
}

/// Removes a database file with what `SQLite` puts beside it.
pub(super) fn remove(path: &Path) -> Result<(), AppError> {
    for suffix in ["-wal", "-shm", "-journal", ""] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(Path::new(&name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(AppError::new(Code::MirrorDamaged).because(error));
            }
            _ => {}
        }
    }
    Ok(())
}
