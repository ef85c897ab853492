//! Our own people: who they are, and how they sign in.

use crate::calls::Receipt;
use crate::cases::{Which, hand_over};
use crate::customers::map_owner;
use crate::db::{FromRow, Reads, Row, Store, Tx, Word, binds};
use crate::error::{Result, StoreError};
use crate::links;
use crate::recompute::{self, Whose};
use crate::security_log::{self, SecurityEvent, What};
use crate::terms::{TermsBook, name_key};
use crate::tokens;
use forewarn_domain::case::Owner;
use forewarn_domain::escalation::Because;
use forewarn_domain::ids::{CustomerId, PersonId, TeamId};
use forewarn_domain::people::{Role, Scope};
use jiff::Timestamp;

/// One of our people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their number.
    pub id: PersonId,
    /// Where they get mail, and how they sign in; in lower case.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they do here.
    pub role: Role,
    /// Their team.
    pub team: TeamId,
    /// Their number to be called back on.
    pub phone: Option<String>,
    /// Their time zone by its IANA name; `None` for the company's.
    pub zone: Option<String>,
    /// Whether they have chosen a password.
    pub has_password: bool,
    /// Since when they can't sign in any more.
    pub disabled_at: Option<Timestamp>,
    /// When they were added.
    pub created_at: Timestamp,
}

/// Somebody to add.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Their e-mail address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they will do here.
    pub role: Role,
    /// Their team.
    pub team: TeamId,
    /// Their phone number.
    pub phone: Option<String>,
    /// Their time zone, by its IANA name.
    pub zone: Option<String>,
}

/// Why somebody could not be added.
#[derive(Debug, thiserror::Error)]
pub enum AddFailed {
    /// Somebody has that address already.
    #[error("{0} is somebody's address already. Look under People; whoever left can be let in again there.")]
    EmailTaken(String),
    /// It is no address.
    #[error("“{0}” is no e-mail address. Write it like name@company.com.")]
    NoEmail(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Person {
    /// What they may see.
    pub fn scope(&self) -> Scope {
        Scope::of(self.id, self.role, self.team)
    }
}

impl Store {
    /// Adds somebody. Accounts that reports have been giving to this address become theirs, with the cases
    /// that lie in an inbox.
    ///
    /// # Errors
    /// [`AddFailed`] says which.
    pub async fn add_person(&self, new: NewPerson, now: Timestamp) -> Result<PersonId, AddFailed> {
        let email = new.email.trim().to_lowercase();
        if !email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
            || email.contains(char::is_whitespace)
        {
            return Err(AddFailed::NoEmail(new.email));
        }
        let tx = self.begin().await?;
        let sql = "INSERT INTO person (email, name, role, team_id, phone, zone, created_at) \
                   VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (email) DO NOTHING RETURNING id";
        let name = new.name.trim();
        let values = binds![&email, name, new.role.word(), new.team, new.phone, new.zone, now];
        let Some((id,)) = tx.one::<(PersonId,)>(sql, values).await? else {
            return Err(AddFailed::EmailTaken(email));
        };
        let sql = "SELECT name FROM report_owner WHERE name_key = ? AND person_id IS NULL";
        if tx.one::<(String,)>(sql, binds![name_key(&email)]).await?.is_some() {
            map_owner(&tx, &name_key(&email), id, None, now).await?;
        }
        tx.receipt(|| Receipt::Added { id: id.0 });
        tx.commit().await?;
        Ok(id)
    }

    /// Everybody, by name. Names and addresses of colleagues are no secret.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn people(&self) -> Result<Vec<Person>> {
        self.reads().all(&format!("{SELECT} ORDER BY name, id"), Vec::new()).await
    }

    /// One person.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn person(&self, id: PersonId) -> Result<Option<Person>> {
        by_id(self.reads(), id).await
    }

