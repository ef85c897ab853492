//! When our people are away, and who stands in for them.
//!
//! Beginning and end of an absence are work of the tick: the clocks of the cases concerned are then set anew.

use crate::db::{FromRow, Row, Store, Tx, binds};
use crate::error::{Result, StoreError};
use crate::people;
use crate::recompute::{self, Whose};
use forewarn_domain::absence::{Absence, NotAnAbsence};
use forewarn_domain::escalation::Because;
use forewarn_domain::ids::{AbsenceId, PersonId};
use forewarn_domain::people::Role;
use jiff::Timestamp;

/// An absence that is not over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceRow {
    /// Its number.
    pub id: AbsenceId,
    /// Who is away, from when until when, and who stands in.
    pub absence: Absence,
    /// The name of whoever is away.
    pub person_name: String,
    /// The name of the deputy.
    pub deputy_name: Option<String>,
}

/// Why an absence was not saved.
#[derive(Debug, thiserror::Error)]
pub enum AbsenceFailed {
    /// It makes no sense.
    #[error(transparent)]
    NotAnAbsence(#[from] NotAnAbsence),
    /// There is no such absence any more.
    #[error("There is no such absence any more. Reload the page.")]
    NoSuchAbsence,
    /// There is no such person.
    #[error("There is no such person here any more. Choose somebody else.")]
    NoPerson,
    /// Nobody can stand in who is not here.
    #[error("{0} is not here any more, and can't stand in. Choose somebody else.")]
    DeputyIsGone(String),
    /// A supply owner may not see what a deputy of a rep must see.
    #[error("{0} is a supply owner and sees no conversations. Choose a rep or a leader.")]
    DeputySeesFactsOnly(String),
    /// They are away at that time already.
    #[error("{0} is away at that time already. Change that absence instead.")]
    Overlaps(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Absences that are not over at `now`, the earliest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn absences(&self, now: Timestamp) -> Result<Vec<AbsenceRow>> {
        let sql = format!("{SELECT} AND a.until_at > ? ORDER BY a.from_at, a.id");
        self.reads().all(&sql, binds![now]).await
    }

    /// Enters an absence.
    ///
    /// # Errors
    /// [`AbsenceFailed`] says which.
    pub async fn add_absence(&self, absence: Absence, now: Timestamp) -> Result<AbsenceId, AbsenceFailed> {
        let tx = self.begin().await?;
        check(&tx, absence, None, now).await?;
        let sql = "INSERT INTO absence (person_id, deputy_id, from_at, until_at, created_at) \
                   VALUES (?, ?, ?, ?, ?) RETURNING id";
        let Absence { person, deputy, from, until } = absence;
        let added = tx.one::<(AbsenceId,)>(sql, binds![person, deputy, from, until, now]).await?;
        tx.commit().await?;
        added.map(|(id,)| id).ok_or(AbsenceFailed::NoSuchAbsence)
    }

    /// Changes when an absence is, or who stands in. Whose absence it is stays.
    ///
    /// # Errors
    /// [`AbsenceFailed`] says which.
    pub async fn change_absence(
        &self,
        id: AbsenceId,
        absence: Absence,
        now: Timestamp,
    ) -> Result<(), AbsenceFailed> {
        let tx = self.begin().await?;
        let before = by_id(&tx, id).await?.ok_or(AbsenceFailed::NoSuchAbsence)?;
        let absence = Absence { person: before.absence.person, ..absence };
        check(&tx, absence, Some(id), now).await?;
        let sql = "UPDATE absence SET deputy_id = ?, from_at = ?, until_at = ?, begun_at = NULL, \
                   ended_at = NULL WHERE id = ?";
        tx.execute(sql, binds![absence.deputy, absence.from, absence.until, id]).await?;
        undo_what_began(&tx, &before, now).await?;
        Ok(tx.commit().await?)
    }

    /// Calls an absence off: whoever was to be away is here. `false` if there is none any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cancel_absence(&self, id: AbsenceId, now: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        let Some(before) = by_id(&tx, id).await? else { return Ok(false) };
        tx.execute("UPDATE absence SET cancelled_at = ? WHERE id = ?", binds![now, id]).await?;
        undo_what_began(&tx, &before, now).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// What a tick has to do about absences: those that begin or end by now have the clocks of the cases concerned
/// set anew. Gives how many.
pub(crate) async fn begin_and_end(tx: &Tx, now: Timestamp) -> Result<usize> {
    let begin = "UPDATE absence SET begun_at = ? WHERE begun_at IS NULL AND cancelled_at IS NULL \
                 AND from_at <= ? RETURNING person_id, deputy_id, from_at, until_at";
    let begun: Vec<Absence> = tx.all(begin, binds![now, now]).await?;
    let end = "UPDATE absence SET ended_at = ? WHERE ended_at IS NULL AND cancelled_at IS NULL \
               AND until_at <= ? RETURNING person_id, deputy_id, from_at, until_at";
    let ended: Vec<Absence> = tx.all(end, binds![now, now]).await?;
    let mut moved = 0;
    for Absence { person, deputy, until, .. } in begun.into_iter().filter(|absence| absence.until > now) {
        let because = Because::AbsenceBegan { person, deputy, until };
        recompute::ask(tx, Whose::Person(person), because).await?;
        moved += 1;
    }
    for Absence { person, .. } in ended {
        recompute::ask(tx, Whose::Person(person), Because::AbsenceEnded { person }).await?;
        moved += 1;
    }
    Ok(moved)
}

/// Whether an absence begins or ends by now.
pub(crate) const DUE: &str = "SELECT id FROM absence WHERE begun_at IS NULL AND cancelled_at IS NULL AND from_at <= ? \
     UNION ALL SELECT id FROM absence WHERE ended_at IS NULL AND cancelled_at IS NULL AND until_at <= ? LIMIT 1";

async fn undo_what_began(tx: &Tx, before: &AbsenceRow, now: Timestamp) -> Result<()> {
    let person = before.absence.person;
    if before.absence.from <= now {
        recompute::ask(tx, Whose::Person(person), Because::AbsenceEnded { person }).await?;
    }
    Ok(())
}

async fn check(
    tx: &Tx,
    absence: Absence,
    but: Option<AbsenceId>,
    now: Timestamp,
) -> Result<(), AbsenceFailed> {
    absence.check(now)?;
    let person = people::by_id(tx.reads(), absence.person).await?.ok_or(AbsenceFailed::NoPerson)?;
    if let Some(deputy) = absence.deputy {
        let deputy = people::by_id(tx.reads(), deputy).await?.ok_or(AbsenceFailed::NoPerson)?;
        if deputy.disabled_at.is_some() {
            return Err(AbsenceFailed::DeputyIsGone(deputy.name));
        }
        if deputy.role == Role::SupplyOwner && person.role != Role::SupplyOwner {
            return Err(AbsenceFailed::DeputySeesFactsOnly(deputy.name));
        }
    }
    let others = "SELECT id FROM absence WHERE person_id = ? AND cancelled_at IS NULL AND from_at < ? \
                  AND until_at > ? AND id <> ?";
    let but = but.unwrap_or(AbsenceId(0));
    let values = binds![absence.person, absence.until, absence.from, but];
    match tx.one::<(AbsenceId,)>(others, values).await? {
        Some(_) => Err(AbsenceFailed::Overlaps(person.name)),
        None => Ok(()),
    }
}

async fn by_id(tx: &Tx, id: AbsenceId) -> Result<Option<AbsenceRow>> {
    tx.one(&format!("{SELECT} AND a.id = ?"), binds![id]).await
}

const SELECT: &str = "SELECT a.id, a.person_id, a.deputy_id, a.from_at, a.until_at, p.name AS person_name, \
                      d.name AS deputy_name FROM absence a JOIN person p ON p.id = a.person_id \
                      LEFT JOIN person d ON d.id = a.deputy_id WHERE a.cancelled_at IS NULL";

impl FromRow for Absence {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            person: row.get::<PersonId>("person_id")?,
            deputy: row.get("deputy_id")?,
            from: row.get("from_at")?,
            until: row.get("until_at")?,
        })
    }
}

impl FromRow for AbsenceRow {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            absence: Absence::from_row(row)?,
            person_name: row.get("person_name")?,
            deputy_name: row.get("deputy_name")?,
        })
    }
}
