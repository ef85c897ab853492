//! Profiles: how the columns of a company's report are read, saved under a name.

use crate::db::{Json, Store, binds, json};
use crate::error::Result;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

impl Store {
    /// The names of all profiles.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn profile_names(&self) -> Result<Vec<String>> {
        let names = self.reads().all::<(String,)>("SELECT name FROM profile ORDER BY name", Vec::new());
        Ok(names.await?.into_iter().map(|(name,)| name).collect())
    }

    /// The profile with this name.
    ///
    /// # Errors
    /// When the database fails, or the profile is of another kind.
    pub async fn profile<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        let sql = "SELECT mapping FROM profile WHERE name = ?";
        Ok(self.reads().one::<(Json<T>,)>(sql, binds![name.trim()]).await?.map(|(Json(profile),)| profile))
    }

    /// Saves a profile, in place of the one with the same name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_profile<T: Serialize>(&self, name: &str, profile: &T, now: Timestamp) -> Result<()> {
        let profile = json(profile);
        let tx = self.begin().await?;
        let sql = "INSERT INTO profile (name, mapping, created_at) VALUES (?, ?, ?) \
                   ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping";
        tx.execute(sql, binds![name.trim(), profile, now]).await?;
        tx.commit().await
    }

    /// Forgets a profile. What was imported with it stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_profile(&self, name: &str) -> Result<()> {
        let tx = self.begin().await?;
        tx.execute("DELETE FROM profile WHERE name = ?", binds![name.trim()]).await?;
        tx.commit().await
    }
}
