//! Promises as rows, and one promise with everything that was said about it.

use super::shown::{Wall, address, amount, count, money};
use crate::pages::chart::{DateWalk, WalkKind};
use crate::pages::promises::{CustomerHit, EvidenceRow, PromisePage, PromiseRow, PromisesPage};
use crate::pages::shell::Shell;
use crate::pages::tone::{Chip, Choice, Tone};
use forewarn_domain::amount::Amount;
use forewarn_domain::evidence::{Outlook, Source};
use forewarn_domain::fact::LineStatus;
use forewarn_domain::promise::{Promise, Promised};
use forewarn_domain::slip::Slip;
use forewarn_store::Page;
use forewarn_store::customers::Customer;
use forewarn_store::people::Person;
use forewarn_store::promises::{self as stored, Standing};

/// The names of the filter in the address, and on the page. The first is what one sees unasked.
pub(crate) const STANDINGS: [(&str, &str, Standing); 7] = [
    ("", "Open lines", Standing::Open),
    ("late", "Late", Standing::Late),
    ("quiet", "Quiet changes", Standing::Quiet),
    ("no-date", "Without a date", Standing::NoDate),
    ("delivered", "Delivered", Standing::Delivered),
    ("missing", "Missing from the report", Standing::Missing),
    ("all", "All lines", Standing::All),
];

/// What was asked for, as it stands in the address.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub(crate) text: String,
    pub(crate) state: String,
    pub(crate) owner: String,
    pub(crate) customer: String,
    pub(crate) after: String,
}

impl Asked {
    /// Which promises: open ones, unless the address says otherwise.
    pub(crate) fn standing(&self) -> Standing {
        STANDINGS.iter().find(|(name, ..)| *name == self.state).map_or(Standing::Open, |found| found.2)
    }

    fn address(&self, after: &str) -> String {
        let Self { text, state, owner, customer, .. } = self;
        let query = [("q", text), ("state", state), ("owner", owner), ("customer", customer)];
        let query = query.map(|(name, value)| (name, value.as_str()));
        address("/promises", &[&query[..], &[("after", after)]].concat())
    }
}

/// The list.
pub(crate) fn list(
    shell: Shell,
    asked: &Asked,
    found: &Page<stored::PromiseRow>,
    customers: &[Customer],
    people: &[Person],
    wall: &Wall,
) -> PromisesPage {
    let states: Vec<_> = STANDINGS.iter().map(|(value, label, _)| (*value, *label)).collect();
    let everybody = [Choice::new("", "Everybody"), Choice::new("me", "Me")];
    let each = people.iter().map(|person| Choice::new(person.id.to_string(), &person.name));
    let owners = everybody.into_iter().chain(each);
    PromisesPage {
        summary: summary(asked, found, &states),
        query: asked.text.clone(),
        states: Choice::list(&states, &asked.state),
        owners: owners.map(|c| if c.value == asked.owner { c.chosen() } else { c }).collect(),
        customer: asked.customer.clone(),
        customers: customers.iter().map(customer_hit).collect(),
        rows: found.rows.iter().map(|found| row(found, wall)).collect(),
        next_page: found.next.as_deref().map(|after| asked.address(after)),
        first_page: (!asked.after.is_empty()).then(|| asked.address("")),
        shell: Shell { search: asked.text.clone(), ..shell },
    }
}

/// One promise. `confirm` is whether this person may say something about its date.
pub(crate) fn one(
    shell: Shell,
    found: &stored::PromiseRow,
    evidence: &[stored::EvidenceRow],
    owner: Option<&str>,
    may: May,
    wall: &Wall,
) -> PromisePage {
    let promise = &found.promise;
    let href = format!("/promises/{}", promise.id);
    let ended = promise.delivered.is_some() || found.status == LineStatus::Cancelled;
    PromisePage {
        row: row(found, wall),
        customer_href: format!("/customers/{}", promise.customer),
        case_href: found.case.filter(|_| may.see_cases).map(|case| format!("/cases/{case}")),
        facts: facts(found, owner, wall),
        evidence: evidence.iter().rev().map(|evidence| said(evidence, wall)).collect(),
        confirm: (may.state_dates && !ended).then(|| format!("{href}/evidence")),
        shell,
    }
}

