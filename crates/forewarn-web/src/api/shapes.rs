//! Shapes that several answers share.

use super::words::{Firmness, Role};
use forewarn_domain::evidence::Outlook;
use forewarn_domain::promise::Promised;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Somebody or something, by number and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Named {
    /// The number.
    pub(crate) id: i64,
    /// The name.
    pub(crate) name: String,
}

/// What a customer was last told: a day, the days of a range, or neither.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub(crate) struct Told {
    /// The day that we are held to; none when they were told that there is no date yet.
    pub(crate) by: Option<Date>,
    /// The earliest day, for a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<Date>,
}

/// What is expected now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Expected {
    /// How sure it is.
    pub(crate) firmness: Firmness,
    /// The day; the last one of a range; none where there is no date.
    pub(crate) by: Option<Date>,
    /// The earliest day, for a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<Date>,
}

impl From<Promised> for Told {
    fn from(promised: Promised) -> Self {
        match promised {
            Promised::Date { on } => Self { by: Some(on), from: None },
            Promised::Range { from, to } => Self { by: Some(to), from: Some(from) },
            Promised::NoDateYet => Self::default(),
        }
    }
}

impl From<Outlook> for Expected {
    fn from(outlook: Outlook) -> Self {
        let (firmness, by, from) = match outlook {
            Outlook::Firm { on } => (Firmness::Firm, Some(on), None),
            Outlook::Likely { on } => (Firmness::Likely, Some(on), None),
            Outlook::Range { from, to } => (Firmness::Range, Some(to), Some(from)),
            Outlook::NoDate => (Firmness::None, None, None),
        };
        Self { firmness, by, from }
    }
}

impl From<forewarn_domain::people::Role> for Role {
    fn from(role: forewarn_domain::people::Role) -> Self {
        use forewarn_domain::people::Role as Domain;
        match role {
            Domain::Rep => Role::Rep,
            Domain::Leader => Role::Leader,
            Domain::SupplyOwner => Role::SupplyOwner,
            Domain::Admin => Role::Admin,
        }
    }
}

/// A word of the domain as the word of the same name that programs see; `None` if it has none.
pub(crate) fn same_word<T: DeserializeOwned>(word: impl Serialize) -> Option<T> {
    serde_json::from_value(serde_json::to_value(word).ok()?).ok()
}

/// A word of the domain, as it is stored.
pub(crate) fn word(word: impl Serialize) -> String {
    match serde_json::to_value(word) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}
