//! Merged cells: a value that stands over several rows counts for each of them.
//!
//! A workbook keeps the value in the first cell only. Taking the others as blank would turn a promised date
//! that is merged over five lines into four lines without a date.

use super::value;
use calamine::{Xlsx, XlsxError};
use std::collections::HashMap;
use std::io::{Read, Seek};

/// The cells of a sheet that are merged over several rows.
pub(super) struct Merged {
    /// By first cell (row, column): the last row.
    areas: HashMap<(u32, u32), u32>,
    /// Columns being filled: the last row, and what with.
    filling: HashMap<u32, (u32, String)>,
    example: Option<String>,
}

impl Merged {
    pub(super) fn of<R: Read + Seek>(workbook: &mut Xlsx<R>, sheet: &str) -> Result<Self, XlsxError> {
        let all = workbook.merge_cells_by_sheet_name(sheet)?;
        let tall: Vec<_> = all.iter().filter(|area| area.end.0 > area.start.0).collect();
        // Titles merged over rows at the top are no reason for a note; one in the table is.
        let example = tall.iter().find(|area| area.start.0 > 0).map(|area| {
            format!("{}:{}", value::name(area.start.0, area.start.1), value::name(area.end.0, area.end.1))
        });
        let areas = tall.iter().map(|area| (area.start, area.end.0)).collect();
        Ok(Self { areas, filling: HashMap::new(), example })
    }

    /// Puts the values of merged cells into `cells`, the row `row`.
    pub(super) fn fill(&mut self, row: u32, cells: &mut Vec<String>) {
        if self.areas.is_empty() {
            return;
        }
        self.filling.retain(|_, (last, _)| *last >= row);
        for (column, (_, text)) in &self.filling {
            let column = *column as usize;
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if cells[column].is_empty() {
                cells[column].clone_from(text);
            }
        }
        for (column, text) in (0..).zip(cells.iter()) {
            if let Some(last) = self.areas.get(&(row, column)).filter(|_| !text.is_empty()) {
                self.filling.insert(column, (*last, text.clone()));
            }
        }
    }

    /// What a person should know about it.
    pub(super) fn note(&self) -> Option<String> {
        let example = self.example.as_ref()?;
        Some(format!(
            "Some cells are merged over several rows ({example}, for example); their value was taken for each of the rows. Unmerge them where that is wrong."
        ))
    }
}
