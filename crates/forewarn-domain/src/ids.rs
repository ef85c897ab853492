//! Numbers that name rows. A customer's number can't be passed where a case's is meant.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }
    )+};
}

id! {
    /// A case: one piece of bad news for one customer.
    CaseId,
    /// A customer: the company that was promised.
    CustomerId,
    /// A person of ours: rep, leader, supply owner or admin.
    PersonId,
    /// A promise: one order line, or one schedule of a line.
    PromiseId,
    /// A team of reps. Every team has an inbox for work that nobody owns yet.
    TeamId,
    /// One import of one report.
    ImportId,
    /// An absence of one of our people.
    AbsenceId,
    /// A notice to one of our people.
    NoticeId,
    /// One notice on its way over mail or chat.
    DeliveryId,
    /// A letter: one mail to one customer.
    LetterId,
    /// A reply: one mail from a customer.
    ReplyId,
    /// A token of a program.
    TokenId,
    /// The address of another program that is told what happens.
    WebhookId,
    /// One message to such an address.
    WebhookMessageId,
}
