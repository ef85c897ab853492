//! Workbooks: read as reports are, and never trusted.

use crate::{all_rows, maps};
use forewarn_domain::fact::StatedDate;
use forewarn_feeds::xlsx::{Limits, Workbooks};
use forewarn_feeds::{Answers, Format, Reader, Source, Unreadable, survey};
use jiff::civil::date;
use rust_xlsxwriter::{Format as CellFormat, Workbook, Worksheet};
use std::io::{Cursor, Write};
use std::path::PathBuf;
use zip::write::SimpleFileOptions;

struct OnDisk {
    folder: tempfile::TempDir,
    path: PathBuf,
}

fn on_disk(name: &str, bytes: &[u8]) -> OnDisk {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    OnDisk { folder, path }
}

impl OnDisk {
    fn open_with(&self, sheet: Option<&str>, limits: Limits) -> Result<Source, Unreadable> {
        let workbooks = Workbooks { limits, ..Workbooks::with(env!("CARGO_BIN_EXE_forewarn-read-xlsx")) };
        Source::open(&self.path, sheet, &workbooks, &self.folder.path().join("sheet.csv"))
    }

    fn open(&self) -> Result<Source, Unreadable> {
        self.open_with(None, Limits::default())
    }

    fn refusal(&self) -> String {
        self.open().map(|_| ()).unwrap_err().to_string()
    }
}

fn orders(sheet: &mut Worksheet) {
    let day = CellFormat::new().set_num_format("dd/mm/yyyy");
    sheet.write(0, 0, "Open orders of the week").unwrap();
    sheet.merge_range(1, 0, 1, 5, "as of Monday", &CellFormat::new()).unwrap();
    for (column, heading) in (0..).zip(["Order", "Line", "Customer", "Qty", "Promised date", "Expected date"])
    {
        sheet.write(3, column, heading).unwrap();
    }
    for (row, line) in [(4, 10), (5, 20), (7, 30)] {
        sheet.write(row, 0, 4711).unwrap();
        sheet.write(row, 1, line).unwrap();
        sheet.write(row, 2, "Müller & Söhne").unwrap();
        sheet.write(row, 3, 12.5).unwrap();
        let promised = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 12, 31).unwrap();
        sheet.write_with_format(row, 4, promised, &day).unwrap();
    }
    sheet.write(5, 5, "TBD").unwrap();
    sheet.write(7, 5, "05/01/2027").unwrap();
}

#[test]
fn the_sheet_that_looks_like_orders_is_read_with_its_own_row_numbers() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Notes").unwrap().write(0, 0, "Read me first").unwrap();
    orders(workbook.add_worksheet().set_name("Open SO").unwrap());
    let file = on_disk("report.xlsx", &workbook.save_to_buffer().unwrap());
    let source = file.open().unwrap();
    let survey = survey(&source).unwrap();
    assert_eq!(
        survey.format,
        Format::Xlsx { sheets: vec!["Notes".to_owned(), "Open SO".to_owned()], sheet: "Open SO".to_owned() }
    );
    assert_eq!((survey.heading_row, survey.rows), (4, 3));
    assert!(survey.problems.iter().any(|p| p.contains("2 sheets") && p.contains("“Open SO” was read")));
    let answers = Answers { date_order: Some(forewarn_feeds::DateOrder::DayFirst), ..Answers::default() };
    let profile = survey.profile(&answers).unwrap();
    assert_eq!(profile.sheet.as_deref(), Some("Open SO"));
    let (lines, rejected) = all_rows(Reader::open(&source, &profile).unwrap()).unwrap();
    assert_eq!(rejected, []);
    assert_eq!(lines.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [5, 6, 8]);
    let line = &lines[0].1;
    assert_eq!((line.key.order.as_str(), line.key.line.as_str()), ("4711", "10"));
    assert_eq!(
        (line.customer.as_str(), line.quantity.unwrap().to_string().as_str()),
        ("Müller & Söhne", "12.5")
    );
    assert_eq!((line.promised, line.expected), (StatedDate::On(date(2026, 12, 31)), StatedDate::Blank));
    assert_eq!(lines[1].1.expected, StatedDate::NoDate);
    assert_eq!(lines[2].1.expected, StatedDate::On(date(2027, 1, 5)));
}

