//! `POST /cases/{id}/letters`: a person has read a letter, and it is frozen and sent on its way. Once.

use crate::error::{self, AppError, NotKept};
use crate::me::Me;
use crate::routes::cases::OnCase;
use crate::routes::talk::{Heard, told_by_another};
use crate::state::AppState;
use crate::typed::Typed;
use crate::views::read::{read_moment, read_word};
use crate::views::scene::Scene;
use crate::views::{letters, talk};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use forewarn_domain::case::{CaseEvent, Contact, LetterEvent, Purpose, Standing};
use forewarn_domain::ids::PromiseId;
use forewarn_domain::letter::{LetterKind, LetterState};
use forewarn_domain::text::CustomerText;
use forewarn_outreach::mime::{self, BadLetter, Mailbox};
use forewarn_store::cases::{Act, ActFailed, Acted};
use forewarn_store::letters::{Frozen, Letter, NewLetter};
use forewarn_store::settings::Company;

pub(crate) async fn approve(on: OnCase) -> Result<Response, AppError> {
    let (state, me, typed) = (&on.state, &on.me, &on.typed);
    let mut scene = on.scene().await?;
    let kind: LetterKind = read_word(typed.get("kind"))
        .ok_or_else(|| AppError::Unreadable("Say which letter it is.".to_owned()))?;
    let new = match read(&scene, typed, kind) {
        Ok(new) => new,
        Err(wrong) => return once_more(&on, &mut scene, kind, wrong).await,
    };
    let Some(from) = sender(state, &scene.company).await? else {
        let wrong = "Mail is not set up, so that nothing can be sent from here. Nothing has left.";
        return once_more(&on, &mut scene, kind, vec![wrong.to_owned()]).await;
    };
    let done = format!("{}#letters", scene.href());
    let draft = match draft(&on, &scene, &new).await? {
        Draft::Open(letter) => letter,
        Draft::Approved(letter) => {
            if !is_as_typed(&letter, &new) && !on.answer.is_json() {
                let why = "This letter was sent already, as you had written it first. What you changed since was not sent.";
                me.say_refused(why).await?;
            }
            return Ok(on.answer.done(&done));
        }
    };
    if let Some(conflict) = sent_by_another(&scene, typed, kind).or_else(|| told_by_another(&scene, typed)) {
        return Err(conflict);
    }
    if on.expected.is_some_and(|expected| expected != scene.case().version) {
        return Err(on.failed(ActFailed::Conflict));
    }
    let frozen = freeze(state, me, &scene, &from, &draft).await?;
    match state.store.approve_letter(Act::now(me.scope(), me.now), draft.id, &frozen).await {
        Ok(acted) => {
            correct_address(state, me, &scene, &draft).await?;
            if matches!(acted, Acted::Done(_)) && !on.answer.is_json() {
                let undo = format!("{}/letters/{}/cancelling", scene.href(), draft.id);
                me.say(format!("It leaves in 10 seconds, to {}.", draft.address), Some(undo)).await?;
            }
            Ok(on.answer.done(&done))
        }
        Err(ActFailed::Refused(refused)) => once_more(&on, &mut scene, kind, vec![refused.to_string()]).await,
        Err(failed) => Err(on.failed(failed)),
    }
}

/// Whom letters come from; `None` while mail is not set up.
pub(in crate::routes::cases) async fn sender(
    state: &AppState,
    company: &Company,
) -> Result<Option<Mailbox>, AppError> {
    let settings = state.mail_settings().await?;
    Ok(settings.and_then(|mail| {
        let name = mail.from_name.as_deref().unwrap_or(&company.name);
        Mailbox::new(Some(name), &mail.from_address).ok()
    }))
}

