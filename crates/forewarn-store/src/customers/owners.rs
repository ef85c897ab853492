//! Who owns an account: as people assign it, or as reports write it and an admin maps it.

use crate::cases::{Which, hand_over};
use crate::db::{FromRow, Row, Store, Tx, binds};
use crate::error::{Result, StoreError};
use crate::people;
use crate::terms::TermsBook;
use forewarn_domain::case::Owner;
use forewarn_domain::ids::{CustomerId, PersonId, TeamId};
use jiff::Timestamp;

/// An owner as reports write it: an e-mail address, a name or a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportOwner {
    /// The text by which it is found.
    pub key: String,
    /// As the first report wrote it.
    pub name: String,
    /// Who it is; `None` while nobody has said.
    pub person: Option<PersonId>,
    /// How many customers it has.
    pub customers: u32,
}

/// Why an account was not assigned.
#[derive(Debug, thiserror::Error)]
pub enum AssignFailed {
    /// There is no such customer.
    #[error("There is no such customer. Look it up under Customers.")]
    NoCustomer,
    /// There is no such person, or they can't sign in any more.
    #[error("There is no such person, or they are not here any more. Choose somebody else.")]
    NoPerson,
    /// There is no such owner in any report.
    #[error("No report names this owner. Reload the page.")]
    NoReportOwner,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Gives an account to somebody, with all its open cases; `None` lays it into the inbox of its team. From
    /// now on the owner in reports says nothing about it. Gives how many cases moved.
    ///
    /// # Errors
    /// [`AssignFailed`] says which.
    pub async fn assign_customer(
        &self,
        customer: CustomerId,
        to: Option<PersonId>,
        by: Option<PersonId>,
        now: Timestamp,
    ) -> Result<usize, AssignFailed> {
        let tx = self.begin().await?;
        let sql = "SELECT team_id FROM customer WHERE id = ?";
        let Some((team,)) = tx.one::<(TeamId,)>(sql, binds![customer]).await? else {
            return Err(AssignFailed::NoCustomer);
        };
        let (owner, team) = match to {
            None => (Owner::Inbox { team }, team),
            Some(person) => (Owner::Person { person }, working(&tx, person).await?),
        };
        let sql = "UPDATE customer SET owner_id = ?, owner_by_person = ?, team_id = ? WHERE id = ?";
        tx.execute(sql, binds![to, true, team, customer]).await?;
        let book = TermsBook::load(tx.reads(), now).await?;
        let reason = "the account was assigned";
        let moved = hand_over(&tx, &book, &[(customer, owner)], Which::All, reason, by, now).await?;
        tx.commit().await?;
        Ok(moved)
    }

    /// Owners as reports write them, unmapped ones first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn report_owners(&self) -> Result<Vec<ReportOwner>> {
        let sql = "SELECT r.name_key, r.name, r.person_id, COUNT(c.id) AS customers FROM report_owner r \
                   LEFT JOIN customer c ON c.report_owner = r.name_key \
                   GROUP BY r.name_key, r.name, r.person_id \
                   ORDER BY CASE WHEN r.person_id IS NULL THEN 0 ELSE 1 END, r.name_key";
        self.reads().all(sql, Vec::new()).await
    }

    /// Says who an owner in reports is. Their accounts become that person's, unless somebody has assigned
    /// them, and so do the cases of these accounts that lie in an inbox. Gives how many cases moved.
    ///
    /// # Errors
    /// [`AssignFailed`] says which.
    pub async fn map_report_owner(
        &self,
        key: &str,
        person: PersonId,
        by: Option<PersonId>,
        now: Timestamp,
    ) -> Result<usize, AssignFailed> {
        let tx = self.begin().await?;
        working(&tx, person).await?;
        let known =
            tx.one::<(String,)>("SELECT name FROM report_owner WHERE name_key = ?", binds![key]).await?;
        if known.is_none() {
            return Err(AssignFailed::NoReportOwner);
        }
        let moved = map_owner(&tx, key, person, by, now).await?;
        tx.commit().await?;
        Ok(moved)
    }
}

pub(crate) async fn map_owner(
    tx: &Tx,
    key: &str,
    person: PersonId,
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<usize> {
    tx.execute("UPDATE report_owner SET person_id = ? WHERE name_key = ?", binds![person, key]).await?;
    let sql = "UPDATE customer SET owner_id = ?, team_id = (SELECT team_id FROM person WHERE id = ?) \
               WHERE report_owner = ? AND owner_by_person = FALSE RETURNING id";
    let customers: Vec<(CustomerId,)> = tx.all(sql, binds![person, person, key]).await?;
    let customers: Vec<_> = customers.into_iter().map(|(id,)| (id, Owner::Person { person })).collect();
    let book = TermsBook::load(tx.reads(), now).await?;
    hand_over(tx, &book, &customers, Which::Inbox, "the owner in the reports was mapped", by, now).await
}

/// The team of somebody who works here.
async fn working(tx: &Tx, person: PersonId) -> Result<TeamId, AssignFailed> {
    match people::by_id(tx.reads(), person).await? {
        Some(person) if person.disabled_at.is_none() => Ok(person.team),
        Some(_) | None => Err(AssignFailed::NoPerson),
    }
}

impl FromRow for ReportOwner {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            key: row.get("name_key")?,
            name: row.get("name")?,
            person: row.get("person_id")?,
            customers: row.get("customers")?,
        })
    }
}
