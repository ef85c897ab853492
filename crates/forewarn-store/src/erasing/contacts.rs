//! Who is known at a customer: named in their record, in the history of their cases, in letters and replies.

use super::finding::Finding;
use super::record::{ContactRecord, held};
use crate::db::{Json, Reads, Store, binds};
use crate::error::Result;
use crate::terms::name_key;
use forewarn_domain::case::{CaseEvent, LetterEvent};
use forewarn_domain::erasing::{ERASED, Named};
use forewarn_domain::ids::CustomerId;
use serde::Serialize;

/// Somebody at a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownContact {
    /// Their name, or their address where nobody has written a name.
    pub name: String,
    /// Their numbers.
    pub phones: Vec<String>,
    /// Their e-mail addresses.
    pub emails: Vec<String>,
}

impl KnownContact {
    pub(super) fn named(&self) -> Named {
        Named { name: self.name.clone(), phones: self.phones.clone(), emails: self.emails.clone() }
    }
}

impl Store {
    /// Everybody who is known at a customer, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn contacts_of(&self, customer: CustomerId) -> Result<Vec<KnownContact>> {
        known(self.reads(), customer).await
    }

    /// Everything that we hold about a contact; `None` if nobody of that name is known there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn contact_record(&self, customer: CustomerId, name: &str) -> Result<Option<ContactRecord>> {
        let known = known(self.reads(), customer).await?;
        let Some(contact) = known.into_iter().find(|contact| contact.name == name) else { return Ok(None) };
        let finding = Finding::of(self.reads(), customer, &contact).await?;
        let places = finding.places(self.reads()).await?;
        Ok(Some(ContactRecord {
            customer: finding.customer_name,
            contact,
            held: places.iter().flat_map(held).collect(),
        }))
    }
}

/// One mention: a name, a number, an address.
type Mention = (Option<String>, Option<String>, Option<String>);

pub(super) async fn known(reads: Reads<'_>, customer: CustomerId) -> Result<Vec<KnownContact>> {
    let mut mentions: Vec<Mention> =
        reads.all("SELECT contact, phone, email FROM customer WHERE id = ?", binds![customer]).await?;
    let told = "SELECT e.event FROM case_event e JOIN cases k ON k.id = e.case_id WHERE k.customer_id = ? \
                AND e.kind IN ('contact-set', 'told', 'attempted', 'letter') ORDER BY e.case_id, e.seq";
    let told: Vec<(Json<CaseEvent>,)> = reads.all(told, binds![customer]).await?;
    mentions.extend(told.into_iter().filter_map(|(Json(event),)| mentioned(event)));
    let written = "SELECT l.to_name, l.to_address FROM letter l JOIN cases k ON k.id = l.case_id \
                   WHERE k.customer_id = ? ORDER BY l.id";
    let replied = "SELECT r.from_name, r.from_address FROM reply r JOIN cases k ON k.id = r.case_id \
                   WHERE k.customer_id = ? ORDER BY r.id";
    for sql in [written, replied] {
        let rows: Vec<(Option<String>, Option<String>)> = reads.all(sql, binds![customer]).await?;
        mentions.extend(rows.into_iter().map(|(name, email)| (name, None, email)));
    }
    Ok(gathered(mentions))
}

fn mentioned(event: CaseEvent) -> Option<Mention> {
    match event {
        CaseEvent::ContactSet { name, phone, email } => Some((Some(name.to_string()), phone, email)),
        CaseEvent::Told { telling, .. } => Some((Some(telling.to.to_string()), None, None)),
        CaseEvent::Attempted { attempt } => attempt.to.map(|to| (Some(to.to_string()), None, None)),
        CaseEvent::Letter { what: LetterEvent::Approved { facts }, .. } => {
            Some((Some(facts.to.to_string()), None, Some(facts.address)))
        }
        _ => None,
    }
}

/// One entry a person: who has the same name or the same address is the same.
fn gathered(mentions: Vec<Mention>) -> Vec<KnownContact> {
    let mut known: Vec<KnownContact> = Vec::new();
    for (name, phone, email) in mentions {
        let given = |text: Option<String>| text.filter(|text| !text.is_empty() && !text.contains(ERASED));
        let (name, phone, email) = (given(name), given(phone), given(email));
        let same = |one: &KnownContact| match (&name, &email) {
            (Some(name), _) => name_key(&one.name) == name_key(name),
            (None, Some(email)) => one.emails.iter().any(|own| own.eq_ignore_ascii_case(email)),
            (None, None) => false,
        };
        let place = match known.iter().position(same) {
            Some(place) => place,
            None => {
                let Some(name) = name.or_else(|| email.clone()).or_else(|| phone.clone()) else { continue };
                known.push(KnownContact { name, phones: Vec::new(), emails: Vec::new() });
                known.len() - 1
            }
        };
        let Some(one) = known.get_mut(place) else { continue };
        one.phones.extend(phone.filter(|phone| !one.phones.contains(phone)));
        let new = |email: &String| !one.emails.iter().any(|own| own.eq_ignore_ascii_case(email));
        let email = email.filter(new);
        one.emails.extend(email);
    }
    known.sort_by_key(|one| name_key(&one.name));
    known
}
