//! Renaming a team, and taking away one that nobody needs.

use crate::db::{Store, binds};
use crate::error::Result;
use crate::terms::name_key;
use forewarn_domain::ids::TeamId;

impl Store {
    /// Gives a team another name. `false`, and nothing saved, if another team has it, in capitals or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rename_team(&self, team: TeamId, name: &str) -> Result<bool> {
        let tx = self.begin().await?;
        let others: Vec<(String,)> = tx.all("SELECT name FROM team WHERE id <> ?", binds![team]).await?;
        if others.iter().any(|(other,)| name_key(other) == name_key(name)) {
            return Ok(false);
        }
        tx.execute("UPDATE team SET name = ? WHERE id = ?", binds![name.trim(), team]).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Takes a team away that has nobody and nothing in it, and no team below it. `false`, and nothing
    /// changed, for any other, and for the last one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_team(&self, team: TeamId) -> Result<bool> {
        let tx = self.begin().await?;
        for used in [
            "SELECT id FROM person WHERE team_id = ? LIMIT 1",
            "SELECT id FROM customer WHERE team_id = ? LIMIT 1",
            "SELECT id FROM cases WHERE team_id = ? LIMIT 1",
            "SELECT id FROM cases WHERE inbox_team_id = ? LIMIT 1",
            "SELECT id FROM team WHERE above_id = ? LIMIT 1",
        ] {
            if tx.one::<(i64,)>(used, binds![team]).await?.is_some() {
                return Ok(false);
            }
        }
        if tx.one::<(TeamId,)>("SELECT id FROM team WHERE id <> ? LIMIT 1", binds![team]).await?.is_none() {
            return Ok(false);
        }
        tx.execute("DELETE FROM team WHERE id = ?", binds![team]).await?;
        tx.commit().await?;
        Ok(true)
    }
}
