//! Looking at letters.

use super::{LETTER, Letter};
use crate::db::{FromRow, Row, Store, binds};
use crate::error::Result;
use crate::scope;
use forewarn_domain::case::Owner;
use forewarn_domain::ids::{CaseId, CustomerId, LetterId, PersonId, TeamId};
use forewarn_domain::people::Scope;
use jiff::Timestamp;

/// A letter of which nobody knows what became of it, and who has to find out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLetter {
    /// The letter.
    pub letter: Letter,
    /// To whom it went.
    pub customer: CustomerId,
    /// That customer's name.
    pub customer_name: String,
    /// Who has to find out: whoever has the case.
    pub owner: Owner,
    /// The name of that person or team.
    pub owner_name: String,
}

impl Store {
    /// The letters of a case, the newest first, drafts included.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn letters_of(&self, scope: Scope, case: CaseId, now: Timestamp) -> Result<Vec<Letter>> {
        let visible = scope::cases(scope, now);
        let sql = format!(
            "SELECT {LETTER} FROM letter l JOIN cases k ON k.id = l.case_id \
             LEFT JOIN person a ON a.id = l.approved_by WHERE l.case_id = ? AND {} ORDER BY l.id DESC",
            visible.sql
        );
        self.reads().all(&sql, [binds![case], visible.values].concat()).await
    }

    /// One letter; `None` if there is none that this person may see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn letter(&self, scope: Scope, id: LetterId, now: Timestamp) -> Result<Option<Letter>> {
        let visible = scope::cases(scope, now);
        let sql = format!(
            "SELECT {LETTER} FROM letter l JOIN cases k ON k.id = l.case_id \
             LEFT JOIN person a ON a.id = l.approved_by WHERE l.id = ? AND {}",
            visible.sql
        );
        self.reads().one(&sql, [binds![id], visible.values].concat()).await
    }

    /// Letters of which nobody knows what became of them, the oldest first, with whoever has to find out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unknown_letters(&self, scope: Scope, now: Timestamp) -> Result<Vec<UnknownLetter>> {
        let visible = scope::cases(scope, now);
        let sql = format!(
            "SELECT {LETTER}, k.customer_id, c.name AS customer_name, k.owner_id, k.inbox_team_id, \
             COALESCE(o.name, t.name, '') AS owner_name FROM letter l JOIN cases k ON k.id = l.case_id \
             JOIN customer c ON c.id = k.customer_id LEFT JOIN person a ON a.id = l.approved_by \
             LEFT JOIN person o ON o.id = k.owner_id LEFT JOIN team t ON t.id = k.inbox_team_id \
             WHERE l.state = 'unknown' AND l.resolved_at IS NULL AND {} ORDER BY l.id",
            visible.sql
        );
        self.reads().all(&sql, visible.values).await
    }

    /// The Message-IDs of the letters of a case that have left and of what people wrote back, the oldest first:
    /// what a further letter refers to, so that mail programs show them as one conversation. Those of replies
    /// were made elsewhere.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn thread_of(&self, case: CaseId) -> Result<Vec<String>> {
        let sql = "SELECT message_id, at FROM (\
                   SELECT message_id, dot_at AS at FROM letter WHERE case_id = ? AND message_id IS NOT NULL \
                   AND state IN ('accepted', 'unknown') AND bounced_at IS NULL UNION ALL \
                   SELECT message_id, received_at AS at FROM reply WHERE case_id = ? AND NOT automatic) AS thread \
                   ORDER BY at, message_id";
        let ids = self.reads().all::<(String, Timestamp)>(sql, binds![case, case]).await?;
        Ok(ids.into_iter().map(|(id, _)| id).collect())
    }
}

impl FromRow for UnknownLetter {
    fn from_row(row: &Row) -> Result<Self> {
        let owner: Option<PersonId> = row.get("owner_id")?;
        let owner = match owner {
            Some(person) => Owner::Person { person },
            None => Owner::Inbox { team: row.get::<Option<TeamId>>("inbox_team_id")?.unwrap_or(TeamId(1)) },
        };
        Ok(Self {
            letter: Letter::from_row(row)?,
            customer: row.get("customer_id")?,
            customer_name: row.get("customer_name")?,
            owner,
            owner_name: row.get("owner_name")?,
        })
    }
}
