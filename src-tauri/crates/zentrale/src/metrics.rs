//! What the Zentrale counts about itself, in the text format that Prometheus reads. No label ever
//! holds anything about a person or a thing.

use kontor_wire::Outcome;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

type Labels = [(&'static str, &'static str); 1];
type RequestLabels = [(&'static str, &'static str); 3];

/// The counters.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    seconds: Family<Labels, Histogram, fn() -> Histogram>,
    entries: Family<Labels, Counter>,
    /// Rows put into feeds.
    pub(crate) rows: Counter,
    /// Mirrors whose witness contradicted the chain.
    pub(crate) contradictions: Counter,
    /// Live connections now.
    pub(crate) live: Gauge,
    /// Bytes of chunks received.
    pub(crate) uploaded_bytes: Counter,
    /// Documents published.
    pub(crate) documents: Counter,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let metrics = Self {
            registry: Registry::with_prefix("kontor"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(histogram),
            entries: Family::default(),
            rows: Counter::default(),
            contradictions: Counter::default(),
            live: Gauge::default(),
            uploaded_bytes: Counter::default(),
            documents: Counter::default(),
        };
        metrics.registered()
    }

    fn registered(mut self) -> Self {
        let registry = &mut self.registry;
        registry.register("requests", "Requests answered", self.requests.clone());
        registry.register("request_seconds", "Time until the answer began", self.seconds.clone());
        registry.register(
            "entries",
            "Entries by outcome, repeated ones included",
            self.entries.clone(),
        );
        registry.register("feed_rows", "Rows put into feeds", self.rows.clone());
        registry.register(
            "chain_contradictions",
            "Workstations that remember another feed than the Zentrale has",
            self.contradictions.clone(),
        );
        registry.register("live_connections", "Live connections now", self.live.clone());
        registry.register(
            "uploaded_bytes",
            "Bytes of chunks received",
            self.uploaded_bytes.clone(),
        );
        registry.register("documents", "Documents published", self.documents.clone());
        self
    }

    /// Notes an answered request.
    pub(crate) fn request(&self, request: &Answered) {
        let status = match request.status / 100 {
            2 => "2xx",
            3 => "3xx",
            4 => "4xx",
            _ => "5xx",
        };
        let labels = [("method", request.method), ("path", request.path), ("status", status)];
        self.requests.get_or_create(&labels).inc();
        self.seconds.get_or_create(&[("path", request.path)]).observe(request.seconds);
    }

    /// Notes what became of an entry.
    pub(crate) fn entry(&self, outcome: &Outcome) {
        let word = match outcome {
            Outcome::Accepted { .. } => "accepted",
            Outcome::Merged { .. } => "merged",
            Outcome::Conflict { .. } => "conflict",
            Outcome::Rejected { .. } => "rejected",
            Outcome::Deferred { .. } => "deferred",
        };
        self.entries.get_or_create(&[("outcome", word)]).inc();
    }

    /// All of them as text.
    pub(crate) fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// One answered request.
pub(crate) struct Answered {
    pub(crate) method: &'static str,
    /// The template, never the path itself.
    pub(crate) path: &'static str,
    pub(crate) status: u16,
    pub(crate) seconds: f64,
}

fn histogram() -> Histogram {
    Histogram::new([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0])
}
