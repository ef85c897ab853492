//! How a case ends.

use crate::severity::Temperature;
use crate::text::InternalText;
use serde::{Deserialize, Serialize};

/// The end of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "kebab-case")]
pub enum Closing {
    /// The dates came back before anyone was told.
    Recovered,
    /// Nothing is left: its lines were cancelled, withdrawn, or arrived before anyone was told.
    NothingLeft,
    /// The goods have arrived and the customer is back to business as usual.
    BackToBusiness {
        /// How they are now.
        temperature: Temperature,
        /// What we changed so that it doesn't happen again.
        what_we_changed: Option<InternalText>,
    },
    /// It was no news for this customer.
    NotNews {
        /// Why.
        why: InternalText,
    },
}

impl Closing {
    /// The name on screen.
    pub fn name(&self) -> &'static str {
        match self {
            Closing::Recovered => "Recovered before anyone was told",
            Closing::NothingLeft => "Nothing left to tell",
            Closing::BackToBusiness { .. } => "Back to business as usual",
            Closing::NotNews { .. } => "Not news for this customer",
        }
    }
}
