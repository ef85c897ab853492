//! The policy, each number with what it does on the company's own calendar.

use crate::pages::settings::{Field, Nav, PolicyPage};
use crate::pages::shell::Shell;
use crate::typed::Typed;
use crate::views::shown::{Wall, count};
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::policy::{Policy, Terms, Tier};
use forewarn_domain::promise::Promised;
use forewarn_domain::severity::{Level, tell_by};
use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use std::sync::Arc;

/// One number of the policy: its field, what it is called, its least and most.
pub(crate) struct Number {
    name: &'static str,
    label: &'static str,
    least: u32,
    most: u32,
    read: fn(&Policy) -> u32,
    write: fn(&mut Policy, u32),
}

/// All of them, in the order of the page.
pub(crate) const NUMBERS: [Number; 8] = [
    Number {
        name: "tolerance_days",
        label: "Tolerance, working days",
        least: 0,
        most: 60,
        read: |policy| policy.tolerance_days.unsigned_abs(),
        write: |policy, days| policy.tolerance_days = days.cast_signed(),
    },
    Number {
        name: "reaction_days",
        label: "Reaction days",
        least: 0,
        most: 250,
        read: |policy| policy.reaction_days.unsigned_abs(),
        write: |policy, days| policy.reaction_days = days.cast_signed(),
    },
    Number {
        name: "damping_hours",
        label: "Hours that an estimate has to stand",
        least: 0,
        most: 720,
        read: |policy| policy.damping_hours,
        write: |policy, hours| policy.damping_hours = hours,
    },
    Number {
        name: "tell_low",
        label: "Low, working hours",
        least: 1,
        most: 200,
        read: |policy| policy.tell_within_hours(Level::Low),
        write: |policy, hours| policy.tell_within_hours[0] = hours,
    },
    Number {
        name: "tell_raised",
        label: "Raised, working hours",
        least: 1,
        most: 200,
        read: |policy| policy.tell_within_hours(Level::Raised),
        write: |policy, hours| policy.tell_within_hours[1] = hours,
    },
    Number {
        name: "tell_high",
        label: "High, working hours",
        least: 1,
        most: 200,
        read: |policy| policy.tell_within_hours(Level::High),
        write: |policy, hours| policy.tell_within_hours[2] = hours,
    },
    Number {
        name: "attempts_before_email",
        label: "Tries without an answer before an e-mail",
        least: 0,
        most: 20,
        read: |policy| policy.attempts_before_email,
        write: |policy, tries| policy.attempts_before_email = tries,
    },
    Number {
        name: "apologies_before_warning",
        label: "Apologies before a warning",
        least: 1,
        most: 50,
        read: |policy| policy.apologies_before_warning,
        write: |policy, apologies| policy.apologies_before_warning = apologies,
    },
];

