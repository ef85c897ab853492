//! The list of imports: what came in through which door, how far it is, and what came of it.

use super::{ImportOutcome, RowProblem};
use crate::calls::Receipt;
use crate::db::{FromRow, Json, Row, Store, Word, binds, json};
use crate::error::Result;
use crate::page::Page;
use forewarn_domain::ids::{ImportId, PersonId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Which way a report came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// `forewarn import`.
    CommandLine,
    /// The Import page.
    Upload,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImportState {
    /// The file is here; nobody has looked into it.
    Uploaded,
    /// Its columns are known; a person says what they mean.
    Surveyed,
    /// Being read without being saved, to count what it would do.
    Checking,
    /// Checked; waiting for a person to say yes.
    Checked,
    /// Being taken in.
    Importing,
    /// Done.
    Imported,
    /// It could not be read.
    Failed,
    /// Done, and taken back.
    Undone,
}

/// A report that has just come in.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// Who brought it; `None` for the command line.
    pub by: Option<PersonId>,
    /// Through which door.
    pub door: Door,
    /// The file's name.
    pub file_name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// The moment it speaks of.
    pub as_of: Timestamp,
    /// Whether lines that are absent from it are missing.
    pub full_report: bool,
    /// Now.
    pub now: Timestamp,
}

/// An import of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisteredImport {
    /// Its number.
    pub id: ImportId,
    /// Who brought it.
    pub by: Option<PersonId>,
    /// Through which door.
    pub door: Door,
    /// The file's name.
    pub file_name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The moment it speaks of.
    pub as_of: Timestamp,
    /// Whether lines that are absent from it are missing.
    pub full_report: bool,
    /// How far it is.
    pub state: ImportState,
    /// What was found in the file, as JSON of the reader.
    pub survey: Option<String>,
    /// What the columns mean, as JSON of the reader.
    pub mapping: Option<String>,
    /// The profile it was read with.
    pub profile: Option<String>,
    /// What came of it, or would.
    pub outcome: Option<ImportOutcome>,
    /// Why it failed, for people.
    pub message: Option<String>,
    /// When it came in.
    pub created_at: Timestamp,
    /// When it was done.
    pub imported_at: Option<Timestamp>,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
}

