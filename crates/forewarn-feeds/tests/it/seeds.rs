//! What `cargo xtask fuzz` starts from, and what it has found, read once each.

#[path = "../../../../fuzz/src/calendar.rs"]
mod calendar;
#[path = "../../../../fuzz/src/csv.rs"]
mod csv;
#[path = "../../../../fuzz/src/xlsx.rs"]
mod xlsx;

use std::path::Path;

fn each(target: &str, read: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    for seed in std::fs::read_dir(folder).unwrap() {
        let path = seed.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        assert!(std::panic::catch_unwind(|| read(&bytes)).is_ok(), "{}", path.display());
    }
}

#[test]
fn no_report_that_was_tried_before_upsets_the_reader() {
    each("csv", csv::read);
}

#[test]
fn no_workbook_that_was_tried_before_upsets_the_reader() {
    each("xlsx", xlsx::read);
}

#[test]
fn no_calendar_that_was_tried_before_upsets_the_reader() {
    each("calendar", calendar::read);
}
