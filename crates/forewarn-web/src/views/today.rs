//! Today: calls, sorted by what the customers can still do.

use super::clocks::{Clocks, near, near_day};
use super::shown::{Wall, count};
use crate::pages::shell::Shell;
use crate::pages::team::OpenAsk;
use crate::pages::today::{CallRow, Empty, Phone, Section as Shown, TodayPage};
use crate::pages::tone::{Chip, Choice, Tone};
use forewarn_domain::case::{NotNow, Section, Stage};
use forewarn_domain::ids::PersonId;
use forewarn_domain::severity::Temperature;
use forewarn_store::people::Person;
use forewarn_store::settings::Company;
use forewarn_store::today::{Asked, LastImport, Today, TodayRow};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan as _};

/// The page for `me`.
pub(crate) fn page(
    shell: Shell,
    today: &Today,
    me: &Person,
    people: &[Person],
    company: &Company,
    wall: &Wall,
) -> TodayPage {
    let colleagues = people.iter().filter(|one| one.id != me.id && one.disabled_at.is_none());
    let last_day = wall.today().saturating_add(60.days());
    let mut sections: Vec<Shown> = Section::ALL
        .into_iter()
        .map(|section| {
            let rows = today.rows.iter().filter(|row| row.section == section);
            shown(section, rows.map(|row| call(row, me, people, wall)).collect())
        })
        .filter(|section| !section.rows.is_empty())
        .collect();
    if let Some(first) = sections.first_mut().and_then(|section| section.rows.first_mut()) {
        first.next = true;
    }
    TodayPage {
        shell,
        summary: summary(today),
        source: today.last_import.as_ref().map_or_else(String::new, |last| source(last, wall)),
        quiet: today.quiet_changes as usize,
        stale: today.last_import.as_ref().and_then(|last| stale(last, company, wall)),
        sections,
        empty: Empty { checked: checked(today, wall) },
        first_run: today.last_import.is_none() && today.rows.is_empty(),
        not_now_days: (wall.today().to_string(), last_day.to_string()),
        colleagues: colleagues.map(|one| Choice::new(one.id.to_string(), one.name.clone())).collect(),
    }
}

/// A person's day in half a sentence: "5 calls, 14 lines, one of them furious".
pub(crate) fn at_a_glance(today: &Today) -> String {
    let furious = today.rows.iter().filter(|row| row.temperature == Some(Temperature::Furious)).count();
    let waiting = today.rows.len();
    match (waiting, furious) {
        (0, _) => "nobody to call".to_owned(),
        (_, 0) => summary(today),
        (_, 1) => format!("{}; one customer is furious", summary(today)),
        (_, many) => format!("{}; {many} customers are furious", summary(today)),
    }
}

fn summary(today: &Today) -> String {
    let calls =
        || today.rows.iter().filter(|row| matches!(row.section, Section::CallNow | Section::CallToday));
    match calls().count() {
        0 => "nobody to call".to_owned(),
        n => {
            let lines = calls().map(|row| u64::from(row.lines)).sum();
            format!("{}, {}", count(n as u64, "call", "calls"), count(lines, "line", "lines"))
        }
    }
}

fn source(last: &LastImport, wall: &Wall) -> String {
    format!("From the import of {} ({}).", near(wall, last.imported_at), last.file)
}

fn checked(today: &Today, wall: &Wall) -> String {
    let Some(last) = &today.last_import else { return String::new() };
    let when = near(wall, last.imported_at);
    format!("The last import was {when} ({}). No move in it has to be told to anybody now.", last.file)
}

/// A report that is a whole working day and two hours old is missed by somebody.
fn stale(last: &LastImport, company: &Company, wall: &Wall) -> Option<String> {
    let worked = company.calendar.working_time_between(last.imported_at, wall.now);
    (worked > SignedDuration::from_hours(10))
        .then(|| format!("No import since {}. Dates below may be wrong.", near(wall, last.imported_at)))
}

