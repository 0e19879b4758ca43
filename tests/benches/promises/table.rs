//! Prints figures as they come.

use std::time::Duration;

/// The table; one row per figure.
pub(crate) struct Table {
    missed: usize,
}

/// One figure.
pub(crate) struct Row<'a> {
    /// What was measured.
    pub(crate) name: &'a str,
    /// What came out.
    pub(crate) ours: String,
    /// What the machine can do at best, in the same run.
    pub(crate) raw: String,
    /// `ours` divided by `raw`, so that more is worse; `None` where a ratio means nothing.
    pub(crate) ratio: Option<f64>,
    /// What we aim for.
    pub(crate) aim: &'a str,
    /// Whether it was reached.
    pub(crate) reached: bool,
}

impl Table {
    pub(crate) fn begin() -> Self {
        println!(
            "{:<44} {:>20} {:>24} {:>8}  {:<22}",
            "figure", "Kontor", "raw limit, same run", "ratio", "aim"
        );
        Self { missed: 0 }
    }

    pub(crate) fn row(&mut self, row: &Row<'_>) {
        let ratio = row.ratio.map_or_else(|| "–".into(), |ratio| format!("{ratio:.2}×"));
        let verdict = if row.reached { "reached" } else { "MISSED" };
        self.missed += usize::from(!row.reached);
        println!(
            "{:<44} {:>20} {:>24} {:>8}  {:<22} {verdict}",
            row.name, row.ours, row.raw, ratio, row.aim
        );
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        println!("aims missed: {}", self.missed);
    }
}

/// The value below which `share` (0 to 1) of the samples lie.
pub(crate) fn percentile(samples: &mut [Duration], share: f64) -> Duration {
    samples.sort_unstable();
    let last = samples.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index into a list that fits into memory"
    )]
    let index = (last as f64 * share).round() as usize;
    samples.get(index).copied().unwrap_or_default()
}

pub(crate) fn ms(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1e3)
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
pub(crate) fn per_second(count: usize, duration: Duration) -> f64 {
    count as f64 / duration.as_secs_f64()
}
