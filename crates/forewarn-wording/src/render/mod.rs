//! Reports for people and for programs.

mod json;
mod sarif;
mod text;

pub use json::json;
pub use sarif::sarif;
pub use text::text;

use crate::report::Report;

/// One file and what was found in it.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The file as it was named, "-" for standard input.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
    /// What was found.
    pub report: &'a Report,
}
