//! Tells Tauri which commands exist; whatever is not listed cannot be called, from no window.

fn main() {
    // The face becomes a part of the program; without this an older one would stay in it.
    println!("cargo:rerun-if-changed=../ui/dist");
    let commands = tauri_build::AppManifest::new().commands(&[
        "run",
        "open_profile",
        "sign_in",
        "choose_files",
        "choose_target",
        "open_viewer",
        "open_externally",
    ]);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    if let Err(error) = tauri_build::try_build(attributes) {
        eprintln!("{error:#}");
        std::process::exit(1);
    }
}
