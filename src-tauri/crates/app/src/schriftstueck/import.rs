//! A file becomes a document. Its bytes are kept under their hash, its name is only shown, and what
//! it is, its bytes say.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use kontor_domain::{
    Betreff, Dateiname, Fassung, FassungId, Format, Medientyp, Schriftstueck, SchriftstueckId,
    Stamp,
};
use kontor_wire::Limits;

use crate::{AppError, Code, Office, crash};

/// So many bytes are looked at to see what a file is.
const HEAD_BYTES: u64 = 8 << 10;

/// A new Schriftstueck out of a file; it is about what the file is called, if nothing else is said.
pub(crate) fn schriftstueck(
    office: &Office,
    path: &Path,
    betreff: Option<Betreff>,
) -> Result<Schriftstueck, AppError> {
    let fassung = fassung(office, path)?;
    let betreff = match betreff {
        Some(betreff) => betreff,
        None => stem(path)?
            .parse()
            .map_err(|error| AppError::new(Code::FileNameUnfit).because(error))?,
    };
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
    let name: Dateiname = path
        .file_name()
        .and_then(|name| name.to_str())
        .ok_or(Code::FileNameUnfit)?
        .parse()
        .map_err(|error| AppError::new(Code::FileNameUnfit).because(error))?;
    let unreadable = |error| AppError::new(Code::FileUnreadable).because(error);
    // Asked before it is opened: opening a pipe would wait for somebody to write into it.
    if !path.metadata().map_err(unreadable)?.is_file() {
        return Err(Code::FileUnfit.into());
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut head = Vec::new();
    (&file).take(HEAD_BYTES).read_to_end(&mut head).map_err(unreadable)?;
    let medientyp = sniff(&head)?;
    let limit_bytes = Limits::default().document_bytes_max;
    let stored = office.documents().put(&mut Cursor::new(head).chain(file), limit_bytes)?;
    crash::point("document.stored");
    Ok(Format { name, medientyp, hash: stored.hash, size_bytes: stored.size_bytes })
}

/// What the bytes are. The name is not asked: it says what somebody wants them to be.
fn sniff(head: &[u8]) -> Result<Medientyp, AppError> {
    let kind = match infer::get(head) {
        Some(kind) => kind.mime_type(),
        None if is_text(head) => "text/plain",
        None => "application/octet-stream",
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

fn stem(path: &Path) -> Result<&str, AppError> {
    path.file_stem().and_then(|stem| stem.to_str()).ok_or_else(|| Code::FileNameUnfit.into())
}

#[cfg(test)]
mod tests {
    use super::*;

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
        check(b"\0\x01\x02", "application/octet-stream");
        check(b"", "application/octet-stream");
    }
}
