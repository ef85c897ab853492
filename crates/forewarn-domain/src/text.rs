//! Two kinds of text that never mix (rule 12): what our own people may read, and what a customer may.

mod visible;

use serde::{Deserialize, Serialize};
use std::fmt;
use visible::readable;

/// Text that may be said or sent to a customer. Only this type renders into a script or a mail.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomerText(String);

/// Text for our own people: causes, notes, names of suppliers. It has no `Display`, so that it can't
/// slip into a sentence; [`InternalText::for_our_people`] is the one way to read it.
#[derive(Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InternalText(String);

impl CustomerText {
    /// Keeps `text` without white space around it; `None` when nothing is left that can be seen.
    pub fn new(text: &str) -> Option<Self> {
        readable(text).map(Self)
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CustomerText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl InternalText {
    /// Keeps `text` without white space around it; `None` when nothing is left that can be seen.
    pub fn new(text: &str) -> Option<Self> {
        readable(text).map(Self)
    }

    /// The words, for a page that only our own people see.
    pub fn for_our_people(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for InternalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InternalText(…)")
    }
}
