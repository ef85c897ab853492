//! What is left of an erased contact: enough to know them again in a report, and nothing to know them by.

use super::contacts::KnownContact;
use crate::db::{Tx, binds};
use crate::error::Result;
use crate::history::chain;
use crate::terms::name_key;
use forewarn_domain::ids::CustomerId;
use std::collections::HashMap;
use uuid::Uuid;

/// Salted hashes of the names, numbers and addresses of contacts that were erased, by customer.
pub(crate) struct Marks(HashMap<CustomerId, Vec<(String, String)>>);

pub(super) async fn leave(tx: &Tx, customer: CustomerId, contact: &KnownContact, salt: Uuid) -> Result<()> {
    let salt = salt.simple().to_string();
    let names = std::iter::once(name(&contact.name));
    let phones = contact.phones.iter().map(|text| phone(text));
    let emails = contact.emails.iter().map(|text| email(text));
    for kept in names.chain(phones).chain(emails) {
        let sql = "INSERT INTO erased_contact (customer_id, salt, mark) VALUES (?, ?, ?) \
                   ON CONFLICT (customer_id, mark) DO NOTHING";
        tx.execute(sql, binds![customer, &salt, mark(&salt, &kept)]).await?;
    }
    Ok(())
}

impl Marks {
    pub(crate) async fn load(tx: &Tx) -> Result<Self> {
        let rows: Vec<(CustomerId, String, String)> =
            tx.all("SELECT customer_id, salt, mark FROM erased_contact", binds![]).await?;
        let mut marks: HashMap<CustomerId, Vec<(String, String)>> = HashMap::new();
        for (customer, salt, mark) in rows {
            marks.entry(customer).or_default().push((salt, mark));
        }
        Ok(Self(marks))
    }

    /// Whether one of these is that of a contact of this customer who was erased.
    pub(crate) fn bear(
        &self,
        customer: CustomerId,
        contact: Option<&str>,
        number: Option<&str>,
        address: Option<&str>,
    ) -> bool {
        let Some(marks) = self.0.get(&customer) else { return false };
        let given = [contact.map(name), number.map(phone), address.map(email)];
        given.iter().flatten().any(|kept| marks.iter().any(|(salt, known)| mark(salt, kept) == *known))
    }
}

fn mark(salt: &str, kept: &str) -> String {
    chain::sum(format!("{salt} {kept}").as_bytes())
}

fn name(text: &str) -> String {
    format!("name {}", name_key(text))
}

fn phone(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    format!("phone {}", digits.trim_start_matches('0'))
}

fn email(text: &str) -> String {
    format!("email {}", text.trim().to_lowercase())
}
