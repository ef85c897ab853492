//! Customers: who they are, who owns the account, and what holds for them.

mod owners;

pub(crate) use owners::map_owner;
pub use owners::{AssignFailed, ReportOwner};

use crate::db::{FromRow, Json, Row, Store, Word, binds, json, word};
use crate::error::Result;
use crate::page::{Page, like};
use crate::recompute::{self, Whose};
use crate::scope;
use crate::terms::name_key;
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::escalation::Because;
use forewarn_domain::ids::{CustomerId, PersonId, TeamId};
use forewarn_domain::people::Scope;
use forewarn_domain::policy::Tier;
use jiff::Timestamp;

/// A customer, and how things stand with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Its number.
    pub id: CustomerId,
    /// Its name, as the first report wrote it.
    pub name: String,
    /// Who owns the account; `None` while it lies in the inbox of the team.
    pub owner: Option<PersonId>,
    /// That person's name.
    pub owner_name: Option<String>,
    /// The owner as reports write it.
    pub report_owner: Option<String>,
    /// The team that looks after it.
    pub team: TeamId,
    /// What an admin has set for it.
    pub settings: CustomerSettings,
    /// Promises that have not arrived.
    pub open_promises: u32,
    /// Those of them that are later than the customer puts up with, or have no date.
    pub late_promises: u32,
    /// Cases that have not ended.
    pub open_cases: u32,
}

/// What can be set for one customer. Everything left out falls back to the company's settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CustomerSettings {
    /// Working days a date may move before they hear of it.
    pub tolerance_days: Option<i32>,
    /// Working days they need to react.
    pub reaction_days: Option<i32>,
    /// How much they weigh.
    pub tier: Tier,
    /// Their time zone, by its IANA name.
    pub zone: Option<String>,
    /// Where they are, as shown: "Bergen".
    pub place: Option<String>,
    /// When they work, if not as we do.
    pub calendar: Option<WorkingCalendar>,
    /// The person there.
    pub contact: Option<String>,
    /// That person's number.
    pub phone: Option<String>,
    /// That person's address.
    pub email: Option<String>,
}

impl Store {
    /// Customers by name, a page at a time. `search` looks in the name; `after` is the page before's `next`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn customers(
        &self,
        scope: Scope,
        search: &str,
        after: Option<&str>,
        limit: u32,
        now: Timestamp,
    ) -> Result<Page<Customer>> {
        let visible = scope::customers(scope, now);
        let sql = format!(
            "{SELECT} WHERE {} AND c.name_key LIKE ? ESCAPE '\\' AND c.name_key > ? ORDER BY c.name_key LIMIT {}",
            visible.sql,
            u64::from(limit) + 1
        );
        let more = binds![like(&name_key(search)), after.unwrap_or_default()];
        let rows: Vec<Customer> = self.reads().all(&sql, [visible.values, more].concat()).await?;
        Ok(Page::cut(rows, limit, |last| name_key(&last.name)))
    }

    /// One customer, if this person may see it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn customer(&self, scope: Scope, id: CustomerId, now: Timestamp) -> Result<Option<Customer>> {
        let visible = scope::customers(scope, now);
        let sql = format!("{SELECT} WHERE {} AND c.id = ?", visible.sql);
        self.reads().one(&sql, [visible.values, binds![id]].concat()).await
    }

    /// Saves what holds for a customer, if this person may see it. The next tick weighs open cases by it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_customer(
        &self,
        scope: Scope,
        id: CustomerId,
        settings: &CustomerSettings,
        now: Timestamp,
    ) -> Result<bool> {
        let visible = scope::customers(scope, now);
        let tx = self.begin().await?;
        let sql = format!(
            "UPDATE customer SET tolerance_days = ?, reaction_days = ?, tier = ?, zone = ?, place = ?, \
             calendar = ?, contact = ?, phone = ?, email = ? \
             WHERE id IN (SELECT c.id FROM customer c WHERE c.id = ? AND {})",
            visible.sql
        );
        let values = binds![
            settings.tolerance_days,
            settings.reaction_days,
            word(&settings.tier),
            settings.zone.as_ref(),
            settings.place.as_ref(),
            settings.calendar.as_ref().map(json),
            settings.contact.as_ref(),
            settings.phone.as_ref(),
            settings.email.as_ref(),
            id,
        ];
        let saved = tx.execute(&sql, [values, visible.values].concat()).await? > 0;
        if saved {
            recompute::ask(&tx, Whose::Customer(id), Because::CustomerTerms).await?;
        }
        tx.commit().await?;
        Ok(saved)
    }
}

const SELECT: &str = "SELECT c.*, o.name AS owner_name, r.name AS report_owner_name, \
    (SELECT COUNT(*) FROM promise p WHERE p.customer_id = c.id AND p.delivered IS NULL AND p.status = 'open' \
     AND p.withdrawn_at IS NULL) AS open_promises, \
    (SELECT COUNT(*) FROM promise p WHERE p.customer_id = c.id AND p.delivered IS NULL AND p.status = 'open' \
     AND p.withdrawn_at IS NULL AND p.slip IN ('late', 'no-date')) AS late_promises, \
    (SELECT COUNT(*) FROM cases k WHERE k.customer_id = c.id AND k.closed_at IS NULL) AS open_cases \
    FROM customer c LEFT JOIN person o ON o.id = c.owner_id \
    LEFT JOIN report_owner r ON r.name_key = c.report_owner";

impl FromRow for Customer {
    fn from_row(row: &Row) -> Result<Self> {
        let calendar: Option<Json<WorkingCalendar>> = row.get("calendar")?;
        let settings = CustomerSettings {
            tolerance_days: row.get("tolerance_days")?,
            reaction_days: row.get("reaction_days")?,
            tier: row.get::<Word<Tier>>("tier")?.0,
            zone: row.get("zone")?,
            place: row.get("place")?,
            calendar: calendar.map(|json| json.0),
            contact: row.get("contact")?,
            phone: row.get("phone")?,
            email: row.get("email")?,
        };
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            owner: row.get("owner_id")?,
            owner_name: row.get("owner_name")?,
            report_owner: row.get("report_owner_name")?,
            team: row.get("team_id")?,
            settings,
            open_promises: row.get("open_promises")?,
            late_promises: row.get("late_promises")?,
            open_cases: row.get("open_cases")?,
        })
    }
}
