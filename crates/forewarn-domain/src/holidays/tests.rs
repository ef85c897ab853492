//! Known holidays. The tables agree with the `holidays` package of PyPI (version 0.109), which leaves out
//! Spanish holidays on Sundays.

use super::{Country, holidays};
use crate::calendar::WorkingCalendar;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use rstest::rstest;

#[rstest]
#[case("US", 2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25")]
#[case("US", 2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25")]
#[case("US", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25")]
#[case(
    "US",
    2027,
    "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31"
)]
#[case("GB-EAW", 2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26")]
#[case("GB-EAW", 2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26")]
#[case("GB-EAW", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28")]
#[case("GB-EAW", 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28")]
#[case("DE", 2024, "01-01 03-29 04-01 05-01 05-09 05-20 10-03 12-25 12-26")]
#[case("DE", 2025, "01-01 04-18 04-21 05-01 05-29 06-09 10-03 12-25 12-26")]
#[case("DE", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26")]
#[case("DE", 2027, "01-01 03-26 03-29 05-01 05-06 05-17 10-03 12-25 12-26")]
#[case("FR", 2024, "01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25")]
#[case("FR", 2025, "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25")]
#[case("FR", 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25")]
#[case("FR", 2027, "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25")]
#[case("ES", 2024, "01-01 01-06 03-29 05-01 08-15 10-12 11-01 12-06 12-08 12-25")]
#[case("ES", 2025, "01-01 01-06 04-18 05-01 08-15 10-12 11-01 12-06 12-08 12-25")]
#[case("ES", 2026, "01-01 01-06 04-03 05-01 08-15 10-12 11-01 12-06 12-08 12-25")]
#[case("ES", 2027, "01-01 01-06 03-26 05-01 08-15 10-12 11-01 12-06 12-08 12-25")]
#[case("NL", 2024, "01-01 03-29 03-31 04-01 04-27 05-09 05-19 05-20 12-25 12-26")]
#[case("NL", 2025, "01-01 04-18 04-20 04-21 04-26 05-05 05-29 06-08 06-09 12-25 12-26")]
#[case("NL", 2026, "01-01 04-03 04-05 04-06 04-27 05-14 05-24 05-25 12-25 12-26")]
#[case("NL", 2027, "01-01 03-26 03-28 03-29 04-27 05-06 05-16 05-17 12-25 12-26")]
#[case("NO", 2024, "01-01 03-28 03-29 03-31 04-01 05-01 05-09 05-17 05-19 05-20 12-25 12-26")]
#[case("NO", 2025, "01-01 04-17 04-18 04-20 04-21 05-01 05-17 05-29 06-08 06-09 12-25 12-26")]
#[case("NO", 2026, "01-01 04-02 04-03 04-05 04-06 05-01 05-14 05-17 05-24 05-25 12-25 12-26")]
#[case("NO", 2027, "01-01 03-25 03-26 03-28 03-29 05-01 05-06 05-16 05-17 12-25 12-26")]
#[case("SE", 2024, "01-01 01-06 03-29 03-31 04-01 05-01 05-09 05-19 06-06 06-22 11-02 12-25 12-26")]
#[case("SE", 2025, "01-01 01-06 04-18 04-20 04-21 05-01 05-29 06-06 06-08 06-21 11-01 12-25 12-26")]
#[case("SE", 2026, "01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-06 06-20 10-31 12-25 12-26")]
#[case("SE", 2027, "01-01 01-06 03-26 03-28 03-29 05-01 05-06 05-16 06-06 06-26 11-06 12-25 12-26")]
#[case("DK", 2024, "01-01 03-28 03-29 03-31 04-01 05-09 05-19 05-20 12-25 12-26")]
#[case("DK", 2025, "01-01 04-17 04-18 04-20 04-21 05-29 06-08 06-09 12-25 12-26")]
#[case("DK", 2026, "01-01 04-02 04-03 04-05 04-06 05-14 05-24 05-25 12-25 12-26")]
#[case("DK", 2027, "01-01 03-25 03-26 03-28 03-29 05-06 05-16 05-17 12-25 12-26")]
#[case("CA", 2024, "01-01 03-29 05-20 07-01 09-02 09-30 10-14 11-11 12-25 12-26")]
#[case("CA", 2025, "01-01 04-18 05-19 07-01 09-01 09-30 10-13 11-11 12-25 12-26")]
#[case("CA", 2026, "01-01 04-03 05-18 07-01 09-07 09-30 10-12 11-11 12-25 12-26 12-28")]
#[case("CA", 2027, "01-01 03-26 05-24 07-01 09-06 09-30 10-11 11-11 12-25 12-26 12-27 12-28")]
fn the_free_days_of_four_years_are_known(#[case] code: &str, #[case] year: i16, #[case] expected: &str) {
    let mut days: Vec<String> =
        dates(code, year).iter().map(|date| date.strftime("%m-%d").to_string()).collect();
    days.dedup();
    assert_eq!(days.join(" "), expected);
}

