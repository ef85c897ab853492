//! From a case as the domain has it to what a program sees.

use super::{
    ActionNow, AttemptNow, CaseInList, CaseNow, CauseNow, ContactNow, LineNow, NextWordNow, NotNowNow,
    OptionNow, OwedNow, TellingNow,
};
use crate::api::shapes::{Named, same_word, word};
use crate::api::words::Stage;
use crate::views::case::tick_word;
use forewarn_domain::case::{Agreement, Case, CaseLine, Channel, LineEnd, NotNow, Owner};
use forewarn_domain::ids::PersonId;
use forewarn_store::cases::{CaseFile, CaseRow};
use forewarn_store::people::Person;
use jiff::Timestamp;

impl From<CaseRow> for CaseInList {
    fn from(row: CaseRow) -> Self {
        let CaseRow { summary, customer, customer_name, owner, known_at, firm_at, tell_by } = row;
        Self {
            id: summary.id.0,
            customer: Named { id: customer.0, name: customer_name },
            owner: owner.map(|(id, name)| Named { id: id.0, name }),
            stage: same_word(summary.stage).unwrap_or(Stage::Closed),
            round: summary.round,
            severity: summary.severity,
            lines: summary.lines,
            orders: summary.orders,
            worst_slip_days: summary.worst_slip_days,
            no_date: summary.no_date,
            known_at,
            firm_at,
            tell_by,
            first_told_at: summary.first_told_at,
            opened_at: summary.opened_at,
            closed_at: summary.closed_at,
        }
    }
}

impl CaseNow {
    /// The case, for one of us who may see it.
    pub(crate) fn of(file: &CaseFile, customer: Named, people: &[Person]) -> Self {
        let case = &file.case;
        let person = |id: PersonId| {
            let name = people.iter().find(|person| person.id == id).map(|person| person.name.clone());
            Named { id: id.0, name: name.unwrap_or_default() }
        };
        Self {
            id: file.id.0,
            version: case.version,
            customer,
            owner: match case.owner {
                Owner::Person { person: id } => Some(person(id)),
                Owner::Inbox { .. } => None,
            },
            stage: same_word(case.stage()).unwrap_or(Stage::Closed),
            round: case.round,
            severity: case.severity.as_ref().map(|severity| severity.points),
            temperature: case.temperature().and_then(same_word),
            impact: case.impact.and_then(same_word),
            fault: same_word(case.fault),
            cause: CauseNow {
                internal: case.cause.internal.as_ref().map(|text| text.for_our_people().to_owned()),
                customer_safe: case.cause.customer.as_ref().map(ToString::to_string),
            },
            contact: case.contact.as_ref().map(|contact| ContactNow {
                name: contact.name.to_string(),
                phone: contact.phone.clone(),
                email: contact.email.clone(),
            }),
            known_at: case.known_at(),
            firm_at: case.firm_at(),
            tell_by: case.tell_by,
            told_at: case.tellings.last().map(|(at, ..)| *at),
            first_viewed_at: case.first_viewed_at,
            next_word: case.next_word.map(|word| NextWordNow { by: word.by, missed: word.missed }),
            not_now: case.not_now.as_ref().map(|(since, reason)| not_now(*since, reason)),
            opened_at: case.opened_at,
            closed_at: case.closed.as_ref().map(|(at, _)| *at),
            lines: case.lines.iter().map(|(id, line)| LineNow::of(id.0, line)).collect(),
            ticks: case.ticks.iter().filter_map(|tick| same_word(tick_word(*tick))).collect(),
            actions: actions(case),
            options: options(case),
            attempts: attempts(case),
            tellings: tellings(case, person),
            owed: owed(file),
        }
    }
}

impl LineNow {
    fn of(promise: i64, line: &CaseLine) -> Self {
        let heard = line.last_heard();
        let (end, delivered) = match line.end {
            None => (None, None),
            Some(LineEnd::Delivered { on, .. }) => (Some("delivered"), Some(on)),
            Some(LineEnd::Recovered) => (Some("recovered"), None),
            Some(LineEnd::Cancelled) => (Some("cancelled"), None),
            Some(LineEnd::Withdrawn) => (Some("withdrawn"), None),
        };
        Self {
            promise,
            order: line.key.order.clone(),
            line: line.key.line.clone(),
            schedule: line.key.schedule.clone(),
            promised: line.promised.into(),
            expected: line.outlook.into(),
            slip_days: line.slip.days(),
            slips: line.is_slipping(),
            known_at: line.known_at,
            firm_at: line.firm_at,
            told_at: heard.map(|heard| heard.at),
            understood: heard.and_then(|heard| heard.understood),
            agreed: heard.and_then(|heard| heard.agreement).and_then(|said| match said {
                Agreement::Agreed => Some(true),
                Agreement::Refused => Some(false),
                Agreement::Thinking { .. } => None,
            }),
            end: end.map(str::to_owned),
            delivered,
        }
    }
}

fn not_now(since: Timestamp, reason: &NotNow) -> NotNowNow {
    let because = match reason {
        NotNow::WaitingForFirmDate { .. } => "waiting-for-date",
        NotNow::CustomerAskedFor { .. } => "customer-asked",
        NotNow::SomeoneElseTells { .. } => "someone-else",
        NotNow::NotNews { .. } => "not-news",
    };
    NotNowNow { because: because.to_owned(), since, until: reason.holds_until() }
}

fn actions(case: &Case) -> Vec<ActionNow> {
    let shown = case.actions.iter().map(|action| ActionNow {
        what: action.what.to_string(),
        owner: action.internal_owner.as_ref().map(|owner| owner.for_our_people().to_owned()),
        due: action.due,
    });
    shown.collect()
}

fn options(case: &Case) -> Vec<OptionNow> {
    let shown = case.options.iter().enumerate().map(|(index, (option, answer))| OptionNow {
        number: index + 1,
        kind: same_word(option.kind),
        title: option.what.to_string(),
        date: option.date,
        quantity: option.quantity.clone(),
        cost: option.cost.as_ref().map(|cost| cost.for_our_people().to_owned()),
        approved: option.approved,
        answer: answer.and_then(same_word),
    });
    shown.collect()
}

fn attempts(case: &Case) -> Vec<AttemptNow> {
    let shown = case.attempts.iter().map(|(at, attempt)| AttemptNow {
        at: *at,
        outcome: same_word(attempt.outcome),
        to: attempt.to.as_ref().map(ToString::to_string),
    });
    shown.collect()
}

fn tellings(case: &Case, person: impl Fn(PersonId) -> Named) -> Vec<TellingNow> {
    let shown = case.tellings.iter().map(|(at, by, telling)| TellingNow {
        at: *at,
        by: by.map(&person),
        to: telling.to.to_string(),
        channel: match telling.channel {
            Channel::InPerson => "in-person",
            Channel::Phone => "phone",
            Channel::Email { .. } => "e-mail",
        }
        .to_owned(),
        lines: telling.lines.iter().map(|(promise, _)| promise.0).collect(),
    });
    shown.collect()
}

fn owed(file: &CaseFile) -> Vec<OwedNow> {
    let owed = file.case.obligations(&file.terms);
    owed.into_iter().map(|owed| OwedNow { kind: word(owed.kind), due: owed.due }).collect()
}
