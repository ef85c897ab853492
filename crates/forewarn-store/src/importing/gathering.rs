//! What an import has to say to the cases, gathered until all rows are read.

use super::ImportRequest;
use super::customers::Customers;
use super::known::KnownRow;
use crate::cases::{Heard, assign_cases, take_in};
use crate::db::Tx;
use crate::error::Result;
use forewarn_domain::case::{LineFacts, Observation, Observed};
use forewarn_domain::evidence::Outlook;
use forewarn_domain::fact::OrderLine;
use forewarn_domain::ids::{CustomerId, PromiseId};
use forewarn_domain::promise::Promised;
use forewarn_domain::report::NewLine;
use forewarn_domain::slip::Slip;
use jiff::Timestamp;
use jiff::civil::Date;

/// Observations, in the order of the rows.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    heard: Vec<Heard>,
}

/// What came of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) news: u64,
    pub(super) cases_opened: u64,
}

impl Gathered {
    /// A line that slips at first sight.
    pub(super) fn slipped(
        &mut self,
        customer: CustomerId,
        promise: PromiseId,
        line: &OrderLine,
        new: &NewLine,
        slip: Slip,
        request: &ImportRequest,
    ) {
        let Some(outlook) = new.outlook else { return };
        let promised = Promised::Date { on: new.first_promised };
        let facts = facts(promise, line, promised, outlook, slip, request);
        self.push(customer, None, promise, Observed::Slipped { line: facts, confirmed: false });
    }

    /// A known line with another date.
    pub(super) fn moved(
        &mut self,
        known: &KnownRow,
        line: &OrderLine,
        outlook: Outlook,
        slip: Slip,
        request: &ImportRequest,
    ) {
        let observed = match known.case {
            Some(_) => outlook_observed(outlook, request),
            None if slip.counts() => {
                let promised = known.line.promised;
                let line = facts(known.promise, line, promised, outlook, slip, request);
                Observed::Slipped { line, confirmed: false }
            }
            None => return,
        };
        self.push(known.customer, known.case, known.promise, observed);
    }

    /// The same date once more, of a slip that is not fit to tell yet.
    pub(super) fn again(&mut self, known: &KnownRow, request: &ImportRequest) {
        let Some(outlook) = known.line.outlook else { return };
        let observed = outlook_observed(outlook, request);
        self.push(known.customer, known.case, known.promise, observed);
    }

    pub(super) fn delivered(&mut self, known: &KnownRow, on: Date) {
        self.push(known.customer, known.case, known.promise, Observed::Delivered { on });
    }

    pub(super) fn cancelled(&mut self, known: &KnownRow) {
        self.push(known.customer, known.case, known.promise, Observed::Cancelled);
    }

    /// Takes everything to the cases, and the cases of customers with another owner to that owner.
    pub(super) async fn hear(self, tx: &Tx, request: &ImportRequest, customers: &Customers) -> Result<Told> {
        let at = request.as_of;
        let taken = take_in(tx, customers.book(), self.heard, request.by, at, request.now).await?;
        for (customer, owner) in customers.reassigned() {
            assign_cases(tx, customers.book(), *customer, *owner, request.by, request.now).await?;
        }
        Ok(Told { news: taken.news as u64, cases_opened: taken.opened.len() as u64 })
    }

    fn push(
        &mut self,
        customer: CustomerId,
        case: Option<forewarn_domain::ids::CaseId>,
        promise: PromiseId,
        observed: Observed,
    ) {
        if case.is_some() || matches!(observed, Observed::Slipped { .. }) {
            self.heard.push(Heard { customer, case, observation: Observation { promise, observed } });
        }
    }
}

fn outlook_observed(outlook: Outlook, request: &ImportRequest) -> Observed {
    let source = request.file_name.clone();
    Observed::Outlook { outlook, observed_at: request.as_of, source, confirmed: false }
}

fn facts(
    promise: PromiseId,
    line: &OrderLine,
    promised: Promised,
    outlook: Outlook,
    slip: Slip,
    request: &ImportRequest,
) -> LineFacts {
    let at: Timestamp = request.as_of;
    LineFacts {
        promise,
        key: line.key.clone(),
        promised,
        outlook,
        slip,
        value: line.value.unwrap_or_default(),
        known_at: at,
        observed_at: at,
        source: request.file_name.clone(),
    }
}
