//! The terms that hold for one customer: the company's settings, bent by what the customer has of its own.

use crate::db::{FromRow, Json, Reads, Row, Word, binds};
use crate::error::Result;
use crate::settings;
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::ids::PersonId;
use forewarn_domain::policy::{Policy, Terms, Tier};
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The company's side of all terms; read once for many customers.
pub(crate) struct TermsBook {
    policy: Policy,
    company: Arc<WorkingCalendar>,
    zones: HashMap<PersonId, String>,
    /// The company's week on the clocks of other zones, each made once.
    elsewhere: Mutex<HashMap<String, Arc<WorkingCalendar>>>,
}

/// A customer's side of its terms: what an admin has set for this one.
#[derive(Debug, Clone, Default)]
pub(crate) struct CustomerTerms {
    pub(crate) tolerance_days: Option<i32>,
    pub(crate) reaction_days: Option<i32>,
    pub(crate) tier: Tier,
    pub(crate) zone: Option<String>,
    pub(crate) calendar: Option<Arc<WorkingCalendar>>,
}

/// The columns of `customer AS c` that [`CustomerTerms`] reads.
pub(crate) const TERMS: &str = "c.tolerance_days, c.reaction_days, c.tier, c.zone, c.calendar";

impl TermsBook {
    pub(crate) async fn load(reads: Reads<'_>) -> Result<Self> {
        let people = "SELECT id, zone FROM person WHERE zone IS NOT NULL";
        Ok(Self {
            policy: settings::policy(reads).await?,
            company: Arc::new(settings::company(reads).await?.calendar),
            zones: reads.all::<(PersonId, String)>(people, binds![]).await?.into_iter().collect(),
            elsewhere: Mutex::default(),
        })
    }

    /// What holds between this customer and the person who owns the account.
    pub(crate) fn terms(&self, customer: &CustomerTerms, owner: Option<PersonId>) -> Terms {
        let owner_zone = owner.and_then(|owner| self.zones.get(&owner)).map(String::as_str);
        Terms {
            policy: self.policy.clone(),
            tolerance_days: customer.tolerance_days.unwrap_or(self.policy.tolerance_days),
            reaction_days: customer.reaction_days.unwrap_or(self.policy.reaction_days),
            tier: customer.tier,
            customer_calendar: self.customer_calendar(customer),
            owner_calendar: self.on_the_clock_of(owner_zone),
        }
    }

    /// The customer's own calendar, or else the company's week on the customer's clock.
    pub(crate) fn customer_calendar(&self, customer: &CustomerTerms) -> Arc<WorkingCalendar> {
        match &customer.calendar {
            Some(own) => Arc::clone(own),
            None => self.on_the_clock_of(customer.zone.as_deref()),
        }
    }

    pub(crate) fn company_calendar(&self) -> &WorkingCalendar {
        &self.company
    }

    fn on_the_clock_of(&self, zone: Option<&str>) -> Arc<WorkingCalendar> {
        let Some(zone) = zone.filter(|zone| *zone != self.company.zone_name()) else {
            return Arc::clone(&self.company);
        };
        let mut elsewhere = self.elsewhere.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(calendar) = elsewhere.get(zone) {
            return Arc::clone(calendar);
        }
        let there = TimeZone::get(zone).ok().and_then(|zone| self.company.in_zone(zone).ok());
        let calendar = there.map_or_else(|| Arc::clone(&self.company), Arc::new);
        elsewhere.insert(zone.to_owned(), Arc::clone(&calendar));
        calendar
    }
}

impl FromRow for CustomerTerms {
    fn from_row(row: &Row) -> Result<Self> {
        let calendar: Option<Json<WorkingCalendar>> = row.get("calendar")?;
        Ok(Self {
            tolerance_days: row.get("tolerance_days")?,
            reaction_days: row.get("reaction_days")?,
            tier: row.get::<Word<Tier>>("tier")?.0,
            zone: row.get("zone")?,
            calendar: calendar.map(|Json(calendar)| Arc::new(calendar)),
        })
    }
}

/// A name as a key: white space folded, in lower case. Two spellings of one name have the same.
pub(crate) fn name_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
