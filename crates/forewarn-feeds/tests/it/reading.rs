//! Rows into order lines, and what is said about those that aren't any.

use crate::{Report, maps};
use forewarn_domain::fact::{LineStatus, StatedDate};
use forewarn_feeds::{
    Answers, DateOrder, Field, Map, Reader, Unreadable, Unsettled, WordMeaning, group_by_repair,
    write_rejected,
};
use jiff::civil::date;

#[test]
fn day_first_semicolon_windows_1252_with_the_heading_in_row_4_reads_without_asking() {
    let text = "Offene Aufträge;;;;;;\r\nStand: 22.11.2026;;;;;;\r\n\r\n\
        Auftrag;Pos.;Kunde;Menge;Wert;Zugesagter Liefertermin;Voraussichtlicher Liefertermin\r\n\
        4711;10;Müller & Söhne;1.000,5;12.345,67;31.12.2026;\r\n\
        4711;20;Müller & Söhne;2;1,5;05.11.2026;noch offen\r\n\
        4712;10;Zürich AG;7;3;01.02.27;31/12/2026\r\n";
    let report = Report::of(encoding_rs::WINDOWS_1252.encode(text).0);
    let survey = report.survey();
    assert_eq!((survey.heading_row, survey.rows), (4, 3));
    assert!(survey.suggestion.certain(), "{}", survey.suggestion.explain());
    let (lines, rejected) = report.read();
    assert_eq!(rejected, []);
    assert_eq!(lines.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [5, 6, 7]);
    let first = &lines[0].1;
    assert_eq!(first.customer, "Müller & Söhne");
    assert_eq!(first.quantity.unwrap().to_string(), "1000.5");
    assert_eq!(first.value.unwrap().to_string(), "12345.67");
    assert_eq!(first.promised, StatedDate::On(date(2026, 12, 31)));
    assert_eq!((first.requested, first.expected), (StatedDate::NotGiven, StatedDate::Blank));
    assert_eq!(lines[1].1.promised, StatedDate::On(date(2026, 11, 5)));
    assert_eq!(lines[1].1.expected, StatedDate::NoDate);
    assert_eq!(lines[2].1.promised, StatedDate::On(date(2027, 2, 1)));
}

const HEADINGS: &str = "Order,Line,Customer,Qty,Prom Dt,Exp Dt\n";

fn rows(rows: &str) -> Report {
    Report::of(format!("{HEADINGS}{rows}"))
}

#[test]
fn a_bad_row_says_row_column_found_expected_and_fix_and_the_good_rows_go_through() {
    let report = rows(
        "1,1,Acme,5,31/12/26,\n2,1,Acme,10,31/02/26,\n3,1,,5,30/12/26,soonish\n,,Total,10,,\n4,1,Acme,5,29/12/26,31/12/26\n",
    );
    let (lines, rejected) = report.read();
    assert_eq!(lines.len(), 2);
    let said: Vec<_> = rejected
        .iter()
        .flat_map(|row| &row.errors)
        .map(|e| (e.row, e.column.as_str(), e.found.as_str(), e.expected.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (3, "Prom Dt", "31/02/26", "a date like 31/12/2026"),
            (4, "Customer", "", "a customer"),
            (4, "Exp Dt", "soonish", "a date like 31/12/2026"),
            (5, "Order", "", "an order number"),
            (5, "Line", "", "a line number"),
        ]
    );
    assert_eq!(rejected[0].errors[0].fix, "Correct the date in the file, or skip the row");
    assert_eq!(
        rejected[1].errors[1].fix,
        "Say once what “soonish” means here, no date or not given, or put a date in its place"
    );
    assert!(rejected[2].errors[0].fix.contains("totals"));
}

#[test]
fn a_column_that_is_mostly_numbers_is_taken_and_the_odd_text_in_it_is_reported() {
    let good: String = (2..40).map(|n| format!("{n},1,Acme,{n},31/12/26,\n")).collect();
    let (lines, rejected) = rows(&format!("1,1,Acme,ten,31/12/26,\n{good}")).read();
    assert_eq!((lines.len(), rejected.len()), (38, 1));
    let error = &rejected[0].errors[0];
    assert_eq!((error.row, error.column.as_str(), error.found.as_str()), (2, "Qty", "ten"));
    assert_eq!(error.expected, "a number like 1,284.50");
}

