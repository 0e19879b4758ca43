//! Search over everything on the desk: a tantivy index whose files are encrypted block by block.
//!
//! The index is disposable: whatever does not open as it was written is thrown away and begun
//! anew, and [`Index::stand`] tells which things it holds at which revision, so that catching up
//! is a difference.

mod directory;
mod find;
mod index;
mod query;
mod schema;
mod sealed;
mod snippet;
mod words;
mod write;

pub use find::{Hits, Row};
pub use index::{Index, Opened, SearchError};
pub use query::Query;
pub use schema::{Item, Kind};
pub use snippet::Piece;