fn shown(section: Section, rows: Vec<CallRow>) -> Shown {
    let (id, hint, tone, icon) = match section {
        Section::CallNow => ("call-now", "time to act is running out", Tone::Urgent, "phone"),
        Section::CallToday => ("call-today", "before the day is over", Tone::Watch, "clock"),
        Section::WaitingForFacts => ("waiting", "not firm enough to tell yet", Tone::Quiet, "facts"),
        Section::NextWordsDue => ("next-words", "kept even if nothing has changed", Tone::Calm, "word"),
        Section::DeliverAndClose => ("closing-calls", "back to business as usual", Tone::Good, "deliver"),
    };
    Shown { id: id.into(), title: section.name().into(), hint: hint.into(), tone, icon, rows }
}

fn call(row: &TodayRow, me: &Person, people: &[Person], wall: &Wall) -> CallRow {
    let href = format!("/cases/{}", row.case);
    let zone = TimeZone::get(&row.zone).unwrap_or_else(|_| wall.zone.clone());
    let clocks = Clocks::new(wall.clone(), zone, row.place.as_deref());
    let to_tell = matches!(row.stage, Stage::ToTell | Stage::WaitingForFacts);
    let (open_label, anchor) = match row.section {
        Section::CallNow | Section::CallToday => ("Prepare", ""),
        Section::WaitingForFacts => ("Open", ""),
        Section::NextWordsDue if row.good_news => ("Tell the good news", "#good-news"),
        Section::NextWordsDue if row.next_word_by.is_some() => ("Keep your word", "#next-words"),
        Section::NextWordsDue => ("Open", "#arrivals"),
        Section::DeliverAndClose => ("Close", "#closing"),
    };
    CallRow {
        customer: row.customer_name.clone(),
        lines: count(u64::from(row.lines), "line", "lines"),
        orders: count(row.orders.len() as u64, "order", "orders"),
        worst: worst(row),
        can_act: row.can_act_days.filter(|_| to_tell).map(can_act),
        due: due(row, wall, &clocks),
        not_now: row.not_now.as_ref().map(|reason| not_now(reason, people, &clocks)),
        ask: row.asked.as_ref().map(|asked| ask(asked, &href, me, people, wall)),
        chips: chips(row, me, people),
        told: format!("told {}/{}", row.told, row.lines),
        place: place(row, &clocks),
        phone: row.phone.as_deref().and_then(|number| phone(row.contact.as_deref(), number)),
        open_label: open_label.to_owned(),
        open_href: format!("{href}{anchor}"),
        can_wait: to_tell,
        next: false,
        seen: String::new(),
        href,
    }
}

fn ask(asked: &Asked, href: &str, me: &Person, people: &[Person], wall: &Wall) -> OpenAsk {
    OpenAsk {
        by: named(people, asked.by),
        when: near(wall, asked.at),
        words: asked.words.for_our_people().to_owned(),
        answer: (asked.by != Some(me.id)).then(|| format!("{href}/ask-answers")),
    }
}

fn named(people: &[Person], id: Option<PersonId>) -> String {
    people.iter().find(|one| Some(one.id) == id).map_or("Your leader", |one| one.name.as_str()).to_owned()
}

/// "worst +21 days", "no date"
fn worst(row: &TodayRow) -> Option<String> {
    let late = (row.worst_slip_days > 0).then(|| match row.lines {
        1 => format!("+{}", count(row.worst_slip_days.unsigned_abs().into(), "day", "days")),
        _ => format!("worst +{}", count(row.worst_slip_days.unsigned_abs().into(), "day", "days")),
    });
    match (late, row.no_date) {
        (None, false) => None,
        (Some(late), false) => Some(late),
        (None, true) => Some("no date".to_owned()),
        (Some(late), true) => Some(format!("no date, {late}")),
    }
}

/// How long a customer can still act.
pub(crate) fn can_act(days: i32) -> String {
    match days {
        1.. => format!("They can still act: {}", count(days.unsigned_abs().into(), "day", "days")),
        0 => "Too late to act: promised for today".to_owned(),
        _ => {
            let days = count(days.unsigned_abs().into(), "working day", "working days");
            format!("Too late to act: the promised day was {days} ago")
        }
    }
}

