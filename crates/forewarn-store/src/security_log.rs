//! What happened around signing in: for the person, and for admins. Never a password, a code or a token.

use crate::db::{FromRow, Row, Store, Tx, Value, Word, binds, word};
use crate::error::Result;
use forewarn_domain::ids::PersonId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long an event is kept: a year, and a month for whoever looks back on it.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * 396);

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Came in with a password, and a second step where there is one.
    SignedIn,
    /// Came in through the provider of sign-ins.
    SignedInElsewhere,
    /// Went out.
    SignedOut,
    /// A password was wrong, or the address is nobody's.
    WrongPassword,
    /// A code of the second step was wrong, or had been used before.
    WrongCode,
    /// After too many wrong ones nobody is let in for a while.
    KeptOut,
    /// Who came from the provider of sign-ins could not be let in.
    RefusedElsewhere,
    /// Changed their password, knowing the old one.
    PasswordChanged,
    /// Chose a password by a link.
    PasswordChosen,
    /// An admin made a link to choose a password.
    LinkMade,
    /// One session was ended from the list.
    SessionEnded,
    /// All other sessions, or all of them, were ended.
    SessionsEnded,
    /// The second step was turned on.
    SecondStepOn,
    /// The second step was turned off.
    SecondStepOff,
    /// An admin took the second step away, for somebody who has lost their phone.
    SecondStepReset,
    /// A recovery code stood in for the second step.
    RecoveryCodeUsed,
    /// New recovery codes were made; the old ones are worth nothing.
    RecoveryCodesMade,
    /// Who they are at the provider of sign-ins was found out.
    IdentityLinked,
    /// Was added, coming from the provider of sign-ins.
    AddedFromElsewhere,
    /// An admin shut them out.
    Disabled,
    /// An admin let them in again.
    Enabled,
    /// An admin gave them another role.
    RoleChanged,
    /// An admin changed for whom a second step is required.
    PolicyChanged,
    /// A token for a program was made.
    TokenMade,
    /// A token for a program was taken back.
    TokenRevoked,
    /// Where their notices are posted was changed.
    ChatChanged,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityEvent {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
    /// To whom; `None` where an address is nobody's.
    pub person: Option<PersonId>,
    /// Who did it, if it was somebody else.
    pub by: Option<PersonId>,
    /// From which network address; empty where it was no browser.
    pub address: String,
    /// With what: "Firefox on Windows"; may be empty.
    pub device: String,
}

impl SecurityEvent {
    /// Something that happened without a browser.
    #[must_use]
    pub fn without_browser(what: What, person: PersonId, at: Timestamp) -> Self {
        let (address, device) = (String::new(), String::new());
        Self { at, what, person: Some(person), by: None, address, device }
    }
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityLine {
    /// What happened.
    pub event: SecurityEvent,
    /// The name of the person it happened to.
    pub person_name: Option<String>,
    /// The name of whoever did it, if it was somebody else.
    pub by_name: Option<String>,
}

impl Store {
    /// Writes an event into the log.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_security(&self, event: &SecurityEvent) -> Result<()> {
        let tx = self.begin().await?;
        note(&tx, event).await?;
        tx.commit_quietly().await
    }

    /// The newest `most` events of one person, or of everybody; the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn security_log(&self, of: Option<PersonId>, most: u32) -> Result<Vec<SecurityLine>> {
        let whose = if of.is_some() { "WHERE e.person_id = ?" } else { "" };
        let sql = format!(
            "SELECT e.happened_at, e.what, e.person_id, e.by_id, e.address, e.device, \
             p.name AS person_name, b.name AS by_name FROM security_event e \
             LEFT JOIN person p ON p.id = e.person_id LEFT JOIN person b ON b.id = e.by_id {whose} \
             ORDER BY e.happened_at DESC, e.id DESC LIMIT ?"
        );
        let mut values: Vec<Value> = of.map_or_else(Vec::new, |person| binds![person]);
        values.extend(binds![most]);
        self.reads().all(&sql, values).await
    }

    /// Whether the person has come in from this address since then: such an address is theirs, whoever else
    /// guesses at the account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn came_in_from(&self, person: PersonId, address: &str, since: Timestamp) -> Result<bool> {
        let sql = "SELECT id FROM security_event WHERE person_id = ? AND address = ? AND happened_at > ? \
                   AND what IN ('signed-in', 'signed-in-elsewhere') LIMIT 1";
        Ok(self.reads().one::<(i64,)>(sql, binds![person, address, since]).await?.is_some())
    }

    /// Forgets events that are older than a year and a month; gives how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_old_security_events(&self, now: Timestamp) -> Result<u64> {
        let before = now.saturating_sub(KEPT_FOR).unwrap_or(Timestamp::MIN);
        let tx = self.begin().await?;
        let forgotten =
            tx.execute("DELETE FROM security_event WHERE happened_at < ?", binds![before]).await?;
        tx.commit_quietly().await?;
        Ok(forgotten)
    }
}

/// Writes an event in the transaction of what it is about.
pub(crate) async fn note(tx: &Tx, event: &SecurityEvent) -> Result<()> {
    let sql = "INSERT INTO security_event (happened_at, what, person_id, by_id, address, device) \
               VALUES (?, ?, ?, ?, ?, ?)";
    let SecurityEvent { at, what, person, by, address, device } = event;
    // For whoever gathers logs in one place, out of reach of whoever has got into this one.
    tracing::info!(
        target: "security",
        what = word(what),
        person = person.map(|person| person.0),
        by = by.map(|by| by.0),
        address,
        "around an account"
    );
    tx.execute(sql, binds![*at, Word(*what), *person, *by, address, device]).await?;
    Ok(())
}

impl FromRow for SecurityLine {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            event: SecurityEvent {
                at: row.get("happened_at")?,
                what: row.get::<Word<What>>("what")?.0,
                person: row.get("person_id")?,
                by: row.get("by_id")?,
                address: row.get("address")?,
                device: row.get("device")?,
            },
            person_name: row.get("person_name")?,
            by_name: row.get("by_name")?,
        })
    }
}
