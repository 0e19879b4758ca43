//! Whether this machine offers what Kontor needs, each with a way out.

use std::fs;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, header};
use jiff::fmt::rfc2822;
use kontor_domain::Moment;
use kontor_sync::Port;
use kontor_wire::path;

use super::Finding;
use crate::error::is_full;
use crate::zentrale::{HttpPort, meta};
use crate::{AppError, Code, Office};

/// Below this, saving soon fails.
const SPACE_BYTES_MIN: u64 = 200 << 20;
/// Below this, somebody should know.
const SPACE_BYTES_LOW: u64 = 2 << 30;
/// Clocks decide nothing here, but people read them.
const SKEW_MAX: Duration = Duration::from_mins(2);

/// Looks at what an open profile needs from the machine and from outside.
///
/// # Errors
/// Only if the desk itself cannot be used; everything else is a finding.
pub async fn doctor(office: &Office) -> Result<Vec<Finding>, AppError> {
    let mut findings = machine(office.dir());
    // Neither would be open otherwise.
    findings.push(Finding::good("key", "Der Schlüssel zu Ihren Daten ist da und passt."));
    findings.push(Finding::good(
        "database",
        "Die Datenbank ist neu genug, verschlüsselt und sichert jeden Eintrag gegen Stromausfall.",
    ));
    if office.mirror_was_rebuilt() {
        findings.push(Finding::doubtful(
            "mirror",
            "Die Abschrift der Zentrale war beschädigt und wird neu geholt. Ihre Einträge sind nicht betroffen.",
            "Tritt das öfter auf, lassen Sie bitte die Festplatte prüfen.",
        ));
    }
    findings.extend(Outside::ask(office).await?.findings());
    Ok(findings)
}

/// Looks at a profile's folder, which need not be open.
pub fn machine(dir: &Path) -> Vec<Finding> {
    let writable = fs::create_dir_all(dir).and_then(|()| tempfile::tempfile_in(dir).map(drop));
    let writable = writable.map_err(|error| {
        let code = if is_full(&error) { Code::DiskFull } else { Code::ProfileUnusable };
        AppError::new(code).because(error)
    });
    let folder =
        Finding::of("folder", writable, "Der Ordner mit Ihren Daten lässt sich beschreiben.");
    vec![folder, space(dir)]
}

fn space(dir: &Path) -> Finding {
    match fs4::available_space(dir) {
        Ok(bytes) if bytes < SPACE_BYTES_MIN => Finding::bad("space", &Code::DiskFull.into()),
        Ok(bytes) if bytes < SPACE_BYTES_LOW => Finding::doubtful(
            "space",
            format!("Auf diesem Rechner sind nur noch {} MB frei.", bytes >> 20),
            "Bitte schaffen Sie Platz, bevor das Speichern nicht mehr gelingt.",
        ),
        Ok(bytes) => {
            Finding::good("space", format!("Auf diesem Rechner sind {} GB frei.", bytes >> 30))
        }
        Err(error) => {
            Finding::skipped("space", &AppError::new(Code::ProfileUnusable).because(error))
        }
    }
}

/// What the Zentrale said when it was greeted, and when.
struct Outside {
    answer: Result<Option<Moment>, AppError>,
    at: Moment,
}

impl Outside {
    async fn ask(office: &Office) -> Result<Self, AppError> {
        let answer = match meta::access(office) {
            Ok((address, token)) => date_of(&HttpPort::new(address, &token)?).await,
            Err(error) => Err(error),
        };
        Ok(Self { answer, at: office.world().now() })
    }

    fn findings(&self) -> Vec<Finding> {
        let reached = match &self.answer {
            Err(error) => return vec![Finding::bad("zentrale", error)],
            Ok(_) => {
                Finding::good("zentrale", "Die Zentrale ist erreichbar und kennt diese Anmeldung.")
            }
        };
        let Ok(Some(there)) = self.answer else { return vec![reached] };
        let skew = Duration::from_millis(there.unix_ms().abs_diff(self.at.unix_ms()));
        let clock = if skew > SKEW_MAX {
            Finding::doubtful(
                "clock",
                format!(
                    "Die Uhr dieses Rechners geht gegenüber der Zentrale um {} Minuten falsch.",
                    skew.as_secs() / 60
                ),
                "Es geht nichts verloren, aber Ihre Kollegen sehen falsche Uhrzeiten. Bitte lassen Sie die Uhr stellen.",
            )
        } else {
            Finding::good("clock", "Die Uhren dieses Rechners und der Zentrale gehen gleich.")
        };
        vec![reached, clock]
    }
}

/// Greets the Zentrale; gives the time in its answer, if it tells one.
async fn date_of(port: &HttpPort) -> Result<Option<Moment>, AppError> {
    let request = Request::builder()
        .uri(path::HELLO)
        .body(Bytes::new())
        .map_err(|error| AppError::new(Code::Internal).because(error))?;
    let response = port.call(request).await.map_err(kontor_sync::calls::CallError::from)?;
    let date = response.headers().get(header::DATE).and_then(|date| date.to_str().ok());
    let date = date.and_then(|date| rfc2822::parse(date).ok());
    let moment = date.map(|date| Moment::from_unix_ms(date.timestamp().as_millisecond()));
    // The answer itself is read as always: it says whether we are known.
    kontor_sync::calls::hello(port).await?;
    Ok(moment)
}
