//! The weekly words for leaders: what is known and not told, what was told last week, and what is due in this one.
//! Once a week, when they begin to work; not at all where there is nothing to say.

use crate::calendar::WorkingCalendar;
use crate::case::ObligationKind;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

/// A week of somebody, on their own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    monday: Date,
}

/// What there is to say, as far as the words need it.
#[derive(Debug, Clone)]
pub struct WeekWords<'a> {
    /// Customers who don't know what we know, those with the least time to act first; not all of them.
    pub untold: Vec<Untold<'a>>,
    /// How many there are in all.
    pub untold_total: u32,
    /// What was told in the week before.
    pub told: Vec<Told<'a>>,
    /// What is owed until the end of this week, and since when.
    pub due: Vec<(ObligationKind, Timestamp)>,
    /// Now.
    pub now: Timestamp,
    /// The clock of the leader.
    pub zone: &'a TimeZone,
}

/// A customer who doesn't know what we know.
#[derive(Debug, Clone, Copy)]
pub struct Untold<'a> {
    /// Their name.
    pub customer: &'a str,
    /// Who has to tell them.
    pub owner: &'a str,
    /// Since when it is known.
    pub known_at: Timestamp,
}

/// A customer who was told.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Their name.
    pub customer: &'a str,
    /// Who told them.
    pub by: &'a str,
    /// Working days that they had left to act; `None` where no date had been promised.
    pub notice_days: Option<i32>,
}

impl Week {
    /// The week of a moment.
    pub fn of(at: Timestamp, zone: &TimeZone) -> Self {
        let today = zone.to_datetime(at).date();
        let days = today.weekday().since(Weekday::Monday);
        Self { monday: today.saturating_sub(i64::from(days).days()) }
    }

    /// "2026-W46"
    pub fn name(self) -> String {
        let week = self.monday.iso_week_date();
        format!("{}-W{:02}", week.year(), week.week())
    }

    /// Its first moment.
    pub fn begins(self, zone: &TimeZone) -> Timestamp {
        start(self.monday, zone)
    }

    /// The first moment of the next one.
    pub fn ends(self, zone: &TimeZone) -> Timestamp {
        start(self.monday.saturating_add(7.days()), zone)
    }

    /// The first moment of the one before.
    pub fn last_began(self, zone: &TimeZone) -> Timestamp {
        start(self.monday.saturating_sub(7.days()), zone)
    }

    /// When somebody begins to work in it: the first morning of a working day on which they are not `away`. `None`
    /// if they don't work in it.
    pub fn first_morning(
        self,
        calendar: &WorkingCalendar,
        away: impl Fn(Timestamp) -> bool,
    ) -> Option<Timestamp> {
        let days = (0..7).map(|day| self.monday.saturating_add(i64::from(day).days()));
        let mornings =
            days.filter(|day| calendar.is_working_day(*day)).map(|day| calendar.start_of_work(day));
        mornings.into_iter().find(|morning| !away(*morning))
    }
}

