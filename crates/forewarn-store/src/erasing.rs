//! The personal data of one contact: what we hold, and erasing it for good.
//!
//! Erasing goes through every text of the database, whatever table it stands in, so that nothing new can be forgotten.
//! Events keep the hash of what they said ([`history`](crate::history)), and each case gets an event that says which of
//! them were erased, when, by whom and why: the chain still verifies. See `docs/decisions/0007`.

mod catalogue;
mod contacts;
mod events;
mod finding;
mod marks;
mod record;

pub use contacts::KnownContact;
pub(crate) use marks::Marks;
pub use record::{ContactRecord, Held};

use crate::db::{Bind as _, Store, Tx, binds};
use crate::error::StoreError;
use finding::{Finding, Place};
use forewarn_domain::erasing::{ERASED, Nearness, Traces};
use forewarn_domain::ids::{CustomerId, PersonId};
use forewarn_domain::text::InternalText;
use jiff::Timestamp;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The wish to erase a contact.
#[derive(Debug, Clone)]
pub struct Erasing<'a> {
    /// At which customer.
    pub customer: CustomerId,
    /// The contact's name, as [`KnownContact::name`] has it.
    pub name: &'a str,
    /// Why: a person asked for it, a term is over.
    pub reason: &'a str,
    /// Who does it; `None` for whoever sits at the machine that holds the data.
    pub by: Option<PersonId>,
    /// A number that nobody has had before.
    pub salt: Uuid,
    /// When.
    pub now: Timestamp,
}

/// What was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// How many rows of which table named them.
    pub places: BTreeMap<String, u64>,
    /// Cases whose history named them.
    pub cases: u64,
}

/// Why nothing was erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseFailed {
    /// Nobody has that name there.
    #[error(
        "No contact of this customer is called “{0}”. Look at the list of contacts; the name has to be the same."
    )]
    NotFound(String),
    /// A reason is needed.
    #[error("Say why: somebody will want to know later.")]
    NoReason,
    /// It is one of our own people.
    #[error(
        "{0} belongs to one of our own people. Under People they can be disabled; what they did stays theirs."
    )]
    OneOfOurs(String),
    /// A letter to them has not ended.
    #[error("A letter to them is on its way. Wait until it has left, or take it back; then erase.")]
    LetterUnderWay,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Erases a contact: in every text, their name, numbers and addresses give way to `[erased]`, all in one
    /// transaction.
    ///
    /// # Errors
    /// [`EraseFailed`] says why nothing was erased.
    pub async fn erase_contact(&self, erasing: &Erasing<'_>) -> Result<Erased, EraseFailed> {
        let Erasing { customer, name, by, now, salt, .. } = *erasing;
        let tx = self.begin().await?;
        hold_cases(&tx, customer).await?;
        let known = contacts::known(tx.reads(), customer).await?;
        let contact = known.into_iter().find(|contact| contact.name == name);
        let contact = contact.ok_or_else(|| EraseFailed::NotFound(name.to_owned()))?;
        may_be_erased(&tx, &contact).await?;
        let finding = Finding::of(tx.reads(), customer, &contact).await?;
        let reason = finding.traces.erased_from(erasing.reason, Nearness::Own);
        let reason = reason.unwrap_or_else(|| erasing.reason.to_owned());
        let reason = InternalText::new(&reason).ok_or(EraseFailed::NoReason)?;
        let places = finding.places(tx.reads()).await?;

        let mut counts = BTreeMap::new();
        for place in &places {
            *counts.entry(place.table.clone()).or_insert(0) += 1;
        }
        let sql = "INSERT INTO erasure (customer_id, erased_at, person_id, reason, places) VALUES (?, ?, ?, ?, ?) \
                   RETURNING id";
        let count = i64::try_from(places.len()).unwrap_or(i64::MAX);
        let row: Option<(i64,)> =
            tx.one(sql, binds![customer, now, by, reason.for_our_people(), count]).await?;
        let erasure = row.map_or(0, |(id,)| id);
        marks::leave(&tx, customer, &contact, salt).await?;
        for place in places.iter().filter(|place| place.table != events::TABLE) {
            overwrite(&tx, place, erasure).await?;
        }
        let cases = events::erase(&tx, &places, erasure, &reason, by, now).await?;
        tx.commit().await?;
        self.forget_pages().await;
        Ok(Erased { places: counts, cases })
    }

    /// When the last contact was erased: files that came in before may still name them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_erasure(&self) -> Result<Option<Timestamp>, StoreError> {
        let row: Option<(Option<Timestamp>,)> =
            self.reads().one("SELECT MAX(erased_at) FROM erasure", binds![]).await?;
        Ok(row.and_then(|(at,)| at))
    }

    /// Lets go of pages of the file that still hold what was overwritten. What keeps it from that at this moment
    /// only delays it.
    async fn forget_pages(&self) {
        if let Err(error) = self.checkpoint().await {
            tracing::warn!(%error, "the log beside the database could not be emptied after an erasure");
        }
    }
}

