//! How it stands with the Zentrale, for the status line.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kontor_domain::Moment;

use crate::Code;
use crate::status::waiting_sentence;

/// Whether the Zentrale can be spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contact {
    /// It has not been tried yet.
    Beginning,
    /// It answers.
    Online,
    /// It does not answer; work goes on.
    Offline {
        /// Since when, by the clock of this machine.
        since: Moment,
    },
    /// It answers, but something is wrong; it is tried again.
    Disturbed {
        /// What.
        code: Code,
    },
    /// Trying again would not help; somebody has to act.
    Stopped {
        /// Why.
        code: Code,
    },
}

/// What the status line shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// Whether the Zentrale can be spoken to.
    pub contact: Contact,
    /// Entries that wait for it.
    pub waiting: u64,
    /// Grows whenever the Zentrale brought something that may look different on the desk.
    pub news: u64,
}

impl State {
    /// Before the first contact.
    pub const BEGINNING: Self = Self { contact: Contact::Beginning, waiting: 0, news: 0 };

    /// The status line, with times as the clocks of `zone` show them.
    pub fn sentence(&self, zone: &TimeZone) -> String {
        let waiting = waiting_sentence(self.waiting);
        match self.contact {
            Contact::Beginning if self.waiting == 0 => "Verbindung wird aufgebaut".to_owned(),
            Contact::Beginning | Contact::Online => waiting,
            Contact::Offline { since } => {
                let since = clock(since, zone);
                if self.waiting == 0 {
                    format!("Offline seit {since} – Sie können weiterarbeiten")
                } else {
                    format!("Offline seit {since} – {waiting}, Sie können weiterarbeiten")
                }
            }
            Contact::Disturbed { code } | Contact::Stopped { code } => code.sentence().to_owned(),
        }
    }
}

/// The time zone this machine is set to.
pub fn local_zone() -> TimeZone {
    TimeZone::system()
}

/// `10:14`.
fn clock(moment: Moment, zone: &TimeZone) -> String {
    let timestamp = Timestamp::from_millisecond(moment.unix_ms()).unwrap_or_default();
    timestamp.to_zoned_datetime(zone.clone()).strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(contact: Contact, waiting: u64, expect: &str) {
        let berlin = TimeZone::fixed(jiff::tz::offset(1));
        assert_eq!(State { contact, waiting, news: 0 }.sentence(&berlin), expect);
    }

    #[test]
    fn the_status_line_speaks_in_words() {
        // 2 November 2026, 9:14 UTC.
        let since = Moment::from_unix_ms(1_793_610_840_000);
        check(Contact::Online, 0, "Alles übertragen");
        check(Contact::Online, 1, "Ein Eintrag wartet");
        check(Contact::Online, 3, "3 Einträge warten");
        check(Contact::Beginning, 0, "Verbindung wird aufgebaut");
        check(Contact::Offline { since }, 0, "Offline seit 10:14 – Sie können weiterarbeiten");
        check(
            Contact::Offline { since },
            3,
            "Offline seit 10:14 – 3 Einträge warten, Sie können weiterarbeiten",
        );
        let code = Code::Unauthenticated;
        check(Contact::Stopped { code }, 3, code.sentence());
    }
}
