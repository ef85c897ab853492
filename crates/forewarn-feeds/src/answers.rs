//! From a survey and a person's answers to a profile.

use crate::dates::DateOrder;
use crate::field::Field;
use crate::numbers::DecimalSign;
use crate::profile::{Coverage, Map, WordMeaning};
use crate::suggest::Question;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a person said about a report, on the command line or on the mapping screen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// The name to save the profile under.
    pub name: String,
    /// Which column is which field. These come before any suggestion.
    pub maps: Vec<Map>,
    /// Take only what `maps` says, and no suggestion beside it (the mapping screen, where every field has
    /// been looked at).
    pub only_these: bool,
    /// The date order of all columns that are ambiguous.
    pub date_order: Option<DateOrder>,
    /// The date order of single fields; comes before `date_order` and before what was detected.
    pub dates: BTreeMap<Field, DateOrder>,
    /// The decimal sign of all number columns, in place of what was detected.
    pub decimal: Option<DecimalSign>,
    /// What words in date columns mean.
    pub words: BTreeMap<String, WordMeaning>,
    /// Full or partial.
    pub coverage: Coverage,
}

/// Why a survey and its answers don't make a profile yet. The message says what to type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsettled {
    /// A mapped column isn't there.
    #[error("the report has no column “{column}”; its columns are: {}", known.join(", "))]
    NoSuchColumn {
        /// As typed.
        column: String,
        /// The headings that are there.
        known: Vec<String>,
    },
    /// One field was given two columns.
    #[error("{field} is mapped twice: to “{first}” and to “{second}”; leave one out")]
    Twice {
        /// The field.
        field: Field,
        /// One column.
        first: String,
        /// The other.
        second: String,
    },
    /// Something has to be answered first.
    #[error("{}", crate::suggest::explain(.0))]
    Questions(Vec<Question>),
}
