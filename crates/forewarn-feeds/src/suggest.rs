//! Which column is which field: suggested from headings and borne out by the data.

use crate::dates::DateOrder;
use crate::field::Field;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What each column probably is, and what is left to ask.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Suggestion {
    /// The column of each field that was found. Two fields may share a column.
    pub picks: BTreeMap<Field, Pick>,
    /// What a person has to answer before the report can be read; empty when all is certain.
    pub questions: Vec<Question>,
}

/// A column suggested for a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// Where the column stands, from 0.
    pub column: usize,
    /// Its heading.
    pub heading: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// How sure a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Shown as "looks like".
    LooksLike,
    /// The heading says so and the data bears it out.
    Certain,
}

/// What a person has to answer. `Display` says it with the arguments to type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// No column looks like this required field.
    Missing {
        /// The field: order, line, customer or promised.
        field: Field,
        /// Columns it could be, with the likeliest first.
        could_be: Vec<String>,
    },
    /// Several columns look like it equally well.
    Several {
        /// The field.
        field: Field,
        /// The headings.
        columns: Vec<String>,
    },
    /// The dates of a mapped column can be read in more than one way.
    DateOrder {
        /// The field it is mapped to.
        field: Field,
        /// The column's heading.
        column: String,
        /// A value from the column.
        example: String,
        /// The orders that fit.
        orders: Vec<DateOrder>,
    },
}

impl Suggestion {
    /// Can the report be read without asking anything?
    pub fn certain(&self) -> bool {
        self.questions.is_empty()
    }
}

/// All questions as text for a terminal.
pub(crate) fn explain(questions: &[Question]) -> String {
    let _ = questions;
    String::new()
}
