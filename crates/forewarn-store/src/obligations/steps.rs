//! Steps that fired, made notices: one to a person, however many steps of a case reached them at once.

use crate::cases::CaseFile;
use crate::db::{Tx, binds, marks};
use crate::error::Result;
use crate::notices::NewNotice;
use crate::terms::TermsBook;
use forewarn_domain::case::{CaseEvent, ClockEvent, Owner, Stage};
use forewarn_domain::escalation::{Ladder, Recipient, StepWords};
use forewarn_domain::ids::{CaseId, CustomerId, PersonId};
use forewarn_domain::promise::Promised;
use forewarn_domain::roster::PassedOver;
use forewarn_domain::slip::can_act_days;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A step that reached somebody.
#[derive(Debug, Clone)]
pub(super) struct Fired {
    case: CaseId,
    /// The number of its event.
    seq: u32,
    ladder: Ladder,
    asked: Recipient,
    to: PersonId,
    passed_over: Vec<PassedOver>,
    lapsed: Option<PersonId>,
}

/// The steps that fired after event `seq`. Of several of one ladder that reached the same person, the last, unless
/// an earlier one was theirs to do.
pub(super) fn fired(file: &CaseFile, seq: u32) -> Vec<Fired> {
    let mut reached: BTreeMap<(Ladder, PersonId), Fired> = BTreeMap::new();
    for recorded in file.history.iter().filter(|recorded| recorded.seq > seq) {
        let CaseEvent::Clock { what } = &recorded.event else { continue };
        let ClockEvent::Escalated { ladder, asked, to: Some(to), passed_over, lapsed, .. } = what else {
            continue;
        };
        let theirs = |asked: Recipient| matches!(asked, Recipient::Owner | Recipient::SupplyOwner);
        let before = reached.get(&(*ladder, *to)).map(|before| before.asked);
        if before.is_some_and(theirs) && !theirs(*asked) {
            continue;
        }
        let fired = Fired {
            case: file.id,
            seq: recorded.seq,
            ladder: *ladder,
            asked: *asked,
            to: *to,
            passed_over: passed_over.clone(),
            lapsed: *lapsed,
        };
        reached.insert((*ladder, *to), fired);
    }
    reached.into_values().collect()
}

/// What these steps say to whom.
pub(super) async fn notices(
    tx: &Tx,
    book: &TermsBook,
    files: &[CaseFile],
    fired: Vec<Fired>,
    now: Timestamp,
) -> Result<Vec<NewNotice>> {
    let by_id: HashMap<CaseId, &CaseFile> = files.iter().map(|file| (file.id, file)).collect();
    let concerned: BTreeSet<CustomerId> =
        fired.iter().filter_map(|fired| by_id.get(&fired.case)).map(|file| file.customer).collect();
    let names = customer_names(tx, &concerned).await?;
    let notices = fired.into_iter().filter_map(|fired| {
        let file = by_id.get(&fired.case)?;
        let customer = names.get(&file.customer).map_or("A customer", String::as_str);
        Some(notice(book, file, customer, fired, now))
    });
    Ok(notices.collect())
}

fn notice(book: &TermsBook, file: &CaseFile, customer: &str, fired: Fired, now: Timestamp) -> NewNotice {
    let Fired { case, seq, ladder, asked, to, passed_over, lapsed } = fired;
    let name = |person| book.roster().colleague(person).map_or("Somebody", |person| person.name.as_str());
    let acts = |owner| book.roster().acting(owner, now).map_or("Somebody", name);
    let owner = matches!(file.case.owner, Owner::Person { .. }).then(|| acts(file.case.owner));
    let calendar = book.calendar_of(to);
    let today = file.terms.customer_calendar.local_date(now);
    let promised = file.case.promised_of_slipping().filter_map(Promised::latest).min();
    let words = StepWords {
        ladder,
        own: matches!(asked, Recipient::Owner | Recipient::SupplyOwner),
        customer,
        owner,
        due: file.case.span(ladder, &file.terms).map_or(now, |span| span.due),
        now,
        can_act_days: promised
            .and_then(|on| can_act_days(Promised::Date { on }, &file.terms.customer_calendar, today)),
        round: file.case.round,
        arrived: file.case.stage() == Stage::Arrived,
        zone: calendar.zone(),
    };
    NewNotice {
        key: format!("case-{case}-event-{seq}"),
        person: to,
        case: Some(case),
        kind: ladder.into(),
        subject: words.subject(),
        words: words.words(),
        why: words.why(&passed_over, lapsed, name),
        hot: file.case.is_hot(),
    }
}

async fn customer_names(tx: &Tx, ids: &BTreeSet<CustomerId>) -> Result<HashMap<CustomerId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!("SELECT id, name FROM customer WHERE id IN ({})", marks(ids.len()));
    let values = ids.iter().flat_map(|id| binds![*id]).collect();
    Ok(tx.all::<(CustomerId, String)>(&sql, values).await?.into_iter().collect())
}
