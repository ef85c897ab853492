//! The personal data of contacts, as pages.

use super::shown::{address, count};
use crate::pages::contacts::{ContactRecordPage, ContactsPage, EraseStep, HeldRow, KnownRow};
use crate::pages::shell::Shell;
use forewarn_store::customers::Customer;
use forewarn_store::erasing::{ContactRecord, Held, KnownContact};
use serde_json::Value;
use std::collections::BTreeSet;

/// Everybody who is known at a customer.
pub(crate) fn list(shell: Shell, customer: &Customer, contacts: &[KnownContact]) -> ContactsPage {
    let href = href(customer);
    ContactsPage {
        contacts: contacts.iter().map(|contact| known(&href, contact)).collect(),
        customer: customer.name.clone(),
        href,
        shell,
    }
}

/// Everything that we hold about one; with a reason, as the last look before it is erased.
pub(crate) fn record(
    shell: Shell,
    customer: &Customer,
    record: &ContactRecord,
    reason: Option<&str>,
) -> ContactRecordPage {
    let href = href(customer);
    let places: BTreeSet<&str> = record.held.iter().map(|held| held.place.as_str()).collect();
    let texts = count(record.held.len() as u64, "text", "texts");
    let what = format!("{texts} in {}", count(places.len() as u64, "place", "places"));
    let step = match reason {
        None => EraseStep::Reason { wrong: None },
        Some("") => {
            EraseStep::Reason { wrong: Some("Say why: somebody will want to know later.".to_owned()) }
        }
        Some(reason) => EraseStep::Confirm { reason: reason.to_owned(), what },
    };
    let name = record.contact.name.as_str();
    ContactRecordPage {
        contact: known(&href, &record.contact),
        file_href: address(&format!("{href}/contacts/record.json"), &[("name", name)]),
        held: record.held.iter().map(row).collect(),
        customer: customer.name.clone(),
        href,
        step,
        shell,
    }
}

fn href(customer: &Customer) -> String {
    format!("/customers/{}", customer.id)
}

fn known(href: &str, contact: &KnownContact) -> KnownRow {
    let reach: Vec<&str> = contact.phones.iter().chain(&contact.emails).map(String::as_str).collect();
    KnownRow {
        name: contact.name.clone(),
        reach: reach.join(", "),
        href: address(&format!("{href}/contacts/record"), &[("name", &contact.name)]),
    }
}

fn row(held: &Held) -> HeldRow {
    let mut says = Vec::new();
    spell_out(&held.text, "", &mut says);
    // An event has one text, and is named already.
    let part = if held.part == "event" { String::new() } else { words(&held.part) };
    HeldRow { place: held.place.clone(), part, elsewhere: held.elsewhere, says }
}

/// Each part of a structure that says something, with the way to it as its name.
fn spell_out(value: &Value, name: &str, says: &mut Vec<(String, String)>) {
    let below = |part: &str| match name {
        "" => words(part),
        name => format!("{name}, {}", words(part)),
    };
    match value {
        Value::Null => {}
        Value::Object(fields) => fields.iter().for_each(|(part, value)| spell_out(value, &below(part), says)),
        Value::Array(values) => values.iter().for_each(|value| spell_out(value, name, says)),
        Value::String(text) => says.push((name.to_owned(), text.clone())),
        Value::Bool(_) | Value::Number(_) => says.push((name.to_owned(), value.to_string())),
    }
}

/// "told_at" as a person would write it.
fn words(name: &str) -> String {
    name.replace(['_', '-'], " ")
}
