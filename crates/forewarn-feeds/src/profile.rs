//! How one kind of report is read: settled once, saved by name, used every day.

use crate::dates::DateOrder;
use crate::field::{Field, UnknownField};
use crate::headings::same_heading;
use crate::numbers::DecimalSign;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How one kind of report is read. Saved as JSON under its name.
///
/// Encoding, separator and heading row are not part of it: they are found again in each file, so that a
/// report saved from another spreadsheet program still reads.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// The name it is saved under: "Weekly open SO".
    pub name: String,
    /// Sheet of a workbook; `None` takes the one that looks most like orders.
    pub sheet: Option<String>,
    /// Row of the headings, from 1; `None` takes the row that holds the mapped headings.
    pub heading_row: Option<u32>,
    /// Which column (by its heading) is which field. Two fields may share a column.
    pub columns: BTreeMap<Field, String>,
    /// Date order of each mapped date column.
    pub dates: BTreeMap<Field, DateOrder>,
    /// Decimal sign of each mapped number column.
    pub decimals: BTreeMap<Field, DecimalSign>,
    /// What words in date columns mean, beyond [`known_word`](crate::known_word). Compared without case.
    pub words: BTreeMap<String, WordMeaning>,
    /// Does the report hold all open lines, or only some?
    pub coverage: Coverage,
}

/// Whether a report holds all open lines. Only a full report can make a line *missing*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coverage {
    /// All open lines: a line that is absent is listed as missing.
    #[default]
    Full,
    /// Some lines: absence says nothing.
    Partial,
}

/// What a word in a date column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordMeaning {
    /// There is no date: "TBD".
    NoDate,
    /// Nothing is said: "N/A".
    NotGiven,
}

impl Profile {
    /// The mapped column of `field`.
    pub fn column(&self, field: Field) -> Option<&str> {
        self.columns.get(&field).map(String::as_str)
    }

    /// The date order of `field`; day first where nothing was settled.
    pub fn date_order(&self, field: Field) -> DateOrder {
        self.dates.get(&field).copied().unwrap_or(DateOrder::DayFirst)
    }

    /// The decimal sign of `field`; a point where nothing was settled.
    pub fn decimal(&self, field: Field) -> DecimalSign {
        self.decimals.get(&field).copied().unwrap_or(DecimalSign::Point)
    }

    /// What `word` means in a date column, by this profile's own list.
    pub fn word(&self, word: &str) -> Option<WordMeaning> {
        let word = word.trim();
        self.words.iter().find(|(known, _)| same_heading(known, word)).map(|(_, meaning)| *meaning)
    }
}

/// One `--map "Column=field"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Map {
    /// The column's heading, as typed.
    pub column: String,
    /// What it is.
    pub field: Field,
}

/// Why a `--map` can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadMap {
    /// No `=`, or nothing on one side of it.
    #[error("“{0}” is not a mapping; write --map \"Column=field\", for example --map \"Prom Dt=promised\"")]
    Form(String),
    /// The field isn't one of ours.
    #[error("--map \"{argument}\": {unknown}")]
    Field {
        /// What was typed.
        argument: String,
        /// Which fields there are.
        unknown: UnknownField,
    },
}

impl Map {
    /// Reads `Prom Dt=promised`. The last `=` divides, so that a heading may hold one.
    pub fn parse(argument: &str) -> Result<Self, BadMap> {
        let form = || BadMap::Form(argument.to_owned());
        let (column, field) = argument.rsplit_once('=').ok_or_else(form)?;
        if column.trim().is_empty() || field.trim().is_empty() {
            return Err(form());
        }
        let field =
            field.parse().map_err(|unknown| BadMap::Field { argument: argument.to_owned(), unknown })?;
        Ok(Self { column: column.trim().to_owned(), field })
    }

    /// The argument to type for this mapping.
    pub fn argument(&self) -> String {
        format!("--map \"{}={}\"", self.column.replace('"', "\\\""), self.field)
    }
}
