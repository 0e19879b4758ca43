//! The Zustelldienst's knock at the door: „poll now“, and nothing more (facts § 2.5).

use aws_lc_rs::hmac;
use kontor_domain::Moment;

use crate::hex;

/// A knock counts this long, in milliseconds.
const FRESH_MS: u64 = 5 * 60 * 1000;

/// A knock as it arrived.
#[derive(Debug, Clone, Copy)]
pub struct Callback<'a> {
    /// Header `callback-authentication`.
    pub authentication: &'a str,
    /// Header `callback-timestamp`, seconds since 1970.
    pub timestamp: &'a str,
    /// The body's bytes as received.
    pub body: &'a [u8],
}

/// Whether a knock is fresh and by somebody who knows the secret. Whoever gets `false` drops it
/// without an answer that says why.
pub fn is_genuine(callback: Callback<'_>, secret: &[u8], now: Moment) -> bool {
    let Ok(seconds) = callback.timestamp.parse::<u32>() else { return false };
    if now.unix_ms().abs_diff(i64::from(seconds) * 1000) > FRESH_MS {
        return false;
    }
    let Some(claimed) = hex::decode::<64>(callback.authentication) else { return false };
    let key = hmac::Key::new(hmac::HMAC_SHA512, secret);
    let message = [callback.timestamp.as_bytes(), b".", callback.body].concat();
    hmac::verify(&key, &message, &claimed).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The second of the two published examples (documentation of callbacks, new version).
    const AUTHENTICATION: &str = "2056b372b5bcec06d8f11ab79b84b42d6cbe1c8e1178cdfa36e4385dcf717758\
        aaa7599f417d9ec3e079087884f4fd59680bf713621383e2d4414ef74fb10df3";
    const BODY: &str = "{\"type\":\"https://schema.fitko.de/fit-connect/submission-api/callbacks/\
        new-submissions\",\"submissionIds\":[\"f39ab143-d91a-474a-b69f-b00f1a1873c2\"],\
        \"submissions\":[{\"destinationId\":\"d12caea8-f372-4eb1-b102-b0a228253a11\",\
        \"submissionId\":\"f39ab143-d91a-474a-b69f-b00f1a1873c2\",\
        \"caseId\":\"9eec7d3e-dc66-4f82-9f52-1520bf96a32e\"}]}";
    const SECRET: &[u8] = b"insecure_unsafe_qHScgrg_kP-R31jHUwp3GkVkGJolvBchz65b74Lzue0";
    const SENT: i64 = 1_672_527_599;

    fn check(change: impl FnOnce(&mut Callback<'_>), late_seconds: i64, expected: bool) {
        let mut callback = Callback {
            authentication: AUTHENTICATION,
            timestamp: "1672527599",
            body: BODY.as_bytes(),
        };
        change(&mut callback);
        let now = Moment::from_unix_ms((SENT + late_seconds) * 1000);
        assert_eq!(is_genuine(callback, SECRET, now), expected, "{callback:?}");
    }

    #[test]
    fn the_published_example_is_genuine_for_five_minutes() {
        check(|_| (), 0, true);
        check(|_| (), 300, true);
        check(|_| (), -300, true);
        check(|_| (), 301, false);
        check(|_| (), -301, false);
    }

    #[test]
    fn anything_else_is_not() {
        check(|callback| callback.body = b"{}", 0, false);
        check(|callback| callback.timestamp = "1672527600", 0, false);
        check(|callback| callback.timestamp = "01672527599", 0, false);
        check(|callback| callback.timestamp = "now", 0, false);
        check(|callback| callback.authentication = "", 0, false);
        check(|callback| callback.authentication = &AUTHENTICATION[..126], 0, false);
        let upper = AUTHENTICATION.to_uppercase();
        let callback =
            Callback { authentication: &upper, timestamp: "1672527599", body: BODY.as_bytes() };
        assert!(!is_genuine(callback, SECRET, Moment::from_unix_ms(SENT * 1000)));
    }
}
