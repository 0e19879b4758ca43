//! The real window: the shipped program on a screen of its own, driven through `WebKitWebDriver` as a
//! person would drive it: by keys, and by what can be read.

mod keys;
mod processes;
mod profile;
mod screen;
mod viewer;
mod webdriver;

pub use processes::{Process, began_at_ms, memory_kib, processes};
pub use profile::Kreis;
pub use screen::Screen;
pub use viewer::Sight;
pub use webdriver::Window;
