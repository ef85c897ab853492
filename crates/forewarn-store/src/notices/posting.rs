//! Making notices, with the ways they travel.

use crate::db::{FromRow, Holds, Json, Row, Store, Tx, Value, Word, binds, json, marks, table_value};
use crate::error::Result;
use crate::terms::TermsBook;
use forewarn_domain::escalation::OutsideHours;
use forewarn_domain::ids::{CaseId, NoticeId, PersonId};
use forewarn_domain::notice::{ChatTarget, NoticeKind};
use jiff::Timestamp;
use std::collections::{BTreeSet, HashMap};

/// A notice to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// What makes it the same notice: a second one with the same key is not made.
    pub key: String,
    /// Whom it is for.
    pub person: PersonId,
    /// Which case it is about.
    pub case: Option<CaseId>,
    /// What it is about.
    pub kind: NoticeKind,
    /// One line: the customer, and what is due.
    pub subject: String,
    /// A few plain sentences. No words of a customer.
    pub words: String,
    /// Why it comes to this person, where that needs saying.
    pub why: Option<String>,
    /// Whether it is about a repeat slip or a furious customer: the policy may let these leave at any hour.
    pub hot: bool,
}

impl Store {
    /// Makes a notice: in the program at once, by mail and chat when its recipient works. `None` if one with
    /// this key is there already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notify(&self, notice: NewNotice, now: Timestamp) -> Result<Option<NoticeId>> {
        let tx = self.begin().await?;
        let book = TermsBook::load(tx.reads(), now).await?;
        let made = match post(&tx, &book, vec![notice], now).await {
            Err(error) if error.is_duplicate() => return Ok(None),
            made => made?,
        };
        tx.commit().await?;
        Ok(made.first().copied())
    }
}

/// Makes notices in a transaction; those whose key is there already are left out. Gives the new ones.
pub(crate) async fn post(
    tx: &Tx,
    book: &TermsBook,
    mut notices: Vec<NewNotice>,
    now: Timestamp,
) -> Result<Vec<NoticeId>> {
    const NOTICE: [&str; 9] =
        ["id", "key", "person_id", "case_id", "kind", "subject", "words", "why", "not_before"];
    const DELIVERY: [&str; 4] = ["notice_id", "channel", "target", "next_try_at"];
    let mut keys = known_keys(tx, &notices).await?;
    notices.retain(|notice| keys.insert(notice.key.clone()));
    if notices.is_empty() {
        return Ok(Vec::new());
    }
    let addresses = addresses(tx, &notices).await?;
    let numbers = tx.numbers_for("notice", notices.len()).await?;
    let (mut rows, mut deliveries) = (Vec::new(), Vec::new());
    for (id, notice) in numbers.iter().zip(notices) {
        let not_before = leaves_at(book, &notice, now);
        for (channel, target) in addresses.get(&notice.person).into_iter().flat_map(Address::ways) {
            deliveries.push(binds![*id, channel, target, not_before]);
        }
        let NewNotice { key, person, case, kind, subject, words, why, .. } = notice;
        rows.push(
            [binds![*id, key, person, case, Word(kind), subject, words, why, not_before], binds![now]]
                .concat(),
        );
    }
    let columns = [NOTICE.as_slice(), &["created_at"]].concat();
    tx.insert_rows("notice", &columns, rows).await?;
    tx.insert_rows("notice_delivery", &DELIVERY, deliveries).await?;
    Ok(numbers.into_iter().map(NoticeId).collect())
}

/// There is nothing left to do for these people about these cases: their notices of the kind leave the list of what
/// is unseen, and what has not left yet stays here.
pub(crate) async fn settle(
    tx: &Tx,
    over: &BTreeSet<(CaseId, NoticeKind, PersonId)>,
    now: Timestamp,
) -> Result<()> {
    let columns = [("of_case", Holds::Number), ("of_kind", Holds::Text), ("of_person", Holds::Number)];
    let sql = format!(
        "UPDATE notice SET settled_at = ? FROM {} AS t WHERE notice.case_id = t.of_case \
         AND notice.kind = t.of_kind AND notice.person_id = t.of_person AND notice.settled_at IS NULL \
         RETURNING notice.id",
        tx.engine().table(&columns)
    );
    let rows: Vec<Vec<Value>> =
        over.iter().map(|(case, kind, person)| binds![*case, Word(*kind), *person]).collect();
    for rows in rows.chunks(400) {
        let settled: Vec<(NoticeId,)> = tx.all(&sql, binds![now, table_value(rows)]).await?;
        for ids in settled.chunks(400) {
            let sql = format!(
                "UPDATE notice_delivery SET state = 'dropped' WHERE state = 'pending' AND notice_id IN ({})",
                marks(ids.len())
            );
            tx.execute(&sql, ids.iter().flat_map(|(id,)| binds![*id]).collect()).await?;
        }
    }
    Ok(())
}

fn leaves_at(book: &TermsBook, notice: &NewNotice, now: Timestamp) -> Timestamp {
    match book.policy().escalation.outside_hours {
        OutsideHours::Always => now,
        OutsideHours::WhenHot if notice.hot => now,
        OutsideHours::WhenHot | OutsideHours::Never => book.calendar_of(notice.person).next_opening(now),
    }
}

async fn known_keys(tx: &Tx, notices: &[NewNotice]) -> Result<BTreeSet<String>> {
    let mut known = BTreeSet::new();
    for notices in notices.chunks(400) {
        let sql = format!("SELECT key FROM notice WHERE key IN ({})", marks(notices.len()));
        let values = notices.iter().flat_map(|notice| binds![&notice.key]).collect();
        known.extend(tx.all::<(String,)>(&sql, values).await?.into_iter().map(|(key,)| key));
    }
    Ok(known)
}

/// Where somebody gets notices.
struct Address {
    person: PersonId,
    email: String,
    chat: Option<ChatTarget>,
}

impl Address {
    fn ways(&self) -> impl Iterator<Item = (&'static str, String)> {
        let mail = (!self.email.is_empty()).then(|| ("mail", self.email.clone()));
        let chat = self.chat.as_ref().map(|chat| ("chat", json(chat)));
        mail.into_iter().chain(chat)
    }
}

async fn addresses(tx: &Tx, notices: &[NewNotice]) -> Result<HashMap<PersonId, Address>> {
    let people: BTreeSet<PersonId> = notices.iter().map(|notice| notice.person).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let mut addresses = HashMap::new();
    for people in people.chunks(400) {
        let sql = format!(
            "SELECT p.id, p.email, COALESCE(p.chat, t.chat) AS chat FROM person p \
             JOIN team t ON t.id = p.team_id WHERE p.disabled_at IS NULL AND p.id IN ({})",
            marks(people.len())
        );
        let values: Vec<Value> = people.iter().flat_map(|id| binds![*id]).collect();
        for address in tx.all::<Address>(&sql, values).await? {
            addresses.insert(address.person, address);
        }
    }
    Ok(addresses)
}

impl FromRow for Address {
    fn from_row(row: &Row) -> Result<Self> {
        let chat: Option<Json<ChatTarget>> = row.get("chat")?;
        Ok(Self { person: row.get("id")?, email: row.get("email")?, chat: chat.map(|Json(chat)| chat) })
    }
}
