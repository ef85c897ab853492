//! Which sheet of a workbook holds the orders.

use super::{unreadable, value};
use crate::headings::same_heading;
use crate::sniff;
use crate::synonyms;
use crate::xlsx::{BadWorkbook, Limits};
use calamine::{Reader, SheetType, SheetVisible, Xlsx};
use std::io::{Read, Seek};

/// How many sheets are looked into.
const SHEETS: usize = 50;
/// How many cells of a sheet are looked at.
const CELLS: usize = 20_000;

/// The visible sheets, and the one to read: the one called `wanted`, or the one in whose first rows most
/// headings of orders stand.
pub(super) fn choose<R: Read + Seek>(
    workbook: &mut Xlsx<R>,
    wanted: Option<&str>,
    limits: &Limits,
) -> Result<(Vec<String>, String), BadWorkbook> {
    let metadata = workbook.sheets_metadata().to_vec();
    let work = metadata.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let (visible, hidden): (Vec<_>, Vec<_>) = work.partition(|sheet| sheet.visible == SheetVisible::Visible);
    let names =
        |sheets: &[&calamine::Sheet]| sheets.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
    let (visible, hidden) = (names(&visible), names(&hidden));
    if let Some(wanted) = wanted {
        let found = visible.iter().chain(&hidden).find(|name| same_heading(name, wanted)).cloned();
        return match found {
            Some(sheet) => Ok((visible, sheet)),
            None => Err(BadWorkbook::new(
                format!("The workbook has no sheet “{wanted}”."),
                format!("Its sheets are: {}.", visible.join(", ")),
            )),
        };
    }
    if visible.len() == 1 {
        return Ok((visible.clone(), visible[0].clone()));
    }
    let mut best: Option<(i64, &String)> = None;
    for sheet in visible.iter().take(SHEETS) {
        let Some(score) = score(workbook, sheet, limits)? else { continue };
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, sheet));
        }
    }
    match best {
        Some((_, sheet)) => Ok((visible.clone(), sheet.clone())),
        None => Err(BadWorkbook::new(
            "The workbook has no visible sheet with anything in it.",
            "Export the report again, or unhide the sheet and save.",
        )),
    }
}

/// How much a sheet looks like orders by its first rows; `None` when it is empty.
fn score<R: Read + Seek>(
    workbook: &mut Xlsx<R>,
    sheet: &str,
    limits: &Limits,
) -> Result<Option<i64>, BadWorkbook> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|error| unreadable(&error))?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for _ in 0..CELLS {
        let Some(cell) = cells.next_cell().map_err(|error| unreadable(&error))? else { break };
        let (row, column) = cell.get_position();
        if u64::from(row) >= sniff::HEADING_ROWS {
            break;
        }
        if column >= limits.columns {
            continue;
        }
        let text = value::text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        rows.resize_with(rows.len().max(row as usize + 1), Vec::new);
        rows[row as usize].push(text);
    }
    let known = |row: &Vec<String>| row.iter().filter(|cell| synonyms::is_known(cell)).count();
    let filled = rows.iter().map(Vec::len).max().unwrap_or(0);
    let score = rows.iter().map(known).max().unwrap_or(0) * 100 + filled.min(99);
    Ok((filled > 0).then(|| i64::try_from(score).unwrap_or(i64::MAX)))
}