/// What was typed, or everything that is wrong with it.
fn read(scene: &Scene, typed: &Typed, kind: LetterKind) -> Result<NewLetter, Vec<String>> {
    let mut wrong = Vec::new();
    let mut note = |why: String| wrong.push(why);
    let to = CustomerText::new(&scene.contact_name());
    let address = match typed.filled("address") {
        None => Err("Say to which address it goes.".to_owned()),
        Some(address) => Mailbox::new(None, address).map_err(|bad| format!("{bad}.")),
    };
    let address = address.map_err(&mut note).ok();
    let subject = CustomerText::new(typed.get("subject"));
    if subject.is_none() {
        note("Write a subject that carries the news.".to_owned());
    }
    let body = CustomerText::new(&typed.get("text").replace("\r\n", "\n"));
    if body.is_none() {
        note("There are no words in the letter.".to_owned());
    }
    let purpose = match purpose(scene, typed, kind) {
        Ok(purpose) => Some(purpose),
        Err(whys) => {
            whys.into_iter().for_each(note);
            None
        }
    };
    match (to, address, subject, body, purpose) {
        (Some(to), Some(address), Some(subject), Some(body), Some(purpose)) => {
            let again = typed.filled("again").and_then(|again| again.parse().ok());
            Ok(NewLetter { purpose, to, address: address.address().to_owned(), subject, body, again })
        }
        _ => Err(wrong),
    }
}

/// What the letter does to the case once it has left.
fn purpose(scene: &Scene, typed: &Typed, kind: LetterKind) -> Result<Purpose, Vec<String>> {
    Ok(match kind {
        LetterKind::Recap => Purpose::Recap,
        LetterKind::Update => {
            let then = read_moment(typed, "then", &scene.clocks).map_err(|why| vec![why])?;
            Purpose::Update { then }
        }
        LetterKind::Delivered => {
            let promises: Vec<PromiseId> = typed.all("line").filter_map(|line| line.parse().ok()).collect();
            Purpose::Delivered { promises }
        }
        LetterKind::FirstWord => {
            let Heard { telling, next_word, .. } = Heard::read(scene, typed)?;
            Purpose::FirstWord { telling, next_word }
        }
    })
}

/// A letter under the entry of a form.
enum Draft {
    /// To be approved.
    Open(Letter),
    /// The same form was sent before.
    Approved(Letter),
}

/// The draft of this form. A form that is sent a second time finds what the first time has made; what was
/// changed in between is taken in, unless the letter is on its way.
async fn draft(on: &OnCase, scene: &Scene, new: &NewLetter) -> Result<Draft, AppError> {
    // A draft is no effect yet: a call is answered for the letter that leaves.
    let (store, me) = (on.state.store.outside_of_calls(), &on.me);
    let failed = |failed| on.failed(failed);
    let mut entry = on.typed.entry().map(str::to_owned).or_else(|| on.draft_entry.clone());
    loop {
        let act = Act { entry: entry.as_deref(), ..Act::now(me.scope(), me.now) };
        let id = store.draft_letter(act, scene.file.id, new).await.map_err(failed)?;
        let letter = store.letter(me.scope(), id, me.now).await?.ok_or(AppError::NotFound)?;
        if letter.state == LetterState::Draft {
            return Ok(Draft::Open(if is_as_typed(&letter, new) {
                letter
            } else {
                let act = Act { expected: Some(letter.version), ..Act::now(me.scope(), me.now) };
                store.change_letter(act, id, new).await.map_err(failed)?
            }));
        }
        if letter.state != LetterState::Cancelled {
            return Ok(Draft::Approved(letter));
        }
        // Taken back, then sent from the same page after all: another letter.
        entry = entry.map(|entry| format!("{entry}-{id}"));
    }
}

fn is_as_typed(letter: &Letter, new: &NewLetter) -> bool {
    let NewLetter { purpose, to, address, subject, body, again: _ } = new;
    (&letter.purpose, &letter.to, &letter.address, &letter.subject, &letter.body)
        == (purpose, to, address, subject, body)
}

