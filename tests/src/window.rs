//! The real window: the shipped program on a screen of its own, driven through `WebKitWebDriver` as a
//! person would drive it: by keys, and by what can be read.

mod keys;
mod profile;
mod screen;
mod webdriver;

pub use profile::Kreis;
pub use screen::Screen;
pub use webdriver::Window;