fn start(day: Date, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_timestamp(day.to_datetime(jiff::civil::Time::midnight()))
        .compatible()
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

impl WeekWords<'_> {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.untold_total == 0 && self.told.is_empty() && self.due.is_empty()
    }

    /// One line: "Your week: 3 known and not told, 4 told early, 5 due".
    pub fn subject(&self) -> String {
        let (untold, early, due) = (self.untold_total, self.early().count(), self.due.len());
        format!("Your week: {untold} known and not told, {early} told early, {due} due")
    }

    /// Three lines.
    pub fn words(&self) -> String {
        format!("{}\n{}\n{}", self.known(), self.was_told(), self.is_due())
    }

    fn known(&self) -> String {
        if self.untold_total == 0 {
            return "Known, not told: nobody. Whoever is concerned knows.".to_owned();
        }
        let mut shown: Vec<String> = self.untold.iter().map(|untold| self.one_untold(untold)).collect();
        let more = self.untold_total.saturating_sub(shown.len().try_into().unwrap_or(u32::MAX));
        if more > 0 {
            shown.push(format!("and {more} more"));
        }
        let customers = count(self.untold_total, "customer", "customers");
        format!("Known, not told: {customers}. {}.", shown.join("; "))
    }

    fn one_untold(&self, untold: &Untold<'_>) -> String {
        let since = self.zone.to_datetime(untold.known_at).strftime("%a %-d %b");
        format!("{}, known since {since} ({})", untold.customer, untold.owner)
    }

    fn was_told(&self) -> String {
        if self.told.is_empty() {
            return "Told last week: nobody.".to_owned();
        }
        let told = count(self.told.len().try_into().unwrap_or(u32::MAX), "customer", "customers");
        let late = self.told.iter().filter(|told| told.notice_days.is_some_and(|days| days < 1)).count();
        let late = if late == 0 { String::new() } else { format!(", {late} when it was too late to act") };
        let earliest = self.early().max_by_key(|(_, days)| *days);
        let earliest = earliest.map_or_else(String::new, |(told, days)| {
            let days = count(days.unsigned_abs(), "working day", "working days");
            format!(" The earliest: {}, {days} before the promised day ({}).", told.customer, told.by)
        });
        format!("Told last week: {told}, {} of them early{late}.{earliest}", self.early().count())
    }

    fn is_due(&self) -> String {
        let of = |kinds: &[ObligationKind]| {
            let due = self.due.iter().filter(|(kind, _)| kinds.contains(kind));
            u32::try_from(due.count()).unwrap_or(u32::MAX)
        };
        let part = |number: u32, one: &str, many: &str| (number > 0).then(|| count(number, one, many));
        let arrivals = of(&[ObligationKind::ArrivalCheck, ObligationKind::ConfirmDelivery]);
        let parts: Vec<String> = [
            part(of(&[ObligationKind::TellBy]), "customer to be told", "customers to be told"),
            part(of(&[ObligationKind::NextWord]), "next word", "next words"),
            part(of(&[ObligationKind::FactsBy]), "date to be made firm", "dates to be made firm"),
            part(arrivals, "arrival to ask about", "arrivals to ask about"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() {
            return "Due this week: nothing yet.".to_owned();
        }
        let overdue = self.due.iter().filter(|(_, at)| *at < self.now).count();
        let overdue = if overdue == 0 { String::new() } else { format!("; {overdue} overdue already") };
        format!("Due this week: {}{overdue}.", parts.join(", "))
    }

    /// Those who could still act.
    fn early(&self) -> impl Iterator<Item = (&Told<'_>, i32)> {
        self.told.iter().filter_map(|told| Some((told, told.notice_days.filter(|days| *days > 0)?)))
    }
}

fn count(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn oslo() -> WorkingCalendar {
        // Whit Monday.
        WorkingCalendar::office_hours(TimeZone::get("Europe/Oslo").unwrap())
            .unwrap()
            .with_holidays([date(2027, 5, 17)])
    }

    fn at(day: i8, hour: i8) -> Timestamp {
        date(2027, 5, day).at(hour, 0, 0, 0).in_tz("Europe/Oslo").unwrap().timestamp()
    }

    #[test]
    fn a_week_begins_on_the_first_morning_on_which_somebody_works() {
        let week = Week::of(at(19, 12), oslo().zone());
        assert_eq!((week.name().as_str(), week.begins(oslo().zone())), ("2027-W20", at(17, 0)));
        assert_eq!((week.last_began(oslo().zone()), week.ends(oslo().zone())), (at(10, 0), at(24, 0)));
        assert_eq!(week.first_morning(&oslo(), |_| false), Some(at(18, 8)), "Monday is a holiday");
        let back_on_thursday = |morning| morning < at(20, 0);
        assert_eq!(week.first_morning(&oslo(), back_on_thursday), Some(at(20, 8)));
        assert_eq!(week.first_morning(&oslo(), |_| true), None);
    }

    #[test]
    fn a_sunday_night_belongs_to_the_week_before() {
        let zone = TimeZone::get("America/Los_Angeles").unwrap();
        // Already Monday in Oslo.
        assert_eq!(Week::of(at(24, 5), &zone), Week::of(at(17, 12), oslo().zone()));
    }

    #[test]
    fn three_lines_say_what_is_open_what_went_well_and_what_comes() {
        let zone = TimeZone::UTC;
        let untold = |customer| Untold { customer, owner: "Jon", known_at: at(13, 9) };
        let told = |customer, notice_days| Told { customer, by: "Mia", notice_days };
        let words = WeekWords {
            untold: vec![untold("Halvorsen"), untold("Kiel Yard")],
            untold_total: 3,
            told: vec![
                told("Brandt", Some(4)),
                told("Porto", Some(12)),
                told("Lund", Some(-1)),
                told("Ek", None),
            ],
            due: vec![
                (ObligationKind::TellBy, at(17, 10)),
                (ObligationKind::NextWord, at(20, 10)),
                (ObligationKind::NextWord, at(21, 10)),
                (ObligationKind::ConfirmDelivery, at(21, 10)),
            ],
            now: at(18, 8),
            zone: &zone,
        };
        assert_eq!(words.subject(), "Your week: 3 known and not told, 2 told early, 4 due");
        assert_eq!(
            words.words(),
            "Known, not told: 3 customers. Halvorsen, known since Thu 13 May (Jon); \
             Kiel Yard, known since Thu 13 May (Jon); and 1 more.\n\
             Told last week: 4 customers, 2 of them early, 1 when it was too late to act. \
             The earliest: Porto, 12 working days before the promised day (Mia).\n\
             Due this week: 1 customer to be told, 2 next words, 1 arrival to ask about; 1 overdue already."
        );
        let quiet = WeekWords { untold: vec![], untold_total: 0, told: vec![], due: vec![], ..words };
        assert!(quiet.is_empty());
        assert_eq!(
            quiet.words(),
            "Known, not told: nobody. Whoever is concerned knows.\nTold last week: nobody.\nDue this week: nothing yet."
        );
    }
}