/// Somebody has sent such a letter since this page was shown: in another tab, or at another desk.
fn sent_by_another(scene: &Scene, typed: &Typed, kind: LetterKind) -> Option<AppError> {
    let seen = typed.seen()?;
    let since = scene.file.history.iter().filter(|recorded| recorded.seq > seen);
    let theirs = since.rev().find(|recorded| match &recorded.event {
        CaseEvent::Letter { letter, what: LetterEvent::Approved { facts } } => {
            let standing = scene.case().letters.get(letter).map(|letter| letter.standing);
            facts.purpose.kind() == kind && standing != Some(Standing::Cancelled)
        }
        _ => false,
    })?;
    let who = theirs.by.map_or("Somebody", |id| scene.person(id));
    let who = if theirs.by == Some(scene.me.id) { "You" } else { who };
    let (name, when) = (kind.name().to_lowercase(), scene.clocks.my_moment(theirs.at));
    let why = format!("{who} sent this customer a letter like this ({name}) {when}. This one was not sent.");
    let not_kept = NotKept { why, typed: typed.written(), back: format!("{}#letters", scene.href()) };
    Some(AppError::Conflict(Box::new(not_kept)))
}

/// The whole mail, made from the draft as it is stored: what is approved is what is sent.
async fn freeze(
    state: &AppState,
    me: &Me,
    scene: &Scene,
    from: &Mailbox,
    letter: &Letter,
) -> Result<Frozen, AppError> {
    let not_a_mail = |why: String| AppError::refused(why, Vec::new(), scene.href());
    let to = Mailbox::new(Some(letter.to.as_str()), &letter.address);
    let to = to.map_err(|bad| not_a_mail(format!("{bad}.")))?;
    let mut thread = state.store.thread_of(letter.case).await?;
    let message_id = mime::message_id(&state.fresh().to_string(), from);
    let composed = loop {
        let composed = mime::compose(&mime::Letter {
            from,
            to: &to,
            subject: letter.subject.as_str(),
            body: letter.body.as_str(),
            message_id: &message_id,
            in_reply_to: thread.last().map(String::as_str),
            references: &thread,
            date: me.now,
        });
        match composed {
            // What their mail program calls a Message-ID may be none: the letter leaves without it.
            Err(BadLetter::MessageId(bad)) if thread.contains(&bad) => thread.retain(|id| *id != bad),
            composed => break composed,
        }
    };
    Ok(Frozen {
        version: letter.version,
        mime: composed.map_err(|bad| not_a_mail(format!("It can’t be sent like this: {bad}.")))?,
        message_id,
        from: from.address().to_owned(),
        copy: state.mail_settings().await?.and_then(|mail| mail.self_copy),
    })
}

/// An address that was corrected in the letter is the contact's from now on.
async fn correct_address(state: &AppState, me: &Me, scene: &Scene, letter: &Letter) -> Result<(), AppError> {
    let reach = scene.reach();
    if reach.name.is_none() || reach.email.as_deref() == Some(letter.address.as_str()) {
        return Ok(());
    }
    let contact =
        Contact { name: letter.to.clone(), phone: reach.phone, email: Some(letter.address.clone()) };
    let act = Act::now(me.scope(), me.now);
    let acted =
        state.store.act(scene.file.id, act, |file| file.case.set_contact(contact.clone(), me.now)).await;
    acted.map_err(|failed| AppError::act(failed, Vec::new(), &scene.href()))?;
    Ok(())
}

/// The page of the letter again, with what was typed and what is wrong with it.
async fn once_more(
    on: &OnCase,
    scene: &mut Scene,
    kind: LetterKind,
    wrong: Vec<String>,
) -> Result<Response, AppError> {
    if on.answer.is_json() {
        return Err(on.refused(wrong.join(" ")));
    }
    let (shell, typed) = (on.shell().await?, &on.typed);
    let html = match kind {
        LetterKind::FirstWord => error::page(&talk::refused(shell, scene, typed, wrong))?,
        _ => error::page(&letters::refused(shell, scene, kind, typed, wrong))?,
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
