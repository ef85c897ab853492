//! The acts of getting ready, and of handing over.

use super::{Chain, act, address, keep_draft, load};
use crate::answer::Answer;
use crate::error::AppError;
use crate::me::Me;
use crate::state::AppState;
use crate::typed::Typed;
use crate::views::case::tick_named;
use crate::views::read::{read_expectation, read_word, typed_expectation};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use forewarn_domain::case::{Action, Choice, Contact, Fault, Owner, Tick};
use forewarn_domain::evidence::Cause;
use forewarn_domain::ids::PersonId;
use forewarn_domain::text::{CustomerText, InternalText};
use std::collections::BTreeSet;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/cases/{id}/ticks", post(ticks))
        .route("/cases/{id}/fault", post(fault))
        .route("/cases/{id}/cause", post(cause))
        .route("/cases/{id}/contact", post(contact))
        .route("/cases/{id}/actions", post(add_action))
        .route("/cases/{id}/options", post(add_option))
        .route("/cases/{id}/options/{option}/approval", post(approve_option))
        .route("/cases/{id}/expectation", post(expectation))
        .route("/cases/{id}/leader-requests", post(leader_request))
        .route("/cases/{id}/owner", post(owner))
}

async fn ticks(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let wanted: BTreeSet<Tick> = typed.all("tick").filter_map(tick_named).collect();
    act(&state, &me, &id, &typed, answer, None, "The ticks are kept.", |file, now| {
        let mut chain = Chain::on(file, now);
        for tick in Tick::ALL {
            match (wanted.contains(&tick), file.case.prepared(tick), file.case.ticks.contains(&tick)) {
                (true, false, _) => chain.then(|case| case.tick(tick, true, now))?,
                (false, _, true) => chain.then(|case| case.tick(tick, false, now))?,
                _ => {}
            }
        }
        Ok(chain.events())
    })
    .await
}

async fn fault(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let fault = read_word::<Fault>(typed.get("fault"));
    let fault =
        fault.ok_or_else(|| refused("Say whose doing it is; “not known yet” is an answer.", &typed, &id))?;
    act(&state, &me, &id, &typed, answer, None, "Whose doing it is, is kept.", |file, now| {
        file.case.set_fault(fault, now)
    })
    .await
}

async fn cause(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let internal = InternalText::new(typed.get("internal"));
    let cause = Cause { internal, customer: CustomerText::new(typed.get("customer_safe")) };
    act(&state, &me, &id, &typed, answer, None, "Both texts of the cause are kept.", |file, now| {
        file.case.set_cause(cause.clone(), now)
    })
    .await
}

async fn contact(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let chosen = typed.filled("contact").filter(|chosen| *chosen != "new");
    let somebody_else = typed.filled("name");
    let name = somebody_else.or(chosen).and_then(CustomerText::new);
    let name = name.ok_or_else(|| refused("Say the name of the person to tell.", &typed, &id))?;
    let mut contact = Contact {
        name,
        phone: typed.filled("phone").map(str::to_owned),
        email: typed.filled("email").map(str::to_owned),
    };
    let scene = load(&state, &me, &id).await?;
    if somebody_else.is_none() {
        // Somebody known keeps their number and address unless another was typed.
        let (reach, settings) = (scene.reach(), &scene.customer.settings);
        let known = [
            (reach.name, reach.phone, reach.email),
            (settings.contact.clone(), settings.phone.clone(), settings.email.clone()),
        ];
        let same = known.into_iter().find(|(name, ..)| name.as_deref() == Some(contact.name.as_str()));
        if let Some((_, phone, email)) = same {
            contact.phone = contact.phone.or(phone);
            contact.email = contact.email.or(email);
        }
    }
    act(&state, &me, &id, &typed, answer, None, "The contact is kept.", |file, now| {
        file.case.set_contact(contact.clone(), now)
    })
    .await
}

async fn add_action(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let what = CustomerText::new(typed.get("what"));
    let what = what.ok_or_else(|| refused("Say what we do, as the customer may hear it.", &typed, &id))?;
    let internal_owner = InternalText::new(typed.get("owner"));
    let action = Action { what, internal_owner, due: typed.date("due") };
    act(&state, &me, &id, &typed, answer, None, "The step is added.", |file, now| {
        file.case.add_action(action.clone(), now)
    })
    .await
}

async fn add_option(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let what = CustomerText::new(typed.get("title"));
    let (Some(kind), Some(what)) = (read_word(typed.get("kind")), what) else {
        return Err(refused("Say in a few words what they could choose, and what kind it is.", &typed, &id));
    };
    let option = Choice {
        kind,
        what,
        date: typed.date("date"),
        quantity: typed.filled("quantity").map(str::to_owned),
        cost: InternalText::new(typed.get("cost")),
        approved: typed.filled("approved").is_some(),
    };
    act(&state, &me, &id, &typed, answer, None, "The option is added.", |file, now| {
        file.case.add_option(option.clone(), now)
    })
    .await
}

/// By a leader, or an admin: what it costs is theirs to allow.
async fn approve_option(
    State(state): State<AppState>,
    me: Me,
    Path((id, option)): Path<(String, u32)>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    me.must_lead()?;
    act(&state, &me, &id, &typed, answer, None, "It may be offered now.", |file, now| {
        file.case.approve_option(option, now)
    })
    .await
}

/// What they mean to promise, noted for the talk. A promise it becomes only when it has been heard.
async fn expectation(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let scene = load(&state, &me, &id).await?;
    read_expectation(&typed_expectation(&typed), &scene.clocks).map_err(|why| refused(&why, &typed, &id))?;
    let mut draft = scene.draft.clone();
    draft.take_in(&typed);
    keep_draft(&me, &scene, &draft).await?;
    me.say("Kept for your talk.", None).await?;
    Ok(answer.done(&scene.href()))
}

async fn leader_request(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let leader = match typed.get("leader").parse::<PersonId>() {
        Ok(leader) => state.store.person(leader).await?.map(|leader| leader.name),
        Err(_) => None,
    };
    let need = match (leader, typed.get("note")) {
        (Some(leader), "") => InternalText::new(&leader),
        (Some(leader), note) => InternalText::new(&format!("{leader}, {note}")),
        (None, note) => InternalText::new(note),
    };
    act(&state, &me, &id, &typed, answer, None, "A leader is asked to join.", |file, now| {
        file.case.call_leader(need.clone(), now)
    })
    .await
}

async fn owner(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let person = match typed.get("person").parse::<PersonId>() {
        Ok(person) => state.store.person(person).await?,
        Err(_) => None,
    };
    let person = person.filter(|person| person.disabled_at.is_none() && person.scope().sees_conversations());
    let person = person.ok_or_else(|| refused("Choose somebody who tells customers.", &typed, &id))?;
    let reason = InternalText::new(typed.get("reason"));
    let done = format!("{} tells them now.", person.name);
    // Whoever gives it away may not see it any more.
    let onward = if person.id == me.person.id { address(&id) } else { "/today".to_owned() };
    let onward = super::leading::onward(&typed, &id).filter(|_| me.leads()).map_or(onward, str::to_owned);
    act(&state, &me, &id, &typed, answer, Some(&onward), &done, |file, now| {
        file.case.assign(Owner::Person { person: person.id }, reason.clone(), now, &file.terms)
    })
    .await
}

/// Something that is missing in the form itself.
pub(super) fn refused(why: &str, typed: &Typed, id: &str) -> AppError {
    AppError::refused(why, typed.written(), address(id))
}
