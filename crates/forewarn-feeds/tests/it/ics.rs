//! Days off from calendar files.

use forewarn_feeds::ics::{DaysInFile, NotAnIcs, days_off};
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn file(entries: &str) -> Vec<u8> {
    let entries = entries.trim().replace("\n", "\r\n");
    let head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Works council//EN\r\n";
    format!("{head}{entries}\r\nEND:VCALENDAR\r\n").into_bytes()
}

fn read(entries: &str) -> DaysInFile {
    days_off(&file(entries), date(2026, 1, 1)..=date(2028, 12, 31)).unwrap()
}

fn entry(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:1@x\nDTSTAMP:20260101T000000Z\n{lines}\nEND:VEVENT\n")
}

fn days(found: &DaysInFile) -> Vec<(Date, &str)> {
    found.days.iter().map(|(day, name)| (*day, name.as_str())).collect()
}

#[test]
fn a_whole_day_is_a_day_off_and_the_end_of_a_stretch_is_the_day_after_it() {
    let found = read(
        &[
            entry("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261225\nSUMMARY:Christmas Eve\\, closed"),
            entry("DTSTART;VALUE=DATE:20270726\nDTEND;VALUE=DATE:20270729\nSUMMARY:Works holiday"),
            entry("DTSTART;VALUE=DATE:20270102\nSUMMARY:Stocktaking"),
            entry("DTSTART;VALUE=DATE:20270104\nDURATION:P2D\nSUMMARY:Move"),
        ]
        .concat(),
    );
    let expected = [
        (date(2026, 12, 24), "Christmas Eve, closed"),
        (date(2027, 1, 2), "Stocktaking"),
        (date(2027, 1, 4), "Move"),
        (date(2027, 1, 5), "Move"),
        (date(2027, 7, 26), "Works holiday"),
        (date(2027, 7, 27), "Works holiday"),
        (date(2027, 7, 28), "Works holiday"),
    ];
    assert_eq!(days(&found), expected);
}

#[test]
fn what_comes_back_once_a_year_is_written_out() {
    let eve = read(&entry("DTSTART;VALUE=DATE:20201224\nRRULE:FREQ=YEARLY\nSUMMARY:Christmas Eve"));
    let dates: Vec<_> = eve.days.into_keys().collect();
    assert_eq!(dates, [date(2026, 12, 24), date(2027, 12, 24), date(2028, 12, 24)]);
    let fourth = entry(
        "DTSTART;VALUE=DATE:20251128\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4FR\n\
         EXDATE;VALUE=DATE:20271126\nSUMMARY:Day after",
    );
    let dates: Vec<_> = read(&fourth).days.into_keys().collect();
    assert_eq!(dates, [date(2026, 11, 27), date(2028, 11, 24)]);
    let twice = read(&entry("DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY;COUNT=2\nSUMMARY:May"));
    assert_eq!(twice.days.len(), 2);
}

#[test]
fn what_is_no_day_off_is_left_out_and_says_why() {
    let found = read(
        &[
            entry("DTSTART:20261224T090000Z\nDTEND:20261224T100000Z\nSUMMARY:Standup"),
            entry("DTSTART;VALUE=DATE:20261228\nSTATUS:CANCELLED\nSUMMARY:Party"),
            entry("DTSTART;VALUE=DATE:20261101\nRRULE:FREQ=WEEKLY;BYDAY=FR\nSUMMARY:Short Friday"),
            entry("DTSTART;VALUE=DATE:20150101\nSUMMARY:Long ago"),
        ]
        .concat(),
    );
    assert_eq!(days(&found), []);
    let left: Vec<_> = found.left_out.iter().map(|left| (left.name.as_str(), left.why)).collect();
    assert_eq!(left.len(), 3, "what lies outside of the years asked for is no mistake: {left:?}");
    assert!(left[0].1.contains("time of the day") && left[1].1.contains("cancelled"));
    assert!(left[2].1.contains("once a year"));
}

#[test]
fn names_are_read_whatever_way_they_were_folded() {
    let folded = entry("DTSTART;VALUE=DATE:20270517\nSUMMARY;LANGUAGE=no:Grunnlovs\n dag");
    assert_eq!(days(&read(&folded)), [(date(2027, 5, 17), "Grunnlovsdag")]);
    let both = [
        entry("DTSTART;VALUE=DATE:20270517\nSUMMARY:Constitution Day"),
        entry("DTSTART;VALUE=DATE:20270517\nSUMMARY:Pentecost"),
        entry("DTSTART;VALUE=DATE:20270517\nSUMMARY:Pentecost"),
    ];
    assert_eq!(days(&read(&both.concat())), [(date(2027, 5, 17), "Constitution Day, Pentecost")]);
}

#[test]
fn another_file_is_refused_with_what_to_do() {
    let years = || date(2026, 1, 1)..=date(2028, 12, 31);
    let refused = days_off(b"PK\x03\x04 a workbook", years()).unwrap_err();
    assert_eq!(refused, NotAnIcs::NoCalendar);
    assert!(refused.to_string().contains(".ics"));
    assert_eq!(days_off(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMM", years()), Err(NotAnIcs::Broken));
    let deep = format!("BEGIN:VCALENDAR\r\n{}", "BEGIN:VEVENT\r\n".repeat(20_000));
    assert_eq!(days_off(deep.as_bytes(), years()), Err(NotAnIcs::Broken));
    // Ends of components that only we, or only others, take for ends: nothing is gone into, whoever is right.
    for hidden in
        ["BEGIN:A\nP:\nEND:\n\r\n".repeat(20_000), "BEGIN:A\r\nP;X=\"\r\nEND:\r\n\":v\r\n".repeat(10_000)]
    {
        let _ended = days_off(format!("BEGIN:VCALENDAR\n{hidden}").as_bytes(), years());
        let quoted = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;X=\"{}", hidden.replace('\n', "\n "));
        assert_eq!(days_off(quoted.as_bytes(), years()), Err(NotAnIcs::Broken));
    }
    let many =
        format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{}END:VEVENT\nEND:VCALENDAR\n", "P:\n".repeat(100_000));
    assert_eq!(days_off(many.as_bytes(), years()).unwrap().left_out.len(), 1, "it has no date");
    assert_eq!(days_off(&vec![b'x'; 600 * 1024], years()), Err(NotAnIcs::TooLong));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(pieces in prop::collection::vec(prop::sample::select(vec![
        "BEGIN:VCALENDAR\r\n", "END:VCALENDAR\r\n", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "DTSTART", ";VALUE=DATE",
        ":20261224\r\n", ":99991231\r\n", ":00000000\r\n", "DTEND:20270101\r\n", "DURATION:P9999999W\r\n",
        "RRULE:FREQ=YEARLY;INTERVAL=0\r\n", "RRULE:FREQ=YEARLY;COUNT=99999999999\r\n", "SUMMARY:ü\\,\r\n ü\r\n",
        "\r\n ", "\"", ";", ":", "=", "\u{feff}", "\0", "BYDAY=-9XÜ", "X-É;É=É:É\n",
    ]), 0..30)) {
        let text = format!("BEGIN:VCALENDAR\r\n{}", pieces.concat());
        let read = days_off(text.as_bytes(), date(2026, 1, 1)..=date(2028, 12, 31));
        if let Ok(found) = read {
            prop_assert!(found.days.keys().all(|day| (2026..=2028).contains(&day.year())));
        }
    }
}
