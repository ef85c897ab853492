//! Sentences for "say instead", made of the case's facts.

use jiff::civil::{Date, DateTime};

use crate::context::{Context, Fault, Firmness, Kind};

/// The news in one plain sentence, where the case has the facts for it.
pub(crate) fn news(case: &Context) -> Option<String> {
    let goods = capital(goods(case));
    if case.firmness == Some(Firmness::NoDate) {
        let old = case.promised.map_or(String::new(), |date| format!(" will not come on {}, and", day(date)));
        let none = if old.is_empty() { " have no date yet" } else { " I have no new date yet" };
        return Some(format!("{goods}{old}{none}."));
    }
    let when = when(case)?;
    Some(match (case.kind, case.promised) {
        (Kind::PriceIncrease, _) => format!("The new price applies from {when}."),
        (Kind::Discontinuation, _) => format!("{goods} can be ordered until {when}."),
        (_, Some(old)) if Some(old) != case.expected => {
            format!("{goods} will be with you {}{when} instead of {}.", on(case), day(old))
        }
        _ => format!("{goods} will be with you {}{when}.", on(case)),
    })
}

/// The expected date or range, in words.
pub(crate) fn when(case: &Context) -> Option<String> {
    let from = case.expected?;
    let likely = if case.firmness == Some(Firmness::Likely) { " (likely, not yet confirmed)" } else { "" };
    Some(match case.expected_to {
        Some(to) if to != from => format!("between {} and {}{likely}", day(from), day(to)),
        _ => format!("{}{likely}", day(from)),
    })
}

/// When the next word comes, as a sentence.
pub(crate) fn next_word(case: &Context) -> Option<String> {
    case.next_word.map(|at| format!("You will hear from me on {}.", moment(at)))
}

/// One apology for what really happens, by fault.
pub(crate) fn apology(case: &Context) -> Option<String> {
    let goods = goods(case);
    let when = when(case)?;
    let instead = case.promised.filter(|old| Some(*old) != case.expected);
    let instead = instead.map_or(String::new(), |old| format!(" instead of {}", day(old)));
    let what = match case.kind {
        Kind::PriceIncrease => format!("the new price from {when}"),
        _ => format!("{goods} arriving {}{when}{instead}", on(case)),
    };
    Some(match case.fault {
        Fault::Ours => format!("I am sorry for {what}. That is our doing."),
        Fault::Outside | Fault::Unknown => format!("I am sorry for what {what} does to your plans."),
    })
}

/// The customer-safe cause as a sentence.
pub(crate) fn cause(case: &Context) -> Option<String> {
    let cause = case.cause.as_deref()?.trim().trim_end_matches('.');
    (!cause.is_empty()).then(|| format!("{}.", capital(cause.to_owned())))
}

/// The first step that is being taken.
pub(crate) fn action(case: &Context) -> Option<String> {
    let action = case.actions.first()?.trim().trim_end_matches('.');
    (!action.is_empty()).then(|| format!("{}.", capital(action.to_owned())))
}

/// The sentences that there are, joined.
pub(crate) fn join<const N: usize>(sentences: [Option<String>; N]) -> Option<String> {
    let there: Vec<String> = sentences.into_iter().flatten().collect();
    (!there.is_empty()).then(|| there.join(" "))
}

/// A sentence of the case in quotation marks after an instruction, or the general advice.
pub(crate) fn or(lead: &str, from_case: Option<String>, general: &str) -> String {
    from_case.map_or_else(|| general.to_owned(), |sentence| format!("{lead} “{sentence}”"))
}

/// "Friday 11 December"; the year is left to the reader, as in speech.
pub(crate) fn day(date: Date) -> String {
    date.strftime("%A %-d %B").to_string()
}

fn moment(at: DateTime) -> String {
    format!("{} at {}", day(at.date()), at.strftime("%H:%M"))
}

fn on(case: &Context) -> &'static str {
    if case.expected_to.is_some_and(|to| Some(to) != case.expected) { "" } else { "on " }
}

fn goods(case: &Context) -> String {
    match (&case.goods, &case.order) {
        (Some(goods), _) => goods.clone(),
        (None, Some(order)) => format!("your order {order}"),
        (None, None) => "your order".to_owned(),
    }
}

fn capital(text: String) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(chars).collect(),
        _ => text,
    }
}
