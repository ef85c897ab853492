//! What the company has decided: its policy, its name, its calendar.

pub mod chat;
pub mod mail;
pub mod trials;

use crate::db::{Json, Reads, Store, Tx, binds};
use crate::error::Result;
use crate::recompute::{self, Whose};
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::escalation::Because;
use forewarn_domain::policy::Policy;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The company that uses Forewarn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// Its name, as customers know it.
    pub name: String,
    /// When its people work, and in which zone.
    pub calendar: WorkingCalendar,
}

impl Store {
    /// The policy; its defaults until one is saved.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn policy(&self) -> Result<Policy> {
        policy(self.reads()).await
    }

    /// Saves the policy. It holds for everything that is judged from now on, and the next tick sets the clocks
    /// of open cases by it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_policy(&self, policy: &Policy) -> Result<()> {
        let tx = self.begin().await?;
        save(&tx, "policy", crate::db::json(policy)).await?;
        recompute::ask(&tx, Whose::All, Because::Policy).await?;
        tx.commit().await
    }

    /// The company; without a name, and with office hours in UTC, until it is saved.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn company(&self) -> Result<Company> {
        company(self.reads()).await
    }

    /// Saves the company's name and calendar. The next tick sets the clocks of open cases by another calendar.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_company(&self, company: &Company) -> Result<()> {
        let tx = self.begin().await?;
        let before = setting::<Company>(tx.reads(), "company").await?;
        save(&tx, "company", crate::db::json(company)).await?;
        if before.is_none_or(|before| before.calendar != company.calendar) {
            recompute::ask(&tx, Whose::All, Because::CompanyCalendar).await?;
        }
        tx.commit().await
    }

    /// Any setting by its name; `None` until it is saved.
    ///
    /// # Errors
    /// When the database fails, or the setting is of another kind.
    pub async fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        setting(self.reads(), name).await
    }

    /// Saves a setting under its name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_setting<T: Serialize>(&self, name: &str, value: &T) -> Result<()> {
        let value = crate::db::json(value);
        let tx = self.begin().await?;
        save(&tx, name, value).await?;
        tx.commit().await
    }
}

pub(crate) async fn policy(reads: Reads<'_>) -> Result<Policy> {
    Ok(setting(reads, "policy").await?.unwrap_or_default())
}

pub(crate) async fn company(reads: Reads<'_>) -> Result<Company> {
    if let Some(company) = setting(reads, "company").await? {
        return Ok(company);
    }
    Ok(Company { name: String::new(), calendar: WorkingCalendar::default() })
}

async fn setting<T: DeserializeOwned>(reads: Reads<'_>, name: &str) -> Result<Option<T>> {
    let row = reads.one::<(Json<T>,)>("SELECT value FROM setting WHERE name = ?", binds![name]).await?;
    Ok(row.map(|(Json(value),)| value))
}

pub(crate) async fn save(tx: &Tx, name: &str, value: String) -> Result<()> {
    let sql = "INSERT INTO setting (name, value) VALUES (?, ?) \
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.execute(sql, binds![name, value]).await?;
    Ok(())
}
