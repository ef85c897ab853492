//! A Friday afternoon: what the ladders for telling would do, on the real calendar and with real people.

use super::Known;
use crate::pages::settings::{Example, ExampleStep, TimeStrip};
use crate::views::shown::Wall;
use forewarn_domain::case::Owner;
use forewarn_domain::escalation::{EscalationStep, OutsideHours, Span};
use forewarn_domain::ids::PersonId;
use forewarn_domain::policy::{Terms, Tier};
use forewarn_domain::roster::{Sought, WhyPassedOver};
use forewarn_domain::severity::{Level, tell_by};
use jiff::civil::Weekday;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The example as usual, and when it is hot.
pub(super) fn both(known: &Known<'_>) -> Vec<Example> {
    let policy = &known.policy.escalation;
    let usual = example("As usual", &policy.tell, Level::Raised, false, known);
    let hot =
        example("A repeat slip, or a furious customer", &policy.tell_when_hot, Level::High, true, known);
    vec![usual, hot]
}

/// One step, with when it comes and whom it reaches.
struct Heard {
    at: Timestamp,
    mail: Timestamp,
    who: Option<PersonId>,
    why: String,
}

fn example(
    title: &'static str,
    steps: &[EscalationStep],
    level: Level,
    hot: bool,
    known: &Known<'_>,
) -> Example {
    let wall = Wall { now: known.now, zone: known.calendar.zone().clone() };
    let begins = friday_afternoon(known, &wall);
    let span = Span { begins, due: tell_by(begins, level, [], &terms(known)) };
    let heard = heard(steps, span, hot, known, &wall);
    let (news, due) = (wall.moment(begins), wall.moment(span.due));
    Example {
        title,
        says: format!("News on {news}; to be told by {due}. Nobody tells them."),
        strip: strip(span, &heard, known, &wall),
        steps: heard.iter().map(|heard| step(heard, known, &wall)).collect(),
    }
}

/// The coming Friday at 15:00; or, where nobody works then, two working hours before the end of that week.
fn friday_afternoon(known: &Known<'_>, wall: &Wall) -> Timestamp {
    let today = wall.today();
    let days = match today.weekday().until(Weekday::Friday) {
        0 => 7,
        days => days,
    };
    let friday = today.checked_add(i32::from(days).days()).unwrap_or(today);
    let at = friday.at(15, 0, 0, 0).to_zoned(wall.zone.clone()).map_or(known.now, |at| at.timestamp());
    if known.calendar.is_open(at) {
        return at;
    }
    let closing = known.calendar.end_of_work(friday);
    known.calendar.subtract_working_time(closing, SignedDuration::from_hours(2)).max(known.now)
}

fn terms(known: &Known<'_>) -> Terms {
    let calendar = Arc::new(known.calendar.clone());
    Terms {
        policy: known.policy.clone(),
        tolerance_days: known.policy.tolerance_days,
        reaction_days: known.policy.reaction_days,
        tier: Tier::Standard,
        customer_calendar: Arc::clone(&calendar),
        owner_calendar: calendar,
    }
}

fn heard(steps: &[EscalationStep], span: Span, hot: bool, known: &Known<'_>, wall: &Wall) -> Vec<Heard> {
    let outside = match known.policy.escalation.outside_hours {
        OutsideHours::Never => false,
        OutsideHours::WhenHot => hot,
        OutsideHours::Always => true,
    };
    let mut told = BTreeSet::new();
    let mut heard = Vec::with_capacity(steps.len());
    for step in steps {
        let at = span.moment(step.when, known.calendar);
        let sought = Sought {
            to: step.to,
            owner: Owner::Person { person: known.owner },
            supply_owner: None,
            told: told.clone(),
        };
        let found = known.roster.find(&sought, |_| at);
        let passed_over: Vec<String> = found
            .passed_over
            .iter()
            .filter(|passed| !matches!(passed.why, WhyPassedOver::HasToDoIt))
            .map(|passed| over(passed.person, passed.why, known, wall))
            .collect();
        let why =
            std::iter::once(step.to.name().to_lowercase()).chain(passed_over).collect::<Vec<_>>().join("; ");
        let mail = if outside { at } else { known.calendar.next_opening(at) };
        told.extend(found.person);
        heard.push(Heard { at, mail, who: found.person, why });
    }
    heard
}

