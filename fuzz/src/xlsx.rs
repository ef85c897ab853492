//! Any bytes as a workbook, or as the sheet in one: written out as CSV within its limits, or refused.

use forewarn_feeds::xlsx::{Limits, to_csv};
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub(crate) fn read(bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let (path, csv) = (folder.path().join("report.xlsx"), folder.path().join("report.csv"));
    let is_zip = bytes.starts_with(b"PK");
    std::fs::write(&path, if is_zip { bytes.to_vec() } else { around(bytes) }).unwrap();
    // The program reads workbooks in a process with limits of its own; here they keep a run quick.
    let limits = Limits { unpacked_bytes: 16 << 20, cells: 200_000, ..Limits::default() };
    if to_csv(&path, None, &limits, &csv).is_ok() {
        assert!(std::fs::metadata(&csv).unwrap().len() <= limits.unpacked_bytes);
    }
}

const PARTS: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Orders" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
];

/// A workbook whose only sheet is this.
fn around(sheet: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in PARTS.map(|(name, text)| (name, text.as_bytes())) {
        zip.start_file(name, options).unwrap();
        zip.write_all(text).unwrap();
    }
    zip.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    zip.write_all(sheet).unwrap();
    zip.finish().unwrap().into_inner()
}