#[test]
fn a_sheet_is_taken_by_its_name_and_a_wrong_name_lists_those_there_are() {
    let mut workbook = Workbook::new();
    orders(workbook.add_worksheet().set_name("Open SO").unwrap());
    workbook.add_worksheet().set_name("Other").unwrap().write(0, 0, "x").unwrap();
    let file = on_disk("report.xlsx", &workbook.save_to_buffer().unwrap());
    assert!(file.open_with(Some("open so"), Limits::default()).is_ok());
    let error = file.open_with(Some("Orders"), Limits::default()).unwrap_err().to_string();
    assert_eq!(error, "The workbook has no sheet “Orders”. Its sheets are: Open SO, Other.");
}

#[test]
fn a_value_merged_over_rows_counts_for_each_of_them() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    orders(sheet);
    sheet.merge_range(8, 0, 9, 0, "4712", &CellFormat::new()).unwrap();
    for (row, line) in [(8, 1), (9, 2)] {
        sheet.write(row, 1, line).unwrap();
        sheet.write(row, 2, "Acme").unwrap();
    }
    let file = on_disk("report.xlsx", &workbook.save_to_buffer().unwrap());
    let source = file.open().unwrap();
    let survey = survey(&source).unwrap();
    assert!(survey.problems.iter().any(|problem| problem.contains("A9:A10")), "{:?}", survey.problems);
    let answers = Answers { date_order: Some(forewarn_feeds::DateOrder::DayFirst), ..maps(&[]) };
    let (lines, rejected) =
        all_rows(Reader::open(&source, &survey.profile(&answers).unwrap()).unwrap()).unwrap();
    assert_eq!(rejected, []);
    assert_eq!((lines[4].1.key.order.as_str(), lines[4].1.key.line.as_str()), ("4712", "2"));
}

#[test]
fn the_sparse_bomb_is_refused_in_small_memory() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, 1).unwrap();
    sheet.write(1_048_575, 16_383, 1).unwrap();
    let file = on_disk("sparse.xlsx", &workbook.save_to_buffer().unwrap());
    assert_eq!(
        file.refusal(),
        "Cell XFD1048576 stands far outside of any table. Delete everything to the right of column ALL, and try again."
    );
    let mut tall = Workbook::new();
    tall.add_worksheet().write(0, 0, "Order").unwrap().write(1_048_575, 0, 1).unwrap();
    let file = on_disk("tall.xlsx", &tall.save_to_buffer().unwrap());
    let limits = Limits { memory_bytes: 128 << 20, ..Limits::default() };
    let source = file.open_with(None, limits).unwrap();
    assert_eq!(survey(&source).unwrap().rows, 1);
}

/// A zip with the parts of a workbook in which the sheet is `sheet`.
fn package(sheet: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, 0, "x").unwrap();
    let model = workbook.save_to_buffer().unwrap();
    let mut model = zip::ZipArchive::new(Cursor::new(model)).unwrap();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..model.len() {
        let entry = model.by_index_raw(index).unwrap();
        if entry.name().unwrap() != "xl/worksheets/sheet1.xml" {
            zip.raw_copy_file(entry).unwrap();
        }
    }
    zip.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    sheet.for_each(|part| zip.write_all(&part).unwrap());
    zip.finish().unwrap().into_inner()
}

const SHEET: &str =
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;

#[test]
fn the_zip_bomb_is_refused_before_it_is_parsed() {
    let spaces = vec![b' '; 1 << 20];
    let bomb = package(std::iter::once(SHEET.into()).chain((0..64).map(|_| spaces.clone())));
    assert!(bomb.len() < 100_000);
    let file = on_disk("bomb.xlsx", &bomb);
    assert!(file.refusal().contains("unpacks to far more than its size"), "{}", file.refusal());
}

