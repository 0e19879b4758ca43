//! Where the worker's program and pdfium lie.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The worker's program and the library it loads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// `kontor-seiten`.
    pub worker: PathBuf,
    /// pdfium.
    pub library: PathBuf,
}

/// A part of the installation that is not where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file} is neither beside the program nor named by {variable}")]
pub struct ProgramMissing {
    /// The file looked for.
    pub file: &'static str,
    /// The environment variable that can name it.
    pub variable: &'static str,
}

const WORKER: &str = if cfg!(windows) { "kontor-seiten.exe" } else { "kontor-seiten" };
const LIBRARY: &str = if cfg!(windows) { "pdfium.dll" } else { "libpdfium.so" };

impl Program {
    /// Beside the running program, which is how Kontor is installed; otherwise where the
    /// environment variables `KONTOR_SEITEN` and `KONTOR_PDFIUM` say.
    pub fn find() -> Result<Self, ProgramMissing> {
        let own = env::current_exe().unwrap_or_default();
        let worker = find(&own, WORKER, "KONTOR_SEITEN")?;
        let library = find(&worker, LIBRARY, "KONTOR_PDFIUM")?;
        Ok(Self { worker, library })
    }
}

fn find(
    neighbour: &Path,
    file: &'static str,
    variable: &'static str,
) -> Result<PathBuf, ProgramMissing> {
    let beside = neighbour.with_file_name(file);
    if beside.is_file() {
        return Ok(beside);
    }
    let named = env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file());
    named.ok_or(ProgramMissing { file, variable })
}
