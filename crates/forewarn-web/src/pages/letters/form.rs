//! A letter as it is written.

use crate::pages::words::Advice;

/// A letter to be read, changed and sent. Nothing in it is internal: it is made of customer-safe text only.
#[derive(Debug, Clone)]
pub struct LetterForm {
    /// What it is: recap, update, delivered, first-word.
    pub kind: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// What the wording check says about it.
    pub advice: Advice,
    /// What comes back with it unseen: names and values.
    pub carried: Vec<(String, String)>,
    /// How it leaves the house.
    pub leaves: Leaves,
}

/// How a letter leaves the house.
#[derive(Debug, Clone)]
pub enum Leaves {
    /// Forewarn hands it to the mail server, once a person has pressed *Send*.
    FromHere {
        /// Where it is approved: "/cases/7/letters".
        action: String,
        /// "Norpump <orders@norpump.example>"
        from: String,
        /// The person it goes to.
        to: String,
        /// Their address; empty while nobody knows it.
        address: String,
    },
    /// Whoever has read it sends it, with a mail program of their own.
    ByHand {
        /// The same as a `mailto:` address, percent-encoded.
        mailto: String,
        /// Where to note that it was taken out, to be sent; empty where that is said otherwise.
        taken: String,
        /// Where mail is set up, for those who can.
        set_up: Option<String>,
    },
}

impl LetterForm {
    /// Whether Forewarn sends it.
    #[must_use]
    pub fn from_here(&self) -> bool {
        matches!(self.leaves, Leaves::FromHere { .. })
    }

    /// A recap to look at: as Forewarn sends it, or to be sent by hand.
    #[must_use]
    pub fn sample(from_here: bool) -> Self {
        let leaves = if from_here {
            Leaves::FromHere {
                action: "/cases/7/letters".into(),
                from: "Norpump <orders@norpump.example>".into(),
                to: "Anna Halvorsen".into(),
                address: "anna@halvorsen.example".into(),
            }
        } else {
            Leaves::ByHand {
                mailto: "mailto:anna@halvorsen.example?subject=PO%204471&body=Dear%20Anna".into(),
                taken: "/cases/7/recap-taken".into(),
                set_up: None,
            }
        };
        Self {
            kind: "recap".into(),
            subject: "Order 4471: delayed until Friday 27 November".into(),
            body: "Dear Anna,\n\nThank you for talking with me. Here is what we agreed:\n\n- Order 4471, 40 pcs Pump P200: now on Friday 27 November instead of Friday 6 November.\n\nI will call you on Thursday 12 November at 10:00, even if nothing has changed.\n\nKind regards\nJon Eide".into(),
            advice: Advice::sample("message"),
            carried: Vec::new(),
            leaves,
        }
    }
}
