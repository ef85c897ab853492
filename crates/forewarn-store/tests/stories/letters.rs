//! Letters leave once, and none disappears.

mod evidence;
mod handing_over;
mod notices;
mod on_the_way;
mod random_walk;
mod replies;
mod what_they_do;

use crate::house::{House, december, late, nov};
use forewarn_domain::case::{CaseEvent, CaseLine};
use forewarn_domain::case::{
    Channel, EmailReason, LetterEnd, LetterEvent, Purpose, Recorded, Standing, Telling,
};
use forewarn_domain::ids::{CaseId, LetterId};
use forewarn_domain::letter::{LetterKind, LetterState, UNDO_WINDOW};
use forewarn_domain::people::Scope;
use forewarn_domain::promise::Expectation;
use forewarn_domain::text::{CustomerText, InternalText};
use forewarn_store::cases::{Act, ActFailed, Acted, CaseFile};
use forewarn_store::letters::{CLAIM_LEASE, ClaimedLetter, Frozen, Letter, NewLetter};
use jiff::{SignedDuration, Timestamp};

/// A customer with one slip that is news since the morning of the 3rd.
async fn news(house: &House) -> CaseId {
    house.news(vec![late("Halvorsen", "4471")]).await;
    house.the_case(nov(3)).await.id
}

/// The same, told on the 4th that it comes on 28 December.
async fn told(house: &House) -> CaseId {
    let case = news(house).await;
    house.tell(house.rep, case, december(28), nov(4), "told").await;
    case
}

fn text(words: &str) -> CustomerText {
    CustomerText::new(words).unwrap()
}

fn said(words: &str) -> InternalText {
    InternalText::new(words).unwrap()
}

fn recap() -> NewLetter {
    NewLetter {
        purpose: Purpose::Recap,
        to: text("Anna Halvorsen"),
        address: "anna@halvorsen.example".to_owned(),
        subject: text("Order 4471: delayed until Monday 28 December"),
        body: text("Dear Anna,\n\nThank you for talking with me."),
        again: None,
    }
}

/// The first word by e-mail: all lines come on 28 December.
fn first_word(file: &CaseFile) -> NewLetter {
    let open = file.case.lines.iter().filter(|(_, line): &(_, &CaseLine)| line.is_open());
    let telling = Telling {
        to: text("Anna Halvorsen"),
        channel: Channel::Email { reason: Some(EmailReason::CustomerAsked) },
        lines: open.map(|(id, _)| (*id, Expectation::NewDate { on: december(28) })).collect(),
    };
    NewLetter { purpose: Purpose::FirstWord { telling, next_word: None }, ..recap() }
}

fn frozen(version: u32, name: &str) -> Frozen {
    let message_id = format!("<{name}@nordpumpe.example>");
    Frozen {
        version,
        mime: format!("Message-ID: {message_id}\r\nSubject: Order 4471\r\n\r\nDear Anna\r\n"),
        message_id,
        from: "ida@nordpumpe.example".to_owned(),
        copy: None,
    }
}

/// Drafts and approves a letter as the rep, at this moment.
async fn approve(house: &House, case: CaseId, new: &NewLetter, name: &str, at: Timestamp) -> LetterId {
    try_approve(house, case, new, name, at).await.unwrap()
}

async fn try_approve(
    house: &House,
    case: CaseId,
    new: &NewLetter,
    name: &str,
    at: Timestamp,
) -> Result<LetterId, ActFailed> {
    let act = Act::now(house.rep, at);
    let id = house.store.draft_letter(act.entry(name), case, new).await?;
    house.store.approve_letter(act, id, &frozen(1, name)).await?;
    Ok(id)
}

/// The one letter that a sender gets now.
async fn claim(house: &House, token: &str, now: Timestamp) -> Option<ClaimedLetter> {
    let claimed = house.store.claim_letters(token, now, CLAIM_LEASE, 10).await.unwrap();
    assert!(claimed.len() < 2, "more than one letter: {claimed:?}");
    claimed.into_iter().next()
}

/// Brings a letter to its dot; the sender may end the mail now.
async fn to_the_dot(house: &House, token: &str, now: Timestamp) -> LetterId {
    let claimed = claim(house, token, now).await.expect("a letter whose time has come");
    assert!(house.store.mark_dot(claimed.id, token, now).await.unwrap());
    claimed.id
}

async fn end(house: &House, id: LetterId, token: &str, end: LetterEnd, now: Timestamp) -> bool {
    house.store.end_letter(id, token, &end, now).await.unwrap()
}

async fn letter(house: &House, id: LetterId) -> Letter {
    house.store.letter(Scope::Program, id, nov(30)).await.unwrap().unwrap()
}

async fn state(house: &House, id: LetterId) -> LetterState {
    letter(house, id).await.state
}

async fn file(house: &House, case: CaseId) -> CaseFile {
    house.store.case(Scope::Program, case, nov(30)).await.unwrap().unwrap()
}

async fn standing(house: &House, case: CaseId, id: LetterId) -> Standing {
    file(house, case).await.case.letters[&id].standing
}

fn accepted() -> LetterEnd {
    LetterEnd::Accepted { answer: said("250 2.0.0 Ok: queued as 4B7C1") }
}

fn refused() -> LetterEnd {
    LetterEnd::Refused { answer: said("550 5.1.1 User unknown") }
}

fn unknown() -> LetterEnd {
    LetterEnd::Unknown { trouble: said("the connection broke before the answer") }
}

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at + SignedDuration::from_secs(seconds)
}

/// When a letter that was approved at `at` may leave.
fn leaves(at: Timestamp) -> Timestamp {
    at + UNDO_WINDOW
}

fn letter_events(history: &[Recorded]) -> Vec<&LetterEvent> {
    let events = history.iter().filter_map(|recorded| match &recorded.event {
        CaseEvent::Letter { what, .. } => Some(what),
        _ => None,
    });
    events.collect()
}

fn is_done(acted: &Result<Acted, ActFailed>) -> bool {
    matches!(acted, Ok(Acted::Done(_)))
}
