//! The customers of a report: found by name, added when they are new, with their owner and terms.

use crate::db::{FromRow, Row, Tx, Word, binds};
use crate::erasing::Marks;
use crate::error::Result;
use crate::terms::{CustomerTerms, TermsBook, name_key};
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::case::Owner;
use forewarn_domain::fact::OrderLine;
use forewarn_domain::ids::{CustomerId, PersonId, TeamId};
use forewarn_domain::policy::{Terms, Tier};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap, HashSet};

/// All customers, by the key of their name.
pub(super) struct Customers {
    book: TermsBook,
    by_key: HashMap<String, CustomerId>,
    rows: HashMap<CustomerId, Customer>,
    terms: HashMap<CustomerId, Terms>,
    erased: Marks,
    still_named: HashSet<CustomerId>,
    people_by_email: HashMap<String, (PersonId, TeamId)>,
    owners: HashMap<String, ReportOwner>,
    first_team: TeamId,
    next: i64,
    now: Timestamp,
    added: Vec<CustomerId>,
    added_owners: Vec<String>,
    changed: HashSet<CustomerId>,
    seen_owner: HashSet<CustomerId>,
    reassigned: BTreeMap<CustomerId, Owner>,
}

struct ReportOwner {
    name: String,
    person: Option<(PersonId, TeamId)>,
}

/// A customer as the database has it, or will.
#[derive(Debug, Clone)]
struct Customer {
    name: String,
    owner: Option<PersonId>,
    owner_by_person: bool,
    report_owner: Option<String>,
    team: TeamId,
    terms: CustomerTerms,
    contact: Option<String>,
    phone: Option<String>,
    email: Option<String>,
}

struct Known {
    id: CustomerId,
    key: String,
    customer: Customer,
}

impl Customers {
    pub(super) async fn load(tx: &Tx, now: Timestamp) -> Result<Self> {
        let known: Vec<Known> = tx.all("SELECT * FROM customer", binds![]).await?;
        let people: Vec<(PersonId, String, TeamId)> =
            tx.all("SELECT id, email, team_id FROM person WHERE disabled_at IS NULL", binds![]).await?;
        let owners: Vec<(String, String, Option<PersonId>)> =
            tx.all("SELECT name_key, name, person_id FROM report_owner", binds![]).await?;
        let first_team: Option<(TeamId,)> = tx.one("SELECT MIN(id) FROM team", binds![]).await?;
        let teams: HashMap<PersonId, TeamId> = people.iter().map(|(id, _, team)| (*id, *team)).collect();
        let with_team = |id: PersonId| teams.get(&id).map(|team| (id, *team));
        let last = known.iter().map(|known| known.id.0).max().unwrap_or(0);
        Ok(Self {
            book: TermsBook::load(tx.reads(), now).await?,
            erased: Marks::load(tx).await?,
            still_named: HashSet::new(),
            by_key: known.iter().map(|known| (known.key.clone(), known.id)).collect(),
            rows: known.into_iter().map(|known| (known.id, known.customer)).collect(),
            terms: HashMap::new(),
            owners: owners
                .into_iter()
                .map(|(key, name, person)| (key, ReportOwner { name, person: person.and_then(with_team) }))
                .collect(),
            people_by_email: people.into_iter().map(|(id, email, team)| (email, (id, team))).collect(),
            first_team: first_team.map_or(TeamId(1), |(team,)| team),
            next: last + 1,
            now,
            added: Vec::new(),
            added_owners: Vec::new(),
            changed: HashSet::new(),
            seen_owner: HashSet::new(),
            reassigned: BTreeMap::new(),
        })
    }

    pub(super) fn company_calendar(&self) -> &WorkingCalendar {
        self.book.company_calendar()
    }

    /// The customer of a row, by name without regard to case and spacing; a new one if nobody has that name.
    /// The owner and the contact of a report are taken from the first row that has them.
    pub(super) fn find_or_add(&mut self, line: &OrderLine) -> CustomerId {
        let id = match self.by_key.get(line.customer.as_str()) {
            Some(id) => *id,
            None => self.find_or_add_by_key(&line.customer),
        };
        if let Some(owner) = line.owner.as_deref().filter(|_| self.seen_owner.insert(id)) {
            self.note_owner(id, owner);
        }
        self.note_contact(id, line);
        id
    }

    pub(super) fn name(&self, id: CustomerId) -> &str {
        self.rows.get(&id).map_or("another customer", |customer| &customer.name)
    }

    /// Customers whose report names another owner than before.
    pub(super) fn reassigned(&self) -> &BTreeMap<CustomerId, Owner> {
        &self.reassigned
    }

    /// How many customers have a contact in the report who was erased, and is not taken in again.
    pub(super) fn still_named(&self) -> u64 {
        self.still_named.len() as u64
    }

