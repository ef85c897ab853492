//! What `cargo xtask fuzz` starts from, and what it has found, read once each.

#[path = "../../../../fuzz/src/calendar.rs"]
mod calendar;
#[path = "../../../../fuzz/src/csv.rs"]
mod csv;
#[path = "../../../../fuzz/src/seed.rs"]
mod seed;
#[path = "../../../../fuzz/src/xlsx.rs"]
mod xlsx;

#[test]
fn no_report_that_was_tried_before_upsets_the_reader() {
    seed::each("csv", csv::read);
}

#[test]
fn no_workbook_that_was_tried_before_upsets_the_reader() {
    seed::each("xlsx", xlsx::read);
}

#[test]
fn no_calendar_that_was_tried_before_upsets_the_reader() {
    seed::each("calendar", calendar::read);
}
