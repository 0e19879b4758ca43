//! A window with one sentence in it: what Tauri and the system's web view need at least. Benchmarks
//! set the desk beside it.

use std::process::ExitCode;

fn main() -> ExitCode {
    let app = tauri::Builder::default()
        .setup(|app| {
            let page = tauri::WebviewUrl::App("index.html".into());
            let window = tauri::WebviewWindowBuilder::new(app, "bare", page);
            window.inner_size(1280.0, 800.0).build()?;
            Ok(())
        })
        .build(tauri::generate_context!("examples/bare/tauri.conf.json"));
    match app {
        Ok(app) => {
            let code = app.run_return(|_, _| {});
            ExitCode::from(u8::try_from(code).unwrap_or(1))
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