    /// The person with this address, in whatever case it is written.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn person_by_email(&self, email: &str) -> Result<Option<Person>> {
        let email = email.trim().to_lowercase();
        self.reads().one(&format!("{SELECT} WHERE email = ?"), binds![email]).await
    }

    /// Whoever may sign in with this address, and the hash of their password. Nobody for an address that is
    /// unknown, disabled, or has no password yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_in(&self, email: &str) -> Result<Option<(Person, String)>> {
        let Some(person) = self.person_by_email(email).await? else { return Ok(None) };
        if person.disabled_at.is_some() {
            return Ok(None);
        }
        let sql = "SELECT password_hash FROM person WHERE id = ? AND password_hash IS NOT NULL";
        let hash = self.reads().one::<(String,)>(sql, binds![person.id]).await?;
        Ok(hash.map(|(hash,)| (person, hash)))
    }

    /// Whether somebody can sign in as admin: until then, the first start hands out a link.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_admin(&self) -> Result<bool> {
        let sql = "SELECT id FROM person WHERE role = 'admin' AND disabled_at IS NULL \
                   AND (password_hash IS NOT NULL OR EXISTS (SELECT 1 FROM outside_identity o \
                   WHERE o.person_id = person.id)) LIMIT 1";
        Ok(self.reads().one::<(PersonId,)>(sql, Vec::new()).await?.is_some())
    }

    /// Saves name, role, phone and zone. A new role ends the person's sessions and tokens.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_person(&self, person: &Person, now: Timestamp) -> Result<()> {
        let tx = self.begin().await?;
        let before = by_id(tx.reads(), person.id).await?;
        let sql = "UPDATE person SET name = ?, role = ?, phone = ?, zone = ? WHERE id = ?";
        let (phone, zone) = (person.phone.as_ref(), person.zone.as_ref());
        tx.execute(sql, binds![&person.name, person.role.word(), phone, zone, person.id]).await?;
        if before.as_ref().is_some_and(|before| before.zone != person.zone) {
            let because = Because::PersonCalendar { person: person.id };
            recompute::ask(&tx, Whose::Person(person.id), because).await?;
        }
        if before.is_some_and(|before| before.role != person.role) {
            tx.execute("DELETE FROM session WHERE person_id = ?", binds![person.id]).await?;
            tokens::revoke_all_of(&tx, person.id, now).await?;
        }
        tx.commit().await
    }

    /// Keeps somebody out from now on: ends their sessions and links, and lays their accounts and open cases into the
    /// inbox of their team, so that nobody waits for them in vain.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn disable_person(&self, id: PersonId, by: Option<PersonId>, now: Timestamp) -> Result<()> {
        let tx = self.begin().await?;
        let Some(person) = by_id(tx.reads(), id).await? else { return Ok(()) };
        let sql = "UPDATE person SET disabled_at = COALESCE(disabled_at, ?) WHERE id = ?";
        tx.execute(sql, binds![now, id]).await?;
        tx.execute("DELETE FROM session WHERE person_id = ?", binds![id]).await?;
        links::forget_of(&tx, id).await?;
        let disabled = SecurityEvent { by, ..SecurityEvent::without_browser(What::Disabled, id, now) };
        security_log::note(&tx, &disabled).await?;
        tokens::revoke_all_of(&tx, id, now).await?;
        lay_down(&tx, &person, by, now).await?;
        tx.commit().await
    }

    /// Lets somebody in again, with the password they had.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enable_person(&self, id: PersonId) -> Result<()> {
        let tx = self.begin().await?;
        tx.execute("UPDATE person SET disabled_at = NULL WHERE id = ?", binds![id]).await?;
        tx.commit().await
    }
}

async fn lay_down(tx: &Tx, person: &Person, by: Option<PersonId>, now: Timestamp) -> Result<()> {
    let owned = "SELECT id FROM customer WHERE owner_id = ? \
                 UNION SELECT customer_id FROM cases WHERE owner_id = ? AND closed_at IS NULL";
    let owned: Vec<(CustomerId,)> = tx.all(owned, binds![person.id, person.id]).await?;
    let inbox = Owner::Inbox { team: person.team };
    let customers: Vec<_> = owned.into_iter().map(|(id,)| (id, inbox)).collect();
    let sql = "UPDATE customer SET owner_id = NULL, owner_by_person = FALSE WHERE owner_id = ?";
    tx.execute(sql, binds![person.id]).await?;
    let book = TermsBook::load(tx.reads(), now).await?;
    let reason = format!("{} is not here any more", person.name);
    hand_over(tx, &book, &customers, Which::OwnedBy(person.id), &reason, by, now).await?;
    Ok(())
}

pub(crate) async fn by_id(reads: Reads<'_>, id: PersonId) -> Result<Option<Person>> {
    reads.one(&format!("{SELECT} WHERE id = ?"), binds![id]).await
}

const SELECT: &str = "SELECT id, email, name, role, team_id, phone, zone, password_hash IS NOT NULL AS \
                      has_password, disabled_at, created_at FROM person";

impl FromRow for Person {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            email: row.get("email")?,
            name: row.get("name")?,
            role: row.get::<Word<Role>>("role")?.0,
            team: row.get("team_id")?,
            phone: row.get("phone")?,
            zone: row.get("zone")?,
            has_password: row.get("has_password")?,
            disabled_at: row.get("disabled_at")?,
            created_at: row.get("created_at")?,
        })
    }
}