fn due(row: &TodayRow, wall: &Wall, clocks: &Clocks) -> Option<String> {
    let when = |at| near(wall, at);
    match row.section {
        Section::CallNow | Section::CallToday => row.tell_by.map(|by| tell_by(by, wall)),
        Section::WaitingForFacts => row.next_due_at.map(|by| {
            if row.tell_by.is_some() {
                format!("To be told by {}, firm or not.", when(by))
            } else {
                format!("Facts are due by {}; then it is news, firm or not.", when(by))
            }
        }),
        Section::NextWordsDue if row.good_news => Some("There is good news to tell them.".to_owned()),
        Section::NextWordsDue => match row.next_word_by {
            Some(by) if row.next_word_missed || by < wall.now => {
                Some(format!("You promised them a word by {}: it is late.", clocks.moment(by)))
            }
            Some(by) => Some(format!("You promised them a word by {}.", clocks.moment(by))),
            None => row.next_due_at.map(|at| {
                let day = near_day(wall, wall.zone.to_datetime(at).date());
                format!("Look {day} whether it has arrived.")
            }),
        },
        Section::DeliverAndClose => Some("It has arrived. Ask whether all is well, then close.".to_owned()),
    }
}

/// The deadline for telling, ahead or missed.
pub(crate) fn tell_by(by: jiff::Timestamp, wall: &Wall) -> String {
    let when = near(wall, by);
    if by < wall.now { format!("They should have been told by {when}.") } else { format!("Tell by {when}.") }
}

/// The reason for *Not now*, as a sentence.
pub(crate) fn not_now(reason: &NotNow, people: &[Person], clocks: &Clocks) -> String {
    let wall = &clocks.mine;
    match reason {
        NotNow::WaitingForFirmDate { until } => {
            let day = near_day(wall, wall.zone.to_datetime(*until).date());
            format!("Not now: waiting for a firm date until {day}.")
        }
        NotNow::CustomerAskedFor { at } => {
            format!("Not now: they asked to be called {}.", clocks.moment(*at))
        }
        NotNow::SomeoneElseTells { who, by } => {
            let name =
                people.iter().find(|one| one.id == *who).map_or("a colleague", |one| one.name.as_str());
            format!("Not now: {name} tells them by {}.", near(wall, *by))
        }
        NotNow::NotNews { why } => format!("Not news for them: {}", why.for_our_people()),
    }
}

fn chips(row: &TodayRow, me: &Person, people: &[Person]) -> Vec<Chip> {
    let mut chips = Vec::new();
    if let Some(joins) = row.joins {
        chips.push(Chip::new(format!("{} joins", named(people, Some(joins))), Tone::Calm));
    }
    if row.is_repeat() && matches!(row.stage, Stage::ToTell | Stage::WaitingForFacts) {
        chips.push(Chip::new("Repeat slip", Tone::Urgent));
    }
    chips.extend(row.temperature.map(temperature));
    if row.good_news {
        chips.push(Chip::new("Good news", Tone::Good));
    }
    if row.owner.person != Some(me.id) {
        let name = &row.owner.name;
        let text = if row.owner.person.is_some() { name.clone() } else { format!("Inbox: {name}") };
        chips.push(Chip::new(text, Tone::Quiet));
    }
    chips
}

/// How they took it last, as a capsule.
pub(crate) fn temperature(felt: Temperature) -> Chip {
    match felt {
        Temperature::Calm => Chip::new("Calm", Tone::Quiet),
        Temperature::Concerned => Chip::new("Concerned", Tone::Watch),
        Temperature::Upset => Chip::new("Upset", Tone::Watch),
        Temperature::Furious => Chip::new("Furious", Tone::Urgent),
    }
}

/// Where they are, if that is known or is another clock than ours.
fn place(row: &TodayRow, clocks: &Clocks) -> Option<String> {
    let known = row.place.is_some() || !clocks.agree(clocks.mine.now);
    known.then(|| clocks.there_now(row.open_now))
}

/// A number to call, and for whom.
pub(crate) fn phone(contact: Option<&str>, number: &str) -> Option<Phone> {
    let tel: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let name = contact.and_then(|name| name.split_whitespace().next()).unwrap_or("them");
    (!tel.is_empty()).then(|| Phone { name: name.to_owned(), tel, shown: number.trim().to_owned() })
}
