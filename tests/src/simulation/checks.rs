//! One file per place where promises are checked.

pub(super) mod end;
pub(super) mod export;
pub(super) mod feed;
pub(super) mod foresight;
pub(super) mod mirror;
pub(super) mod view;
