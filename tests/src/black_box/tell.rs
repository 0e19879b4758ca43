//! How the story is told.

/// A new scene.
pub fn scene(what: &str) {
    println!("\n{what}");
}

/// Something was seen to be so.
pub fn done(what: &str) {
    println!("  ✓ {what}");
}
