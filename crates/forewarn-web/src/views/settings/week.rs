//! The hours of a week: as a picture, as fields, in words, and read back.

use crate::pages::settings::{StripRow, WeekDay, WeekStrip};
use crate::typed::Typed;
use forewarn_domain::calendar::{Block, NotACalendar, WorkingCalendar};
use jiff::civil::Weekday;

/// The days of the week: the name of the field, as shown, and short.
const DAYS: [(Weekday, &str, &str, &str); 7] = [
    (Weekday::Monday, "monday", "Monday", "Mon"),
    (Weekday::Tuesday, "tuesday", "Tuesday", "Tue"),
    (Weekday::Wednesday, "wednesday", "Wednesday", "Wed"),
    (Weekday::Thursday, "thursday", "Thursday", "Thu"),
    (Weekday::Friday, "friday", "Friday", "Fri"),
    (Weekday::Saturday, "saturday", "Saturday", "Sat"),
    (Weekday::Sunday, "sunday", "Sunday", "Sun"),
];

/// The week as a picture.
pub(super) fn strip(calendar: &WorkingCalendar) -> WeekStrip {
    let bars = |day: Weekday| calendar.blocks(day).iter().map(|block| bar(*block)).collect();
    let rows = DAYS.iter().zip(0_u16..);
    let rows = rows.map(|((day, .., short), row)| StripRow { day: short, top: row * 16, bars: bars(*day) });
    let hours = [0_u16, 6, 12, 18, 24].map(|hour| (hour * 12, hour.to_string()));
    let words = DAYS.iter().map(|(day, _, name, _)| match hours_of(calendar, *day) {
        hours if hours.is_empty() => format!("{name} free"),
        hours => format!("{name} {hours}"),
    });
    let label = words.collect::<Vec<_>>().join("; ");
    WeekStrip { rows: rows.collect(), hours: hours.to_vec(), label }
}

/// From where a block goes, and how far, in units of five minutes.
fn bar(block: Block) -> (u16, u16) {
    let from = block.from();
    let minutes = u16::from(from.hour().unsigned_abs()) * 60 + u16::from(from.minute().unsigned_abs());
    (minutes / 5, block.minutes() / 5)
}

/// The week as fields, with what stands in the calendar.
pub(super) fn fields(calendar: &WorkingCalendar) -> Vec<WeekDay> {
    let field = |(day, name, label, _): &(Weekday, &'static str, &'static str, _)| WeekDay {
        name,
        label,
        hours: hours_of(calendar, *day),
        wrong: None,
    };
    DAYS.iter().map(field).collect()
}

fn hours_of(calendar: &WorkingCalendar, day: Weekday) -> String {
    calendar.blocks(day).iter().map(Block::to_string).collect::<Vec<_>>().join(", ")
}

/// Working hours of a whole week, with halves: "37.5".
pub(super) fn hours_a_week(calendar: &WorkingCalendar) -> String {
    let minutes =
        |day: &Weekday| calendar.blocks(*day).iter().map(|block| u32::from(block.minutes())).sum::<u32>();
    let minutes: u32 = DAYS.iter().map(|(day, ..)| minutes(day)).sum();
    let (hours, rest) = (minutes / 60, minutes % 60);
    if rest == 0 { hours.to_string() } else { format!("{hours}:{rest:02}") }
}

/// What was typed, as the blocks of a week; or the fields again, each wrong one with what to do.
pub(crate) fn read(typed: &Typed) -> Result<[Vec<Block>; 7], Vec<WeekDay>> {
    let mut week: [Vec<Block>; 7] = Default::default();
    let mut fields = Vec::with_capacity(7);
    for ((_, name, label, _), blocks) in DAYS.iter().zip(&mut week) {
        let hours = typed.get(name);
        let wrong = match blocks_in(hours) {
            Ok(read) => {
                *blocks = read;
                None
            }
            Err(why) => Some(why),
        };
        fields.push(WeekDay { name, label, hours: hours.to_owned(), wrong });
    }
    if fields.iter().any(|field| field.wrong.is_some()) { Err(fields) } else { Ok(week) }
}

/// The fields again, as they were typed.
pub(crate) fn typed(typed: &Typed) -> Vec<WeekDay> {
    let field = |(_, name, label, _): &(Weekday, &'static str, &'static str, &str)| WeekDay {
        name,
        label,
        hours: typed.get(name).to_owned(),
        wrong: None,
    };
    DAYS.iter().map(field).collect()
}

/// The fields again, with what the calendar as a whole says against them.
pub(crate) fn against(typed: &Typed, why: &NotACalendar) -> Vec<WeekDay> {
    let wrong_day = match why {
        NotACalendar::Overlap { day, .. } => day,
        _ => "Monday",
    };
    let wrong = |label: &str| (label == wrong_day).then(|| sentence(&why.to_string()));
    self::typed(typed).into_iter().map(|day| WeekDay { wrong: wrong(day.label), ..day }).collect()
}

fn blocks_in(text: &str) -> Result<Vec<Block>, String> {
    let blocks = text.split([',', ';']).map(str::trim).filter(|block| !block.is_empty());
    blocks.map(|block| block.parse::<Block>().map_err(|why| sentence(&why.to_string()))).collect()
}

/// With a capital at its beginning and a stop at its end.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let text: String = first.chain(letters).collect();
    if text.ends_with('.') { text } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(monday: &str) -> Typed {
        [("monday".to_owned(), monday.to_owned())].into_iter().collect()
    }

    #[test]
    fn several_blocks_a_day_are_read_in_the_way_they_are_shown() {
        let week = read(&typed("8:00-12:00, 13:00–16:30; 22:00-24:00")).unwrap();
        let shown: Vec<_> = week[0].iter().map(Block::to_string).collect();
        assert_eq!(shown, ["08:00-12:00", "13:00-16:30", "22:00-24:00"]);
        assert!(week[1].is_empty());
        let calendar = WorkingCalendar::new(jiff::tz::TimeZone::UTC, week, Default::default(), 1).unwrap();
        assert_eq!(hours_a_week(&calendar), "9:30");
        assert_eq!(strip(&calendar).rows[0].bars, [(96, 48), (156, 42), (264, 24)]);
    }

    #[test]
    fn what_is_no_block_keeps_what_was_typed_and_says_how_to_write_it() {
        let again = read(&typed("nine to five")).unwrap_err();
        assert_eq!(again[0].hours, "nine to five");
        assert!(again[0].wrong.as_ref().unwrap().contains("08:00-12:00"));
        let week = read(&typed("08:00-12:00, 11:00-17:00")).unwrap();
        let why = WorkingCalendar::new(jiff::tz::TimeZone::UTC, week, Default::default(), 1).unwrap_err();
        let again = against(&typed("08:00-12:00, 11:00-17:00"), &why);
        assert!(again[0].wrong.as_ref().unwrap().contains("overlap"));
    }
}
