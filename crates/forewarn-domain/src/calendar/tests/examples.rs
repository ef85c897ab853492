//! What a calendar promises, each promise with an example.

use super::{at, blocks, calendar, day, office};
use crate::calendar::{Block, NotABlock, NotACalendar, WorkingCalendar};
use jiff::civil::{Date, Time, Weekday, time};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};
use rstest::rstest;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

// Monday 7 December 2026 is an ordinary working day in an ordinary week.

#[rstest]
#[case::within_a_block("2026-12-07T09:00", "2026-12-07T11:30", 150)]
#[case::lunch_is_not_worked("2026-12-07T11:00", "2026-12-07T14:00", 120)]
#[case::nor_is_the_night("2026-12-07T16:00", "2026-12-08T09:00", 120)]
#[case::nor_the_weekend("2026-12-04T16:00", "2026-12-07T09:00", 120)]
#[case::all_of_it_outside("2026-12-05T00:00", "2026-12-07T08:00", 0)]
#[case::a_week_is_forty_hours("2026-12-07T09:17", "2026-12-14T09:17", 2400)]
#[case::a_holiday_is_free("2026-12-24T16:00", "2026-12-28T09:00", 120)]
fn working_time_leaves_out_lunch_nights_weekends_and_holidays(
    #[case] from: &str,
    #[case] to: &str,
    #[case] minutes: i64,
) {
    let calendar = office("Europe/Oslo").with_holidays([day("2026-12-25")]);
    let (from, to) = (at(&calendar, from), at(&calendar, to));
    assert_eq!(calendar.working_time_between(from, to), SignedDuration::from_mins(minutes));
    assert_eq!(calendar.working_time_between(to, from), -SignedDuration::from_mins(minutes));
}

#[rstest]
#[case::within_a_block("2026-12-07T09:00", 1, "2026-12-07T10:00")]
#[case::a_full_block_ends_at_its_end("2026-12-07T13:00", 4, "2026-12-07T17:00")]
#[case::over_lunch("2026-12-07T11:30", 1, "2026-12-07T13:30")]
#[case::over_the_weekend("2026-12-04T16:30", 1, "2026-12-07T08:30")]
#[case::known_at_midnight("2026-12-05T00:00", 4, "2026-12-07T12:00")]
#[case::nothing_to_do("2026-12-05T00:00", 0, "2026-12-05T00:00")]
#[case::four_weeks("2026-11-10T09:30", 160, "2026-12-08T09:30")]
fn a_deadline_is_the_earliest_moment_by_which_the_time_is_worked(
    #[case] from: &str,
    #[case] hours: i32,
    #[case] deadline: &str,
) {
    let calendar = office("Europe/Oslo");
    assert_eq!(calendar.add_working_time(at(&calendar, from), HOUR * hours), at(&calendar, deadline));
}

#[rstest]
#[case::within_a_block("2026-12-07T10:00", 1, "2026-12-07T09:00")]
#[case::to_the_opening("2026-12-07T09:00", 1, "2026-12-07T08:00")]
#[case::over_the_weekend("2026-12-07T08:30", 1, "2026-12-04T16:30")]
#[case::from_a_free_day("2026-12-06T12:00", 4, "2026-12-04T13:00")]
fn going_back_gives_the_latest_moment_to_start(#[case] to: &str, #[case] hours: i32, #[case] start: &str) {
    let calendar = office("Europe/Oslo");
    assert_eq!(calendar.subtract_working_time(at(&calendar, to), HOUR * hours), at(&calendar, start));
    assert_eq!(calendar.add_working_time(at(&calendar, to), HOUR * -hours), at(&calendar, start));
}

#[rstest]
#[case("2026-12-07", "2026-12-07", 0)]
#[case("2026-12-07", "2026-12-08", 1)]
#[case::over_the_weekend("2026-12-04", "2026-12-07", 1)]
#[case::to_a_free_day("2026-12-04", "2026-12-06", 0)]
#[case::over_a_holiday("2026-12-24", "2026-12-28", 1)]
#[case::a_leap_year_of_weeks("2024-01-01", "2025-01-01", 262)]
fn working_days_are_counted_up_to_and_including_the_last(
    #[case] from: &str,
    #[case] to: &str,
    #[case] days: i32,
) {
    let calendar = office("Europe/Oslo").with_holidays([day("2026-12-25")]);
    assert_eq!(calendar.working_days_between(day(from), day(to)), days);
    assert_eq!(calendar.working_days_between(day(to), day(from)), -days);
}

#[rstest]
#[case::friday_plus_one("2026-12-04", 1, "2026-12-07")]
#[case::saturday_plus_one("2026-12-05", 1, "2026-12-07")]
#[case::monday_minus_one("2026-12-07", -1, "2026-12-04")]
#[case::sunday_minus_one_is_like_friday_minus_one("2026-12-06", -1, "2026-12-03")]
#[case::zero_stays("2026-12-06", 0, "2026-12-06")]
#[case::over_a_holiday("2026-12-24", 1, "2026-12-28")]
#[case::ten_years_back("2026-12-07", -2610, "2016-12-05")]
fn working_days_are_added_and_taken_away(#[case] date: &str, #[case] days: i32, #[case] result: &str) {
    let calendar = office("Europe/Oslo").with_holidays([day("2026-12-25")]);
    assert_eq!(calendar.add_working_days(day(date), days), day(result));
}

