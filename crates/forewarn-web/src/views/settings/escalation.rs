//! Escalation: the ladders as fields, and a Friday afternoon as an example.

mod example;
mod ladders;

pub(crate) use ladders::read;

use crate::pages::settings::{EscalationPage, Field, Nav};
use crate::pages::shell::Shell;
use crate::pages::tone::Choice;
use crate::typed::Typed;
use crate::views::shown::count;
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::escalation::{EscalationPolicy, OutsideHours};
use forewarn_domain::ids::PersonId;
use forewarn_domain::people::Role;
use forewarn_domain::policy::Policy;
use forewarn_domain::roster::Roster;
use forewarn_store::people::Person;
use jiff::Timestamp;

/// What the example is made of.
pub(crate) struct Known<'a> {
    /// The policy to show.
    pub(crate) policy: &'a Policy,
    /// Everybody.
    pub(crate) people: &'a [Person],
    /// Who acts for whom.
    pub(crate) roster: &'a Roster,
    /// Whose customer it is about.
    pub(crate) owner: PersonId,
    /// When they work.
    pub(crate) calendar: &'a WorkingCalendar,
    /// What time it is.
    pub(crate) now: Timestamp,
}

/// What is wrong with what was typed: the ladder, or the field, and why.
pub(crate) type Wrong = (&'static str, String);

/// The page. `typed` goes before what is kept.
pub(crate) fn page(
    shell: Shell,
    nav: Nav,
    known: &Known<'_>,
    typed: Option<&Typed>,
    wrong: &[Wrong],
) -> EscalationPage {
    let policy = &known.policy.escalation;
    EscalationPage {
        shell,
        nav,
        examples: example::both(known),
        owners: owners(known),
        ladders: ladders::forms(policy, typed, wrong),
        outside: outside(policy.outside_hours),
        weekly: Choice::list(
            &[("on", "Write them"), ("off", "Don’t")],
            if policy.weekly_words { "on" } else { "off" },
        ),
        acknowledged: acknowledged(policy, typed, wrong),
        tried: typed.is_some() && wrong.is_empty(),
        refused: !wrong.is_empty(),
    }
}

/// What has changed, in words.
pub(crate) fn changes(before: &EscalationPolicy, after: &EscalationPolicy) -> Vec<String> {
    let mut changes = ladders::changes(before, after);
    if before.outside_hours != after.outside_hours {
        changes
            .push(format!("outside of working hours: {}", outside_name(after.outside_hours).to_lowercase()));
    }
    if before.weekly_words != after.weekly_words {
        let words = if after.weekly_words { "leaders get their weekly words" } else { "no weekly words" };
        changes.push(words.to_owned());
    }
    if before.acknowledged_for_hours != after.acknowledged_for_hours {
        let hours = after.acknowledged_for_hours;
        changes.push(format!(
            "“I’m on it” holds for {}",
            count(u64::from(hours), "working hour", "working hours")
        ));
    }
    changes
}

/// Whoever can own an account and is here.
pub(crate) fn can_own(person: &Person) -> bool {
    person.disabled_at.is_none() && person.role != Role::SupplyOwner
}

fn owners(known: &Known<'_>) -> Vec<Choice> {
    let choice = |person: &Person| {
        let choice = Choice::new(person.id.to_string(), &person.name);
        if person.id == known.owner { choice.chosen() } else { choice }
    };
    known.people.iter().filter(|person| can_own(person)).map(choice).collect()
}

pub(super) const OUTSIDE: [(&str, OutsideHours); 3] =
    [("never", OutsideHours::Never), ("when-hot", OutsideHours::WhenHot), ("always", OutsideHours::Always)];

fn outside(chosen: OutsideHours) -> Vec<Choice> {
    let choice = |(word, outside): &(&str, OutsideHours)| {
        let choice = Choice::new(*word, outside_name(*outside));
        if *outside == chosen { choice.chosen() } else { choice }
    };
    OUTSIDE.iter().map(choice).collect()
}

fn outside_name(outside: OutsideHours) -> &'static str {
    match outside {
        OutsideHours::Never => "Never",
        OutsideHours::WhenHot => "Only when it is hot",
        OutsideHours::Always => "At any time",
    }
}

/// The name of the field for the weekly words of leaders.
pub(super) const WEEKLY: &str = "weekly_words";

/// The name of the field for how long an acknowledgement holds.
pub(super) const ACKNOWLEDGED: &str = "acknowledged_for_hours";

fn acknowledged(policy: &EscalationPolicy, typed: Option<&Typed>, wrong: &[Wrong]) -> Field {
    let hours = policy.acknowledged_for_hours;
    let value = typed.map_or_else(|| hours.to_string(), |typed| typed.get(ACKNOWLEDGED).to_owned());
    let why = wrong.iter().find(|(field, _)| *field == ACKNOWLEDGED).map(|(_, why)| why.clone());
    let says = format!(
        "Whoever taps “I’m on it” has {}. If the customer has not been told by then, the next step comes at once, and says so.",
        count(u64::from(hours), "working hour", "working hours")
    );
    let effect = if why.is_none() { says } else { String::new() };
    Field {
        wrong: why,
        ..Field::new(ACKNOWLEDGED, "Holds the next step back for, working hours", value).effect(effect)
    }
}
