//! The array that `forewarn check --format json` prints.

use serde::Serialize;

use super::Checked;
use crate::report::Report;

#[derive(Serialize)]
struct Item<'a> {
    file: &'a str,
    #[serde(flatten)]
    report: &'a Report,
}

/// One object a file, in the order given.
///
/// # Errors
///
/// Only if serialisation fails, which it doesn't for reports.
pub fn json(checked: &[Checked<'_>]) -> Result<String, serde_json::Error> {
    let items: Vec<Item<'_>> = checked.iter().map(|c| Item { file: c.file, report: c.report }).collect();
    serde_json::to_string_pretty(&items)
}