#[test]
fn errors_are_grouped_by_repair_the_most_frequent_first() {
    let bad: String = (1..=9).map(|n| format!("{n},1,Acme,1,31/02/26,\n")).collect();
    let good: String = (10..=90).map(|n| format!("{n},1,Acme,1,31/12/26,\n")).collect();
    let (_, rejected) = rows(&format!("{good}{bad}99,1,,1,31/12/26,\n")).read();
    let repairs = group_by_repair(rejected.iter().flat_map(|row| &row.errors));
    let said: Vec<_> = repairs.iter().map(|r| (r.column.as_str(), r.count, r.examples.len())).collect();
    assert_eq!(said, [("Prom Dt", 9, 3), ("Customer", 1, 1)]);
}

#[test]
fn no_date_not_given_and_blank_are_three_different_things() {
    let report = rows(
        "1,1,Acme,1,31/12/26,TBD\n2,1,Acme,1,30/12/26,n/a\n3,1,Acme,1,29/12/26,\n4,1,Acme,1,28/12/26,31/12/26\n\
         5,1,Acme,1,28/12/26,00/00/0000\n6,1,Acme,1,28/12/26,next spring\n7,1,Acme,1,28/12/26,31.12.9999\n",
    );
    let answers =
        Answers { words: [("Next  Spring".to_owned(), WordMeaning::NoDate)].into(), ..Answers::default() };
    let (lines, rejected) = report.read_with(&answers);
    assert_eq!(rejected, []);
    let expected: Vec<_> = lines.iter().map(|(_, line)| line.expected).collect();
    assert_eq!(
        expected,
        [
            StatedDate::NoDate,
            StatedDate::NotGiven,
            StatedDate::Blank,
            StatedDate::On(date(2026, 12, 31)),
            StatedDate::Blank,
            StatedDate::NoDate,
            StatedDate::NoDate,
        ]
    );
}

#[test]
fn a_date_order_that_stays_ambiguous_is_asked_for_and_never_guessed_per_row() {
    let report = rows("1,1,Acme,1,05/11/2026,\n2,1,Acme,1,01/02/2027,\n");
    let Err(Unsettled::Questions(questions)) = report.survey().profile(&Answers::default()) else { panic!() };
    assert_eq!(questions.len(), 1);
    assert_eq!(questions[0].arguments(), ["--dates day-first", "--dates month-first"]);
    assert_eq!(
        questions[0].to_string(),
        "The dates of “Prom Dt” can be read in two ways: is 05/11/2026 5 November 2026 (day first) or \
         11 May 2026 (month first)? Add --dates day-first  or  --dates month-first"
    );
    for (order, read) in
        [(DateOrder::DayFirst, date(2026, 11, 5)), (DateOrder::MonthFirst, date(2026, 5, 11))]
    {
        let (lines, _) = report.read_with(&Answers { date_order: Some(order), ..Answers::default() });
        assert_eq!(lines[0].1.promised, StatedDate::On(read));
    }
}

#[test]
fn a_column_written_like_its_neighbour_is_in_the_same_order() {
    let report = rows("1,1,Acme,1,05/11/2026,05/11/2026\n2,1,Acme,1,01/02/2027,13/02/2027\n");
    let (lines, _) = report.read();
    assert_eq!(lines[0].1.promised, StatedDate::On(date(2026, 11, 5)));
    let report = rows("1,1,Acme,1,05/11/2026,05.11.2026\n2,1,Acme,1,01/02/2027,13.02.2027\n");
    let Err(Unsettled::Questions(questions)) = report.survey().profile(&Answers::default()) else { panic!() };
    assert_eq!(questions[0].field(), Field::Promised);
}

#[test]
fn a_small_report_with_a_bad_cell_is_still_understood() {
    let (lines, rejected) = rows("1,1,Acme,1,31/12/2026,\n2,1,Acme,ten,31/02/2026,\n").read();
    assert_eq!((lines.len(), rejected[0].errors.len()), (1, 2));
}

