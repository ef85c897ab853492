//! Rejected rows as a file that a person can mend and import again.

use anyhow::Result;
use forewarn_feeds::{Profile, Reader, Rejected, Row, RowError, Source, Unreadable, write_rejected};
use forewarn_store::importing::RowProblem;
use std::io::Write;

/// Reads `source` once more and writes the rows that were rejected to `out`, as they were, each with what is
/// wrong and what to do. `errors` has what only the store could see: a line twice, another customer.
///
/// # Errors
/// When the report can't be read any more, or the file can't be written.
pub(crate) fn write(
    source: &Source,
    profile: &Profile,
    errors: &[RowProblem],
    out: impl Write,
) -> Result<()> {
    let mut reader = Reader::open(source, profile)?.refusing(errors.iter().map(error));
    let headings = reader.headings().to_vec();
    let mut stopped = None;
    write_rejected(out, &headings, std::iter::from_fn(|| next(&mut reader, &mut stopped)))?;
    stopped.map_or(Ok(()), |unreadable| Err(unreadable.into()))
}

/// The next rejected row; at a file error `None`, and the reason.
fn next(reader: &mut Reader, stopped: &mut Option<Unreadable>) -> Option<Rejected> {
    loop {
        match reader.next()? {
            Ok(Row::Line { .. }) => {}
            Ok(Row::Rejected(rejected)) => return Some(rejected),
            Err(unreadable) => {
                *stopped = Some(unreadable);
                return None;
            }
        }
    }
}

fn error(problem: &RowProblem) -> RowError {
    let RowProblem { row, column, found, expected, fix } = problem.clone();
    RowError { row, column, found, expected, fix }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "Order,Line,Customer,Promised\n\
                          1,1,Brandt,2026-12-01\n\
                          2,1,Vik,31.31.2026\n\
                          1,1,Brandt,2026-12-01\n";

    #[test]
    fn rows_that_only_the_store_could_refuse_are_written_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.csv");
        std::fs::write(&path, REPORT).unwrap();
        let source = Source::csv(&path);
        let survey = forewarn_feeds::survey(&source).unwrap();
        let profile = survey.profile(&forewarn_feeds::Answers::default()).unwrap();
        let twice = RowProblem {
            row: 4,
            column: "order, line".into(),
            found: "order 1, line 1".into(),
            expected: "each order line once".into(),
            fix: "Delete one of the rows".into(),
        };
        let mut out = Vec::new();
        write(&source, &profile, &[twice], &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let rows: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(rows.len(), 2, "{text}");
        assert!(rows[0].starts_with("2,1,Vik,31.31.2026,3,"), "{text}");
        assert!(rows[1].starts_with("1,1,Brandt,2026-12-01,4,") && rows[1].contains("Delete one"), "{text}");
    }
}
