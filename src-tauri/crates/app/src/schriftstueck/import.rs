//! A file becomes a document. Its bytes are kept under their hash, its name is only shown, and what
//! it is, its bytes say.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use infer::MatcherType;
use kontor_domain::{
    Betreff, Dateiname, DocumentHash, Fassung, FassungId, Format, Medientyp, Schriftstueck,
    SchriftstueckId, Stamp,
};
use kontor_wire::Limits;
use sha2::{Digest as _, Sha256};

use crate::{AppError, Code, Office, crash};

/// So many bytes are looked at to see what a file is.
const HEAD_BYTES: u64 = 8 << 10;

/// So many bytes are read at once where a file is only looked through.
const BLOCK_BYTES: usize = 256 << 10;

/// A new Schriftstueck out of a file; it is about what the file is called, if nothing else is said.
pub(crate) fn schriftstueck(
    office: &Office,
    path: &Path,
    betreff: Option<Betreff>,
) -> Result<Schriftstueck, AppError> {
    let fassung = fassung(office, path)?;
    let betreff = betreff.map_or_else(|| named(path), Ok)?;
    Ok(Schriftstueck {
        id: office.fresh(SchriftstueckId::new),
        betreff,
        aktuell: fassung.id,
        fassungen: [(fassung.id, fassung)].into(),
    })
}

/// A new Fassung out of a file.
pub(crate) fn fassung(office: &Office, path: &Path) -> Result<Fassung, AppError> {
    let format = format(office, path)?;
    // Who and when is set again by the rules, out of the entry that brings it.
    let angelegt = Stamp { by: office.akteur()?.person, at: office.world().now() };
    Ok(Fassung { id: office.fresh(FassungId::new), angelegt, formate: vec![format] })
}

fn format(office: &Office, path: &Path) -> Result<Format, AppError> {
    let Regular { name, medientyp, file, head, .. } = regular(path)?;
    let limit_bytes = Limits::default().document_bytes_max;
    let stored = office.documents().put(&mut Cursor::new(head).chain(file), limit_bytes)?;
    crash::point("document.stored");
    Ok(Format { name, medientyp, hash: stored.hash, size_bytes: stored.size_bytes })
}

/// A file that can be taken in, as far as its beginning shows.
pub(super) struct Regular {
    pub(super) name: Dateiname,
    pub(super) medientyp: Medientyp,
    pub(super) size_bytes: u64,
    /// Read up to the end of `head`.
    file: File,
    head: Vec<u8>,
}

