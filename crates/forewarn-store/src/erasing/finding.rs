//! Going through every text of the database for one person.

use super::catalogue::{self, Table};
use super::contacts::KnownContact;
use super::traces;
use crate::db::{Reads, Row, Value, binds};
use crate::error::Result;
use crate::history::chain;
use forewarn_domain::erasing::{Nearness, Traces};
use forewarn_domain::ids::CustomerId;

/// Whom is looked for, and where they are at home.
pub(super) struct Finding {
    pub(super) traces: Traces,
    pub(super) customer_name: String,
    customer: CustomerId,
    /// Customers who have a contact of the same name.
    namesakes: Vec<CustomerId>,
}

/// A row that names them.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) table: String,
    /// What the database calls the row, for as long as the transaction lasts.
    pub(super) row: String,
    /// Whether the row says by which erasure it was changed.
    pub(super) names_erasure: bool,
    /// Its number, if it has one; for an event that of its case, and its place there.
    pub(super) id: Option<i64>,
    pub(super) case: Option<i64>,
    pub(super) seq: Option<i64>,
    /// Whether the row is filed under another customer, or under none.
    pub(super) elsewhere: bool,
    pub(super) found: Vec<Found>,
}

/// A text that names them.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) column: String,
    pub(super) text: String,
    pub(super) erased: String,
}

impl Finding {
    pub(super) async fn of(reads: Reads<'_>, customer: CustomerId, contact: &KnownContact) -> Result<Self> {
        let name: Option<(String,)> =
            reads.one("SELECT name FROM customer WHERE id = ?", binds![customer]).await?;
        let customer_name = name.map(|(name,)| name).unwrap_or_default();
        let ours: Vec<(String,)> = reads.all("SELECT name FROM person", binds![]).await?;
        let sql = "SELECT id FROM customer WHERE id <> ? AND LOWER(contact) = ? \
                   UNION SELECT customer_id FROM cases WHERE customer_id <> ? AND LOWER(contact) = ?";
        let name = contact.name.to_lowercase();
        let namesakes: Vec<(CustomerId,)> = reads.all(sql, binds![customer, &name, customer, &name]).await?;
        Ok(Self {
            traces: traces(contact, &customer_name, &ours),
            customer_name,
            customer,
            namesakes: namesakes.into_iter().map(|(id,)| id).collect(),
        })
    }

    /// Every row that names them.
    pub(super) async fn places(&self, reads: Reads<'_>) -> Result<Vec<Place>> {
        let mut places = Vec::new();
        for table in catalogue::tables(reads, reads.engine()).await? {
            let (sql, values) = self.query(&table, reads);
            for row in reads.rows(&sql, values).await? {
                places.extend(self.place(&table, &row)?);
            }
        }
        Ok(places)
    }

    /// Rows that may name them: all of their own customer, and those in which the letters of their name or address
    /// stand in their order.
    fn query(&self, table: &Table, reads: Reads<'_>) -> (String, Vec<Value>) {
        let mut values = Vec::new();
        let mut belongs = |customers: &[CustomerId]| {
            let says = table.of_customers(customers.len()).filter(|_| !customers.is_empty());
            match says {
                Some(says) => {
                    values.extend(customers.iter().flat_map(|id| binds![*id]));
                    says
                }
                None => "1 = 0".to_owned(),
            }
        };
        let (own, namesake, own_again) =
            (belongs(&[self.customer]), belongs(&self.namesakes), belongs(&[self.customer]));
        let like = reads.engine().like_in_any_case();
        let mut may = vec![own_again];
        for column in &table.texts {
            for piece in self.traces.pieces() {
                may.push(format!("t.{column} {like} ?"));
                values.extend(binds![pattern(&piece)]);
            }
        }
        let number = |column: &str| match table.has(column) {
            true => format!("t.{column}"),
            false => "CAST(NULL AS BIGINT)".to_owned(),
        };
        let sql = format!(
            "SELECT CAST(t.{key} AS TEXT) AS row_key, CAST(CASE WHEN {own} THEN 1 ELSE 0 END AS BIGINT) AS own_row, \
             CAST(CASE WHEN {namesake} THEN 1 ELSE 0 END AS BIGINT) AS namesake_row, {id} AS row_id, {case} AS row_case, \
             {seq} AS row_seq, {texts} FROM {name} t WHERE {may}",
            key = reads.engine().row_key(),
            id = numeric_id(table),
            case = number("case_id"),
            seq = number("seq"),
            texts = table.texts.iter().map(|text| format!("t.{text}")).collect::<Vec<_>>().join(", "),
            name = table.name,
            may = may.join(" OR "),
        );
        (sql, values)
    }

