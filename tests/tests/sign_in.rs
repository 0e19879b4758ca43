//! Signing in at a real OpenID provider (npm `oidc-provider`), with curl as the browser.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]
#![expect(clippy::indexing_slicing, reason = "a field that JSON lacks reads as null")]

use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kontor_app::{Code, DataKey, Office, Profile, SystemWorld, commands, zentrale};
use kontor_zentrale::auth::oidc::Providers;
use kontor_zentrale::demo::{self, Demo};
use kontor_zentrale::serve::{Serving, serve};
use kontor_zentrale::storage::SqliteStorage;
use kontor_zentrale::world::SystemWorld as CentralWorld;
use kontor_zentrale::{Parts, Places, Zentrale, documents};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// The provider's process; ends with its input.
struct Provider {
    process: Child,
    issuer: String,
    /// How often it gave a new token for an old one.
    renewals: Arc<AtomicUsize>,
}

impl Provider {
    /// With one person, whose tokens last so many seconds. `None` where Node or the package is missing.
    fn start(person: &str, lifetime_seconds: u32) -> Option<Self> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/sign_in/provider.mjs");
        let mut process = Command::new("node")
            .args([script, person, &lifetime_seconds.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let lines = BufReader::new(process.stdout.take()?).lines().map_while(Result::ok);
        let mut said = lines.filter_map(|line| serde_json::from_str::<Value>(&line).ok());
        let listening = said.find(|line| line["event"] == "listening")?;
        let issuer = listening["issuer"].as_str()?.to_owned();
        let renewals = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&renewals);
        std::thread::spawn(move || {
            for _ in said.filter(|line| line["type"] == "refresh_token") {
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        Some(Self { process, issuer, renewals })
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A Zentrale that trusts the provider, and a desk that knows nothing yet.
struct Scene {
    folder: TempDir,
    url: String,
    demo: Demo,
}

impl Scene {
    async fn with(provider: &Provider) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = serde_json::from_value(json!({
            "issuer": provider.issuer,
            "audience": "kontor",
            "client_id": "kontor-desk",
            "scopes": ["offline_access"],
            "mandant": demo::mandant(),
            "roles_claim": "roles",
            "roles": { "sb": "sachbearbeitung" },
            "leeway_seconds": 0,
        }));
        let central = Zentrale::new(Parts {
            storage: Arc::new(SqliteStorage::open(&folder.path().join("z.db"), None).unwrap()),
            documents: documents::folder(&folder.path().join("documents")).unwrap(),
            world: Arc::new(CentralWorld),
            providers: Providers::new(vec![config.unwrap()]).unwrap(),
            limits: kontor_wire::Limits::default(),
            places: Places::default(),
        });
        let demo = demo::load(&central).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(serve(listener, central, Serving::default(), std::future::pending()));
        Self { folder, url, demo }
    }

    fn office(&self) -> Office {
        let profile = Profile::lock(&self.folder.path().join("profile")).unwrap();
        Office::open(profile, &DataKey::generate().unwrap(), Arc::new(SystemWorld)).unwrap()
    }

    /// Signs in, with `browser` as the browser.
    async fn sign_in(
        &self,
        office: &Office,
        browser: impl FnOnce(&str) -> std::io::Result<()>,
    ) -> Result<(), Code> {
        let address = zentrale::address(office, Some(&self.url)).map_err(|error| error.code)?;
        zentrale::sign_in(office, address, browser).await.map(|_| ()).map_err(|error| error.code)
    }
}

/// Follows every redirect, as a browser does, and keeps the page it ends on.
fn curl(folder: &Path, url: &str) -> std::io::Result<Child> {
    let jar = folder.join("cookies");
    let page = std::fs::File::create(folder.join("page.html"))?;
    Command::new("curl")
        .args(["--silent", "--show-error", "--location", "--max-time", "20"])
        .arg("--cookie-jar")
        .arg(&jar)
        .arg("--cookie")
        .arg(&jar)
        .arg(url)
        .stdout(page)
        .spawn()
}

/// Node and its packages are there in every complete run; whoever runs single tests may lack them.
macro_rules! provider_or_return {
    ($person:expr, $seconds:expr) => {
        match Provider::start($person, $seconds) {
            Some(provider) => provider,
            None => {
                assert!(std::env::var_os("CI").is_none(), "node or ui/node_modules is missing");
                let _ = writeln!(std::io::stderr(), "skipped: node or ui/node_modules is missing");
                return;
            }
        }
    };
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signs_in_and_stays_signed_in() {
    let anna = demo_person("anna");
    // So short that it ends while the test looks on.
    let provider = provider_or_return!(&anna, 4);
    let scene = Scene::with(&provider).await;
    let office = scene.office();
    let folder = scene.folder.path().to_owned();
    let mut browser = None;
    let browse = |url: &str| curl(&folder, url).map(|child| browser = Some(child));
    scene.sign_in(&office, browse).await.unwrap();
    browser.unwrap().wait().unwrap();
    let status = commands::run(&office, "status", &json!({})).unwrap();
    assert_eq!(status["answer"]["person"], anna);
    assert_eq!(status["answer"]["rollen"], json!(["sachbearbeitung"]));
    assert_eq!(office.person().unwrap(), Some(scene.demo.personen["anna"]));
    let page = std::fs::read_to_string(folder.join("page.html")).unwrap();
    assert!(page.contains("Sie können dieses Fenster schließen"), "{page}");
    // The first renewal uses what signing in brought, the second what the first one brought.
    while provider.renewals.load(Ordering::Relaxed) < 2 {
        zentrale::sync_once(&office).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_another_question_is_not_taken() {
    let provider = provider_or_return!(&demo_person("anna"), 300);
    let scene = Scene::with(&provider).await;
    let office = scene.office();
    let done = scene.sign_in(&office, |url| {
        let redirect = url.split("redirect_uri=").nth(1).unwrap().split('&').next().unwrap();
        let redirect = redirect.replace("%3A", ":").replace("%2F", "/");
        let state = url.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        // First somebody who guesses, then the provider's refusal.
        std::thread::spawn(move || {
            for query in
                ["code=stolen&state=guessed", &format!("error=access_denied&state={state}")]
            {
                let _ = Command::new("curl")
                    .args(["--silent", &format!("{redirect}?{query}")])
                    .output();
            }
        });
        Ok(())
    });
    assert_eq!(done.await, Err(Code::SignInRefused));
    assert!(!office.is_connected().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_made_up_code_gives_nothing() {
    let provider = provider_or_return!(&demo_person("anna"), 300);
    let scene = Scene::with(&provider).await;
    let office = scene.office();
    let done = scene.sign_in(&office, |url| {
        let redirect = url.split("redirect_uri=").nth(1).unwrap().split('&').next().unwrap();
        let redirect = redirect.replace("%3A", ":").replace("%2F", "/");
        let state = url.split("state=").nth(1).unwrap().split('&').next().unwrap();
        let address = format!("{redirect}?code=made-up&state={state}");
        Command::new("curl").args(["--silent", &address]).stdout(Stdio::null()).spawn().map(|_| ())
    });
    assert_eq!(done.await, Err(Code::SignInRefused));
    assert!(!office.is_connected().unwrap());
}

/// The id of somebody of the demonstration, as the provider's subject.
fn demo_person(name: &str) -> String {
    demo::person(name).to_string()
}