#[test]
fn the_first_line_by_which_excel_is_told_the_separator_is_no_row() {
    let report = Report::of("sep=;\nOrder;Line;Customer;Promised date\n1;1;Acme;31/12/2026\n");
    assert_eq!((report.survey().heading_row, report.read().0.len()), (2, 1));
}

#[test]
fn one_row_that_can_only_be_day_first_decides_for_the_column() {
    let (lines, _) = rows("1,1,Acme,1,05/11/2026,\n2,1,Acme,1,13/02/2027,\n").read();
    assert_eq!(lines[0].1.promised, StatedDate::On(date(2026, 11, 5)));
}

#[test]
fn a_file_that_says_nothing_says_what_to_type() {
    let report = Report::of("Foo,Bar,Baz\nA1,Acme,2026-12-31\nA2,Beta,2026-12-30\n");
    let Err(Unsettled::Questions(questions)) = report.survey().profile(&Answers::default()) else { panic!() };
    let fields: Vec<_> = questions.iter().map(|q| q.field()).collect();
    assert_eq!(fields, [Field::Order, Field::Customer, Field::Promised]);
    assert_eq!(questions[0].arguments()[0], "--map \"Foo=order\"");
    let (lines, rejected) = report.read_with(&maps(&["foo=order", " BAR =customer", "Baz=promised"]));
    assert_eq!((lines.len(), rejected.len()), (2, 0));
    assert_eq!(lines[0].1.key.line, "1");
}

#[test]
fn a_mapping_names_the_columns_and_fields_there_are() {
    let survey = rows("1,1,Acme,1,31/12/2026,\n").survey();
    let unsettled = survey.profile(&maps(&["Prom Date=promised"])).unwrap_err();
    assert_eq!(
        unsettled.to_string(),
        "the report has no column “Prom Date”; its columns are: Order, Line, Customer, Qty, Prom Dt, Exp Dt"
    );
    let bad = Map::parse("Prom Dt=promise").unwrap_err().to_string();
    assert!(
        bad.contains("there is no field “promise”; the fields are: order, line, schedule, customer"),
        "{bad}"
    );
    assert!(Map::parse("Prom Dt").unwrap_err().to_string().contains("--map \"Prom Dt=promised\""));
    assert_eq!(Map::parse("a=b=order").unwrap().column, "a=b");
}

#[test]
fn what_a_person_maps_comes_before_what_is_suggested() {
    let report = rows("1,1,Acme,1,31/12/2026,30/12/2026\n");
    let (lines, _) = report.read_with(&maps(&["Exp Dt=promised"]));
    assert_eq!(lines[0].1.promised, StatedDate::On(date(2026, 12, 30)));
    let only = Answers {
        only_these: true,
        ..maps(&["Order=order", "Line=line", "Customer=customer", "Prom Dt=promised"])
    };
    let (lines, _) = report.read_with(&only);
    assert_eq!((lines[0].1.expected, lines[0].1.quantity), (StatedDate::NotGiven, None));
}

#[test]
fn a_saved_profile_reads_tomorrows_file_with_other_titles_and_separators() {
    let profile = rows("1,1,Acme,1,31/12/2026,\n").survey().profile(&Answers::default()).unwrap();
    let saved = serde_json::to_string(&profile).unwrap();
    let profile = serde_json::from_str(&saved).unwrap();
    let tomorrow = Report::of(
        "Open orders\n\nexp dt;prom  dt;CUSTOMER;line;order;qty\n01/02/2027;05/01/2027;Acme;1;9;3\n",
    );
    let (lines, _) = crate::all_rows(Reader::open(&tomorrow.source(), &profile).unwrap()).unwrap();
    assert_eq!(lines[0].1.promised, StatedDate::On(date(2027, 1, 5)));
    let other = Report::of("Order,Line,Customer,Qty,Exp Dt\n1,1,Acme,1,31/12/2026\n");
    let Err(Unreadable::ColumnMissing { missing, .. }) = Reader::open(&other.source(), &profile) else {
        panic!()
    };
    assert_eq!(missing, "Prom Dt");
}

