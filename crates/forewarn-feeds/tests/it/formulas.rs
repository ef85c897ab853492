//! No cell that leaves Forewarn is run by a spreadsheet.

use forewarn_feeds::{Rejected, RowError, SheetWriter, write_rejected};
use proptest::prelude::*;

/// Cells of all kinds, most of them written to be run.
fn cell() -> impl Strategy<Value = String> {
    let beginning = prop::sample::select(vec![
        "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "'=", "\u{a0}@", "",
    ]);
    let rest = prop_oneof![
        "\\PC{0,12}",
        Just("cmd|' /C calc'!A0".to_owned()),
        Just("HYPERLINK(\"http://x\")".to_owned()),
        // Where lists are separated by semicolons, these are three cells.
        Just("x;=WEBSERVICE(A1);\t@SUM(1)".to_owned()),
        Just("DN50; -20 °C;+47 55".to_owned())
    ];
    (beginning, rest).prop_map(|(beginning, rest)| format!("{beginning}{rest}"))
}

fn read(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or_else(|| panic!("no mark of UTF-8"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn expect_harmless(written: &[Vec<String>]) {
    for cell in written.iter().flatten() {
        let first = cell.trim_start_matches([' ', '\u{a0}']).chars().next();
        let runs = first.is_some_and(|first| "=+-@\t\r\n＝＋－＠".contains(first));
        assert!(!runs, "a spreadsheet runs {cell:?}");
        for within in cell.split([';', '\t', '\r', '\n']) {
            let within = within.trim_start_matches([' ', '\u{a0}']);
            assert!(
                !within.starts_with(['=', '@', '＝', '＠']),
                "a spreadsheet with other separators runs {cell:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_cell_is_there_and_none_is_run(rows in prop::collection::vec(prop::collection::vec(cell(), 1..5), 1..5)) {
        let mut out = Vec::new();
        let mut sheet = SheetWriter::new(&mut out).unwrap();
        for row in &rows {
            sheet.row(row.iter().map(String::as_str)).unwrap();
        }
        sheet.finish().unwrap();
        let written = read(&out);
        expect_harmless(&written);
        let bare = |cell: &String| cell.replace('\'', "");
        let bared = |rows: &[Vec<String>]| rows.iter().map(|row| row.iter().map(bare).collect()).collect::<Vec<Vec<_>>>();
        prop_assert_eq!(bared(&written), bared(&rows));
    }

    #[test]
    fn rejected_rows_are_not_run_either(headings in prop::collection::vec(cell(), 1..4), cells in prop::collection::vec(cell(), 1..6), found in cell()) {
        let (expected, fix) = ("a date".to_owned(), "Write a date".to_owned());
        let error = RowError { row: 7, column: headings[0].clone(), found, expected, fix };
        let rejected = Rejected { number: 7, cells, errors: vec![error] };
        let mut out = Vec::new();
        write_rejected(&mut out, &headings, [rejected]).unwrap();
        expect_harmless(&read(&out));
    }
}
