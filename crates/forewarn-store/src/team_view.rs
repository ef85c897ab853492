//! Team: what we knew and had not told, and what became of what was told. A rep gets exactly the same about
//! themselves (rule 11): one door, and the scope decides about whom.

mod told;
mod untold;

pub use told::{Checked, ToldCase};
pub use untold::{Away, Untold, Worth};

use crate::db::{FromRow, Row, Store, Word, binds};
use crate::error::Result;
use crate::scope;
use crate::terms::TermsBook;
use forewarn_domain::ids::PersonId;
use forewarn_domain::people::{Role, Scope};
use jiff::{SignedDuration, Timestamp};

/// What a leader asks to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TeamSearch {
    /// Only what this person has to tell and has told.
    pub rep: Option<PersonId>,
    /// How many untold cases to show at most; the least time to act comes first.
    pub limit: u32,
}

/// What a leader sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamView {
    /// Known, not told: by the time that the customer has left to act.
    pub untold: Vec<Untold>,
    /// How many there are, shown or not.
    pub untold_total: u32,
    /// What was told in the last [`TOLD_DAYS`] days, newest first.
    pub told: Vec<ToldCase>,
    /// Spot checks of these, newest first.
    pub checked: Vec<Checked>,
    /// Whom this is about, by name.
    pub people: Vec<Member>,
    /// When the first report was taken in: nothing is known from before.
    pub known_since: Option<Timestamp>,
}

/// One of the people whom a leader looks after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Their number.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they do here.
    pub role: Role,
    /// Whether they still work here.
    pub here: bool,
}

/// How far back the tellings go that [`TeamView::told`] shows.
pub const TOLD_DAYS: i64 = 91;

impl Store {
    /// What is known and not told, and what was told, of everybody whom this person may see it of: a leader of
    /// their team, a rep of themselves, an admin of all. The number of statements is the same however much
    /// there is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn team(&self, scope: Scope, search: TeamSearch, now: Timestamp) -> Result<TeamView> {
        let reads = self.reads();
        let search = match scope {
            Scope::Rep { person, .. } => TeamSearch { rep: Some(person), ..search },
            _ => search,
        };
        let book = TermsBook::load(reads, now).await?;
        let seen = scope::people(scope);
        let (untold, untold_total) = untold::find(reads, &book, scope, &search, now).await?;
        let since = now.saturating_sub(SignedDuration::from_hours(TOLD_DAYS * 24)).unwrap_or(Timestamp::MIN);
        let told = told::find(reads, &book, &seen, search.rep, since).await?;
        let checked = told::checks(reads, &seen, search.rep, since).await?;
        let people = format!("SELECT w.id, w.name, w.role, w.disabled_at FROM person w WHERE {}", seen.sql);
        let people = format!("{people} ORDER BY w.name, w.id");
        let known_since = "SELECT MIN(imported_at) FROM import WHERE state = 'imported'";
        let known_since = reads.one::<(Option<Timestamp>,)>(known_since, binds![]).await?;
        Ok(TeamView {
            untold,
            untold_total,
            told,
            checked,
            people: reads.all(&people, seen.values).await?,
            known_since: known_since.and_then(|(since,)| since),
        })
    }
}

impl FromRow for Member {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            role: row.get::<Word<Role>>("role")?.0,
            here: row.get::<Option<Timestamp>>("disabled_at")?.is_none(),
        })
    }
}
