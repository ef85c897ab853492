//! The rules that never bend, and random histories that try to bend them.

mod leading;
mod letters;
mod model;
mod rules;
mod story;

use super::*;
use crate::calendar::WorkingCalendar;
use crate::evidence::Outlook;
use crate::fact::LineKey;
use crate::ids::{PersonId, PromiseId};
use crate::policy::{Policy, Terms, Tier};
use crate::promise::{Expectation, Promised};
use crate::slip::Slip;
use crate::text::CustomerText;
use jiff::civil::{Date, date};
use jiff::{Timestamp, tz::TimeZone};

/// Monday 2 November 2026, 09:00 in Berlin.
fn monday() -> Timestamp {
    at(date(2026, 11, 2), 9)
}

fn at(day: Date, hour: i8) -> Timestamp {
    day.at(hour, 0, 0, 0).to_zoned(berlin()).unwrap().timestamp()
}

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap()
}

fn terms() -> Terms {
    let calendar = std::sync::Arc::new(WorkingCalendar::office_hours(berlin()).unwrap());
    Terms {
        policy: Policy::default(),
        tolerance_days: 2,
        reaction_days: 5,
        tier: Tier::Standard,
        customer_calendar: calendar.clone(),
        owner_calendar: calendar,
    }
}

fn rep() -> Owner {
    Owner::Person { person: PersonId(7) }
}

fn anna() -> CustomerText {
    CustomerText::new("Anna").unwrap()
}

/// A line promised for `promised` of which a report, observed at `seen`, says `outlook`.
fn slipped(id: i64, promised: Date, outlook: Outlook, seen: Timestamp) -> Observation {
    let promise = PromiseId(id);
    let promised = Promised::Date { on: promised };
    let line = LineFacts {
        promise,
        key: LineKey { order: "4471".to_owned(), line: id.to_string(), schedule: String::new() },
        promised,
        outlook,
        slip: Slip::measure(promised, outlook, &terms()),
        value: crate::amount::Amount::whole(1_000),
        known_at: seen,
        observed_at: seen,
        source: "orders.csv".to_owned(),
    };
    Observation { promise, observed: Observed::Slipped { line, confirmed: false } }
}

fn moved(id: i64, outlook: Outlook, seen: Timestamp) -> Observation {
    let source = "orders.csv".to_owned();
    let observed = Observed::Outlook { outlook, observed_at: seen, source, confirmed: false };
    Observation { promise: PromiseId(id), observed }
}

fn by_phone(lines: &[(i64, Expectation)]) -> Telling {
    let lines = lines.iter().map(|(id, expectation)| (PromiseId(*id), *expectation)).collect();
    Telling { to: anna(), channel: Channel::Phone, lines }
}

fn on(day: Date) -> Expectation {
    Expectation::NewDate { on: day }
}

/// A history that grows act by act, as the store keeps it.
#[derive(Debug, Clone)]
struct History {
    events: Vec<Recorded>,
}

impl History {
    fn open(now: Timestamp, slips: Vec<Observation>) -> Self {
        let mut history = Self { events: Vec::new() };
        history.append(now, Case::open(rep(), now, &terms(), slips));
        history
    }

    /// A firm slip of line 1: promised 6 November, now 27 November.
    fn with_news() -> Self {
        let firm = Outlook::Firm { on: date(2026, 11, 27) };
        Self::open(monday(), vec![slipped(1, date(2026, 11, 6), firm, monday())])
    }

    fn told() -> Self {
        let mut history = Self::with_news();
        let telling = by_phone(&[(1, on(date(2026, 11, 27)))]);
        history.act(monday(), |case| case.tell(telling, None, monday(), &terms())).unwrap();
        history
    }

    fn append(&mut self, now: Timestamp, events: Vec<CaseEvent>) {
        for event in events {
            let seq = self.events.len() as u32 + 1;
            self.events.push(Recorded { seq, at: now, by: Some(PersonId(7)), event });
        }
    }

    fn case(&self) -> Case {
        Case::replay(&self.events).unwrap()
    }

    fn act(
        &mut self,
        now: Timestamp,
        act: impl FnOnce(&Case) -> Result<Vec<CaseEvent>, Refused>,
    ) -> Result<(), Refused> {
        let events = act(&self.case())?;
        self.append(now, events);
        Ok(())
    }

    fn hear(&mut self, now: Timestamp, observations: Vec<Observation>) {
        let events = self.case().hear(now, &terms(), observations);
        self.append(now, events);
    }
}
