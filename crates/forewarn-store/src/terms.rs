//! The terms that hold for one customer: the company's settings, bent by what the customer and whoever acts for
//! the owner have of their own.

use crate::db::{FromRow, Json, Reads, Row, Word};
use crate::error::Result;
use crate::{roster, settings};
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::case::Owner;
use forewarn_domain::ids::{PersonId, TeamId};
use forewarn_domain::policy::{Policy, Terms, Tier};
use forewarn_domain::roster::Roster;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The company's side of all terms at one moment; read once for many customers.
pub(crate) struct TermsBook {
    policy: Policy,
    company: Arc<WorkingCalendar>,
    roster: Roster,
    now: Timestamp,
    hours: Hours,
    /// Calendars by whose they are and in which zone, each made once.
    made: Mutex<HashMap<Made, Arc<WorkingCalendar>>>,
}

/// What people and teams have said about when they work; the calendars as JSON, read when they are needed.
#[derive(Debug, Default)]
pub(crate) struct Hours {
    pub(crate) zones: HashMap<PersonId, String>,
    pub(crate) people: HashMap<PersonId, String>,
    pub(crate) teams: HashMap<TeamId, String>,
}

/// Whose calendar, in which zone; `None` for its own.
type Made = (Base, Option<String>);

/// Whose calendar another one is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Base {
    Company,
    Team(TeamId),
    Person(PersonId),
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
    /// As things stand at `now`: who is away decides whose working time counts.
    pub(crate) async fn load(reads: Reads<'_>, now: Timestamp) -> Result<Self> {
        let (roster, hours) = roster::load(reads, now).await?;
        Ok(Self {
            policy: settings::policy(reads).await?,
            company: Arc::new(settings::company(reads).await?.calendar),
            roster,
            now,
            hours,
            made: Mutex::default(),
        })
    }

    /// What holds between this customer and the person who owns the account, on the clock of whoever acts for
    /// them.
    pub(crate) fn terms(&self, customer: &CustomerTerms, owner: Option<PersonId>) -> Terms {
        let acting =
            owner.map(|person| self.roster.acting(Owner::Person { person }, self.now).unwrap_or(person));
        Terms {
            policy: self.policy.clone(),
            tolerance_days: customer.tolerance_days.unwrap_or(self.policy.tolerance_days),
            reaction_days: customer.reaction_days.unwrap_or(self.policy.reaction_days),
            tier: customer.tier,
            customer_calendar: self.customer_calendar(customer),
            owner_calendar: acting
                .map_or_else(|| Arc::clone(&self.company), |acting| self.calendar_of(acting)),
        }
    }

    /// The customer's own calendar, or else the company's week on the customer's clock.
    pub(crate) fn customer_calendar(&self, customer: &CustomerTerms) -> Arc<WorkingCalendar> {
        match &customer.calendar {
            Some(own) => Arc::clone(own),
            None => self.made(Base::Company, customer.zone.as_deref()),
        }
    }

    pub(crate) fn company_calendar(&self) -> &WorkingCalendar {
        &self.company
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    pub(crate) fn roster(&self) -> &Roster {
        &self.roster
    }

    /// When somebody works: their own calendar, else their team's, else the company's, on their clock.
    pub(crate) fn calendar_of(&self, person: PersonId) -> Arc<WorkingCalendar> {
        let team = self.roster.colleague(person).map(|colleague| colleague.team);
        let base = if self.hours.people.contains_key(&person) {
            Base::Person(person)
        } else {
            let own = team.filter(|team| self.hours.teams.contains_key(team));
            own.map_or(Base::Company, Base::Team)
        };
        self.made(base, self.hours.zones.get(&person).map(String::as_str))
    }

    fn made(&self, base: Base, zone: Option<&str>) -> Arc<WorkingCalendar> {
        if base == Base::Company && zone.is_none_or(|zone| zone == self.company.zone_name()) {
            return Arc::clone(&self.company);
        }
        let key = (base, zone.map(str::to_owned));
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(calendar) = made.get(&key) {
            return Arc::clone(calendar);
        }
        let written = match base {
            Base::Company => None,
            Base::Team(team) => self.hours.teams.get(&team),
            Base::Person(person) => self.hours.people.get(&person),
        };
        let own = written.and_then(|json| serde_json::from_str(json).ok()).map(Arc::new);
        let there = own.unwrap_or_else(|| Arc::clone(&self.company));
        let calendar = zone
            .and_then(|zone| TimeZone::get(zone).ok())
            .and_then(|zone| there.in_zone(zone).ok())
            .map_or(there, Arc::new);
        made.insert(key, Arc::clone(&calendar));
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