impl Store {
    /// Puts a report on the list.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn register_import(&self, new: &NewImport) -> Result<ImportId> {
        self.register(new, None).await
    }

    /// Puts an uploaded report on the list, or finds it there: the same form sent once more, since nobody had heard
    /// what became of it, is the same import. One that stayed without its file waits for it again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn register_upload(&self, new: &NewImport, entry: Uuid) -> Result<ImportId> {
        match self.register(new, Some(entry)).await {
            Err(error) if error.is_duplicate() => {}
            registered => return registered,
        }
        let tx = self.begin().await?;
        let sql = "SELECT id FROM import WHERE entry = ?";
        let known = tx.one::<(ImportId,)>(sql, binds![entry.to_string()]).await?;
        let id = known.map_or(ImportId(0), |(id,)| id);
        let again = "UPDATE import SET state = 'uploaded', message = NULL WHERE id = ? AND state = 'failed' \
                     AND survey IS NULL";
        tx.execute(again, binds![id]).await?;
        tx.receipt(|| Receipt::Added { id: id.0 });
        tx.commit().await?;
        Ok(id)
    }

    /// Takes a report off the list that was only rehearsed.
    ///
    /// # Errors
    /// When the database fails, or the import has left traces.
    pub async fn forget_import(&self, id: ImportId) -> Result<()> {
        let tx = self.begin().await?;
        tx.execute("DELETE FROM import WHERE id = ? AND imported_at IS NULL", binds![id]).await?;
        tx.commit().await
    }

    /// One import of the list.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn import(&self, id: ImportId) -> Result<Option<RegisteredImport>> {
        self.reads().one("SELECT * FROM import WHERE id = ?", binds![id]).await
    }

    /// The newest imports, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn imports(&self, at_most: u32) -> Result<Vec<RegisteredImport>> {
        self.reads().all("SELECT * FROM import ORDER BY id DESC LIMIT ?", binds![at_most]).await
    }

    /// Imports, newest first, a page at a time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn imports_page(&self, after: Option<&str>, limit: u32) -> Result<Page<RegisteredImport>> {
        let before = after.and_then(|after| after.parse().ok()).unwrap_or(i64::MAX);
        let sql = "SELECT * FROM import WHERE id < ? ORDER BY id DESC LIMIT ?";
        let rows: Vec<RegisteredImport> = self.reads().all(sql, binds![before, i64::from(limit) + 1]).await?;
        Ok(Page::cut(rows, limit, |last| last.id.to_string()))
    }

    /// The last import that counts: done, and not taken back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_import(&self) -> Result<Option<RegisteredImport>> {
        let sql = "SELECT * FROM import WHERE state = 'imported' ORDER BY imported_at DESC, id DESC LIMIT 1";
        self.reads().one(sql, binds![]).await
    }

    /// Imports that a job should go on with: what a stopped program has left behind.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn imports_in(&self, states: &[ImportState]) -> Result<Vec<RegisteredImport>> {
        let mut found = Vec::new();
        for state in states {
            let sql = "SELECT * FROM import WHERE state = ? ORDER BY id";
            found.extend(self.reads().all::<RegisteredImport>(sql, binds![Word(*state)]).await?);
        }
        Ok(found)
    }

    /// Notes what was found in the file, and moves the import on to `next`: it waits for a person to say what the
    /// columns mean, or to be checked. An import that somebody else has moved on meanwhile stays where it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_survey(&self, id: ImportId, survey: &str, next: ImportState) -> Result<()> {
        let values = binds![survey, Word(next)];
        self.set_from(ImportState::Uploaded, "survey = ?, state = ?", id, values).await
    }

    /// Notes what a person said the columns mean, and that it is to be checked or imported.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_mapping(
        &self,
        id: ImportId,
        mapping: &str,
        profile: Option<&str>,
        full_report: bool,
        next: ImportState,
    ) -> Result<()> {
        let values = binds![mapping, profile, full_report, Word(next)];
        self.set("mapping = ?, profile = ?, full_report = ?, state = ?", id, values).await
    }

    /// Notes the profile that a report came with. An import that has been looked into meanwhile keeps what it has: of
    /// two who bring the same file in, one may have stood still for a while.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_profile(
        &self,
        id: ImportId,
        mapping: &str,
        profile: &str,
        full_report: bool,
    ) -> Result<()> {
        let values = binds![mapping, profile, full_report];
        self.set_from(ImportState::Uploaded, "mapping = ?, profile = ?, full_report = ?", id, values).await
    }

    /// Notes what an import would do, unless somebody else has moved it on meanwhile.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_checked(&self, id: ImportId, outcome: &ImportOutcome) -> Result<()> {
        let what = "report = ?, state = 'checked'";
        self.set_from(ImportState::Checking, what, id, binds![json(outcome)]).await
    }

    /// Moves an import on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_import_state(&self, id: ImportId, state: ImportState) -> Result<()> {
        self.set("state = ?", id, binds![Word(state)]).await
    }

    /// Moves an import on from one state to another; `false`, and nothing done, if it is in another state by
    /// now. Of two who confirm the same check, one does.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn move_import(&self, id: ImportId, from: ImportState, to: ImportState) -> Result<bool> {
        let tx = self.begin().await?;
        let sql = "UPDATE import SET state = ? WHERE id = ? AND state = ?";
        let moved = tx.execute(sql, binds![Word(to), id, Word(from)]).await? > 0;
        tx.commit().await?;
        Ok(moved)
    }

    /// Notes why an import failed in the state that it was in, for people. One that somebody else has moved on
    /// meanwhile has not failed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_import_failed(&self, id: ImportId, was: ImportState, message: &str) -> Result<()> {
        self.set_from(was, "message = ?, state = 'failed'", id, binds![message]).await
    }

    /// All that is wrong with the rejected rows of an import, in the order of the rows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn import_errors(&self, id: ImportId) -> Result<Vec<RowProblem>> {
        let sql = "SELECT row_no, column_name, found, expected, fix FROM import_error WHERE import_id = ? \
                   ORDER BY row_no, id";
        self.reads().all(sql, binds![id]).await
    }

    async fn register(&self, new: &NewImport, entry: Option<Uuid>) -> Result<ImportId> {
        let sql = "INSERT INTO import (created_at, person_id, door, file_name, sha256, bytes, as_of, \
                   full_report, state, entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'uploaded', ?) RETURNING id";
        let bytes = i64::try_from(new.bytes).unwrap_or(i64::MAX);
        let values = binds![
            new.now,
            new.by,
            Word(new.door),
            &new.file_name,
            &new.sha256,
            bytes,
            new.as_of,
            new.full_report,
            entry.map(|entry| entry.to_string()),
        ];
        let tx = self.begin().await?;
        let id = tx.one::<(ImportId,)>(sql, values).await?.map_or(ImportId(0), |(id,)| id);
        tx.receipt(|| Receipt::Added { id: id.0 });
        tx.commit().await?;
        Ok(id)
    }

    /// Two programs on one database may work on the same import: the slower one must not set it back.
    async fn set_from(
        &self,
        from: ImportState,
        what: &str,
        id: ImportId,
        mut values: Vec<crate::db::Value>,
    ) -> Result<()> {
        values.extend(binds![id, Word(from)]);
        let tx = self.begin().await?;
        tx.execute(&format!("UPDATE import SET {what} WHERE id = ? AND state = ?"), values).await?;
        tx.commit().await
    }

    async fn set(&self, what: &str, id: ImportId, mut values: Vec<crate::db::Value>) -> Result<()> {
        values.extend(binds![id]);
        let tx = self.begin().await?;
        tx.execute(&format!("UPDATE import SET {what} WHERE id = ?"), values).await?;
        tx.commit().await
    }
}

impl FromRow for RegisteredImport {
    fn from_row(row: &Row) -> Result<Self> {
        let bytes: i64 = row.get("bytes")?;
        Ok(Self {
            id: row.get("id")?,
            by: row.get("person_id")?,
            door: row.get::<Word<Door>>("door")?.0,
            file_name: row.get("file_name")?,
            bytes: bytes.unsigned_abs(),
            as_of: row.get("as_of")?,
            full_report: row.get("full_report")?,
            state: row.get::<Word<ImportState>>("state")?.0,
            survey: row.get("survey")?,
            mapping: row.get("mapping")?,
            profile: row.get("profile")?,
            outcome: row.get::<Option<Json<ImportOutcome>>>("report")?.map(|Json(outcome)| outcome),
            message: row.get("message")?,
            created_at: row.get("created_at")?,
            imported_at: row.get("imported_at")?,
            undone_at: row.get("undone_at")?,
        })
    }
}

impl FromRow for RowProblem {
    fn from_row(row: &Row) -> Result<Self> {
        let number: i64 = row.get("row_no")?;
        Ok(Self {
            row: number.unsigned_abs(),
            column: row.get("column_name")?,
            found: row.get("found")?,
            expected: row.get("expected")?,
            fix: row.get("fix")?,
        })
    }
}