/// Why somebody was passed over: "Jon Eide is away until Mon 7 Dec".
fn over(person: Option<PersonId>, why: WhyPassedOver, known: &Known<'_>, wall: &Wall) -> String {
    let name = person.map_or("nobody", |person| name_of(person, known));
    match why {
        WhyPassedOver::Away { until } => format!("{name} is away until {}", wall.moment(until)),
        WhyPassedOver::NotHereAnyMore => format!("{name} is not here any more"),
        WhyPassedOver::NoAddress => format!("{name} has no e-mail address"),
        WhyPassedOver::MailComesBack => format!("mail to {name} comes back"),
        WhyPassedOver::SeesFactsOnly => format!("{name} sees no conversations"),
        WhyPassedOver::HasToDoIt => format!("{name} has to do it"),
        WhyPassedOver::NobodyOwnsIt => "nobody owns it".to_owned(),
        WhyPassedOver::NoLeader { .. } => "the team has no leader".to_owned(),
    }
}

fn name_of<'a>(person: PersonId, known: &'a Known<'_>) -> &'a str {
    let person = known.people.iter().find(|one| one.id == person);
    person.map_or("somebody", |person| person.name.as_str())
}

fn step(heard: &Heard, known: &Known<'_>, wall: &Wall) -> ExampleStep {
    ExampleStep {
        when: wall.moment(heard.at),
        who: heard.who.map_or("Nobody", |who| name_of(who, known)).to_owned(),
        why: heard.why.clone(),
        mail: if heard.mail > heard.at {
            format!("In the program at once; mail and chat wait until {}.", wall.moment(heard.mail))
        } else {
            String::new()
        },
    }
}

/// How long the strip is.
const LONG: i64 = 600;

fn strip(span: Span, heard: &[Heard], known: &Known<'_>, wall: &Wall) -> TimeStrip {
    let hour = SignedDuration::from_hours(1);
    let last = heard.iter().map(|heard| heard.at).fold(span.due, Timestamp::max);
    let (start, end) = (span.begins.saturating_sub(hour), last.saturating_add(hour * 2));
    let (start, end) = (start.unwrap_or(span.begins), end.unwrap_or(last));
    let long = end.duration_since(start).as_secs().max(1);
    let place = |at: Timestamp| {
        let place = at.duration_since(start).as_secs() * LONG / long;
        i32::try_from(place.clamp(0, LONG)).unwrap_or(0)
    };
    TimeStrip {
        open: open(start, end, known)
            .into_iter()
            .map(|(from, to)| (place(from), place(to) - place(from)))
            .collect(),
        days: days(start, end, wall).into_iter().map(|(at, name)| (place(at), name)).collect(),
        news: place(span.begins),
        due: place(span.due),
        marks: marks(heard.iter().map(|heard| place(heard.at)).collect()),
        label: label(heard, known, wall),
    }
}

/// Marks that would cover one another are stacked.
fn marks(places: Vec<i32>) -> Vec<(i32, i32, usize)> {
    let mut marks: Vec<(i32, i32, usize)> = Vec::with_capacity(places.len());
    for (n, place) in places.into_iter().enumerate() {
        let near = |(x, y, _): &(i32, i32, usize), height| (x - place).abs() < 20 && *y == height;
        let height = [0, 18].into_iter().find(|height| !marks.iter().any(|mark| near(mark, *height)));
        marks.push((place, height.unwrap_or(18), n + 1));
    }
    marks
}

/// The stretches of working time between two moments.
fn open(start: Timestamp, end: Timestamp, known: &Known<'_>) -> Vec<(Timestamp, Timestamp)> {
    let step = SignedDuration::from_mins(15);
    let (mut stretches, mut at) = (Vec::<(Timestamp, Timestamp)>::new(), start);
    while at < end {
        let next = at.saturating_add(step).unwrap_or(end).min(end);
        if known.calendar.is_open(at) {
            match stretches.last_mut() {
                Some(last) if last.1 == at => last.1 = next,
                _ => stretches.push((at, next)),
            }
        }
        at = next;
    }
    stretches
}

/// Where days begin; at most a handful are named, so that the names have room.
fn days(start: Timestamp, end: Timestamp, wall: &Wall) -> Vec<(Timestamp, String)> {
    let first = wall.zone.to_datetime(start).date();
    let mut days = vec![(start, first.strftime("%a").to_string())];
    let later = first.series(1.day()).skip(1).take(40);
    days.extend(later.filter_map(|day| {
        let at = day.to_zoned(wall.zone.clone()).ok()?.timestamp();
        (at < end).then(|| (at, day.strftime("%a").to_string()))
    }));
    if days.len() > 10 {
        days.iter_mut().enumerate().filter(|(n, _)| n % 7 != 0).for_each(|(_, (_, name))| name.clear());
    }
    days
}

fn label(heard: &[Heard], known: &Known<'_>, wall: &Wall) -> String {
    let words = heard.iter().enumerate().map(|(n, heard)| {
        let who = heard.who.map_or("nobody", |who| name_of(who, known));
        format!("{}: {}, {who}", n + 1, wall.moment(heard.at))
    });
    words.collect::<Vec<_>>().join("; ")
}
