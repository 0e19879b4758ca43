//! Named points at which a test lets the program die, to see what is left.

/// Dies here if a test build was told to (`KONTOR_KILL_AT`); otherwise there is nothing here at all.
#[cfg(not(feature = "failpoints"))]
#[inline]
pub(crate) const fn point(_name: &'static str) {}

#[cfg(feature = "failpoints")]
pub(crate) use armed::point;

#[cfg(feature = "failpoints")]
mod armed {
    use std::sync::Once;

    static ARMED: Once = Once::new();

    /// Dies here if `KONTOR_KILL_AT` names this point: without unwinding, flushing or goodbye.
    pub(crate) fn point(name: &'static str) {
        ARMED.call_once(arm);
        fail::fail_point!(name);
    }

    fn arm() {
        let Ok(name) = std::env::var("KONTOR_KILL_AT") else { return };
        // A point that cannot be armed would make a test pass that tests nothing.
        if fail::cfg_callback(name, || std::process::abort()).is_err() {
            std::process::abort();
        }
    }
}
