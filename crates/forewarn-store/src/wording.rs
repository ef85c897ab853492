//! Findings of the wording check that a person keeps, because …: by case and sentence, and counted by rule.

use crate::db::{FromRow, Row, Store, binds};
use crate::error::Result;
use crate::scope;
use forewarn_domain::ids::{CaseId, PersonId};
use forewarn_domain::people::Scope;
use jiff::Timestamp;

/// A finding that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptWording {
    /// The rule that found it.
    pub rule: String,
    /// The fingerprint of the sentence: the same words are the same sentence, wherever they stand.
    pub sentence: String,
    /// Why it stays, in their words; may be empty.
    pub reason: String,
    /// Who keeps it.
    pub by: PersonId,
    /// Since when.
    pub at: Timestamp,
}

impl Store {
    /// Keeps a finding in a case. Kept twice, the first reason stands. `false` where there is no such case, or
    /// none that they may see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_wording(&self, scope: Scope, case: CaseId, kept: &KeptWording) -> Result<bool> {
        let visible = scope::cases(scope, kept.at);
        let tx = self.begin().await?;
        let sql = format!("SELECT k.id FROM cases k WHERE k.id = ? AND {}", visible.sql);
        let found: Option<(CaseId,)> = tx.one(&sql, [binds![case], visible.values].concat()).await?;
        if found.is_none() {
            return Ok(false);
        }
        let sql = "INSERT INTO wording_kept (case_id, rule, sentence_hash, reason, person_id, kept_at) \
                   VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (case_id, rule, sentence_hash) DO NOTHING";
        let KeptWording { rule, sentence, reason, by, at } = kept;
        tx.execute(sql, binds![case, rule, sentence, reason, *by, *at]).await?;
        tx.commit_quietly().await?;
        Ok(true)
    }

    /// What is kept in a case, oldest first; nothing where they may not see it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn kept_wording(&self, scope: Scope, case: CaseId, now: Timestamp) -> Result<Vec<KeptWording>> {
        let visible = scope::cases(scope, now);
        let sql = format!(
            "SELECT w.rule, w.sentence_hash, w.reason, w.person_id, w.kept_at \
             FROM wording_kept w JOIN cases k ON k.id = w.case_id \
             WHERE k.id = ? AND {} ORDER BY w.kept_at, w.rule, w.sentence_hash",
            visible.sql
        );
        self.reads().all(&sql, [binds![case], visible.values].concat()).await
    }

    /// How often each rule has been dismissed since `since` in the cases that they may see, the most first:
    /// a rule that is dismissed again and again is wrong here, or has to be talked about.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn kept_by_rule(
        &self,
        scope: Scope,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<(String, u32)>> {
        let visible = scope::cases(scope, now);
        let sql = format!(
            "SELECT w.rule, CAST(COUNT(*) AS BIGINT) FROM wording_kept w JOIN cases k ON k.id = w.case_id \
             WHERE w.kept_at >= ? AND {} GROUP BY w.rule ORDER BY COUNT(*) DESC, w.rule",
            visible.sql
        );
        self.reads().all(&sql, [binds![since], visible.values].concat()).await
    }
}

impl FromRow for KeptWording {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            rule: row.get("rule")?,
            sentence: row.get("sentence_hash")?,
            reason: row.get("reason")?,
            by: row.get("person_id")?,
            at: row.get("kept_at")?,
        })
    }
}