#[test]
fn what_slips_past_the_checks_is_stopped_by_the_memory_of_the_child() {
    let letters: Vec<u8> =
        (0..1 << 20).map(|n: u32| b'a' + (n.wrapping_mul(2_654_435_761) >> 28) as u8).collect();
    let cell = format!("{SHEET}<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>").into_bytes();
    let sheet = std::iter::once(cell).chain((0..96).map(|_| letters.clone()));
    let file = on_disk(
        "fat.xlsx",
        &package(sheet.chain(std::iter::once("</t></is></c></row></sheetData></worksheet>".into()))),
    );
    let limits = Limits { memory_bytes: 128 << 20, ..Limits::default() };
    let error = file.open_with(None, limits).unwrap_err().to_string();
    assert_eq!(
        error,
        "Reading the workbook needs more than 128 MB of memory. Save the sheet as CSV and use that."
    );
}

#[test]
fn a_cell_below_the_last_row_that_there_is_does_not_write_billions_of_empty_ones() {
    let cell = "<row r=\"4294967290\"><c r=\"A4294967290\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData></worksheet>";
    let file = on_disk("low.xlsx", &package([SHEET.into(), cell.into()].into_iter()));
    assert!(file.refusal().contains("stands below the last row that there is"), "{}", file.refusal());
}

#[test]
fn a_child_that_takes_too_long_is_stopped() {
    use std::os::unix::fs::PermissionsExt;
    let file = on_disk("report.xlsx", &package(std::iter::once(SHEET.into())));
    let program = file.folder.path().join("never-ends");
    std::fs::write(&program, "#!/bin/sh\nexec /bin/sleep 60\n").unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let limits = Limits { time: std::time::Duration::from_millis(50), ..Limits::default() };
    let slow = Workbooks { program, limits };
    let folder = file.folder.path();
    let error = slow.convert(&file.path, None, &folder.join("out.csv")).unwrap_err().to_string();
    assert!(error.contains("took more than"), "{error}");
}

#[test]
fn a_formula_without_a_stored_result_is_refused_because_blank_would_mean_no_date() {
    let sheet = format!(
        "{SHEET}<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Order</t></is></c></row>\
         <row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><f>A2+1</f></c></row></sheetData></worksheet>"
    );
    let file = on_disk("formula.xlsx", &package(std::iter::once(sheet.into_bytes())));
    assert_eq!(
        file.refusal(),
        "Cell B2 is a formula without a stored result. Open the workbook in Excel or LibreOffice, save it, and try again."
    );
}

#[test]
fn other_files_are_named_for_what_they_are_with_what_to_do() {
    let ole = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 9000], name].concat()
    };
    let zip_of = |name: &str| {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in [name, "mimetype"] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(b"x").unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    for (bytes, said) in [
        (ole("EncryptedPackage"), "an Excel workbook with a password"),
        (ole("Workbook"), "an old Excel workbook (.xls)"),
        (b"%PDF-1.7".to_vec(), "a PDF"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "a picture"),
        (b"\x1f\x8b\x08\x00".to_vec(), "a packed file"),
        (b"<html><table><tr><td>Order</td></tr></table></html>".to_vec(), "a web page"),
        (b"<?xml version=\"1.0\"?><Workbook/>".to_vec(), "XML"),
        (zip_of("content.xml"), "an OpenDocument spreadsheet"),
        (zip_of("xl/workbook.bin"), "a binary Excel workbook"),
        (zip_of("word/document.xml"), "no workbook"),
        (zip_of("report.csv"), "a zip, but no workbook"),
        (b"PK\x03\x04 and then nothing".to_vec(), "damaged or incomplete"),
    ] {
        let refusal = on_disk("report.xlsx", &bytes).refusal();
        assert!(refusal.contains(said), "{said}: {refusal}");
        assert!(refusal.split(". ").count() >= 2 || refusal.contains("CSV"), "what to do: {refusal}");
    }
}

#[test]
fn an_empty_workbook_is_said_to_be_empty() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet();
    let file = on_disk("empty.xlsx", &workbook.save_to_buffer().unwrap());
    assert!(file.refusal().contains("is empty"), "{}", file.refusal());
}
