//! What we owe next. An open case always owes something, at a time.

use super::line::{CaseLine, LineEnd};
use super::{Case, Stage};
use crate::policy::Terms;
use crate::slip::news_by;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Something owed, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    /// What.
    pub kind: ObligationKind,
    /// When.
    pub due: Timestamp,
}

/// What can be owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ObligationKind {
    /// Facts about a slip that is only known: by then it is news, firm or not.
    FactsBy,
    /// The customer is told.
    TellBy,
    /// The customer hears from us, even if nothing has changed.
    NextWord,
    /// The day after the new date: has it arrived?
    ArrivalCheck,
    /// The customer is asked whether all is well again.
    ConfirmDelivery,
}

impl Case {
    /// Everything that is owed. Empty only for a closed case.
    pub fn obligations(&self, terms: &Terms) -> Vec<Obligation> {
        if self.stage() == Stage::Closed {
            return Vec::new();
        }
        let mut owed = Vec::new();
        let mut owe = |kind, due| owed.extend(Option::map(due, |due| Obligation { kind, due }));
        let waiting = self.slipping().filter(|(_, line)| line.firm_at.is_none());
        let facts_by = waiting.filter_map(|(_, line)| news_by(line.promised, terms)).min();
        owe(ObligationKind::FactsBy, facts_by);
        owe(ObligationKind::TellBy, self.tell_by.filter(|_| self.firm_at().is_some()));
        let told = || self.lines.values().filter(|line| line.is_open() && line.is_told());
        match self.next_word {
            Some(word) => owe(ObligationKind::NextWord, Some(word.by)),
            None => owe(ObligationKind::ArrivalCheck, first_arrival(told(), terms)),
        }
        if self.lines.values().all(|line| !line.is_open()) {
            owe(ObligationKind::ConfirmDelivery, Some(self.confirm_by(terms)));
        }
        owed
    }

    fn confirm_by(&self, terms: &Terms) -> Timestamp {
        let arrivals = self.lines.values().filter_map(|line| match line.end {
            Some(LineEnd::Delivered { on, .. }) => Some(on),
            Some(LineEnd::Recovered | LineEnd::Cancelled | LineEnd::Withdrawn) | None => None,
        });
        let last = arrivals.max().unwrap_or_else(|| terms.owner_calendar.local_date(self.opened_at));
        let calendar = &terms.owner_calendar;
        calendar.start_of_work(calendar.add_working_days(last, 1))
    }
}

fn first_arrival<'a>(told: impl Iterator<Item = &'a CaseLine>, terms: &Terms) -> Option<Timestamp> {
    let first = told.filter_map(|line| line.promised.latest()).min()?;
    let calendar = &terms.owner_calendar;
    Some(calendar.start_of_work(calendar.add_working_days(first, 1)))
}
