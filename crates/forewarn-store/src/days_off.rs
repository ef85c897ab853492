//! Calendars with the days off behind them, whoever's they are.

use crate::customers::CustomerSettings;
use crate::db::{Json, Store};
use crate::error::Result;
use crate::scope;
use crate::settings::Company;
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::holidays::DaysOff;
use forewarn_domain::ids::{CustomerId, PersonId, TeamId};
use forewarn_domain::people::Scope;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Whose calendar. Written as in addresses: `company`, `team-1`, `person-4`, `customer-7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum CalendarOf {
    /// The company's, which holds for everybody without their own.
    Company,
    /// A team's, which holds for its people without their own.
    Team(TeamId),
    /// A person's, which decides their deadlines.
    Person(PersonId),
    /// A customer's, which decides how long they can still act.
    Customer(CustomerId),
}

/// A word that names nobody's calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” names nobody's calendar: use company, team-1, person-4 or customer-7")]
pub struct NobodysCalendar(String);

/// A calendar, and what lies behind its free days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarBook {
    /// The hours, the zone and the bare dates.
    pub calendar: WorkingCalendar,
    /// Where the dates come from.
    pub days_off: DaysOff,
}

impl CalendarBook {
    /// The calendar with its free days worked out anew, as of the year `year`; one version further.
    #[must_use]
    pub fn worked_out(mut self, year: i16) -> Self {
        let version = self.calendar.version().saturating_add(1);
        self.calendar = self.calendar.with_days_off(self.days_off.dates(year)).with_version(version);
        self
    }

    /// What is known of a calendar: the days off that were kept with it, unless it says something else.
    pub fn of(calendar: WorkingCalendar, kept: Option<DaysOff>, now: Timestamp) -> Self {
        let today = calendar.local_date(now);
        let year_end = jiff::civil::date(today.year(), 12, 31).max(today);
        let says_the_same = |kept: &DaysOff| {
            let days = kept.between(today, year_end).into_iter().filter(|(_, day)| !day.worked);
            days.map(|(day, _)| day).eq(calendar.holidays().range(today..=year_end).copied())
        };
        let days_off = kept.filter(says_the_same).unwrap_or_else(|| DaysOff::behind(calendar.holidays()));
        Self { calendar, days_off }
    }
}

impl Store {
    /// Somebody's own calendar; `None` while they have none. The company always has one. A customer's is not
    /// given to whoever may not see the customer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn calendar_book(
        &self,
        scope: Scope,
        of: CalendarOf,
        now: Timestamp,
    ) -> Result<Option<CalendarBook>> {
        let calendar = match of {
            CalendarOf::Company => Some(self.company().await?.calendar),
            CalendarOf::Team(id) => self.team_calendar(id).await?,
            CalendarOf::Person(id) => self.person_calendar(id).await?,
            CalendarOf::Customer(id) => {
                self.customer(scope, id, now).await?.and_then(|customer| customer.settings.calendar)
            }
        };
        let Some(calendar) = calendar else { return Ok(None) };
        Ok(Some(CalendarBook::of(calendar, self.setting(&days_off_of(of)).await?, now)))
    }

    /// The customers that have a calendar of their own, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn customer_calendars(
        &self,
        scope: Scope,
        now: Timestamp,
    ) -> Result<Vec<(CustomerId, String, WorkingCalendar)>> {
        let visible = scope::customers(scope, now);
        let sql = format!(
            "SELECT c.id, c.name, c.calendar FROM customer c \
             WHERE {} AND c.calendar IS NOT NULL ORDER BY c.name_key",
            visible.sql
        );
        let rows: Vec<(CustomerId, String, Json<WorkingCalendar>)> =
            self.reads().all(&sql, visible.values).await?;
        Ok(rows.into_iter().map(|(id, name, Json(calendar))| (id, name, calendar)).collect())
    }

    /// Saves somebody's own calendar, or takes it away: then the one above holds for them. The company keeps
    /// what it has. Open deadlines are worked out anew by the next tick. `false` for a customer that this
    /// person may not see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_calendar_book(
        &self,
        scope: Scope,
        of: CalendarOf,
        book: Option<&CalendarBook>,
        now: Timestamp,
    ) -> Result<bool> {
        if let Some(book) = book {
            self.save_setting(&days_off_of(of), &book.days_off).await?;
        }
        let calendar = book.map(|book| &book.calendar);
        match of {
            CalendarOf::Company => {
                if let Some(calendar) = calendar {
                    let company = Company { calendar: calendar.clone(), ..self.company().await? };
                    self.save_company(&company).await?;
                }
            }
            CalendarOf::Team(id) => self.save_team_calendar(id, calendar).await?,
            CalendarOf::Person(id) => self.save_person_calendar(id, calendar).await?,
            CalendarOf::Customer(id) => {
                let Some(customer) = self.customer(scope, id, now).await? else { return Ok(false) };
                let settings = CustomerSettings { calendar: calendar.cloned(), ..customer.settings };
                return self.save_customer(scope, id, &settings, now).await;
            }
        }
        Ok(true)
    }
}

/// Under which name the days off of a calendar are kept.
fn days_off_of(of: CalendarOf) -> String {
    format!("days-off-{of}")
}

impl fmt::Display for CalendarOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Company => f.write_str("company"),
            Self::Team(id) => write!(f, "team-{id}"),
            Self::Person(id) => write!(f, "person-{id}"),
            Self::Customer(id) => write!(f, "customer-{id}"),
        }
    }
}

impl FromStr for CalendarOf {
    type Err = NobodysCalendar;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (whose, id) = text.split_once('-').unwrap_or((text, ""));
        let read = match whose {
            "company" if id.is_empty() => Some(Self::Company),
            "team" => id.parse().ok().map(Self::Team),
            "person" => id.parse().ok().map(Self::Person),
            "customer" => id.parse().ok().map(Self::Customer),
            _ => None,
        };
        read.ok_or_else(|| NobodysCalendar(text.to_owned()))
    }
}

impl TryFrom<String> for CalendarOf {
    type Error = NobodysCalendar;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CalendarOf> for String {
    fn from(of: CalendarOf) -> Self {
        of.to_string()
    }
}
