use super::*;
use jiff::civil::date;

#[test]
fn dates_are_read_as_people_and_systems_write_them() {
    use DateOrder::{DayFirst, MonthFirst, Serial, YearFirst};
    let new_years_eve = date(2026, 12, 31);
    for (cell, order) in [
        ("31/12/2026", DayFirst),
        ("31.12.2026", DayFirst),
        ("31.12.26", DayFirst),
        ("31-12-2026", DayFirst),
        ("31. 12. 2026", DayFirst),
        ("31/12/2026 00:00", DayFirst),
        ("31122026", DayFirst),
        ("12/31/2026", MonthFirst),
        ("12/31/2026 12:00:00 AM", MonthFirst),
        ("12/31/26", MonthFirst),
        ("2026-12-31", DayFirst),
        ("2026/12/31", MonthFirst),
        ("2026-12-31T00:00:00Z", DayFirst),
        ("2026-12-31T23:59:59.000+01:00", DayFirst),
        ("2026-12-31 14:05", DayFirst),
        ("2026-12-31+01:00", DayFirst),
        ("20261231", YearFirst),
        ("20261231T120000Z", YearFirst),
        ("26-12-31", YearFirst),
        ("31-Dec-26", DayFirst),
        ("31-DEC-2026", MonthFirst),
        ("31Dec2026", MonthFirst),
        ("Dec 31, 2026", DayFirst),
        ("December 31st, 2026", DayFirst),
        ("Thu, 31 Dec 2026 10:00:00 GMT", DayFirst),
        ("31. Dezember 2026", DayFirst),
        ("Do. 31. Dez. 2026", DayFirst),
        ("31 décembre 2026", DayFirst),
        ("jeudi 31 déc. 2026", DayFirst),
        ("31 de diciembre de 2026", DayFirst),
        ("31-dic-26", DayFirst),
        ("2026-Dec-31", DayFirst),
        ("46387", Serial),
        ("46387.5", Serial),
        ("/Date(1798675200000)/", DayFirst),
    ] {
        assert_eq!(read_date(cell, order), Some(new_years_eve), "{cell}");
    }
    assert_eq!(read_date("2-Jun-06", DayFirst), Some(date(2006, 6, 2)));
    assert_eq!(read_date("mar. 3 mars 2026", DayFirst), Some(date(2026, 3, 3)));
    assert_eq!(read_date("1er mai 2026", DayFirst), Some(date(2026, 5, 1)));
}

#[test]
fn what_is_no_date_is_not_bent_into_one() {
    for cell in [
        "",
        "31/02/2026",
        "31/12",
        "12.5",
        "1/2",
        "Dec 2026",
        "TBD",
        "2026-W51",
        "2026-13-01",
        "31/12/2026 (tbc)",
        "99/99/9999",
        "4711",
        "PO 12/11/2026 rev",
        "31/12-2026",
        "25 days, 0:00:00",
        "Marty 3 2026x",
        "10-20-30-40",
        "1,234,567",
        "May",
    ] {
        for order in DateOrder::ALL {
            assert_eq!(read_date(cell, order), None, "{cell} {order:?}");
        }
    }
}

#[test]
fn the_whole_column_settles_the_order() {
    use DateOrder::{DayFirst, MonthFirst, Serial, YearFirst};
    let ambiguous = || DateFinding::Ambiguous(vec![DayFirst, MonthFirst]);
    for (cells, finding) in [
        (&["05/11/2026", "13/11/2026"][..], DateFinding::Settled(DayFirst)),
        (&["05/11/2026", "11/13/2026"], DateFinding::Settled(MonthFirst)),
        (&["05/11/2026", "01/02/2027"], ambiguous()),
        (&["13/11/2026", "11/13/2026"], ambiguous()),
        (&["05.11.2026", "01.02.2027"], DateFinding::Settled(DayFirst)),
        (&["2026-11-05", "2-Jun-06"], DateFinding::Settled(YearFirst)),
        (&["05/11/2026", "2026-11-05"], ambiguous()),
        (&["20261105", "20261231"], DateFinding::Settled(YearFirst)),
        (&["05112026", "31122026"], DateFinding::Settled(DayFirst)),
        (&["46387", "46000"], DateFinding::Settled(Serial)),
        (&["98-12-31", "99-11-30"], DateFinding::Settled(YearFirst)),
        (&["31/12/26", "30/12/26", "31/02/26"], DateFinding::Settled(DayFirst)),
        (
            &["26-12-01", "26-12-07", "26-12-11", "27-01-14", "27-01-20"],
            DateFinding::Ambiguous(vec![YearFirst, DayFirst]),
        ),
    ] {
        let mut tally = DateTally::default();
        cells.iter().for_each(|cell| tally.add(shape(cell).unwrap()));
        assert_eq!(tally.finding(), finding, "{cells:?}");
    }
}

#[test]
fn words_mean_no_date_or_nothing_said() {
    use crate::profile::WordMeaning::{NoDate, NotGiven};
    for (word, meaning) in [
        ("TBD", Some(NoDate)),
        ("noch offen", Some(NoDate)),
        ("À confirmer", Some(NoDate)),
        ("sin fecha", Some(NoDate)),
        ("???", Some(NoDate)),
        ("N/A", Some(NotGiven)),
        ("n/a - From RDC", Some(NotGiven)),
        ("Date Not Captured", Some(NotGiven)),
        ("--", Some(NotGiven)),
        ("Pre-PQ Process", None),
        ("next spring", None),
    ] {
        assert_eq!(known_word(word), meaning, "{word}");
    }
}
