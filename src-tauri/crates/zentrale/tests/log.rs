//! The log helps to find a fault and tells nothing about anybody. In a process of its own, because
//! what is logged at all is decided once for all threads.

#[cfg(test)]
#[path = "http/haus.rs"]
#[expect(dead_code, reason = "the other tests need more of it")]
mod haus;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use kontor_wire::path;
use tracing::Level;

use crate::haus::{Haus, now, paper, push};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().map_err(|_| io::Error::other("a lock is poisoned"))?.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn it_names_ids_and_nothing_else() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_max_level(Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let (haus, request_id) = tracing::subscriber::with_default(subscriber, || {
        let haus = Haus::new();
        let hello = haus.get("anna", path::HELLO);
        haus.post("anna", path::PUSH, &push(&haus.notiz("anna", "anker")));
        haus.post("anna", path::PUSH, &serde_json::json!({ "name": "Anna Albers" }));
        haus.get("anna", "/v1/documents/Anna%20Albers");
        haus.upload("anna", &paper(1_500));
        now(haus.zentrale.storage().ping()).unwrap();
        (haus, hello.headers["x-request-id"].to_str().unwrap().to_owned())
    });
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains(&request_id) && text.contains(&haus.person("anna").to_string()));
    let telling = ["Albers", "Anker", "Telefonat", "Kreis Muster", haus.token("anna")];
    for word in telling {
        assert!(!text.contains(word), "{word} is in the log");
    }
}