/// Keeps the cases of a customer as they are until the transaction ends.
async fn hold_cases(tx: &Tx, customer: CustomerId) -> Result<(), StoreError> {
    let sql = format!("SELECT k.id FROM cases k WHERE k.customer_id = ?{}", tx.reads().for_update("k"));
    tx.all::<(i64,)>(&sql, binds![customer]).await?;
    Ok(())
}

async fn may_be_erased(tx: &Tx, contact: &KnownContact) -> Result<(), EraseFailed> {
    for email in &contact.emails {
        let sql = "SELECT id FROM person WHERE email = ?";
        if tx.one::<(PersonId,)>(sql, binds![email.to_lowercase()]).await?.is_some() {
            return Err(EraseFailed::OneOfOurs(email.clone()));
        }
        let sql = "SELECT id FROM letter WHERE LOWER(to_address) = ? \
                   AND state IN ('approved', 'pending', 'claimed', 'dot')";
        if tx.one::<(i64,)>(sql, binds![email.to_lowercase()]).await?.is_some() {
            return Err(EraseFailed::LetterUnderWay);
        }
    }
    Ok(())
}

/// Where the bytes of a mail stand.
const MAIL: &str = "mime";
/// Whom to reach; nobody, then.
const CONTACT: [&str; 3] = ["contact", "phone", "email"];
const HAVE_CONTACTS: [&str; 2] = ["customer", "cases"];

/// Writes the texts of a row as they are without the person.
async fn overwrite(tx: &Tx, place: &Place, erasure: i64) -> Result<(), StoreError> {
    let (mut sets, mut values) = (Vec::new(), Vec::new());
    for found in place.found.iter().filter(|found| found.column != MAIL) {
        sets.push(format!("{} = ?", found.column));
        let is_contact =
            CONTACT.contains(&found.column.as_str()) && HAVE_CONTACTS.contains(&place.table.as_str());
        values.push((!is_contact).then_some(&found.erased).bind());
    }
    if place.table == "letter" {
        // In the bytes of a mail words are written in many ways; its text stands beside them.
        sets.push(format!("{MAIL} = CASE WHEN {MAIL} IS NULL THEN NULL ELSE ? END"));
        values.push(ERASED.bind());
    }
    if place.names_erasure {
        sets.push("erasure_id = ?".to_owned());
        values.extend(binds![erasure]);
    }
    values.extend(binds![&place.row]);
    let sql = format!("UPDATE {} SET {} WHERE {}", place.table, sets.join(", "), tx.engine().is_row());
    tx.execute(&sql, values).await?;
    Ok(())
}

/// The traces of a contact of this customer; the names of the customer and of our own people stay.
fn traces(contact: &KnownContact, customer: &str, ours: &[(String,)]) -> Traces {
    let kept: Vec<&str> = ours.iter().map(|(name,)| name.as_str()).chain(std::iter::once(customer)).collect();
    Traces::of(&contact.named(), &kept)
}
