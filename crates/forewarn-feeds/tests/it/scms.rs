//! The real report of `../shared/data/scms`: tabs under .csv, CR only, two date formats, words in dates.

use crate::all_rows;
use forewarn_domain::fact::StatedDate;
use forewarn_feeds::{Answers, DateOrder, Field, Format, LineEnd, Reader, Source, TextEncoding, survey};
use std::path::Path;

#[test]
fn the_scms_report_is_read_as_it_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/scms/SCMS_Delivery_History_Dataset.csv");
    if !path.exists() {
        println!("SKIPPED: {} is not here, so the SCMS report was not read.", path.display());
        return;
    }
    let source = Source::csv(&path);
    let survey = survey(&source).unwrap();
    let Format::Csv(format) = &survey.format else { panic!("a CSV") };
    assert_eq!((format.separator, format.line_end), ('\t', LineEnd::Cr));
    assert_eq!(format.encoding, TextEncoding::Utf8);
    assert_eq!((survey.heading_row, survey.rows, survey.columns.len()), (1, 10_324, 33));

    assert!(survey.suggestion.certain(), "{}", survey.suggestion.explain());
    let picked = |field: Field| survey.suggestion.picks.get(&field).map(|pick| pick.heading.as_str());
    for (field, heading) in [
        (Field::Order, "PO / SO #"),
        (Field::Line, "ID"),
        (Field::Customer, "Project Code"),
        (Field::Promised, "Scheduled Delivery Date"),
        (Field::Delivered, "Delivered to Client Date"),
        (Field::Description, "Item Description"),
        (Field::Quantity, "Line Item Quantity"),
        (Field::Value, "Line Item Value"),
        (Field::Owner, "Managed By"),
    ] {
        assert_eq!(picked(field), Some(heading), "{field}");
    }
    for field in [Field::Requested, Field::Expected, Field::Unit, Field::Item] {
        assert_eq!(picked(field), None, "{field}");
    }

    // Two formats in one file: each column has its own order.
    let sent = survey.columns.iter().find(|c| c.heading == "PQ First Sent to Client Date").unwrap();
    let forewarn_feeds::ColumnKind::Dates { order, evidence } = &sent.kind else { panic!("{:?}", sent.kind) };
    assert_eq!(order.settled(), Some(DateOrder::MonthFirst));
    assert!(evidence.only_month_first > 1_000 && evidence.only_day_first == 0);
    assert_eq!(sent.words[0].text, "Pre-PQ Process");
    assert_eq!(sent.words[0].rows, 2_476);

    let profile = survey.profile(&Answers::default()).unwrap();
    let (lines, rejected) = all_rows(Reader::open(&source, &profile).unwrap()).unwrap();
    assert_eq!((lines.len(), rejected.len()), (10_324, 0));
    let (number, first) = &lines[0];
    assert_eq!((*number, first.key.order.as_str(), first.key.line.as_str()), (2, "SCMS-4", "1"));
    assert_eq!(first.promised, StatedDate::On(jiff::civil::date(2006, 6, 2)));
    assert_eq!(first.delivered, StatedDate::On(jiff::civil::date(2006, 6, 2)));
    assert_eq!(first.value.unwrap().to_string(), "551");
    assert_eq!(lines[10_323].0, 10_325);
    let late = lines.iter().filter(|(_, line)| line.delivered.date() > line.promised.date()).count();
    assert_eq!(late, 1_186, "11.5 % of the lines came late");
}