/// What was typed, as a policy; and for each number that can't be kept what is wrong with it.
pub(crate) fn read(before: &Policy, typed: &Typed) -> (Policy, Vec<(&'static str, String)>) {
    let (mut policy, mut wrong) = (before.clone(), Vec::new());
    for Number { name, least, most, write, .. } in NUMBERS {
        let text = typed.get(name);
        let range = format!("Write a number from {least} to {most}.");
        match text.parse().ok().filter(|number| (least..=most).contains(number)) {
            Some(number) => write(&mut policy, number),
            None if text.is_empty() => wrong.push((name, range)),
            None => wrong.push((name, format!("“{text}” can’t be kept. {range}"))),
        }
    }
    (policy, wrong)
}

/// What has changed, in words: "tolerance, working days: 2 → 3".
pub(crate) fn changes(before: &Policy, after: &Policy) -> Vec<String> {
    let changed = NUMBERS.iter().filter(|number| (number.read)(before) != (number.read)(after));
    let say = |number: &Number| {
        format!("{}: {} → {}", number.label.to_lowercase(), (number.read)(before), (number.read)(after))
    };
    changed.map(say).collect()
}

/// The page. `typed` goes before what is kept; `policy` is what the effects are worked out with.
pub(crate) fn page(
    shell: Shell,
    nav: Nav,
    policy: &Policy,
    typed: Option<&Typed>,
    wrong: &[(&'static str, String)],
    calendar: &WorkingCalendar,
    wall: &Wall,
) -> PolicyPage {
    let effects = Effects::new(policy, calendar, wall);
    let field = |number: &Number| {
        let kept = (number.read)(policy).to_string();
        let value = typed.map_or(kept, |typed| typed.get(number.name).to_owned());
        let wrong = wrong.iter().find(|(name, _)| *name == number.name).map(|(_, why)| why.clone());
        let effect = if wrong.is_none() { effects.of(number.name) } else { String::new() };
        let hint = hint(number.name);
        Field { wrong, ..Field::new(number.name, number.label, value).hint(hint).effect(effect) }
    };
    let fields: Vec<Field> = NUMBERS.iter().map(field).collect();
    let mut fields = fields.into_iter();
    PolicyPage {
        shell,
        nav,
        news: fields.by_ref().take(3).collect(),
        telling: fields.by_ref().take(3).collect(),
        talking: fields.collect(),
        tried: typed.is_some() && wrong.is_empty(),
        refused: !wrong.is_empty(),
    }
}

fn hint(name: &str) -> &'static str {
    match name {
        "tolerance_days" => {
            "A date may move so far before the customer has to hear of it. A customer can have their own."
        }
        "reaction_days" => "Working days a customer needs to act on a change. A customer can have their own.",
        "damping_hours" => {
            "Firm dates are news at once. An estimate has to be seen again after so many hours."
        }
        "attempts_before_email" => "In person, then by phone, then by e-mail.",
        "apologies_before_warning" => "On one account, within 90 days.",
        _ => "",
    }
}

/// The sentences below the numbers.
struct Effects<'a> {
    policy: &'a Policy,
    terms: Terms,
    wall: &'a Wall,
    /// The coming Friday, 16:00.
    friday: Timestamp,
    /// A day that a customer may have been promised.
    promised: Date,
}

impl<'a> Effects<'a> {
    fn new(policy: &'a Policy, calendar: &WorkingCalendar, wall: &'a Wall) -> Self {
        let shared = Arc::new(calendar.clone());
        let terms = Terms {
            policy: policy.clone(),
            tolerance_days: policy.tolerance_days,
            reaction_days: policy.reaction_days,
            tier: Tier::Standard,
            customer_calendar: Arc::clone(&shared),
            owner_calendar: shared,
        };
        let friday = coming(Weekday::Friday, wall.today());
        let at = friday.at(16, 0, 0, 0).to_zoned(calendar.zone().clone());
        let promised = calendar.add_working_days(wall.today(), policy.reaction_days + 10);
        Self { policy, terms, wall, friday: at.map_or(wall.now, |at| at.timestamp()), promised }
    }

    fn of(&self, name: &str) -> String {
        match name {
            "tolerance_days" => self.tolerance(),
            "reaction_days" => self.reaction(),
            "damping_hours" => self.damping(),
            "tell_low" => self.telling(Level::Low),
            "tell_raised" => self.telling(Level::Raised),
            "tell_high" => self.telling(Level::High),
            "attempts_before_email" => self.attempts(),
            _ => self.apologies(),
        }
    }

    fn tolerance(&self) -> String {
        let calendar = &self.terms.customer_calendar;
        let last_quiet = calendar.add_working_days(self.promised, self.policy.tolerance_days);
        let slip = calendar.add_working_days(self.promised, self.policy.tolerance_days + 1);
        let (promised, slip) = (self.wall.day(self.promised), self.wall.day(slip));
        if self.policy.tolerance_days == 0 {
            format!("Promised for {promised}: from {slip} on it is a slip.")
        } else {
            let last_quiet = self.wall.day(last_quiet);
            format!(
                "Promised for {promised}: up to {last_quiet} it is a quiet change, from {slip} on a slip."
            )
        }
    }

    fn reaction(&self) -> String {
        let slow = Policy { tell_within_hours: [u32::MAX; 3], ..self.policy.clone() };
        let terms = Terms { policy: slow, ..self.terms.clone() };
        let by = tell_by(self.wall.now, Level::Low, [Promised::Date { on: self.promised }], &terms);
        let days = count(u64::from(self.policy.reaction_days.unsigned_abs()), "working day", "working days");
        let (promised, by) = (self.wall.day(self.promised), self.wall.moment(by));
        format!("Promised for {promised}: they hear of a slip by {by} at the latest, and have {days} to act.")
    }

    fn damping(&self) -> String {
        let stands = SignedDuration::from_hours(i64::from(self.policy.damping_hours));
        let again = self.friday.saturating_add(stands).unwrap_or(self.friday);
        let (first, again) = (self.wall.moment(self.friday), self.wall.moment(again));
        if self.policy.damping_hours == 0 {
            return "Every estimate is news at once.".to_owned();
        }
        format!("An estimate of {first} is news once a report of {again} or later says the same.")
    }

    fn telling(&self, level: Level) -> String {
        let by = tell_by(self.friday, level, [], &self.terms);
        let (firm, by) = (self.wall.moment(self.friday), self.wall.moment(by));
        format!("News on {firm}: to be told by {by}.")
    }

    fn attempts(&self) -> String {
        match self.policy.attempts_before_email {
            0 => "“No answer” is a reason for an e-mail as the first word even without a try.".to_owned(),
            tries => {
                let tries = count(u64::from(tries), "try", "tries");
                format!(
                    "After {tries} without an answer, “no answer” is a reason for an e-mail as the first word. Your leaders see it."
                )
            }
        }
    }

    fn apologies(&self) -> String {
        let apologies = count(u64::from(self.policy.apologies_before_warning), "apology", "apologies");
        format!("After {apologies} on one account, the next conversation warns that one more is worth less.")
    }
}

/// The next such day after `today`.
fn coming(weekday: Weekday, today: Date) -> Date {
    let days = match today.weekday().until(weekday) {
        0 => 7,
        days => days,
    };
    today.checked_add(i32::from(days).days()).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    fn effect(policy: &Policy, name: &str) -> String {
        let zone = TimeZone::get("Europe/Oslo").unwrap();
        let calendar = WorkingCalendar::office_hours(zone.clone()).unwrap();
        // Monday the 30th is a day off.
        let calendar = calendar.with_holidays([date(2026, 11, 30)]);
        let wall = Wall { now: "2026-11-23T08:00:00Z".parse().unwrap(), zone };
        Effects::new(policy, &calendar, &wall).of(name)
    }

    #[test]
    fn a_deadline_is_shown_on_the_real_calendar() {
        let high = effect(&Policy::default(), "tell_high");
        assert_eq!(high, "News on Fri 27 Nov 16:00: to be told by Tue 1 Dec 09:00.");
        let low = Policy { tell_within_hours: [1, 1, 1], ..Policy::default() };
        assert_eq!(effect(&low, "tell_low"), "News on Fri 27 Nov 16:00: to be told by Fri 27 Nov 17:00.");
    }

    #[test]
    fn tolerance_and_reaction_days_say_which_day_makes_the_difference() {
        let policy = Policy::default();
        assert_eq!(
            effect(&policy, "tolerance_days"),
            "Promised for Tue 15 Dec: up to Thu 17 Dec it is a quiet change, from Fri 18 Dec on a slip."
        );
        assert_eq!(
            effect(&policy, "reaction_days"),
            "Promised for Tue 15 Dec: they hear of a slip by Tue 8 Dec 08:00 at the latest, and have 5 working days to act."
        );
        let touchy = Policy { tolerance_days: 0, ..policy };
        assert_eq!(
            effect(&touchy, "tolerance_days"),
            "Promised for Tue 15 Dec: from Wed 16 Dec on it is a slip."
        );
    }

    #[test]
    fn what_has_changed_is_said_number_by_number() {
        let after = Policy { tolerance_days: 3, tell_within_hours: [8, 4, 1], ..Policy::default() };
        assert_eq!(
            changes(&Policy::default(), &after),
            ["tolerance, working days: 2 → 3", "high, working hours: 2 → 1"]
        );
    }
}
