//! Norpump AS: its people, items and customers, as the files in `demo/` list them.

use anyhow::{Context as _, Result, bail};
use forewarn_domain::ids::{CustomerId, TeamId};
use forewarn_domain::people::Role;
use forewarn_domain::policy::Tier;
use forewarn_store::Store;
use forewarn_store::customers::CustomerSettings;
use forewarn_store::people::{NewPerson, Person};
use jiff::Timestamp;
use std::collections::BTreeMap;

const PEOPLE: &str = include_str!("../../../../demo/people.csv");
const ITEMS: &str = include_str!("../../../../demo/items.csv");
const CUSTOMERS: &str = include_str!("../../../../demo/customers.csv");

/// The name of the demo company.
pub(super) const NAME: &str = "Norpump AS";

/// Something that the company sells.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) number: &'static str,
    pub(super) description: &'static str,
    pub(super) unit: &'static str,
    /// In Norwegian kroner.
    pub(super) price: i64,
}

/// A company that buys from it.
#[derive(Debug, Clone)]
pub(super) struct Customer {
    pub(super) name: &'static str,
    pub(super) contact: &'static str,
    /// The account's owner as the reports write it: an e-mail address, or a code that nobody has mapped.
    pub(super) owner: String,
    pub(super) currency: &'static str,
    pub(super) settings: CustomerSettings,
}

/// The items of the price list.
pub(super) fn items() -> Result<Vec<Item>> {
    rows(ITEMS)
        .map(|[number, description, unit, price]| {
            Ok(Item { number, description, unit, price: price.parse()? })
        })
        .collect::<Result<_>>()
        .context("demo/items.csv")
}

/// The customers.
pub(super) fn customers() -> Result<Vec<Customer>> {
    rows(CUSTOMERS).map(customer).collect::<Result<_>>().context("demo/customers.csv")
}

/// Adds the people and their teams; gives them by e-mail address.
pub(super) async fn add_people(store: &Store, at: Timestamp) -> Result<BTreeMap<String, Person>> {
    // Accounts whose owner nobody knows yet lie in the inbox of the first team.
    let home = store.teams().await?.iter().map(|team| team.id).min().unwrap_or(TeamId(1));
    let abroad = store.add_team("Continent and overseas").await?;
    for [name, email, role, team, phone, zone] in rows(PEOPLE) {
        let team = if team == "home" { home } else { abroad };
        let role: Role = role.parse().context("demo/people.csv")?;
        let new = NewPerson {
            email: email.to_owned(),
            name: name.to_owned(),
            role,
            team,
            phone: given(phone),
            zone: given(zone),
        };
        let person = store.add_person(new, at).await?;
        if role == Role::Leader {
            store.set_leader(team, Some(person)).await?;
        }
    }
    Ok(store.people().await?.into_iter().map(|person| (person.email.clone(), person)).collect())
}

/// Saves what holds for each customer, once a report has named them; gives their numbers by name.
pub(super) async fn settle(
    store: &Store,
    admin: &Person,
    customers: &[Customer],
    at: Timestamp,
) -> Result<BTreeMap<&'static str, CustomerId>> {
    let scope = admin.scope();
    let known = store.customers(scope, "", None, 1_000, at).await?.rows;
    let mut numbers = BTreeMap::new();
    for customer in customers {
        let Some(found) = known.iter().find(|known| known.name == customer.name) else {
            bail!("no report names {}", customer.name);
        };
        store.save_customer(scope, found.id, &customer.settings, at).await?;
        numbers.insert(customer.name, found.id);
    }
    Ok(numbers)
}

fn customer(row: [&'static str; 11]) -> Result<Customer> {
    let [name, place, zone, contact, phone, email, owner, tier, tolerance, reaction, currency] = row;
    let tier = match tier {
        "key" => Tier::Key,
        "standard" => Tier::Standard,
        "occasional" => Tier::Occasional,
        other => bail!("{name} has no tier “{other}”"),
    };
    let days = |text: &str| given(text).map(|days| days.parse()).transpose();
    let settings = CustomerSettings {
        tolerance_days: days(tolerance)?,
        reaction_days: days(reaction)?,
        tier,
        zone: given(zone),
        place: given(place),
        calendar: None,
        contact: given(contact),
        phone: given(phone),
        email: given(email),
    };
    let owner = if owner.contains('.') { format!("{owner}@norpump.example") } else { owner.to_owned() };
    Ok(Customer { name, contact, owner, currency, settings })
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The rows of one of our own lists: fields between semicolons, no quoting, `#` before the headings.
fn rows<const N: usize>(list: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let rows = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.filter_map(|line| line.split(';').collect::<Vec<_>>().try_into().ok())
}
