//! Bytes in, order-line facts out: CSV in any dress, and XLSX; and days off from calendar files. No network,
//! no SQL, no clock.
//!
//! ```text
//! Source::open(path)   a CSV as it is; a workbook's sheet turned into CSV by a child process with limits
//!   → survey(&source)  encoding, separator, heading row, columns with samples, date orders, a suggestion
//!   → Survey::profile(&answers)   the suggestion and what a person said, settled: a `Profile`
//!   → Reader::open(&source, &profile)   an iterator of `Row`s: order lines, and rejected rows with repairs
//! ```

mod answers;
mod cell;
mod column_tally;
mod dates;
mod encoding;
mod field;
mod file_kind;
mod headings;
pub mod ics;
mod keys;
mod line;
mod numbers;
mod profile;
mod reader;
mod records;
mod rejected_file;
mod row;
mod sheet_writer;
mod sniff;
mod source;
mod status;
mod suggest;
mod survey;
mod synonyms;
mod table;
mod unreadable;
pub mod xlsx;

pub use answers::{Answers, Unsettled};
pub use dates::{DateFinding, DateOrder, DateOrderEvidence, UnknownOrder, known_word, read_date};
pub use encoding::TextEncoding;
pub use field::{Field, UnknownField};
pub use keys::Keys;
pub use numbers::{DecimalFinding, DecimalSign, read_number};
pub use profile::{BadMap, Coverage, Map, Profile, WordMeaning};
pub use reader::Reader;
pub use rejected_file::write_rejected;
pub use row::{Rejected, Repair, Row, RowError, group_by_repair};
pub use sheet_writer::SheetWriter;
pub use source::Source;
pub use suggest::{Confidence, Pick, Question, Suggestion};
pub use survey::{
    Column, ColumnKind, CsvFormat, Format, LineEnd, Survey, Word, survey, survey_with_headings_in,
};
pub use unreadable::Unreadable;