#[test]
fn a_night_shift_is_two_blocks_and_is_worked_through() {
    let night =
        calendar("Europe/Berlin", ["22:00-24:00", "00:00-06:00 22:00-24:00", "00:00-06:00", "", "", "", ""]);
    let start = at(&night, "2026-12-07T23:00");
    assert_eq!(night.add_working_time(start, HOUR * 6), at(&night, "2026-12-08T05:00"));
    assert_eq!(night.previous_closing(at(&night, "2026-12-08T12:00")), at(&night, "2026-12-08T06:00"));
    assert_eq!(night.end_of_work(day("2026-12-07")), at(&night, "2026-12-08T00:00"));
    assert!(night.is_open(at(&night, "2026-12-08T00:00")));
    assert!(!night.is_open(at(&night, "2026-12-08T06:00")));
}

#[test]
fn an_hour_that_the_clock_repeats_is_worked_twice_and_a_skipped_one_not_at_all() {
    let sunday = calendar("Europe/Berlin", ["", "", "", "", "", "", "01:00-04:00"]);
    let worked = |from: &str, to: &str| sunday.working_time_between(at(&sunday, from), at(&sunday, to));
    assert_eq!(worked("2026-10-25T00:00", "2026-10-25T12:00"), HOUR * 4);
    assert_eq!(worked("2026-03-29T00:00", "2026-03-29T12:00"), HOUR * 2);
    assert_eq!(worked("2026-11-01T00:00", "2026-11-01T12:00"), HOUR * 3);
}

#[test]
fn the_friday_that_samoa_skipped_has_no_working_time() {
    let apia = office("Pacific/Apia");
    let (before, after) = (at(&apia, "2011-12-29T00:00"), at(&apia, "2012-01-01T00:00"));
    assert_eq!(apia.working_time_between(before, after), HOUR * 8);
    assert_eq!(apia.end_of_work(day("2011-12-30")), at(&apia, "2011-12-29T17:00"));
    assert_eq!(apia.start_of_work(day("2011-12-30")), at(&apia, "2012-01-02T08:00"));
}

#[test]
fn work_starts_on_or_after_a_date_and_ends_on_or_before_it() {
    let calendar = office("America/New_York");
    assert_eq!(calendar.start_of_work(day("2026-12-07")), at(&calendar, "2026-12-07T08:00"));
    assert_eq!(calendar.end_of_work(day("2026-12-07")), at(&calendar, "2026-12-07T17:00"));
    assert_eq!(calendar.start_of_work(day("2026-12-05")), at(&calendar, "2026-12-07T08:00"));
    assert_eq!(calendar.end_of_work(day("2026-12-06")), at(&calendar, "2026-12-04T17:00"));
}

#[test]
fn the_local_date_is_the_one_on_the_wall() {
    let late: Timestamp = "2026-12-07T23:30:00Z".parse().unwrap();
    assert_eq!(office("Asia/Kolkata").local_date(late), day("2026-12-08"));
    assert_eq!(office("America/Sao_Paulo").local_date(late), day("2026-12-07"));
}

#[test]
fn the_next_opening_of_an_open_moment_is_that_moment() {
    let calendar = office("Europe/Oslo");
    let open = at(&calendar, "2026-12-07T16:59:59");
    assert_eq!(calendar.next_opening(open), open);
    assert_eq!(calendar.next_opening(at(&calendar, "2026-12-07T17:00")), at(&calendar, "2026-12-08T08:00"));
    assert_eq!(
        calendar.previous_closing(at(&calendar, "2026-12-08T08:00")),
        at(&calendar, "2026-12-07T17:00")
    );
}

#[test]
fn the_ends_of_time_are_answers_not_panics() {
    let berlin = office("Europe/Berlin").with_holidays([Date::MIN, Date::MAX]);
    assert_eq!(berlin.add_working_time(Timestamp::MIN, SignedDuration::MAX), Timestamp::MAX);
    assert_eq!(berlin.add_working_time(Timestamp::MAX, HOUR), Timestamp::MAX);
    assert_eq!(berlin.add_working_time(Timestamp::MAX, SignedDuration::MIN), Timestamp::MIN);
    assert_eq!(berlin.subtract_working_time(Timestamp::MIN, HOUR), Timestamp::MIN);
    assert_eq!(berlin.subtract_working_time(Timestamp::MIN, SignedDuration::MIN), Timestamp::MAX);
    assert_eq!(berlin.next_opening(Timestamp::MAX), Timestamp::MAX);
    assert_eq!(berlin.previous_closing(Timestamp::MIN), Timestamp::MIN);
    assert_eq!(berlin.add_working_days(Date::MAX, 1), Date::MAX);
    assert_eq!(berlin.add_working_days(day("2026-12-07"), i32::MAX), Date::MAX);
    assert_eq!(berlin.add_working_days(day("2026-12-07"), i32::MIN), Date::MIN);
    assert_eq!(berlin.working_days_between(Date::MIN, Date::MAX), 5_217_488);
    for date in [Date::MIN, Date::MAX] {
        let (start, end) = (berlin.start_of_work(date), berlin.end_of_work(date));
        assert!(berlin.working_time_between(start, end) <= SignedDuration::ZERO);
    }
    assert!(berlin.working_time_between(Timestamp::MIN, Timestamp::MAX) > HOUR * 40_000_000);
}