/// What this person may do with a promise beyond looking at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct May {
    /// Open its case.
    pub(crate) see_cases: bool,
    /// Confirm or correct its date.
    pub(crate) state_dates: bool,
}

/// A promise in a row.
pub(crate) fn row(found: &stored::PromiseRow, wall: &Wall) -> PromiseRow {
    let promise = &found.promise;
    PromiseRow {
        href: format!("/promises/{}", promise.id),
        order: order(promise),
        customer: found.customer_name.clone(),
        item: item(promise),
        promised: promised(promise.promised, wall),
        expected: expected(promise, wall),
        state: state(found, wall),
        walk: walk(promise, wall),
    }
}

/// "4471 / 10"; with the schedule where a line is split.
pub(crate) fn order(promise: &Promise) -> String {
    let parts = [&promise.key.order, &promise.key.line, &promise.key.schedule];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" / ")
}

/// "Pump P200, 40 pcs"
pub(crate) fn item(promise: &Promise) -> String {
    let name = promise.description.as_ref().or(promise.item.as_ref()).cloned();
    let quantity = promise.quantity.map(|quantity| with_unit(quantity, promise.unit.as_deref()));
    let parts: Vec<String> = name.into_iter().chain(quantity).collect();
    if parts.is_empty() { "no item named".to_owned() } else { parts.join(", ") }
}

/// "Fri 6 Nov", "16–27 Nov", "no date yet"
pub(crate) fn promised(promised: Promised, wall: &Wall) -> String {
    match promised {
        Promised::Date { on } => wall.day(on),
        Promised::Range { from, to } => wall.days(from, to),
        Promised::NoDateYet => "no date yet".to_owned(),
    }
}

/// "Fri 27 Nov", "no date", "delivered Fri 6 Nov", "as promised"
pub(crate) fn expected(promise: &Promise, wall: &Wall) -> String {
    match (promise.delivered, promise.outlook) {
        (Some(on), _) => format!("delivered {}", wall.day(on)),
        (None, None) => "as promised".to_owned(),
        (None, Some(outlook)) => says(outlook, wall),
    }
}

fn summary(asked: &Asked, found: &Page<stored::PromiseRow>, states: &[(&str, &str)]) -> String {
    let rows = found.rows.len() as u64;
    let all = found.next.is_none() && asked.after.is_empty();
    let which =
        states.iter().find(|(value, _)| *value == asked.state).map_or("Open lines", |(_, label)| label);
    let matching = if asked.text.trim().is_empty() {
        String::new()
    } else {
        format!(" that match “{}”", asked.text)
    };
    let some = if all { count(rows, "line", "lines") } else { format!("{rows} of many, by promised date") };
    format!("{which}{matching}: {some}")
}

fn customer_hit(customer: &Customer) -> CustomerHit {
    CustomerHit {
        href: format!("/customers/{}", customer.id),
        name: customer.name.clone(),
        says: count(u64::from(customer.open_promises), "open line", "open lines"),
    }
}

fn state(found: &stored::PromiseRow, wall: &Wall) -> Chip {
    let promise = &found.promise;
    let held_to = promise.promised.latest();
    if let Some(on) = promise.delivered {
        let late = held_to.is_some_and(|promised| on > promised);
        return if late {
            Chip::new("delivered late", Tone::Quiet)
        } else {
            Chip::new("delivered", Tone::Good)
        };
    }
    match (found.status, found.slip) {
        (LineStatus::Cancelled, _) => Chip::new("cancelled", Tone::Quiet),
        (_, Slip::NoDate) => Chip::new("no date", Tone::Urgent),
        (_, Slip::Late { days }) => Chip::new(plus(days), Tone::Urgent),
        _ if found.missing_since.is_some() => Chip::new("missing", Tone::Watch),
        (_, Slip::Quiet { days }) => Chip::new(format!("{}, quiet", plus(days)), Tone::Calm),
        (_, Slip::None) if held_to.is_none() => Chip::new("no date yet", Tone::Watch),
        (_, Slip::None) if held_to < Some(wall.today()) => Chip::new("past its date", Tone::Watch),
        (_, Slip::None) => Chip::new("on time", Tone::Good),
    }
}

