//! Every encoding, separator, line end, date order and decimal sign, with each other.

use crate::Report;
use forewarn_domain::fact::StatedDate;
use forewarn_feeds::Answers;
use jiff::civil::{Date, date};
use rstest::rstest;

/// Order, customer, promised date, value.
type Line = (&'static str, &'static str, (i16, i8, i8), &'static str);

const LINES: [Line; 4] = [
    ("A-1", "Müller & Söhne", (2026, 11, 5), "1234.5"),
    ("A-2", "Café \"Zoé\"; rue d'Ivoire, 5\t|", (2026, 12, 31), "7.25"),
    ("A-3", "Ñandú S.A.", (2027, 2, 13), "1000000.75"),
    ("A-4", "O'Brien €", (2026, 3, 4), "0.5"),
];

fn written(day: Date, order: &str) -> String {
    match order {
        "serial" => (day - date(1899, 12, 30)).get_days().to_string(),
        format => day.strftime(format).to_string(),
    }
}

fn number(plain: &str, comma: bool) -> String {
    let (whole, fraction) = plain.split_once('.').unwrap();
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(if comma { '.' } else { ',' });
        }
        grouped.push(digit);
    }
    format!("{grouped}{}{fraction}", if comma { ',' } else { '.' })
}

fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    let utf16 = |wide: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(wide).collect::<Vec<u8>>();
    match encoding {
        "utf-8" => text.as_bytes().to_vec(),
        "utf-8 bom" => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        "utf-16le" => [b"\xFF\xFE".to_vec(), utf16(u16::to_le_bytes)].concat(),
        "utf-16be" => [b"\xFE\xFF".to_vec(), utf16(u16::to_be_bytes)].concat(),
        _ => encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
    }
}

const ORDERS: [&str; 14] = [
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d-%m-%y",
    "%m/%d/%Y",
    "%m/%d/%y",
    "%Y-%m-%d",
    "%Y%m%d",
    "%-d-%b-%y",
    "%B %-d, %Y",
    "%Y-%m-%dT00:00:00Z",
    "%d/%m/%Y 14:30",
    "%m/%d/%Y 12:00:00 AM",
    "%Y-%m-%d 00:00:00+01:00",
    "serial",
];

#[rstest]
fn every_separator_line_end_date_order_and_decimal_sign_reads_alike_in(
    #[values("utf-8", "utf-8 bom", "utf-16le", "utf-16be", "windows-1252")] encoding: &str,
) {
    for separator in [",", ";", "\t", "|"] {
        for end in ["\n", "\r\n", "\r"] {
            for order in ORDERS {
                for comma in [false, true] {
                    check(encoding, separator, end, order, comma);
                }
            }
        }
    }
}

fn check(encoding: &str, separator: &str, end: &str, order: &str, comma: bool) {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut rows = vec!["Open orders".to_owned(), String::new()];
    rows.push(["Order no", "Customer", "Promised date", "Value"].join(separator));
    for (key, customer, (y, m, d), value) in LINES {
        let day = written(date(y, m, d), order);
        rows.push(
            [quoted(key), quoted(customer), quoted(&day), quoted(&number(value, comma))].join(separator),
        );
    }
    let name = format!("{encoding} {separator:?} {end:?} {order} comma={comma}");
    let report = Report::of(encoded(&(rows.join(end) + end), encoding));
    let survey = report.survey();
    assert_eq!((survey.heading_row, survey.rows), (3, 4), "{name}");
    let profile =
        survey.profile(&Answers::default()).unwrap_or_else(|unsettled| panic!("{name}: {unsettled}"));
    let reader = forewarn_feeds::Reader::open(&report.source(), &profile).unwrap();
    let (lines, rejected) = crate::all_rows(reader).unwrap();
    assert_eq!(rejected, [], "{name}");
    for ((number, line), (row, (key, customer, (y, m, d), value))) in lines.iter().zip((4..).zip(LINES)) {
        assert_eq!(*number, row, "{name}");
        assert_eq!(line.key.order, key, "{name}");
        assert_eq!(line.customer, customer.replace('\t', " "), "{name}");
        assert_eq!(line.promised, StatedDate::On(date(y, m, d)), "{name}");
        assert_eq!(line.value.unwrap().to_string(), value, "{name}");
    }
    assert_eq!(lines.len(), 4, "{name}");
}
