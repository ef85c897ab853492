//! Two small pictures, drawn on the server: the walk of a promise's dates, and how a customer felt.
//! Both say the same in words, for those who can't see them.

use jiff::civil::Date;

/// The walk of one promise's dates along a line of days.
#[derive(Debug, Clone)]
pub struct DateWalk {
    /// The same in words: "Requested 2 Nov, first promised 6 Nov, …".
    pub label: String,
    /// The dates, in the order they were given.
    pub marks: Vec<WalkMark>,
    /// From the promised date to the expected one, if it is later.
    pub slip: Option<(u16, u16)>,
    /// Where today is, if it lies inside.
    pub today: Option<u16>,
}

/// One date on the line.
#[derive(Debug, Clone)]
pub struct WalkMark {
    /// Its place: 0 is the left end, 240 the right.
    pub x: u16,
    /// What it is; decides the shape.
    pub kind: WalkKind,
}

/// What a date on the walk is. Each has a shape of its own, not only a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WalkKind {
    /// What the customer asked for: a ring.
    Requested,
    /// The first date we gave: a square.
    FirstPromised,
    /// What the customer was last told: a disc.
    Promised,
    /// What the newest evidence says: a diamond.
    Expected,
    /// When it arrived: a tick.
    Delivered,
}

const LEFT: f64 = 10.0;
const RIGHT: f64 = 230.0;

impl DateWalk {
    /// The walk through `dates`; `None` if there is no date at all. `label` says the same in words.
    #[must_use]
    pub fn new(label: impl Into<String>, dates: &[(WalkKind, Date)], today: Date) -> Option<Self> {
        let first = dates.iter().map(|(_, date)| *date).min()?;
        let last = dates.iter().map(|(_, date)| *date).max()?;
        let days = f64::from(days_between(first, last).max(1));
        let place = |date: Date| -> u16 {
            let share = f64::from(days_between(first, date)) / days;
            // Between LEFT and RIGHT by construction, so nothing is cut off.
            (LEFT + share * (RIGHT - LEFT)).round() as u16
        };
        let at = |kind| dates.iter().find(|(k, _)| *k == kind).map(|(_, date)| *date);
        let slip =
            at(WalkKind::Promised).zip(at(WalkKind::Expected)).filter(|(promised, now)| now > promised);
        Some(Self {
            label: label.into(),
            marks: dates.iter().map(|(kind, date)| WalkMark { x: place(*date), kind: *kind }).collect(),
            slip: slip.map(|(promised, now)| (place(promised), place(now))),
            today: (first..=last).contains(&today).then(|| place(today)),
        })
    }
}

/// How a customer felt, from one talk to the next.
#[derive(Debug, Clone)]
pub struct TemperatureLine {
    /// The same in words: "Calm in May, upset on 2 Nov, calm since 9 Nov".
    pub label: String,
    /// The points, joined for the line: "20,50 90,18".
    pub path: String,
    /// The points: across 20 to 230, down 12 (furious) to 57 (calm).
    pub points: Vec<(u16, u16)>,
}

impl TemperatureLine {
    /// A line through `degrees` (0 calm, 1 concerned, 2 upset, 3 furious), evenly spaced; `None` if
    /// there are none.
    #[must_use]
    pub fn new(label: impl Into<String>, degrees: &[u8]) -> Option<Self> {
        let gaps = u16::try_from(degrees.len().checked_sub(1)?).ok()?.max(1);
        let place = |(n, degree): (u16, &u8)| (20 + n * 210 / gaps, 57 - u16::from((*degree).min(3)) * 15);
        let points: Vec<_> = (0..).zip(degrees).map(place).collect();
        let path = points.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
        Some(Self { label: label.into(), path, points })
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_walk_spans_its_dates_and_shows_the_slip() {
        let dates = [
            (WalkKind::Requested, date(2026, 11, 2)),
            (WalkKind::Promised, date(2026, 11, 6)),
            (WalkKind::Expected, date(2026, 11, 27)),
        ];
        let walk = DateWalk::new("", &dates, date(2026, 11, 9)).unwrap();
        assert_eq!(walk.marks.iter().map(|mark| mark.x).collect::<Vec<_>>(), [10, 45, 230]);
        assert_eq!(walk.slip, Some((45, 230)));
        assert_eq!(walk.today, Some(72));
    }

    #[test]
    fn a_walk_of_one_date_or_across_years_stays_inside() {
        let one = DateWalk::new("", &[(WalkKind::Promised, date(2026, 1, 1))], date(2027, 1, 1)).unwrap();
        assert_eq!((one.marks[0].x, one.today), (10, None));
        let long = [(WalkKind::Promised, date(1990, 1, 1)), (WalkKind::Expected, date(2090, 1, 1))];
        assert_eq!(DateWalk::new("", &long, date(2026, 1, 1)).unwrap().marks[1].x, 230);
        assert!(DateWalk::new("", &[], date(2026, 1, 1)).is_none());
    }

    #[test]
    fn furious_is_high_and_calm_is_low() {
        let line = TemperatureLine::new("", &[0, 3, 1]).unwrap();
        assert_eq!(line.points, [(20, 57), (125, 12), (230, 42)]);
        assert!(TemperatureLine::new("", &[]).is_none());
        assert_eq!(TemperatureLine::new("", &[9]).unwrap().points, [(20, 12)]);
    }
}
