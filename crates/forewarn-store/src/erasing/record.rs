//! What we hold about a contact, to be handed to them.

use super::contacts::KnownContact;
use super::events;
use super::finding::{Found, Place};
use serde::Serialize;

/// Everything that names a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactRecord {
    /// The customer they belong to.
    pub customer: String,
    /// Who they are.
    pub contact: KnownContact,
    /// Every text that names them.
    pub held: Vec<Held>,
}

/// A text that names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// "Case 7, event 3", "Letter 12", "Record of the customer".
    pub place: String,
    /// Which part of it: "to_name", "event".
    pub part: String,
    /// Whether it is filed under another customer, or under none: somebody of the same name may be meant, and what else
    /// stands there may not be for the eyes of the contact.
    pub elsewhere: bool,
    /// What stands there: text, or a structure.
    pub text: serde_json::Value,
}

pub(super) fn held(place: &Place) -> Vec<Held> {
    let name = name(place);
    let text = |found: &Found| {
        let structured = found.text.starts_with(['{', '[']).then(|| serde_json::from_str(&found.text).ok());
        structured.flatten().unwrap_or_else(|| serde_json::Value::String(found.text.clone()))
    };
    let held = place.found.iter().map(|found| Held {
        place: name.clone(),
        part: found.column.clone(),
        elsewhere: place.elsewhere,
        text: text(found),
    });
    held.collect()
}

fn name(place: &Place) -> String {
    let number = place.id.map(|id| format!(" {id}")).unwrap_or_default();
    let of_case = place.case.map(|case| format!(" of case {case}")).unwrap_or_default();
    match place.table.as_str() {
        events::TABLE => {
            format!("Case {}, event {}", place.case.unwrap_or_default(), place.seq.unwrap_or_default())
        }
        "customer" => "Record of the customer".to_owned(),
        "cases" => format!("Case{number}"),
        "letter" => format!("Letter{number}{of_case}"),
        "reply" => format!("Reply{number}{of_case}"),
        "notice" => format!("Notice{number}{of_case}"),
        "notice_delivery" => format!("Delivery{number} of a notice"),
        "notice_mail" => "Mail with a notice".to_owned(),
        "import" => format!("Import{number}"),
        "import_error" | "import_before" => "Row of an import".to_owned(),
        "promise" => format!("Promise{number}"),
        "evidence" => format!("Evidence{number}"),
        "session" => "Noted in a talk that is not recorded yet".to_owned(),
        "wording_kept" => format!("Wording that was kept{of_case}"),
        other => format!("{}{number}{of_case}", other.replace('_', " ")),
    }
}
