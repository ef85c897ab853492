//! One import: rows in, promises, evidence and cases out, all in one transaction.
//!
//! Rows come in batches, so that memory doesn't grow with the file. A batch is looked up, judged by the
//! domain ([`forewarn_domain::report`]) and written with a handful of statements; an unchanged row writes
//! nothing at all. What concerns cases is gathered per customer and heard at the end, once: one call per
//! customer, not per line (rule 3). No import writes to a customer or changes a promised date (rule 1).

mod customers;
mod gathering;
mod incoming;
mod known;
mod outcome;
mod register;
mod undo;
mod write;

pub use incoming::{Incoming, RowProblem};
pub use outcome::ImportOutcome;
pub use register::{Door, ImportState, NewImport, RegisteredImport};
pub use undo::UndoRefused;

use crate::db::{Store, Tx, binds};
use crate::error::Result;
use customers::Customers;
use forewarn_domain::fact::OrderLine;
use forewarn_domain::ids::{ImportId, PersonId, PromiseId};
use forewarn_domain::report::{NewLine, Sight};
use forewarn_domain::slip::Slip;
use gathering::{Gathered, Told};
use jiff::Timestamp;
use jiff::civil::Date;
use known::KnownRow;
use std::collections::HashSet;
use write::Batch;

/// What is known of an import before its first row is read.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    /// The import as it was registered; see [`Store::register_import`](crate::Store).
    pub import: ImportId,
    /// The file's name, as people know it.
    pub file_name: String,
    /// The moment the report speaks of.
    pub as_of: Timestamp,
    /// Whether lines that are absent from it are missing.
    pub full_report: bool,
    /// Who imports; `None` for the command line.
    pub by: Option<PersonId>,
    /// Now.
    pub now: Timestamp,
}

/// An import under way. Dropped without [`Importing::finish`], it leaves nothing behind.
pub struct Importing {
    tx: Tx,
    request: ImportRequest,
    report_day: Date,
    customers: Customers,
    outcome: ImportOutcome,
    gathered: Gathered,
    seen: HashSet<PromiseId>,
    keys: HashSet<u128>,
    next_promise: i64,
    /// Nothing to look up: the very first report.
    first_ever: bool,
}

impl Store {
    /// Begins an import. On SQLite nobody else writes until it ends; everybody reads.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_import(&self, request: ImportRequest) -> Result<Importing> {
        let tx = self.begin().await?;
        write::one_import_at_a_time(&tx).await?;
        let customers = Customers::load(&tx, request.now).await?;
        let (last,): (i64,) =
            tx.one("SELECT COALESCE(MAX(id), 0) FROM promise", binds![]).await?.unwrap_or_default();
        let report_day = customers.company_calendar().local_date(request.as_of);
        Ok(Importing {
            tx,
            report_day,
            customers,
            outcome: ImportOutcome::default(),
            gathered: Gathered::default(),
            seen: HashSet::new(),
            keys: HashSet::new(),
            next_promise: last + 1,
            first_ever: last == 0,
            request,
        })
    }
}

impl Importing {
    /// Takes in the next rows.
    ///
    /// # Errors
    /// When the database fails. What is wrong with a row becomes part of the outcome instead.
    pub async fn take(&mut self, rows: Vec<Incoming>) -> Result<()> {
        let mut lines = Vec::with_capacity(rows.len());
        let mut batch = Batch::new(self.request.import);
        for row in rows {
            self.outcome.read += 1;
            match row {
                Incoming::Line { row, line } => {
                    if self.keys.insert(incoming::fingerprint(&line.key)) {
                        lines.push((row, line));
                    } else {
                        batch.reject(&mut self.outcome, vec![incoming::twice(row, &line)]);
                    }
                }
                Incoming::Rejected { problems } => batch.reject(&mut self.outcome, problems),
            }
        }
        let known = if self.first_ever { Vec::new() } else { known::look_up(&self.tx, &lines).await? };
        let mut known = known.into_iter().peekable();
        for (at, (row, line)) in lines.iter().enumerate() {
            match known.next_if(|known| known.at == at as i64) {
                Some(known) => self.take_known(&mut batch, *row, line, &known),
                None => self.take_new(&mut batch, *row, line),
            }
        }
        self.customers.write(&self.tx).await?;
        batch.write(&self.tx).await
    }

