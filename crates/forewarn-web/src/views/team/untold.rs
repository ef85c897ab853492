//! The rows of *Known, not told*.

use super::told::worked;
use super::{Seen, first};
use crate::pages::team::{LeaderActs, OpenAsk, UntoldRow, WaitBar};
use crate::pages::tone::{Chip, Choice, Tone};
use crate::views::clocks::{Clocks, near};
use crate::views::shown::{amount, count};
use crate::views::today::{not_now, temperature};
use forewarn_domain::amount::Amount;
use forewarn_domain::case::{Acknowledged, Stage};
use forewarn_store::team_view::Untold;
use jiff::tz::TimeZone;

/// What a leader asks, until they write something else.
const TEMPLATE: &str = "What do you need to make this call?";

pub(super) fn rows(seen: &Seen<'_>) -> Vec<UntoldRow> {
    let longest = seen.view.untold.iter().map(|row| row.fact_minutes + row.tell_minutes).max();
    let longest = longest.unwrap_or(1).max(1);
    seen.view.untold.iter().map(|row| shown(row, longest, seen)).collect()
}

fn shown(row: &Untold, longest: i64, seen: &Seen<'_>) -> UntoldRow {
    let wall = seen.wall;
    let href = format!("/cases/{}", row.case);
    let ask = row.ask.as_ref().map(|ask| OpenAsk {
        by: seen.name(ask.by).to_owned(),
        when: near(wall, ask.at),
        words: ask.words.for_our_people().to_owned(),
        answer: None,
    });
    let answer = row.ask.as_ref().and_then(|ask| ask.answer.as_ref());
    let (reason, without_reason) = reason(row, seen);
    UntoldRow {
        customer: row.customer_name.clone(),
        what: what(row),
        worst: worst(row),
        chips: chips(row),
        left: left(row.can_act_days),
        tell_by: match row.tell_by {
            Some(by) if by < wall.now => {
                Chip::new(format!("Tell-by passed {}", near(wall, by)), Tone::Urgent)
            }
            Some(by) => Chip::new(format!("Tell by {}", near(wall, by)), Tone::Calm),
            None => Chip::new("Not firm yet", Tone::Quiet),
        },
        known: near(wall, row.known_at),
        source: row.source.clone().unwrap_or_default(),
        waits: waits(row, longest),
        owner: match row.owner.person {
            Some(_) => row.owner.name.clone(),
            None => format!("Inbox: {}", row.owner.name),
        },
        deputy: row.away.as_ref().map(|away| match &away.deputy {
            Some(deputy) => format!("Away; {deputy} stands in"),
            None => "Away; nobody stands in".to_owned(),
        }),
        opened: match (row.owner.person, row.opened_at) {
            (None, _) => Chip::new("nobody has it", Tone::Urgent),
            (_, Some(at)) => Chip::new(format!("opened {}", near(wall, at)), Tone::Quiet),
            (_, None) => Chip::new("not opened", Tone::Watch),
        },
        attempts: attempts(row, seen),
        reason,
        without_reason,
        acknowledged: row.acknowledged.map(|lease| acknowledged(lease, seen)),
        supply: row.supply.as_ref().map(|question| {
            let by = near(wall, question.answer_by);
            format!("{} was asked for a date, by {by}.", seen.name(Some(question.of)))
        }),
        ask,
        answer: answer.map(|(_, words)| words.for_our_people().to_owned()),
        joins: row.joins.map(|by| format!("{} joins the call", seen.name(Some(by)))),
        acts: (!seen.own).then(|| {
            let others = super::tellers(seen.view).filter(|one| Some(one.id) != row.owner.person);
            let people = others.map(|one| Choice::new(one.id.to_string(), &one.name)).collect();
            let mine = row.owner.person == Some(seen.me.id);
            let owner = row.owner.person.filter(|_| !mine).map(|_| row.owner.name.as_str());
            let joins = row.joins == Some(seen.me.id);
            acts(&href, &row.customer_name, (owner, mine, joins), people, seen.query.address())
        }),
        href,
    }
}

/// What a leader can do: `owner` is whom they can ask, then whether they have it, then whether they join.
pub(crate) fn acts(
    href: &str,
    customer: &str,
    (owner, mine, joins): (Option<&str>, bool, bool),
    people: Vec<Choice>,
    onward: String,
) -> LeaderActs {
    LeaderActs {
        href: href.to_owned(),
        customer: customer.to_owned(),
        ask: owner.map(first),
        template: TEMPLATE.to_owned(),
        can_join: owner.is_some() && !joins,
        can_take: !mine,
        people,
        onward,
    }
}

