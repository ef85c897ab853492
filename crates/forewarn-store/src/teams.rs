//! Teams of reps. Each has an inbox for work that nobody owns yet.

mod changes;

use crate::calls::Receipt;
use crate::db::{FromRow, Row, Store, binds};
use crate::error::Result;
use crate::recompute::{self, Whose};
use forewarn_domain::escalation::Because;
use forewarn_domain::ids::{PersonId, TeamId};

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its number.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// Who leads it.
    pub leader: Option<PersonId>,
    /// The team above it, whose leader is the next leader.
    pub above: Option<TeamId>,
}

impl Store {
    /// All teams, by name. There is always one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn teams(&self) -> Result<Vec<Team>> {
        self.reads().all("SELECT id, name, leader_id, above_id FROM team ORDER BY name, id", Vec::new()).await
    }

    /// Adds a team, or gives the one that has this name already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_team(&self, name: &str) -> Result<TeamId> {
        let tx = self.begin().await?;
        let sql = "INSERT INTO team (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = excluded.name \
                   RETURNING id";
        let id = tx.one::<(TeamId,)>(sql, binds![name.trim()]).await?.map_or(TeamId(1), |(id,)| id);
        tx.receipt(|| Receipt::Added { id: id.0 });
        tx.commit().await?;
        Ok(id)
    }

    /// Adds a team with its leader, below another one.
    ///
    /// # Errors
    /// When the database fails, or there is a team of this name already.
    pub async fn add_team_under(
        &self,
        name: &str,
        leader: Option<PersonId>,
        above: Option<TeamId>,
    ) -> Result<TeamId> {
        let tx = self.begin().await?;
        let sql = "INSERT INTO team (name, leader_id, above_id) VALUES (?, ?, ?) RETURNING id";
        let id = tx.one::<(TeamId,)>(sql, binds![name.trim(), leader, above]).await?;
        let id = id.map_or(TeamId(1), |(id,)| id);
        tx.receipt(|| Receipt::Added { id: id.0 });
        tx.commit().await?;
        Ok(id)
    }

    /// Says who leads a team.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_leader(&self, team: TeamId, leader: Option<PersonId>) -> Result<()> {
        let tx = self.begin().await?;
        tx.execute("UPDATE team SET leader_id = ? WHERE id = ?", binds![leader, team]).await?;
        tx.commit().await
    }

    /// Moves somebody to another team, with their accounts and cases, and ends their sessions: what they may
    /// see has changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn move_person(&self, person: PersonId, team: TeamId) -> Result<()> {
        let tx = self.begin().await?;
        for sql in [
            "UPDATE person SET team_id = ? WHERE id = ?",
            "UPDATE customer SET team_id = ? WHERE owner_id = ?",
            "UPDATE cases SET team_id = ? WHERE owner_id = ? AND closed_at IS NULL",
        ] {
            tx.execute(sql, binds![team, person]).await?;
        }
        tx.execute("DELETE FROM session WHERE person_id = ?", binds![person]).await?;
        recompute::ask(&tx, Whose::Person(person), Because::PersonMoved { person }).await?;
        tx.commit().await
    }
}

impl FromRow for Team {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            leader: row.get("leader_id")?,
            above: row.get("above_id")?,
        })
    }
}
