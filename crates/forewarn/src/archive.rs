//! The file that a backup is: a zip with a text file of JSON lines for every table, and a manifest that says what they
//! are. Any tool can look into it; its last 64 bytes are a digest over all before them.

mod manifest;
mod reading;
mod seal;
mod writing;

pub(crate) use manifest::{Manifest, TableInside};
pub(crate) use reading::Archive;
pub(crate) use writing::{Written, write};