    pub(super) fn terms(&mut self, id: CustomerId) -> &Terms {
        let (book, rows) = (&self.book, &self.rows);
        self.terms.entry(id).or_insert_with(|| match rows.get(&id) {
            Some(row) => book.terms(&row.terms, row.owner),
            None => book.terms(&CustomerTerms::default(), None),
        })
    }

    pub(super) fn book(&self) -> &TermsBook {
        &self.book
    }

    /// Writes new customers and owners, and changed ones.
    pub(super) async fn write(&mut self, tx: &Tx) -> Result<()> {
        let owners = std::mem::take(&mut self.added_owners);
        let rows = owners.iter().filter_map(|key| {
            let owner = self.owners.get(key)?;
            Some(binds![key, &owner.name, owner.person.map(|(id, _)| id)])
        });
        tx.insert_rows("report_owner", &["name_key", "name", "person_id"], rows.collect::<Vec<_>>()).await?;

        let added = std::mem::take(&mut self.added);
        for id in &added {
            self.changed.remove(id);
        }
        let rows = added.iter().filter_map(|id| {
            let row = self.rows.get(id)?;
            Some(binds![
                *id,
                &row.name,
                name_key(&row.name),
                row.owner,
                row.report_owner.as_ref(),
                row.team,
                Word(Tier::Standard),
                row.contact.as_ref(),
                row.phone.as_ref(),
                row.email.as_ref(),
                self.now,
            ])
        });
        let columns = [
            "id",
            "name",
            "name_key",
            "owner_id",
            "report_owner",
            "team_id",
            "tier",
            "contact",
            "phone",
            "email",
            "created_at",
        ];
        tx.insert_rows("customer", &columns, rows.collect::<Vec<_>>()).await?;

        for id in std::mem::take(&mut self.changed) {
            let Some(row) = self.rows.get(&id) else { continue };
            let sql = "UPDATE customer SET owner_id = ?, report_owner = ?, team_id = ?, contact = ?, phone = ?, \
                       email = ? WHERE id = ?";
            let values = binds![
                row.owner,
                row.report_owner.as_ref(),
                row.team,
                row.contact.as_ref(),
                row.phone.as_ref(),
                row.email.as_ref(),
                id,
            ];
            tx.execute(sql, values).await?;
        }
        Ok(())
    }

    fn find_or_add_by_key(&mut self, name: &str) -> CustomerId {
        let key = name_key(name);
        if let Some(id) = self.by_key.get(&key).copied() {
            // Found sooner the next time: a key is its own key, so another spelling can't hide a customer.
            self.by_key.insert(name.to_owned(), id);
            return id;
        }
        let id = CustomerId(self.next);
        self.next += 1;
        let customer = Customer {
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            owner: None,
            owner_by_person: false,
            report_owner: None,
            team: self.first_team,
            terms: CustomerTerms::default(),
            contact: None,
            phone: None,
            email: None,
        };
        self.rows.insert(id, customer);
        self.by_key.insert(key, id);
        self.added.push(id);
        id
    }

    fn note_owner(&mut self, id: CustomerId, owner: &str) {
        let key = name_key(owner);
        if key.is_empty() {
            return;
        }
        let Some(row) = self.rows.get_mut(&id) else { return };
        if row.report_owner.as_ref() == Some(&key) {
            return;
        }
        let person = match self.owners.get(&key) {
            Some(known) => known.person,
            None => {
                let person = self.people_by_email.get(&key).copied();
                self.owners.insert(key.clone(), ReportOwner { name: owner.trim().to_owned(), person });
                self.added_owners.push(key.clone());
                person
            }
        };
        row.report_owner = Some(key);
        self.changed.insert(id);
        if row.owner_by_person {
            return;
        }
        row.owner = person.map(|(person, _)| person);
        row.team = person.map_or(row.team, |(_, team)| team);
        let owner = match row.owner {
            Some(person) => Owner::Person { person },
            None => Owner::Inbox { team: row.team },
        };
        self.terms.remove(&id);
        self.reassigned.insert(id, owner);
    }

    fn note_contact(&mut self, id: CustomerId, line: &OrderLine) {
        let Some(row) = self.rows.get_mut(&id) else { return };
        if self.erased.bear(id, line.contact.as_deref(), line.phone.as_deref(), line.email.as_deref()) {
            self.still_named.insert(id);
            return;
        }
        let slots =
            [(&mut row.contact, &line.contact), (&mut row.phone, &line.phone), (&mut row.email, &line.email)];
        for (slot, given) in slots {
            if slot.is_none() && given.is_some() {
                slot.clone_from(given);
                self.changed.insert(id);
            }
        }
    }
}

impl FromRow for Known {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            key: row.get("name_key")?,
            customer: Customer {
                name: row.get("name")?,
                owner: row.get("owner_id")?,
                owner_by_person: row.get("owner_by_person")?,
                report_owner: row.get("report_owner")?,
                team: row.get("team_id")?,
                terms: CustomerTerms::from_row(row)?,
                contact: row.get("contact")?,
                phone: row.get("phone")?,
                email: row.get("email")?,
            },
        })
    }
}
