//! From rows to order lines.

use crate::profile::Profile;
use crate::row::Row;
use crate::source::Source;
use crate::unreadable::Unreadable;

/// Reads a report row by row in the way a profile says. Memory doesn't grow with the file.
pub struct Reader {}

impl Reader {
    /// Finds encoding, separator and heading row of the report, and the profile's columns in it.
    pub fn open(source: &Source, profile: &Profile) -> Result<Self, Unreadable> {
        let _ = (source, profile);
        Err(Unreadable::Empty)
    }
    /// The headings of the report, for the file of rejected rows.
    pub fn headings(&self) -> &[String] {
        &[]
    }
    /// How far the file is read: bytes read, bytes in all.
    pub fn progress(&self) -> (u64, u64) {
        (0, 0)
    }
}

impl Iterator for Reader {
    type Item = Result<Row, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        None
    }
}