#[test]
fn a_calendar_that_never_opens_or_overlaps_is_refused_with_the_repair() {
    let week = |monday: &str| [monday, "", "", "", "", "", ""].map(blocks);
    let build = |monday| WorkingCalendar::new(TimeZone::UTC, week(monday), Default::default(), 1);
    assert_eq!(build(""), Err(NotACalendar::NeverOpen));
    let overlap = build("13:00-17:00 08:00-13:30").unwrap_err();
    assert_eq!(
        overlap.to_string(),
        "on Monday the blocks 08:00-13:30 and 13:00-17:00 overlap: \
         let the second begin at or after the end of the first"
    );
    let unsorted = build("13:00-17:00 08:00-13:00").unwrap();
    assert_eq!(unsorted.blocks(Weekday::Monday), blocks("08:00-13:00 13:00-17:00"));
    assert_eq!(
        WorkingCalendar::office_hours(Offset::UTC.to_time_zone()),
        WorkingCalendar::office_hours(TimeZone::UTC)
    );
    let nameless = Offset::constant(2).to_time_zone();
    assert_eq!(WorkingCalendar::office_hours(nameless), Err(NotACalendar::NamelessZone));
}

#[rstest]
#[case("08:00-12:00", 8 * 60, 240)]
#[case("8:00 – 12:30", 8 * 60, 270)]
#[case("00:00-24:00", 0, 1440)]
fn a_block_is_read_as_people_write_it(#[case] text: &str, #[case] from: i64, #[case] minutes: u16) {
    let block: Block = text.parse().unwrap();
    assert_eq!(block.from(), Time::MIN + SignedDuration::from_mins(from));
    assert_eq!(block.minutes(), minutes);
}

#[rstest]
#[case("08:00", "“08:00” is not a block of hours: write it as 08:00-12:00, the end at most 24:00")]
#[case(
    "08:00-24:01",
    "“08:00-24:01” is not a block of hours: write it as 08:00-12:00, the end at most 24:00"
)]
#[case("+8:00-9:00", "“+8:00-9:00” is not a block of hours: write it as 08:00-12:00, the end at most 24:00")]
#[case(
    "22:00-06:00",
    "22:00-06:00 ends before it begins: for work past midnight give this day 22:00-24:00 and the next day 00:00-06:00"
)]
fn a_wrong_block_says_how_to_write_it(#[case] text: &str, #[case] message: &str) {
    assert_eq!(text.parse::<Block>().unwrap_err().to_string(), message);
}

#[test]
fn midnight_as_an_end_is_the_end_of_the_day() {
    let evening = Block::new(time(22, 0, 0, 0), Time::midnight()).unwrap();
    assert_eq!(evening.to_string(), "22:00-24:00");
    assert_eq!((evening.from(), evening.to()), (time(22, 0, 0, 0), Time::midnight()));
    let odd = time(8, 0, 1, 0);
    assert_eq!(Block::new(odd, Time::midnight()), Err(NotABlock::NotAFullMinute(odd)));
}

#[test]
fn a_calendar_is_stored_with_its_zone_by_name_and_checked_when_read() {
    let calendar = office("Europe/Oslo").with_holidays([day("2026-12-25")]).with_version(7);
    let text = serde_json::to_string(&calendar).unwrap();
    assert!(text.starts_with(r#"{"zone":"Europe/Oslo","week":[["08:00-12:00","13:00-17:00"],"#), "{text}");
    assert!(text.ends_with(r#"[],[]],"holidays":["2026-12-25"],"version":7}"#), "{text}");
    assert_eq!(serde_json::from_str::<WorkingCalendar>(&text).unwrap(), calendar);

    let nowhere = text.replace("Europe/Oslo", "Europe/Olso");
    let error = serde_json::from_str::<WorkingCalendar>(&nowhere).unwrap_err().to_string();
    assert!(error.contains("“Europe/Olso” is not a time zone: use an IANA name"), "{error}");
    let free = r#"{"zone":"UTC","week":[[],[],[],[],[],[],[]]}"#;
    let error = serde_json::from_str::<WorkingCalendar>(free).unwrap_err().to_string();
    assert!(error.contains("the week has no working hours"), "{error}");
}

#[test]
fn zones_are_known_on_a_machine_that_has_no_zone_files() {
    let carried = TimeZoneDatabase::bundled();
    for name in super::oracle::ZONES {
        assert!(carried.get(name).is_ok(), "{name} is not carried");
    }
}