    fn place(&self, table: &Table, row: &Row) -> Result<Option<Place>> {
        let (own, namesake): (i64, i64) = (row.get("own_row")?, row.get("namesake_row")?);
        let near = match (own, namesake) {
            (1, _) => Nearness::Own,
            (_, 1) => Nearness::Namesake,
            _ => Nearness::Anywhere,
        };
        let mut found = Vec::new();
        for column in &table.texts {
            let Some(text) = row.get::<Option<String>>(column)? else { continue };
            let Some(erased) = self.erased(column, &text, near) else { continue };
            found.push(Found { column: column.clone(), text, erased });
        }
        Ok((!found.is_empty()).then_some(Place {
            table: table.name.clone(),
            row: row.get("row_key")?,
            names_erasure: table.has("erasure_id"),
            id: row.get("row_id")?,
            case: row.get("row_case")?,
            seq: row.get("row_seq")?,
            elsewhere: own == 0,
            found,
        }))
    }

    /// The text of a column without them; `None` if they are not in it.
    fn erased(&self, column: &str, text: &str, near: Nearness) -> Option<String> {
        if text.starts_with(['{', '['])
            && let Ok(mut value) = serde_json::from_str(text)
        {
            return self.erase_value(&mut value, near).then(|| value.to_string());
        }
        let erased = self.traces.erased_from(text, near)?;
        // No two mails have the same, even without what it was made of.
        let is_name_of_mail = column == "message_id";
        Some(if is_name_of_mail { format!("<{}@erased>", chain::sum(text.as_bytes())) } else { erased })
    }

    /// Erases them from every text of a value; says whether they were in it.
    fn erase_value(&self, value: &mut serde_json::Value, near: Nearness) -> bool {
        match value {
            serde_json::Value::String(text) => {
                let erased = self.erased("", text, near);
                let found = erased.is_some();
                *text = erased.unwrap_or_else(|| std::mem::take(text));
                found
            }
            serde_json::Value::Array(values) => self.erase_values(values.iter_mut(), near),
            serde_json::Value::Object(fields) => self.erase_values(fields.values_mut(), near),
            _ => false,
        }
    }

    /// The same for each of them, not only the first.
    fn erase_values<'v>(
        &self,
        values: impl Iterator<Item = &'v mut serde_json::Value>,
        near: Nearness,
    ) -> bool {
        let mut found = false;
        for value in values {
            found |= self.erase_value(value, near);
        }
        found
    }
}

/// What matches a text in which these letters stand in their order. What is no plain letter or digit may be
/// anything: each database has its own idea of its case.
fn pattern(piece: &[String]) -> String {
    let mut pattern = "%".to_owned();
    for letter in piece.iter().flat_map(|word| word.chars().chain(std::iter::once(' '))) {
        if letter.is_ascii_alphanumeric() {
            pattern.push(letter);
        } else if !pattern.ends_with('%') {
            pattern.push('%');
        }
    }
    pattern
}

fn numeric_id(table: &Table) -> &'static str {
    // Sessions and links are found by a text.
    let numbered = table.has("id") && !table.texts.iter().any(|text| text == "id");
    if numbered { "t.id" } else { "CAST(NULL AS BIGINT)" }
}
