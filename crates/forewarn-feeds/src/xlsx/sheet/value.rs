//! The value of a cell as text that the CSV reader takes for the same thing.

use calamine::{DataRef, ExcelDateTime};

/// The longest text that is handed on; longer ones are refused by the reader anyway.
const LONGEST: usize = 2_000;

/// `value` as text: dates as ISO, numbers with a point and without grouping.
pub(super) fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => shortened(text),
        DataRef::SharedString(text) => shortened(text),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => float(*number),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => moment_text(*moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => shortened(text),
        DataRef::Error(error) => error.to_string(),
    }
}

/// The name of a cell: `(3, 5)` is F4.
pub(super) fn name(row: u32, column: u32) -> String {
    format!("{}{}", letters(column), u64::from(row) + 1)
}

/// The letters over a column.
pub(super) fn letters(column: u32) -> String {
    crate::table::letters(column as usize)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => text[..end].to_owned(),
        None => text.to_owned(),
    }
}

/// As a spreadsheet shows it, without the noise beyond ten decimals.
fn float(number: f64) -> String {
    if !number.is_finite() || number.abs() >= 1e15 {
        return number.to_string();
    }
    let text = format!("{number:.10}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn moment_text(moment: ExcelDateTime) -> String {
    if moment.is_duration() || !(1.0..2_958_466.0).contains(&moment.as_f64()) {
        return float(moment.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn values_are_written_as_they_are_meant() {
        let moment = |value| DataRef::DateTime(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false));
        for (value, expected) in [
            (DataRef::Float(4711.0), "4711"),
            (DataRef::Float(0.1 + 0.2), "0.3"),
            (DataRef::Float(-0.0), "0"),
            (DataRef::Float(1234.5), "1234.5"),
            (moment(46_387.0), "2026-12-31"),
            (moment(46_387.604_166_666), "2026-12-31 14:30:00"),
            (DataRef::Bool(true), "TRUE"),
        ] {
            assert_eq!(text(&value), expected, "{value:?}");
        }
        assert_eq!(name(3, 5), "F4");
    }
}
