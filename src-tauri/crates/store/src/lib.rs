//! The workstation's memory: encrypted databases, encrypted documents, and the key to both.

pub mod disk;