/// "6 lines, 18,400 EUR"
fn what(row: &Untold) -> String {
    let lines = count(u64::from(row.lines), "line", "lines");
    let worth = row.worth.iter().filter(|worth| worth.amount != Amount::default());
    let worth = worth.map(|worth| {
        let currency = worth.currency.as_deref().unwrap_or_default();
        format!("{} {currency}", amount(worth.amount)).trim_end().to_owned()
    });
    std::iter::once(lines).chain(worth).collect::<Vec<_>>().join(", ")
}

fn worst(row: &Untold) -> String {
    let late = (row.worst_slip_days > 0).then(|| {
        let days = count(row.worst_slip_days.unsigned_abs().into(), "day", "days");
        if row.lines > 1 { format!("worst +{days}") } else { format!("+{days}") }
    });
    match (late, row.no_date) {
        (Some(late), false) => late,
        (Some(late), true) => format!("no date, {late}"),
        (None, _) => "no date".to_owned(),
    }
}

fn chips(row: &Untold) -> Vec<Chip> {
    let mut chips = Vec::new();
    if row.round > 1 {
        chips.push(Chip::new("Repeat slip", Tone::Urgent));
    }
    chips.extend(row.temperature.map(temperature));
    if row.leader_called_at.is_some() && row.stage == Stage::ToTell {
        chips.push(Chip::new("Asked for a leader", Tone::Watch));
    }
    chips
}

fn left(days: Option<i32>) -> Chip {
    match days {
        None => Chip::new("no date was promised", Tone::Watch),
        Some(0) => Chip::new("promised for today", Tone::Urgent),
        Some(days @ 1..) => {
            let tone = match days {
                ..=2 => Tone::Urgent,
                3..=5 => Tone::Watch,
                _ => Tone::Quiet,
            };
            Chip::new(format!("{} left", count(days.unsigned_abs().into(), "day", "days")), tone)
        }
        Some(days) => {
            let days = count(days.unsigned_abs().into(), "day", "days");
            Chip::new(format!("too late by {days}"), Tone::Urgent)
        }
    }
}

fn waits(row: &Untold, longest: i64) -> WaitBar {
    let width = |minutes: i64| u8::try_from((minutes * 100 + longest - 1) / longest).unwrap_or(100).min(100);
    let facts = worked(row.fact_minutes);
    let firm = row.firm_at.is_some();
    WaitBar {
        fact: match (firm, row.fact_minutes) {
            (true, 0) => "facts at once".to_owned(),
            (true, _) => format!("facts {facts}"),
            (false, _) => format!("facts {facts} so far"),
        },
        tell: firm.then(|| format!("telling {}", worked(row.tell_minutes))),
        fact_width: width(row.fact_minutes),
        tell_width: width(row.tell_minutes),
    }
}

fn attempts(row: &Untold, seen: &Seen<'_>) -> String {
    let last = row
        .last_attempt
        .map(|(at, outcome)| format!("{} {}", outcome.name().to_lowercase(), near(seen.wall, at)));
    match (row.attempts, last) {
        (1, Some(last)) => format!("1 try: {last}"),
        (n, Some(last)) => format!("{n} tries, last: {last}"),
        (_, None) => "no try yet".to_owned(),
    }
}

/// Whoever sees to it, for as long as that holds.
fn acknowledged(lease: Acknowledged, seen: &Seen<'_>) -> String {
    let (by, until) = (seen.name(lease.by), near(seen.wall, lease.until));
    if lease.until > seen.wall.now {
        format!("{by} sees to it until {until}.")
    } else {
        format!("{by} meant to see to it by {until}.")
    }
}

/// The reason for *Not now*; and whether there is none, or none that still holds, though it is fit to tell.
fn reason(row: &Untold, seen: &Seen<'_>) -> (String, bool) {
    let firm = row.firm_at.is_some();
    let late = row.tell_by.is_some_and(|by| by < seen.wall.now);
    let Some((since, reason)) = &row.not_now else {
        return match (firm, late) {
            (false, _) => ("Waiting for facts.".to_owned(), false),
            (true, false) => ("In time so far.".to_owned(), false),
            (true, true) => ("No reason given.".to_owned(), true),
        };
    };
    let zone = TimeZone::get(&row.zone).unwrap_or_else(|_| seen.wall.zone.clone());
    let clocks = Clocks::new(seen.wall.clone(), zone, row.place.as_deref());
    let over = reason.holds_until().is_some_and(|until| until < seen.wall.now);
    let text = not_now(reason, seen.people, &clocks);
    let end = if over { " That time has passed." } else { "" };
    (format!("{text} Said {}.{end}", near(seen.wall, *since)), firm && over)
}
