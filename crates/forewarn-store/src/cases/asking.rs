//! A question of a leader reaches whoever owns the case, in the transaction that records it.

use super::file::CaseFile;
use crate::db::{Tx, binds};
use crate::error::Result;
use crate::notices::{NewNotice, post};
use crate::terms::TermsBook;
use forewarn_domain::case::{CaseEvent, Owner, Recorded};
use forewarn_domain::notice::NoticeKind;
use jiff::Timestamp;

/// Makes a notice of each question among `new`, for the person whose case it is. An inbox has nobody to ask.
pub(super) async fn bring_questions(
    tx: &Tx,
    file: &CaseFile,
    new: &[Recorded],
    now: Timestamp,
) -> Result<()> {
    let Owner::Person { person } = file.case.owner else { return Ok(()) };
    for Recorded { seq, by, event, .. } in new {
        let CaseEvent::Asked { words } = event else { continue };
        let sql = "SELECT c.name, p.name FROM customer c LEFT JOIN person p ON p.id = ? WHERE c.id = ?";
        let names: Option<(String, Option<String>)> = tx.one(sql, binds![*by, file.customer]).await?;
        let (customer, asks) = names.unwrap_or_default();
        let notice = NewNotice {
            key: format!("ask/{}/{seq}", file.id),
            person,
            case: Some(file.id),
            kind: NoticeKind::Leader,
            subject: format!("{customer}: {} asks you", asks.as_deref().unwrap_or("a leader")),
            words: words.for_our_people().to_owned(),
            why: None,
            hot: false,
        };
        let book = TermsBook::load(tx.reads(), now).await?;
        post(tx, &book, vec![notice], now).await?;
    }
    Ok(())
}
