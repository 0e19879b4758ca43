//! The file `schluessel`: who keeps the key of this profile.
//!
//! ```json
//! {"format": "kontor-schluessel", "version": 1, "checksum": "<SHA-256 of content>",
//!  "content": {"custody": "key-store", "name": "…"}}
//! ```
//!
//! The checksum protects against accidents only. It is what tells a damaged file from a wrong
//! passphrase, which look alike to the cipher.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{KeyError, hex::HexBytes, passphrase::Sealed};
use crate::disk::{Disk, OsDisk};

const NAME: &str = "schluessel";
const UNFINISHED: &str = "schluessel.neu";
const FORMAT: &str = "kontor-schluessel";
const VERSION: u32 = 1;
/// A key file has some 500 bytes; more is not one.
const FILE_BYTES_MAX: u64 = 64 * 1024;

/// Who keeps the key.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "custody", rename_all = "kebab-case")]
pub(super) enum Custody {
    /// The key store of the operating system, under this name.
    KeyStore { name: String },
    /// This file, under a passphrase.
    Passphrase(Sealed),
}

/// What every version has.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

#[derive(Deserialize)]
struct Body {
    content: Custody,
    checksum: HexBytes<32>,
}

#[derive(Serialize)]
struct Whole<'a> {
    format: &'a str,
    version: u32,
    content: &'a Custody,
    checksum: HexBytes<32>,
}

/// Reads the key file; none if there is none.
pub(super) fn read(profile_dir: &Path) -> Result<Option<Custody>, KeyError> {
    let file = match File::open(profile_dir.join(NAME)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let mut text = Vec::new();
    file.take(FILE_BYTES_MAX).read_to_end(&mut text)?;
    let damaged = |detail| KeyError::Damaged { detail };
    let head: Head = serde_json::from_slice(&text).map_err(|_| damaged("not a key file"))?;
    if head.format != FORMAT {
        return Err(damaged("not a key file"));
    }
    if head.version > VERSION {
        return Err(KeyError::TooNew { found: head.version, known: VERSION });
    }
    let body: Body = serde_json::from_slice(&text).map_err(|_| damaged("unreadable content"))?;
    if checksum(&body.content)? != body.checksum {
        return Err(damaged("the checksum does not fit"));
    }
    Ok(Some(body.content))
}

/// Writes the key file for good. There must be none yet.
pub(super) fn write(profile_dir: &Path, custody: &Custody) -> Result<(), KeyError> {
    let whole =
        Whole { format: FORMAT, version: VERSION, content: custody, checksum: checksum(custody)? };
    let mut text = serde_json::to_vec_pretty(&whole).map_err(io::Error::from)?;
    text.push(b'\n');
    let unfinished = profile_dir.join(UNFINISHED);
    match OsDisk.remove(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let mut writer = OsDisk.create(&unfinished)?;
    writer.write_all(&text)?;
    writer.sync()?;
    drop(writer);
    OsDisk.publish(&unfinished, &profile_dir.join(NAME))?;
    Ok(OsDisk.sync_dir(profile_dir)?)
}

/// Over the content as this program would write it, so that line breaks do not count.
fn checksum(custody: &Custody) -> Result<HexBytes<32>, KeyError> {
    let content = serde_json::to_vec(custody).map_err(io::Error::from)?;
    Ok(HexBytes(Sha256::digest(content).into()))
}
