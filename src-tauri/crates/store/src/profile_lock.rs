//! One program per profile.

use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// Held for as long as a program works in a profile folder; the operating system frees it when the
/// program ends, however it ends.
#[derive(Debug)]
pub struct ProfileLock {
    _file: File,
}

/// Why a profile cannot be worked in.
#[derive(Debug, thiserror::Error)]
pub enum ProfileLockError {
    /// Another program works in it.
    #[error("the profile {} is in use by another program", dir.display())]
    ProfileInUse {
        /// The profile's folder.
        dir: PathBuf,
    },
    /// The lock file cannot be created or locked.
    #[error("the profile {} cannot be locked", dir.display())]
    Io {
        /// The profile's folder.
        dir: PathBuf,
        /// What the operating system says.
        #[source]
        source: io::Error,
    },
}

impl ProfileLock {
    /// Takes the lock of a profile folder without waiting. The folder must exist.
    pub fn acquire(profile_dir: &Path) -> Result<Self, ProfileLockError> {
        let dir = profile_dir.to_owned();
        // Never removed: deleting a lock file lets two programs lock two files of the same name.
        let opened = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(profile_dir.join("profil.lock"));
        let file = match opened {
            Ok(file) => file,
            Err(source) => return Err(ProfileLockError::Io { dir, source }),
        };
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(ProfileLockError::ProfileInUse { dir }),
            Err(TryLockError::Error(source)) => Err(ProfileLockError::Io { dir, source }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_has_one_program_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let first = ProfileLock::acquire(dir.path()).unwrap();
        let error = ProfileLock::acquire(dir.path()).unwrap_err();
        assert!(
            matches!(&error, ProfileLockError::ProfileInUse { dir: named } if named == dir.path())
        );
        drop(first);
        ProfileLock::acquire(dir.path()).unwrap();
    }

    #[test]
    fn two_profiles_do_not_disturb_each_other() {
        let (anna, bernd) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let _anna = ProfileLock::acquire(anna.path()).unwrap();
        ProfileLock::acquire(bernd.path()).unwrap();
    }

    #[test]
    fn a_missing_folder_is_no_lock() {
        let dir = tempfile::tempdir().unwrap();
        let error = ProfileLock::acquire(&dir.path().join("fehlt")).unwrap_err();
        assert!(matches!(error, ProfileLockError::Io { .. }));
    }
}
