//! `forewarn contact`: the personal data of one person at a customer.

use super::{open, say, tell};
use crate::cli::{AtCustomer, Common, ContactCommand, EraseContact, ExportContact, RecordFormat};
use crate::clock;
use anyhow::{Context as _, Result, bail};
use forewarn_domain::ids::{CustomerId, PersonId};
use forewarn_domain::people::Scope;
use forewarn_store::Store;
use forewarn_store::erasing::{ContactRecord, Erasing};
use std::process::ExitCode;

/// Lists contacts, prints what is held about one, or erases it.
pub(crate) async fn run(common: &Common, command: ContactCommand) -> Result<ExitCode> {
    let store = open(common).await?;
    match command {
        ContactCommand::List(at) => list(&store, &at).await,
        ContactCommand::Export(export) => self::export(&store, &export).await,
        ContactCommand::Erase(erase) => self::erase(&store, &erase).await,
    }
}

async fn list(store: &Store, at: &AtCustomer) -> Result<ExitCode> {
    let customer = customer(store, at).await?;
    for contact in store.contacts_of(customer).await? {
        let known: Vec<&str> = std::iter::once(&contact.name)
            .chain(&contact.phones)
            .chain(&contact.emails)
            .map(String::as_str)
            .collect();
        say(&known.join("  "));
    }
    Ok(ExitCode::SUCCESS)
}

async fn export(store: &Store, export: &ExportContact) -> Result<ExitCode> {
    let record = record(store, &export.at, &export.name).await?;
    match export.format {
        RecordFormat::Json => say(&serde_json::to_string_pretty(&record)?),
        RecordFormat::Text => text(&record).iter().for_each(|line| say(line)),
    }
    Ok(ExitCode::SUCCESS)
}

async fn erase(store: &Store, erase: &EraseContact) -> Result<ExitCode> {
    let by = match &erase.by {
        Some(email) => Some(person(store, email).await?),
        None => None,
    };
    let customer = customer(store, &erase.at).await?;
    if !erase.confirm {
        let record = record(store, &erase.at, &erase.name).await?;
        record.held.iter().for_each(|held| say(&format!("{}: {}", held.place, held.part)));
        tell(&format!(
            "{} texts name {}. Nothing was erased yet. It can't be taken back: look at it with `forewarn contact export`, and \
             add --confirm.",
            record.held.len(),
            erase.name
        ));
        return Ok(ExitCode::from(1));
    }
    let erasing = Erasing {
        customer,
        name: &erase.name,
        reason: &erase.reason,
        by,
        salt: clock::fresh_id(),
        now: clock::now(),
    };
    let erased = store.erase_contact(&erasing).await?;
    let rows: u64 = erased.places.values().sum();
    say(&format!(
        "Erased from {rows} places, among them the history of {} cases, which says so. Backups and exports that were made \
         before still have it.",
        erased.cases
    ));
    Ok(ExitCode::SUCCESS)
}

fn text(record: &ContactRecord) -> Vec<String> {
    let ContactRecord { customer, contact, held } = record;
    let mut lines = vec![format!("{} at {customer}", contact.name)];
    lines.extend(contact.phones.iter().chain(&contact.emails).map(|text| format!("  {text}")));
    for held in held {
        let text = match &held.text {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let elsewhere = if held.elsewhere {
            " (not filed under this customer: read it before you hand it over)"
        } else {
            ""
        };
        lines.push(format!("\n{}, {}{elsewhere}:\n{text}", held.place, held.part));
    }
    lines
}

async fn record(store: &Store, at: &AtCustomer, name: &str) -> Result<ContactRecord> {
    let customer = customer(store, at).await?;
    let record = store.contact_record(customer, name).await?;
    record.with_context(|| {
        format!("Nobody called “{name}” is known there. `forewarn contact list` prints who is.")
    })
}

/// The customer with this name or number.
async fn customer(store: &Store, at: &AtCustomer) -> Result<CustomerId> {
    let now = clock::now();
    if let Ok(id) = at.customer.parse()
        && store.customer(Scope::Program, id, now).await?.is_some()
    {
        return Ok(id);
    }
    let found = store.customers(Scope::Program, &at.customer, None, 50, now).await?;
    let same = found.rows.iter().find(|customer| customer.name.eq_ignore_ascii_case(&at.customer));
    match (same, found.rows.as_slice()) {
        (Some(customer), _) | (None, [customer]) => Ok(customer.id),
        (None, []) => {
            bail!("There is no customer “{}”. Write the name as on the page Customers.", at.customer)
        }
        (None, several) => {
            let names: Vec<&str> = several.iter().take(5).map(|customer| customer.name.as_str()).collect();
            bail!("“{}” may be one of several: {}. Write the whole name.", at.customer, names.join(", "))
        }
    }
}

async fn person(store: &Store, email: &str) -> Result<PersonId> {
    let people = store.people().await?;
    let person = people.iter().find(|person| person.email.eq_ignore_ascii_case(email));
    let person =
        person.with_context(|| format!("Nobody here has the address {email}. Look under People."))?;
    Ok(person.id)
}
