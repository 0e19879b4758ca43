//! The window around `kontor-app`: it opens a profile, shows it, and passes on what is asked for.
//!
//! Everything of the office happens in the command table; here are windows, dialogs and events.

mod args;
mod commands;
mod desk;
mod pages;
mod window;
mod zentrale;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;
use kontor_app::viewer::Viewer;
use tauri::{Builder, Manager as _, RunEvent, Wry};
use tauri_plugin_window_state::StateFlags;
use tracing_subscriber::EnvFilter;

use args::Args;
use desk::Desk;

/// Shows the window until it is closed.
pub fn main(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(words) {
        Ok(args) => args,
        Err(error) => error.exit(),
    };
    log();
    match run(args) {
        Ok(code) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
        Err(error) => {
            tracing::error!(%error, "there is no window");
            eprintln!(
                "Kontor kann auf diesem Rechner kein Fenster öffnen. Bitte wenden Sie sich an Ihre IT."
            );
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> tauri::Result<i32> {
    let app = builder(&args)
        .plugin(tauri_plugin_dialog::init())
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(StateFlags::POSITION | StateFlags::SIZE | StateFlags::MAXIMIZED)
                .build(),
        )
        .register_asynchronous_uri_scheme_protocol(pages::SCHEME, pages::answer)
        .invoke_handler(tauri::generate_handler![
            commands::run,
            commands::open_profile,
            commands::sign_in,
            commands::choose_files,
            commands::choose_target,
            commands::open_viewer,
            commands::open_externally,
        ])
        .setup(move |app| {
            let handle = app.handle().clone();
            let folder = args.profile_or(app.path().app_local_data_dir()?);
            app.manage(Viewer::new());
            // The profile opens while the window is being made.
            app.manage(Desk::begin(&args, folder.clone(), move |event| {
                commands::tell(&handle, &event);
            }));
            window::open_desk(app.handle(), &folder)?;
            Ok(())
        })
        .build(tauri::generate_context!())?;
    Ok(app.run_return(|app, event| {
        if let RunEvent::Exit = event {
            app.state::<Desk>().close();
        }
    }))
}

/// A second start on the same data only brings the window to the front. With a folder of its own it
/// is another desk.
fn builder(args: &Args) -> Builder<Wry> {
    let builder = Builder::default();
    if args.profile.is_some() {
        return builder;
    }
    builder.plugin(tauri_plugin_single_instance::init(|app, _words, _folder| {
        window::show_desk(app);
    }))
}

fn log() {
    let filter = EnvFilter::try_from_env("KONTOR_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Somebody else may have set one up in this process already.
    let _ = lines.try_init();
}
