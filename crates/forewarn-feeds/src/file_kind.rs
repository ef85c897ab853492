//! What a file is, by its first bytes, whatever its name says.

use crate::encoding::fill;
use crate::unreadable::Unreadable;
use std::fs::File;
use std::path::Path;

/// What a file is, as far as it can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// Text with separators, presumably.
    Text,
    /// A zip that should be an XLSX.
    Workbook,
}

/// How much of a file is looked at.
const HEAD: usize = 8 * 1024;
/// How much of an OLE container is searched for the names of its streams.
const CONTAINER: usize = 64 * 1024 * 1024;

/// Looks at the first bytes of `path`.
pub(crate) fn of(path: &Path) -> Result<FileKind, Unreadable> {
    let failed = |source| Unreadable::File { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    let mut head = vec![0; HEAD];
    let filled = fill(&mut file, &mut head).map_err(failed)?;
    head.truncate(filled);
    let not = |what, fix| Err(Unreadable::NotAReport { what, fix });
    let text = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let starts = |tag: &str| text.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']).starts_with(tag);
    match &head[..] {
        [b'P', b'K', 3 | 5 | 7, ..] => Ok(FileKind::Workbook),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            let mut rest = vec![0; CONTAINER];
            let filled = fill(&mut file, &mut rest).map_err(failed)?;
            rest.truncate(filled);
            if holds_utf16(&head, "EncryptedPackage") || holds_utf16(&rest, "EncryptedPackage") {
                not(
                    "an Excel workbook with a password",
                    "Open it in Excel, take the password off (File, Info, Protect Workbook), save it, and try again.",
                )
            } else {
                not(
                    "an old Excel workbook (.xls)",
                    "Open it in Excel or LibreOffice and save it as .xlsx or CSV.",
                )
            }
        }
        [b'%', b'P', b'D', b'F', ..] => not("a PDF", "Export the report as CSV or XLSX instead."),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            not("a picture", "Export the report as CSV or XLSX instead.")
        }
        [0x1F, 0x8B, ..] => not("a packed file (gzip)", "Unpack it first."),
        _ if starts("<!doctype html") || starts("<html") || starts("<table") => not(
            "a web page, even if it is named .xls",
            "Open it in Excel or LibreOffice and save it as .xlsx or CSV.",
        ),
        _ if starts("<?xml") => not(
            "XML",
            "Open it in Excel or LibreOffice and save it as .xlsx or CSV, or export CSV from the ERP.",
        ),
        _ if starts("{") || starts("[{") => not("JSON", "Export the report as CSV or XLSX."),
        _ => Ok(FileKind::Text),
    }
}

fn holds_utf16(bytes: &[u8], name: &str) -> bool {
    let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
