//! A report made ready to read: a CSV as it is, or a workbook's sheet turned into CSV by a child process.

use crate::unreadable::Unreadable;
use crate::xlsx::{Converted, Workbooks};
use std::path::{Path, PathBuf};

/// A report made ready to read.
#[derive(Debug, Clone)]
pub struct Source {
    pub(crate) csv: PathBuf,
    pub(crate) workbook: Option<Converted>,
}

impl Source {
    /// Looks at the first bytes of `path`. A CSV is taken as it is; the sheet of an XLSX is written to
    /// `scratch` as CSV by a child process with limits ([`Workbooks`]), and read from there. The caller
    /// removes `scratch` when done.
    ///
    /// `sheet` names the sheet; without it the one that looks most like orders is taken.
    pub fn open(
        path: &Path,
        sheet: Option<&str>,
        workbooks: &Workbooks,
        scratch: &Path,
    ) -> Result<Self, Unreadable> {
        match crate::file_kind::of(path)? {
            crate::file_kind::FileKind::Text => Ok(Self::csv(path)),
            crate::file_kind::FileKind::Workbook => {
                let converted = workbooks.convert(path, sheet, scratch)?;
                Ok(Self { csv: scratch.to_owned(), workbook: Some(converted) })
            }
        }
    }

    /// A file that is known to be text.
    pub fn csv(path: &Path) -> Self {
        Self { csv: path.to_owned(), workbook: None }
    }
}
