//! The zip around a workbook, measured before anything in it is parsed.

use super::{BadWorkbook, Limits};
use std::io::{self, Read, Seek, SeekFrom};
use zip::ZipArchive;

/// Refuses a package that is no workbook, or that would cost more than `limits`. What the directory of the
/// zip says is checked first; then each file is unpacked into nothing and counted, because a zip can lie.
pub(super) fn measure(mut file: impl Read + Seek, limits: &Limits) -> Result<(), BadWorkbook> {
    let bytes =
        file.seek(SeekFrom::End(0)).and_then(|end| file.rewind().map(|()| end)).map_err(|_| damaged())?;
    if bytes > limits.file_bytes {
        return Err(too_big(format!(
            "The workbook has {} MB, more than the {} MB allowed.",
            mb(bytes),
            mb(limits.file_bytes)
        )));
    }
    let mut zip = ZipArchive::new(file).map_err(|_| damaged())?;
    if zip.len() > limits.entries {
        return Err(too_big(format!(
            "The workbook is made of {} files, more than the {} allowed.",
            zip.len(),
            limits.entries
        )));
    }
    what_it_is(&mut zip)?;
    let mut unpacked = 0;
    for says_so in [true, false] {
        unpacked = 0;
        for index in 0..zip.len() {
            let mut entry = zip.by_index(index).map_err(|_| damaged())?;
            let packed = entry.compressed_size().max(1);
            let size = if says_so { entry.size() } else { count(&mut entry, limits.unpacked_bytes)? };
            unpacked += size;
            if size > 1 << 20 && size / packed > limits.ratio {
                return Err(bomb());
            }
            if unpacked > limits.unpacked_bytes {
                return Err(too_big(format!(
                    "Unpacked, the workbook has more than {} MB.",
                    mb(limits.unpacked_bytes)
                )));
            }
        }
    }
    if unpacked == 0 { Err(damaged()) } else { Ok(()) }
}

/// Is it an XLSX, or another file that is a zip?
fn what_it_is<R: Read + Seek>(zip: &mut ZipArchive<R>) -> Result<(), BadWorkbook> {
    let names: Vec<String> = zip.file_names().flatten().map(|name| name.to_ascii_lowercase()).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let save = "Open it in Excel or LibreOffice and save it as .xlsx or CSV.";
    if has("xl/workbook.bin") {
        return Err(BadWorkbook::new("The file is a binary Excel workbook (.xlsb).", save));
    }
    if has("content.xml") && has("mimetype") {
        return Err(BadWorkbook::new("The file is an OpenDocument spreadsheet (.ods).", save));
    }
    if has("word/document.xml") || has("ppt/presentation.xml") {
        return Err(BadWorkbook::new(
            "The file is an Office document, but no workbook.",
            "Choose the report itself.",
        ));
    }
    if !has("[content_types].xml") {
        return Err(BadWorkbook::new(
            "The file is a zip, but no workbook.",
            "Unpack it, and choose the report in it.",
        ));
    }
    Ok(())
}

/// How many bytes `entry` really unpacks to, counted to just beyond `most`.
fn count(entry: &mut impl Read, most: u64) -> Result<u64, BadWorkbook> {
    io::copy(&mut entry.take(most.saturating_add(1)), &mut io::sink()).map_err(|_| damaged())
}

fn mb(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}

fn too_big(what: String) -> BadWorkbook {
    BadWorkbook::new(what, "Export fewer columns or rows, or save the sheet as CSV.")
}

fn bomb() -> BadWorkbook {
    BadWorkbook::new(
        "The workbook unpacks to far more than its size; it was not read, because it could be made to do harm.",
        "Save the sheet as CSV and use that.",
    )
}

pub(super) fn damaged() -> BadWorkbook {
    BadWorkbook::new(
        "The workbook is damaged or incomplete.",
        "Export it again, or open it in Excel and save it anew.",
    )
}