#[test]
fn short_rows_are_blank_at_the_end_and_long_rows_are_rejected() {
    let (lines, rejected) =
        rows("1,1,Acme,1,31/12/26\n2,1,Acme, Inc.,1,30/12/26,29/12/26\n3,1,Acme,1,30/12/26,,,\n").read();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0].1.expected, StatedDate::Blank);
    assert_eq!(rejected[0].number, 3);
    assert!(rejected[0].errors[0].fix.contains("quotes"), "{}", rejected[0].errors[0]);
}

#[test]
fn status_hold_and_an_unconfirmed_quantity_are_understood() {
    let report = Report::of(
        "Order,Line,Customer,Promised,Status,Delivery Block,Confirmed Qty\n1,1,A,31/12/26,Open,,5\n2,1,A,31/12/26,Livré,,5\n\
         3,1,A,31/12/26,Storniert,,5\n4,1,A,31/12/26,,01,5\n5,1,A,31/12/26,,,0.00\n",
    );
    let (lines, _) = report.read();
    let status: Vec<_> = lines.iter().map(|(_, line)| line.status).collect();
    use LineStatus::{Cancelled, Delivered, OnHold, Open};
    assert_eq!(status, [Open, Delivered, Cancelled, OnHold, Open]);
    assert_eq!(lines[4].1.promised, StatedDate::NoDate);
}

#[test]
fn control_characters_are_neutralised_and_endless_texts_rejected() {
    let long = "x".repeat(501);
    let (lines, rejected) = rows(&format!("1\0,1,Ac\u{7}me,1,31/12/26,\n2,1,{long},1,31/12/26,\n")).read();
    assert_eq!((lines[0].1.key.order.as_str(), lines[0].1.customer.as_str()), ("1", "Acme"));
    assert_eq!(rejected[0].errors[0].expected, "at most 500 characters");
}

#[test]
fn rejected_rows_come_back_as_a_file_that_runs_nothing_and_can_be_mended() {
    let report = rows("=1+1,1,,5,31/12/26,\n+2,1,\"@x, y\",5,-31/02/26,\n3,1,Acme,5,30/12/26,\n");
    let (_, rejected) = report.read();
    let profile = report.survey().profile(&Answers::default()).unwrap();
    let reader = Reader::open(&report.source(), &profile).unwrap();
    let mut file = Vec::new();
    write_rejected(&mut file, reader.headings(), &rejected).unwrap();
    let text = String::from_utf8(file).unwrap();
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("\u{feff}Order,Line,Customer,Qty,Prom Dt,Exp Dt,Row,What is wrong,What to do")
    );
    assert!(
        lines.next().unwrap().starts_with("'=1+1,1,,5,31/12/26,,2,\"Customer: found “”, expected a customer")
    );
    assert!(lines.next().unwrap().starts_with("'+2,1,\"'@x, y\",5,'-31/02/26,,3,"));
    let mended = Report::of(text.replace("'-31/02/26", "28/02/26").replace("'=1+1,1,,", "'=1+1,1,Acme,"));
    let (lines, rejected) = mended.read();
    assert_eq!(rejected, []);
    assert_eq!((lines[0].1.key.order.as_str(), lines[1].1.customer.as_str()), ("=1+1", "@x, y"));
}

#[test]
fn an_empty_file_is_said_to_be_empty() {
    for bytes in ["", "\n\n", "\u{feff}"] {
        let error = forewarn_feeds::survey(&Report::of(bytes).source()).unwrap_err();
        assert!(matches!(error, Unreadable::Empty), "{error}");
    }
}

#[test]
fn a_row_of_far_too_many_columns_is_refused_and_a_thousand_of_one_name_are_told_apart() {
    let wide = Report::of("Order,".repeat(20_000) + "\n1,2,3\n");
    let error = forewarn_feeds::survey(&wide.source()).unwrap_err().to_string();
    assert_eq!(
        error,
        "Row 1 has 20001 columns, more than the 1000 that are read. Export the report with the columns that are needed."
    );
    let survey = Report::of(vec!["Order"; 1_000].join(",") + "\n1,2,3\n").survey();
    let mut names = survey.columns.iter().map(|column| column.heading.as_str());
    assert_eq!(names.next_back(), Some("Order (1000)"));
}
