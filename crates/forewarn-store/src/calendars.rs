//! When people and teams work, where chats take their notices, and who leads whom.
//!
//! A person's calendar goes before their team's, and that before the company's. What is saved holds for what is
//! owed already, too: the next tick sets the clocks of the cases concerned anew.

use crate::db::{Bind as _, Json, Store, Value, binds, json};
use crate::error::Result;
use crate::recompute::{self, Whose};
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::escalation::Because;
use forewarn_domain::ids::{PersonId, TeamId};
use forewarn_domain::notice::ChatTarget;

impl Store {
    /// A person's own calendar; `None` if their team's or the company's holds for them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn person_calendar(&self, person: PersonId) -> Result<Option<WorkingCalendar>> {
        let sql = "SELECT calendar FROM person WHERE id = ? AND calendar IS NOT NULL";
        let row = self.reads().one::<(Json<WorkingCalendar>,)>(sql, binds![person]).await?;
        Ok(row.map(|(Json(calendar),)| calendar))
    }

    /// Saves a person's own calendar, or that they have none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_person_calendar(
        &self,
        person: PersonId,
        calendar: Option<&WorkingCalendar>,
    ) -> Result<()> {
        let sql = "UPDATE person SET calendar = ? WHERE id = ?";
        let values = binds![calendar.map(json), person];
        self.save_and_recompute(sql, values, Whose::Person(person), Because::PersonCalendar { person }).await
    }

    /// A team's calendar; `None` if the company's holds for it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn team_calendar(&self, team: TeamId) -> Result<Option<WorkingCalendar>> {
        let sql = "SELECT calendar FROM team WHERE id = ? AND calendar IS NOT NULL";
        let row = self.reads().one::<(Json<WorkingCalendar>,)>(sql, binds![team]).await?;
        Ok(row.map(|(Json(calendar),)| calendar))
    }

    /// Saves a team's calendar, or that it has none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_team_calendar(&self, team: TeamId, calendar: Option<&WorkingCalendar>) -> Result<()> {
        let values = binds![calendar.map(json), team];
        let sql = "UPDATE team SET calendar = ? WHERE id = ?";
        self.save_and_recompute(sql, values, Whose::Team(team), Because::TeamCalendar { team }).await
    }

    /// Says which team is above this one: its leader is the next leader. `false`, and nothing saved, if that
    /// would put a team above itself.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_above(&self, team: TeamId, above: Option<TeamId>) -> Result<bool> {
        let tx = self.begin().await?;
        let mut higher = above;
        while let Some(id) = higher {
            if id == team {
                return Ok(false);
            }
            let sql = "SELECT above_id FROM team WHERE id = ?";
            higher = tx.one::<(Option<TeamId>,)>(sql, binds![id]).await?.and_then(|(above,)| above);
        }
        tx.execute("UPDATE team SET above_id = ? WHERE id = ?", binds![above, team]).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Where a person takes notices in a chat.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn person_chat(&self, person: PersonId) -> Result<Option<ChatTarget>> {
        self.chat("SELECT chat FROM person WHERE id = ? AND chat IS NOT NULL", person.bind()).await
    }

    /// Saves where a person takes notices in a chat; `None` for nowhere of their own.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_person_chat(&self, person: PersonId, chat: Option<&ChatTarget>) -> Result<()> {
        self.save_chat("UPDATE person SET chat = ? WHERE id = ?", person.bind(), chat).await
    }

    /// Where notices to the people of a team are posted who have no chat of their own.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn team_chat(&self, team: TeamId) -> Result<Option<ChatTarget>> {
        self.chat("SELECT chat FROM team WHERE id = ? AND chat IS NOT NULL", team.bind()).await
    }

    /// Saves where notices to the people of a team are posted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_team_chat(&self, team: TeamId, chat: Option<&ChatTarget>) -> Result<()> {
        self.save_chat("UPDATE team SET chat = ? WHERE id = ?", team.bind(), chat).await
    }

    async fn chat(&self, sql: &str, of: Value) -> Result<Option<ChatTarget>> {
        Ok(self.reads().one::<(Json<ChatTarget>,)>(sql, vec![of]).await?.map(|(Json(chat),)| chat))
    }

    async fn save_chat(&self, sql: &str, of: Value, chat: Option<&ChatTarget>) -> Result<()> {
        let tx = self.begin().await?;
        tx.execute(sql, vec![chat.map(json).bind(), of]).await?;
        tx.commit().await
    }

    async fn save_and_recompute(
        &self,
        sql: &str,
        values: Vec<Value>,
        whose: Whose,
        because: Because,
    ) -> Result<()> {
        let tx = self.begin().await?;
        if tx.execute(sql, values).await? > 0 {
            recompute::ask(&tx, whose, because).await?;
        }
        tx.commit().await
    }
}
