//! Import: drop a file, see what was found, map the columns, check, confirm; undo for 24 hours.
//! Nothing is saved until it is confirmed, and no import writes to a customer.

mod check;
mod mapping;
mod outcome;
mod survey;
mod upload;

pub use check::{CheckPage, Count, ErrorRow, RepairGroup};
pub use mapping::{ColumnRow, DateQuestion, MappingPage, WordQuestion};
pub use outcome::{Outcome, OutcomePage, OutcomeState};
pub use survey::{Finding, SurveyPage};
pub use upload::{ImportRow, UploadPage};

/// The steps of an import, as shown on top of its pages: what they are called, and which is shown.
#[must_use]
pub fn steps(current: usize) -> Vec<(&'static str, bool)> {
    ["File", "Found", "Columns", "Check", "Done"]
        .into_iter()
        .zip(0..)
        .map(|(name, n)| (name, n == current))
        .collect()
}
