//! Whatever the bytes are: no panic, no row lost, no fact bent.

use crate::{Report, all_rows};
use forewarn_domain::fact::StatedDate;
use forewarn_feeds::{
    Answers, DateOrder, DecimalSign, Field, Profile, Reader, Row, Source, read_date, read_number, survey,
};
use jiff::civil::Date;
use proptest::prelude::*;

/// Pieces that reports are made of, and pieces that break them.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let fixed = prop::sample::select(vec![
        "Order",
        "Line",
        "Customer",
        "Promised date",
        ",",
        ";",
        "\t",
        "|",
        "\"",
        "\"\"",
        "'",
        "\n",
        "\r\n",
        "\r",
        "31/12/2026",
        "05.11.26",
        "2026-12-31T00:00:00Z",
        "1.234,50",
        "TBD",
        "N/A",
        "=1+1",
        "\0",
        "\u{feff}",
        "Müller",
        "00.00.0000",
        "46387",
        "Dec",
        "9999999999999999999",
        "-",
        "(",
        "/Date(1)/",
        "ſ",
        "İ",
    ]);
    prop_oneof![
        4 => fixed.prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ]
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(piece(), 0..120).prop_map(|pieces| pieces.concat())
}

fn some_profile(headings: &[String], order: DateOrder) -> Profile {
    let columns =
        [Field::Order, Field::Customer, Field::Promised, Field::Quantity, Field::Delivered, Field::Currency];
    Profile {
        columns: columns.into_iter().zip(headings.iter().cycle().cloned()).collect(),
        dates: [(Field::Promised, order), (Field::Delivered, order)].into(),
        ..Profile::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_surveyed_and_read_without_panic_and_every_row_is_accounted_for(
        bytes in bytes(), order in prop::sample::select(DateOrder::ALL.to_vec()),
    ) {
        let report = Report::of(&bytes);
        let Ok(survey) = survey(&report.source()) else { return Ok(()) };
        let _said = survey.suggestion.explain();
        let _profile = survey.profile(&Answers { date_order: Some(order), ..Answers::default() });
        let headings: Vec<String> = survey.columns.iter().map(|column| column.heading.clone()).collect();
        let profile = Profile { heading_row: Some(survey.heading_row), ..some_profile(&headings, order) };
        let reader = Reader::open(&report.source(), &profile).unwrap();
        let (lines, rejected) = all_rows(reader).unwrap();
        prop_assert_eq!((lines.len() + rejected.len()) as u64, survey.rows);
        prop_assert!(rejected.iter().all(|row| !row.errors.is_empty()));
        prop_assert!(lines.iter().all(|(_, line)| !line.key.order.is_empty() && !line.customer.is_empty()));
    }

    #[test]
    fn any_cell_is_a_date_a_number_or_neither(cell in "\\PC{0,20}", word in "[0-9./:, A-Za-zé-]{0,24}") {
        for cell in [&cell, &word] {
            for order in DateOrder::ALL {
                let _date = read_date(cell, order);
            }
            for sign in [DecimalSign::Point, DecimalSign::Comma] {
                let _number = read_number(cell, sign);
            }
        }
    }

    #[test]
    fn what_was_written_is_what_is_read(
        rows in prop::collection::vec(("[A-Z]{1,3}[0-9]{1,6}", "\\PC{1,40}", 0..40_000i32, 0..10_000_000i64), 1..30),
        separator in prop::sample::select(vec![',', ';', '\t', '|']),
        order in prop::sample::select(vec!["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%-d %B %Y", "%Y%m%d"]),
    ) {
        let day = |n: i32| Date::constant(1960, 1, 1).checked_add(jiff::Span::new().days(n)).unwrap();
        let mut out = csv::WriterBuilder::new().delimiter(separator as u8).from_writer(Vec::new());
        out.write_record(["Order no", "Line", "Customer", "Promised date", "Value"]).unwrap();
        for (n, (key, customer, days, value)) in rows.iter().enumerate() {
            let cents = format!("{}.{:02}", value / 100, value % 100);
            out.write_record([key, &n.to_string(), &format!("x{customer}x"), &day(*days).strftime(order).to_string(), &cents]).unwrap();
        }
        let report = Report::of(out.into_inner().unwrap());
        let answers = Answers { date_order: Some(if order.starts_with("%m") { DateOrder::MonthFirst } else { DateOrder::DayFirst }), ..Answers::default() };
        let (lines, rejected) = report.read_with(&answers);
        prop_assert_eq!(rejected, []);
        prop_assert_eq!(lines.len(), rows.len());
        for ((_, line), (key, _, days, value)) in lines.iter().zip(&rows) {
            prop_assert_eq!(&line.key.order, key);
            // Cells that stand for an empty date are blank.
            let stand_in = matches!((day(*days).year(), day(*days).month(), day(*days).day()), (1970, 1, 1));
            prop_assert!(stand_in || line.promised == StatedDate::On(day(*days)));
            prop_assert_eq!(line.value.unwrap().raw(), value * 100);
        }
    }
}

#[test]
fn a_stray_quote_never_makes_a_row_vanish() {
    for at in 0..6 {
        let mut rows: Vec<String> =
            (0..20).map(|n| format!("{n},1,\"Acme, {n}\",2026-12-{:02}", n + 1)).collect();
        rows[7].insert(at, '"');
        let report = Report::of(format!("Order,Line,Customer,Promised date\n{}\n", rows.join("\n")));
        let profile = Profile {
            columns: [
                (Field::Order, "Order"),
                (Field::Line, "Line"),
                (Field::Customer, "Customer"),
                (Field::Promised, "Promised date"),
            ]
            .map(|(field, column)| (field, column.to_owned()))
            .into(),
            ..Profile::default()
        };
        let numbers: Vec<u64> = Reader::open(&Source::csv(&report.path), &profile)
            .unwrap()
            .map(|row| match row.unwrap() {
                Row::Line { number, .. } => number,
                Row::Rejected(row) => row.number,
            })
            .collect();
        assert_eq!(numbers, (2..=21).collect::<Vec<_>>(), "quote at {at}");
    }
}