/// Looks whether a file can be taken in, without reading all of it.
///
/// # Errors
/// The codes of the group „Files and documents“ that say what it is instead.
pub(super) fn regular(path: &Path) -> Result<Regular, AppError> {
    let name: Dateiname = path
        .file_name()
        .and_then(|name| name.to_str())
        .ok_or(Code::FileNameUnfit)?
        .parse()
        .map_err(|error| AppError::new(Code::FileNameUnfit).because(error))?;
    let unreadable = |error| AppError::new(Code::FileUnreadable).because(error);
    // Asked before it is opened: opening a pipe would wait for somebody to write into it. A link is
    // not followed: what it points to may be another thing by the time it is read.
    let kind = path.symlink_metadata().map_err(unreadable)?;
    if kind.is_symlink() {
        return Err(Code::FileIsLink.into());
    }
    if kind.is_dir() {
        return Err(Code::FileIsFolder.into());
    }
    if !kind.is_file() {
        return Err(Code::FileUnfit.into());
    }
    if kind.len() == 0 {
        return Err(Code::FileEmpty.into());
    }
    if kind.len() > Limits::default().document_bytes_max {
        return Err(Code::DocumentTooLarge.into());
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut head = Vec::new();
    (&file).take(HEAD_BYTES).read_to_end(&mut head).map_err(unreadable)?;
    let medientyp = sniff(&head)?;
    if is_program(&medientyp) {
        return Err(Code::FileIsProgram.into());
    }
    Ok(Regular { name, medientyp, size_bytes: kind.len(), file, head })
}

/// The name its bytes would have, without keeping them.
///
/// # Errors
/// [`Code::DocumentTooLarge`] if it has grown since it was looked at, [`Code::FileUnreadable`].
pub(super) fn hash(file: Regular) -> Result<DocumentHash, AppError> {
    let limit_bytes = Limits::default().document_bytes_max;
    let mut bytes = Cursor::new(file.head).chain(file.file);
    let mut digest = Sha256::new();
    let (mut block, mut read_bytes) = (vec![0; BLOCK_BYTES], 0_u64);
    loop {
        let read = bytes
            .read(&mut block)
            .map_err(|error| AppError::new(Code::FileUnreadable).because(error))?;
        let Some(read) = block.get(..read).filter(|read| !read.is_empty()) else { break };
        digest.update(read);
        read_bytes += read.len() as u64;
        if read_bytes > limit_bytes {
            return Err(Code::DocumentTooLarge.into());
        }
    }
    Ok(DocumentHash::from_bytes(digest.finalize().into()))
}

/// What a file is called, for people: nothing in it that could turn or hide the rest.
pub(super) fn shown_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let plain = |c: char| match c {
        c if c.is_control() || UNSHOWN.contains(&c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    name.chars().map(plain).take(Dateiname::CHARS_MAX).collect()
}

/// Marks that turn the direction of writing or take no room.
const UNSHOWN: [char; 14] = [
    '\u{200B}', '\u{200E}', '\u{200F}', '\u{202A}', '\u{202B}', '\u{202C}', '\u{202D}', '\u{202E}',
    '\u{2060}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{FEFF}',
];

/// Programs of the systems offices work with.
fn is_program(medientyp: &Medientyp) -> bool {
    let programs = [
        "application/vnd.microsoft.portable-executable",
        "application/x-executable",
        "application/x-mach-binary",
    ];
    programs.contains(&medientyp.as_str())
}

/// What the bytes are. The name is not asked: it says what somebody wants them to be. Two letters are
/// enough for a text to look like a program, so text comes before that.
fn sniff(head: &[u8]) -> Result<Medientyp, AppError> {
    let kind = match infer::get(head) {
        Some(kind) if kind.matcher_type() != MatcherType::App || !is_text(head) => kind.mime_type(),
        _ if is_text(head) => "text/plain",
        _ => "application/octet-stream",
    };
    kind.parse().map_err(|error| AppError::new(Code::Internal).because(error))
}

/// UTF-8 without control characters; the head may end within a character.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            let (whole, _) = head.split_at(error.valid_up_to());
            std::str::from_utf8(whole).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty() && text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'))
}

/// What it is about, if only its name is known.
pub(super) fn named(path: &Path) -> Result<Betreff, AppError> {
    stem(path)?.parse().map_err(|error| AppError::new(Code::FileNameUnfit).because(error))
}

fn stem(path: &Path) -> Result<&str, AppError> {
    path.file_stem().and_then(|stem| stem.to_str()).ok_or_else(|| Code::FileNameUnfit.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shown_without_what_would_turn_it() {
        assert_eq!(shown_name(Path::new("/a/Antrag\u{202E}fdp.exe")), "Antrag\u{FFFD}fdp.exe");
        assert_eq!(shown_name(Path::new("zwei\nZeilen.pdf")), "zwei\u{FFFD}Zeilen.pdf");
        assert_eq!(shown_name(Path::new("..")), "");
    }

    fn check(head: &[u8], expect: &str) {
        assert_eq!(sniff(head).unwrap().as_str(), expect);
    }

    #[test]
    fn bytes_say_what_a_file_is() {
        check(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "application/pdf");
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png");
        check("Grüße aus dem Amt\n".as_bytes(), "text/plain");
        check(&"ü".as_bytes()[..1], "application/octet-stream");
        check("nur ein halbes Zeichen am Ende: ü".as_bytes().split_last().unwrap().1, "text/plain");
        check(b"MZ Merkzettel\n", "text/plain");
        check(b"MZ\x90\0\x03\0", "application/vnd.microsoft.portable-executable");
        check(b"\0\x01\x02", "application/octet-stream");
        check(b"", "application/octet-stream");
    }
}
