//! A case: everything about one piece of bad news for one customer, and the acts on it.

mod after;
mod brief;
mod history;
mod preparation;
mod record;
mod sample;
mod sheet;

pub use after::{After, ArrivalRow, GoodNews, NextWordRow};
pub use brief::{Breath, ContactLine, LineFacts, NextStep};
pub use history::{CaseHistory, HistoryEvent, HistoryPage, SentLetter, SlipRow};
pub use preparation::{
    ActionRow, CauseTexts, ContactPlan, ExpectationForm, OptionRow, OwnerPlan, Preparation, Tick,
};
pub use record::{Event, Relationship, Severity, Term, Wait};
pub use sheet::SheetPage;

use super::letters::Letters;
use super::shell::Shell;
use super::team::{LeaderActs, OpenAsk};
use askama::Template;

/// `GET /cases/{id}`
#[derive(Debug, Template)]
#[template(path = "case/page.html")]
pub struct CasePage {
    /// The frame.
    pub shell: Shell,
    /// The address of the case without a trailing slash: "/cases/7". Acts are posted under it.
    pub href: String,
    /// The version that this page shows; comes back with every act, so that facts which moved in
    /// between are shown and not overwritten.
    pub seen: String,
    /// The name of the customer.
    pub customer: String,
    /// The customer's page.
    pub customer_href: String,
    /// The whole case in one breath.
    pub breath: Breath,
    /// The person to reach.
    pub contact: ContactLine,
    /// The one next thing to do.
    pub next_step: NextStep,
    /// The reason why not now, if one was given, as a sentence.
    pub not_now: Option<String>,
    /// What happened outside while somebody talked: "ERP now says 30 Nov; you have said 27 Nov."
    pub conflict: Option<Conflict>,
    /// What was written between us.
    pub letters: Letters,
    /// What leaders ask, and what they can do.
    pub leading: Leading,
    /// The facts, a line each.
    pub lines: Vec<LineFacts>,
    /// How the severity comes about.
    pub severity: Severity,
    /// What there was between us before.
    pub relationship: Relationship,
    /// Getting ready; gone once the case is closed.
    pub preparation: Option<Preparation>,
    /// Keeping the word; there once somebody has been told.
    pub after: Option<After>,
    /// Everything that happened, newest first.
    pub timeline: Vec<Event>,
    /// Known, firm, told, and the waits between them.
    pub waits: Vec<Wait>,
}

/// What leaders have to do with it.
#[derive(Debug, Clone, Default)]
pub struct Leading {
    /// A question that waits for an answer.
    pub ask: Option<OpenAsk>,
    /// "Kari Nilsen joins the call."
    pub joins: Option<String>,
    /// What whoever looks can do, if they lead.
    pub acts: Option<LeaderActs>,
}

/// Evidence that contradicts what has been said. It is shown; what was said stays.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// "ERP now says Mon 30 Nov; you have said Fri 27 Nov."
    pub text: String,
    /// The address that takes note of it: "/cases/7/acknowledgements".
    pub action: String,
    /// The evidence that is taken note of.
    pub evidence: String,
    /// The version that was shown.
    pub seen: String,
}