#[test]
fn a_holiday_on_a_weekend_is_kept_on_its_own_day_and_on_the_one_that_is_free_instead() {
    let named = |country, year, name| -> Vec<Date> {
        holidays(country, year).into_iter().filter(|day| day.1 == name).map(|day| day.0).collect()
    };
    assert_eq!(named(Country::UnitedStates, 2026, "Independence Day"), [date(2026, 7, 3), date(2026, 7, 4)]);
    assert_eq!(named(Country::UnitedStates, 2027, "New Year’s Day"), [date(2027, 1, 1), date(2027, 12, 31)]);
    assert_eq!(
        named(Country::EnglandAndWales, 2022, "Christmas Day"),
        [date(2022, 12, 25), date(2022, 12, 27)]
    );
    assert_eq!(
        named(Country::EnglandAndWales, 2021, "Christmas Day"),
        [date(2021, 12, 25), date(2021, 12, 27)]
    );
    assert_eq!(named(Country::EnglandAndWales, 2021, "Boxing Day"), [date(2021, 12, 26), date(2021, 12, 28)]);
    assert_eq!(named(Country::Netherlands, 2025, "King’s Day"), [date(2025, 4, 26)]);
}

#[test]
fn days_that_were_free_only_once_or_no_longer_are() {
    assert!(dates("GB-EAW", 2022).contains(&date(2022, 9, 19)));
    assert!(
        dates("GB-EAW", 2022).contains(&date(2022, 6, 2))
            && !dates("GB-EAW", 2022).contains(&date(2022, 5, 30))
    );
    assert!(dates("DK", 2023).contains(&date(2023, 5, 5)) && !dates("DK", 2024).contains(&date(2024, 4, 26)));
    assert!(dates("NL", 2025).contains(&date(2025, 5, 5)) && !dates("NL", 2026).contains(&date(2026, 5, 5)));
}

#[rstest]
#[case("1818-03-22")]
#[case("1943-04-25")]
#[case("1961-04-02")]
#[case("2000-04-23")]
#[case("2024-03-31")]
#[case("2038-04-25")]
#[case("2285-03-22")]
fn easter_falls_where_the_tables_say(#[case] sunday: Date) {
    assert!(holidays(Country::Norway, sunday.year()).contains(&(sunday, "Easter Sunday")));
}

#[test]
fn every_year_has_an_answer() {
    for country in Country::ALL {
        for year in [i16::MIN, -9999, -1, 0, 1, 1582, 9999, i16::MAX] {
            let days = holidays(country, year);
            assert_eq!(days.is_empty(), !(-9999..=9999).contains(&year), "{country} {year}");
            assert!(days.is_sorted() && days.iter().all(|(date, _)| date.year() == year));
        }
    }
}

#[test]
fn a_country_is_known_by_its_code() {
    for country in Country::ALL {
        assert_eq!(country.code().to_lowercase().parse(), Ok(country));
        assert_eq!(serde_json::to_string(&country).unwrap(), format!("\"{country}\""));
        assert_eq!(serde_json::from_str::<Country>(&format!("\"{country}\"")).unwrap(), country);
    }
    assert_eq!(
        "Norge".parse::<Country>().unwrap_err().to_string(),
        "no holidays are known for “Norge”: use one of CA, DK, GB-EAW, FR, DE, NL, NO, ES, SE, US, \
         or enter the days by hand"
    );
}

#[test]
fn a_calendar_is_filled_with_the_holidays_of_a_country() {
    let plain = WorkingCalendar::office_hours(TimeZone::get("Europe/Oslo").unwrap()).unwrap();
    let norway = plain.with_holidays(dates("NO", 2026));
    assert_eq!(norway.working_days_between(date(2026, 4, 1), date(2026, 4, 7)), 1);
}

fn dates(code: &str, year: i16) -> Vec<Date> {
    let country: Country = code.parse().unwrap();
    holidays(country, year).into_iter().map(|(date, _)| date).collect()
}
