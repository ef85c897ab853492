//! Any bytes as a report: surveyed, and read to the end; every row is a line or says what is wrong with it.

use forewarn_feeds::{Answers, DateOrder, Field, Profile, Reader, Row, Source, survey};

pub(crate) fn read(bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.csv");
    std::fs::write(&path, bytes).unwrap();
    read_source(&Source::csv(&path));
}

fn read_source(source: &Source) {
    let Ok(survey) = survey(source) else { return };
    let _said = survey.suggestion.explain();
    let answers = Answers { date_order: Some(DateOrder::DayFirst), ..Answers::default() };
    let profile = survey.profile(&answers).unwrap_or_else(|_| {
        let fields = [Field::Order, Field::Customer, Field::Promised, Field::Quantity, Field::Delivered];
        let headings = survey.columns.iter().map(|column| column.heading.clone()).cycle();
        Profile {
            heading_row: Some(survey.heading_row),
            columns: fields.into_iter().zip(headings).collect(),
            dates: [(Field::Promised, DateOrder::DayFirst), (Field::Delivered, DateOrder::DayFirst)].into(),
            ..Profile::default()
        }
    });
    let Ok(reader) = Reader::open(source, &profile) else { return };
    for row in reader {
        match row {
            Ok(Row::Line { line, .. }) => assert!(!line.key.order.is_empty() && !line.customer.is_empty()),
            Ok(Row::Rejected(row)) => assert!(!row.errors.is_empty()),
            Err(_) => return,
        }
    }
}