fn plus(days: i32) -> String {
    format!("+{}", count(u64::from(days.unsigned_abs()), "day", "days"))
}

fn walk(promise: &Promise, wall: &Wall) -> Option<DateWalk> {
    let (held_to, expected) = (promise.promised.latest(), promise.outlook.and_then(Outlook::latest));
    let stations = [
        ("Requested", WalkKind::Requested, promise.requested),
        ("first promised", WalkKind::FirstPromised, Some(promise.first_promised)),
        ("promised", WalkKind::Promised, held_to),
        ("expected", WalkKind::Expected, expected.filter(|_| promise.delivered.is_none())),
        ("delivered", WalkKind::Delivered, promise.delivered),
    ];
    let dated = stations.into_iter().filter_map(|(name, kind, date)| Some((name, kind, date?)));
    let dated: Vec<_> = dated.collect();
    let mut label: Vec<String> =
        dated.iter().map(|(name, _, date)| format!("{name} {}", wall.day(*date))).collect();
    if promise.outlook == Some(Outlook::NoDate) && promise.delivered.is_none() {
        label.push("no date now".to_owned());
    }
    // A date that is expected as promised would hide the promise.
    let covers = |kind, date| kind == WalkKind::Expected && held_to == Some(date);
    let marks = dated.iter().map(|(_, kind, date)| (*kind, *date));
    let dates: Vec<_> = marks.filter(|(kind, date)| !covers(*kind, *date)).collect();
    DateWalk::new(label.join(", "), &dates, wall.today())
}

fn facts(found: &stored::PromiseRow, owner: Option<&str>, wall: &Wall) -> Vec<(String, String)> {
    let promise = &found.promise;
    let value = promise.value.map(|value| money(value, promise.currency.as_deref()));
    let status = match found.status {
        LineStatus::Open => None,
        LineStatus::Delivered => Some("delivered"),
        LineStatus::Cancelled => Some("cancelled"),
        LineStatus::OnHold => Some("on hold"),
    };
    let facts = [
        ("Item", promise.item.clone()),
        ("Quantity", promise.quantity.map(|quantity| with_unit(quantity, promise.unit.as_deref()))),
        ("Value", value),
        ("Owner", owner.map(str::to_owned)),
        ("Requested", promise.requested.map(|date| wall.day(date))),
        ("First promised", Some(wall.day(promise.first_promised))),
        ("Slipping since", found.known_at.map(|at| wall.moment(at))),
        ("State in the report", status.map(str::to_owned)),
        ("Missing from the report since", found.missing_since.map(|at| wall.moment(at))),
    ];
    facts.into_iter().filter_map(|(label, value)| Some((label.to_owned(), value?))).collect()
}

fn said(row: &stored::EvidenceRow, wall: &Wall) -> EvidenceRow {
    let evidence = &row.evidence;
    let source = match (&evidence.source, &row.person_name) {
        (Source::Report { file }, _) => file.clone(),
        (Source::Person { .. }, Some(name)) => name.clone(),
        (Source::Person { .. }, None) => "one of us".to_owned(),
    };
    let tone = match evidence.outlook {
        Outlook::Firm { .. } => Tone::Calm,
        Outlook::NoDate => Tone::Watch,
        Outlook::Likely { .. } | Outlook::Range { .. } => Tone::Quiet,
    };
    EvidenceRow {
        when: wall.moment(evidence.observed_at),
        says: says(evidence.outlook, wall),
        firmness: Chip::new(evidence.outlook.firmness(), tone),
        source,
        cause: evidence.cause.internal.as_ref().map(|cause| cause.for_our_people().to_owned()),
        customer_safe: evidence.cause.customer.as_ref().map(ToString::to_string),
    }
}

fn says(outlook: Outlook, wall: &Wall) -> String {
    match outlook {
        Outlook::Firm { on } | Outlook::Likely { on } => wall.day(on),
        Outlook::Range { from, to } => wall.days(from, to),
        Outlook::NoDate => "no date".to_owned(),
    }
}

fn with_unit(number: Amount, unit: Option<&str>) -> String {
    match unit {
        Some(unit) => format!("{} {unit}", amount(number)),
        None => amount(number),
    }
}

#[cfg(test)]
mod tests;
