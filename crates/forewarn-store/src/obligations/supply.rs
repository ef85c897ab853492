//! Questions to supply owners. They see what is asked and the facts, and no conversation.

use crate::cases::{ActFailed, Ledger, is_recorded, load_files, locked};
use crate::db::{Store, Tx, binds};
use crate::error::Result;
use crate::notices::{self, NewNotice};
use crate::terms::TermsBook;
use forewarn_domain::case::{Refused, SupplyQuestion};
use forewarn_domain::escalation::Recipient;
use forewarn_domain::ids::{CaseId, CustomerId, PersonId, PromiseId};
use forewarn_domain::notice::NoticeKind;
use forewarn_domain::people::Scope;
use forewarn_domain::roster::Sought;
use forewarn_domain::text::InternalText;
use jiff::Timestamp;

/// A question that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplyAsk {
    /// In which case.
    pub case: CaseId,
    /// For which customer.
    pub customer: CustomerId,
    /// What was asked, by whom, of whom, until when.
    pub question: SupplyQuestion,
    /// The lines that slip.
    pub promises: Vec<PromiseId>,
}

impl Store {
    /// What this person was asked, or answers in place of somebody who is away, the most pressing first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn supply_asks(&self, person: PersonId, now: Timestamp) -> Result<Vec<SupplyAsk>> {
        let open = "SELECT DISTINCT case_id FROM escalation_step WHERE done_at IS NULL AND ladder = 'supply'";
        let cases: Vec<(CaseId,)> = self.reads().all(open, Vec::new()).await?;
        let cases: Vec<CaseId> = cases.into_iter().map(|(case,)| case).collect();
        let book = TermsBook::load(self.reads(), now).await?;
        let files = load_files(self.reads(), &book, &cases).await?;
        let mut asks: Vec<SupplyAsk> = files
            .into_iter()
            .filter_map(|file| {
                let question = file.case.clocks.question.clone()?;
                let promises = file.case.slipping().map(|(promise, _)| promise).collect();
                Some(SupplyAsk { case: file.id, customer: file.customer, question, promises })
            })
            .filter(|ask| answers(&book, &ask.question, person, now))
            .collect();
        asks.sort_by_key(|ask| (ask.question.answer_by, ask.case));
        Ok(asks)
    }

    /// Answers a question. Whoever asked gets a notice. The same entry twice does nothing the second time.
    ///
    /// # Errors
    /// [`ActFailed::NotFound`] if this person was not asked; [`ActFailed::Refused`] if it was answered already.
    pub async fn answer_supply(
        &self,
        by: PersonId,
        case: CaseId,
        answer: InternalText,
        entry: Option<&str>,
        now: Timestamp,
    ) -> Result<(), ActFailed> {
        let tx = self.begin().await?;
        let Some(mut file) = locked(&tx, Scope::Program, case, now).await? else {
            return Err(ActFailed::NotFound);
        };
        if let Some(entry) = entry
            && is_recorded(&tx, entry).await?
        {
            return Ok(());
        }
        let book = TermsBook::load(tx.reads(), now).await?;
        let question = file.case.clocks.question.clone().ok_or(Refused::NothingAsked)?;
        if !answers(&book, &question, by, now) {
            return Err(ActFailed::NotFound);
        }
        let events = file.case.answer_supply(answer, now)?;
        let mut ledger = Ledger::new(&tx, now);
        ledger.append(&mut file, events, Some(by), now, entry).await?;
        ledger.write().await?;
        let asker = question.by.or_else(|| book.roster().acting(file.case.owner, now));
        if let Some(person) = asker {
            let customer = customer_name(&tx, file.customer).await?;
            let who = book.roster().colleague(by).map_or("Supply", |person| person.name.as_str());
            let notice = NewNotice {
                key: format!("case-{case}-event-{}", file.case.version),
                person,
                case: Some(case),
                kind: NoticeKind::SupplyAnswer,
                subject: format!("{customer}: {who} has answered"),
                words: "The answer stands in the case. Nothing short of telling them stops the clock."
                    .to_owned(),
                why: None,
                hot: file.case.is_hot(),
            };
            notices::post(&tx, &book, vec![notice], now).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// Whether somebody was asked, or acts for whoever was.
fn answers(book: &TermsBook, question: &SupplyQuestion, person: PersonId, now: Timestamp) -> bool {
    let owner = forewarn_domain::case::Owner::Person { person: question.of };
    let sought =
        Sought { to: Recipient::SupplyOwner, supply_owner: Some(question.of), ..Sought::owner(owner) };
    question.of == person || book.roster().find(&sought, |_| now).person == Some(person)
}

async fn customer_name(tx: &Tx, id: CustomerId) -> Result<String> {
    let name = tx.one::<(String,)>("SELECT name FROM customer WHERE id = ?", binds![id]).await?;
    Ok(name.map_or_else(|| "A customer".to_owned(), |(name,)| name))
}
