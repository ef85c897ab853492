//! Everything that happens in the demo, in the order of time, done through the store's own doors.

use super::company::{self, Customer, Item};
use super::days::Days;
use super::deeds::{self, Deed};
use super::orders::{self, Line, REPORTS};
use anyhow::{Context as _, Result};
use forewarn_domain::absence::Absence;
use forewarn_domain::evidence::{Cause, Outlook};
use forewarn_domain::fact::LineKey;
use forewarn_domain::ids::{CustomerId, PersonId};
use forewarn_domain::people::{Role, Scope};
use forewarn_domain::text::CustomerText;
use forewarn_store::Store;
use forewarn_store::cases::Act;
use forewarn_store::importing::{Door, ImportRequest, Incoming, NewImport};
use forewarn_store::people::Person;
use forewarn_store::promises::{PromiseSearch, Standing};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What happens, and when.
#[derive(Debug, Clone)]
pub(super) struct Happening {
    pub(super) at: Timestamp,
    pub(super) what: What,
}

/// What can happen.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// The morning's report of the ERP comes in.
    Report(i32),
    /// The supply owner says what is known of a line.
    Supply { line: LineKey, outlook: Outlook, cause: Cause },
    /// The owner of an account does something about its open case.
    Rep { customer: &'static str, deeds: Vec<Deed> },
    /// The leader of that owner does something about it.
    Leader { customer: &'static str, deeds: Vec<Deed> },
    /// Somebody says when they will be away, and who stands in.
    Absence { person: &'static str, deputy: &'static str, from: Timestamp, until: Timestamp },
}

/// The people and papers that take part.
pub(super) struct Stage<'a> {
    pub(super) store: &'a Store,
    pub(super) days: &'a Days,
    pub(super) people: &'a BTreeMap<String, Person>,
    pub(super) customers: &'a [Customer],
    pub(super) items: &'a [Item],
    pub(super) lines: &'a [Line],
}

impl Stage<'_> {
    /// Plays everything that happens.
    pub(super) async fn play(&self, mut happenings: Vec<Happening>) -> Result<()> {
        happenings
            .extend(REPORTS.map(|back| Happening { at: self.days.report(back), what: What::Report(back) }));
        happenings.sort_by_key(|happening| happening.at);
        let mut numbers = BTreeMap::new();
        for Happening { at, what } in happenings {
            match what {
                What::Report(back) => {
                    self.import(back, at).await?;
                    if numbers.is_empty() {
                        let admin = self.role(Role::Admin)?;
                        numbers = company::settle(self.store, admin, self.customers, at).await?;
                    }
                }
                What::Supply { line, outlook, cause } => self.supply(&line, outlook, cause, at).await?,
                What::Rep { customer, deeds } => {
                    let number = numbers.get(customer).with_context(|| format!("no customer {customer}"))?;
                    self.rep(customer, *number, &deeds, at).await?;
                }
                What::Leader { customer, deeds } => {
                    let number = numbers.get(customer).with_context(|| format!("no customer {customer}"))?;
                    let leader = self.leader_of(self.owner_of(customer)?.1)?;
                    self.act(customer, *number, leader, &deeds, at).await?;
                }
                What::Absence { person, deputy, from, until } => {
                    let (person, deputy) = (self.called(person)?, Some(self.called(deputy)?));
                    self.store.add_absence(Absence { person, deputy, from, until }, at).await?;
                }
            }
        }
        Ok(())
    }

    async fn import(&self, back: i32, at: Timestamp) -> Result<()> {
        self.store.tick(at).await?;
        let lines = orders::report(self.lines, self.customers, self.items, back)?;
        let file_name = orders::file_name(self.days, back);
        let new = NewImport {
            by: None,
            door: Door::CommandLine,
            file_name: file_name.clone(),
            sha256: String::new(),
            bytes: 0,
            as_of: at,
            full_report: true,
            now: at,
        };
        let import = self.store.register_import(&new).await?;
        let request = ImportRequest { import, file_name, as_of: at, full_report: true, by: None, now: at };
        let mut importing = self.store.begin_import(request).await?;
        let rows = (2..).zip(lines).map(|(row, line)| Incoming::Line { row, line });
        importing.take(rows.collect()).await?;
        importing.finish().await?;
        Ok(())
    }

    async fn supply(&self, line: &LineKey, outlook: Outlook, cause: Cause, at: Timestamp) -> Result<()> {
        let scope = self.role(Role::SupplyOwner)?.scope();
        let search =
            PromiseSearch { text: line.order.clone(), standing: Standing::All, ..PromiseSearch::default() };
        let found = self.store.promises(scope, &search, 50, at).await?.rows;
        let promise = found.iter().find(|row| row.promise.key == *line);
        let promise = promise.with_context(|| format!("no line {line:?}"))?.promise.id;
        let stated = self.store.state_date(scope, promise, outlook, cause, at).await;
        stated.with_context(|| format!("what supply says of {line:?} at {at}"))
    }

    /// The owner of the account does it.
    async fn rep(&self, name: &str, number: CustomerId, deeds: &[Deed], at: Timestamp) -> Result<()> {
        let (_, person) = self.owner_of(name)?;
        self.act(name, number, person, deeds, at).await
    }

    async fn act(
        &self,
        name: &str,
        number: CustomerId,
        person: &Person,
        deeds: &[Deed],
        at: Timestamp,
    ) -> Result<()> {
        let (customer, _) = self.owner_of(name)?;
        let cases = self.store.cases_of(Scope::Program, number, at).await?;
        let case = cases.iter().find(|case| case.closed_at.is_none());
        let case = case.with_context(|| format!("no open case of {name} at {at}"))?.id;
        let contact = CustomerText::new(customer.contact).unwrap_or_default();
        let acted = self.store.act(case, Act::now(person.scope(), at), |file| {
            deeds::events(deeds, &contact, file.history.clone(), &file.terms, at)
        });
        acted.await.with_context(|| format!("{deeds:?} for {name} at {at}"))?;
        Ok(())
    }

    fn called(&self, name: &str) -> Result<PersonId> {
        let person = self.people.values().find(|person| person.name == name);
        Ok(person.with_context(|| format!("nobody is called {name}"))?.id)
    }

    fn owner_of(&self, name: &str) -> Result<(&Customer, &Person)> {
        let customer = self.customers.iter().find(|customer| customer.name == name);
        let customer = customer.with_context(|| format!("no customer {name}"))?;
        let person = self.people.get(&customer.owner).with_context(|| format!("nobody owns {name}"))?;
        Ok((customer, person))
    }

    fn leader_of(&self, person: &Person) -> Result<&Person> {
        let mut people = self.people.values();
        let leader = people.find(|one| one.role == Role::Leader && one.team == person.team);
        leader.with_context(|| format!("nobody leads {}", person.name))
    }

    fn role(&self, role: Role) -> Result<&Person> {
        let mut people = self.people.values().filter(|person| person.role == role);
        people.next().with_context(|| format!("nobody is {role}"))
    }
}