    /// Rows taken in so far.
    pub fn read(&self) -> u64 {
        self.outcome.read
    }

    /// Rows rejected so far.
    pub fn rejected(&self) -> u64 {
        self.outcome.rejected
    }

    /// Hears what was gathered for the cases, and makes it all so.
    ///
    /// # Errors
    /// When the database fails; then nothing has happened.
    pub async fn finish(mut self) -> Result<ImportOutcome> {
        self.conclude().await?;
        write::imported(&self.tx, &self.request, &self.outcome).await?;
        self.tx.commit().await?;
        Ok(self.outcome)
    }

    /// Says what [`Importing::finish`] would do, and leaves nothing behind.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rehearse(mut self) -> Result<ImportOutcome> {
        self.conclude().await?;
        self.tx.rollback().await?;
        Ok(self.outcome)
    }

    async fn conclude(&mut self) -> Result<()> {
        if self.request.full_report && !self.first_ever {
            self.outcome.missing = known::note_missing(&self.tx, &self.seen, self.request.as_of).await?;
        }
        let gathered = std::mem::take(&mut self.gathered);
        let Told { news, cases_opened } = gathered.hear(&self.tx, &self.request, &self.customers).await?;
        self.outcome.news = news;
        self.outcome.cases_opened = cases_opened;
        self.outcome.erased_contacts = self.customers.still_named();
        write::continue_numbers(&self.tx, &["promise", "customer"]).await?;
        Ok(())
    }

    fn take_new(&mut self, batch: &mut Batch, row: u64, line: &OrderLine) {
        let Ok(new) = NewLine::read(line, self.report_day) else {
            let problem = incoming::nothing_promised(row, line);
            return batch.reject(&mut self.outcome, vec![problem]);
        };
        let customer = self.customers.find_or_add(line);
        let promise = PromiseId(self.next_promise);
        self.next_promise += 1;
        self.outcome.added += 1;
        let open = new.delivered.is_none() && !new.cancelled;
        let slip = match new.outlook {
            Some(outlook) if open => {
                let promised = forewarn_domain::promise::Promised::Date { on: new.first_promised };
                Slip::measure(promised, outlook, self.customers.terms(customer))
            }
            _ => Slip::None,
        };
        self.outcome.count_slip(slip);
        if let Some(outlook) = new.outlook.filter(|outlook| outlook.latest() != Some(new.first_promised)) {
            batch.evidence(promise, outlook, &self.request);
        }
        if slip.counts() {
            self.gathered.slipped(customer, promise, line, &new, slip, &self.request);
        }
        batch.promise(promise, customer, line, &new, slip, &self.request);
    }

    fn take_known(&mut self, batch: &mut Batch, row: u64, line: &OrderLine, known: &KnownRow) {
        let customer = self.customers.find_or_add(line);
        if customer != known.customer {
            let now = self.customers.name(known.customer);
            let problem = incoming::other_customer(row, line, now);
            self.seen.insert(known.promise);
            return batch.reject(&mut self.outcome, vec![problem]);
        }
        self.seen.insert(known.promise);
        let (sight, reported) = known.line.look(line, self.request.as_of, self.report_day);
        let mut after = known.after(reported);
        match sight {
            Sight::Same => {
                self.outcome.unchanged += 1;
                if known.may_stand_through(reported) {
                    self.gathered.again(known, &self.request);
                }
            }
            Sight::Older(outlook) => {
                self.outcome.unchanged += 1;
                if let Some(outlook) = outlook {
                    batch.evidence(known.promise, outlook, &self.request);
                }
                return;
            }
            Sight::Moved(outlook) => {
                self.outcome.moved += 1;
                batch.evidence(known.promise, outlook, &self.request);
                let slip = Slip::measure(known.line.promised, outlook, self.customers.terms(customer));
                self.outcome.count_slip(slip);
                after.moved(outlook, slip, self.request.as_of);
                self.gathered.moved(known, line, outlook, slip, &self.request);
            }
            Sight::Delivered(on) => {
                self.outcome.delivered += 1;
                after.delivered(on);
                self.gathered.delivered(known, on);
            }
            Sight::Cancelled => {
                self.outcome.moved += 1;
                after.cancelled();
                self.gathered.cancelled(known);
            }
        }
        batch.change(known, after, line);
    }
}
