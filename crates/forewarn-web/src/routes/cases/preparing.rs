//! The acts of getting ready, and of handing over.

use super::{Chain, OnCase, keep_draft};
use crate::error::AppError;
use crate::table::Table;
use crate::views::case::tick_named;
use crate::views::read::{read_expectation, read_word, typed_expectation};
use axum::response::Response;
use axum::routing::post;
use forewarn_domain::case::{Action, Choice, Contact, Fault, Owner, Tick};
use forewarn_domain::evidence::Cause;
use forewarn_domain::ids::PersonId;
use forewarn_domain::text::{CustomerText, InternalText};
use std::collections::BTreeSet;

pub(super) fn routes() -> Table {
    Table::new()
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

pub(crate) async fn ticks(on: OnCase) -> Result<Response, AppError> {
    let wanted: BTreeSet<Tick> = on.typed.all("tick").filter_map(tick_named).collect();
    on.act("The ticks are kept.", |file, now| {
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

pub(crate) async fn fault(on: OnCase) -> Result<Response, AppError> {
    let fault = read_word::<Fault>(on.typed.get("fault"));
    let fault = fault.ok_or_else(|| on.refused("Say whose doing it is; “not known yet” is an answer."))?;
    on.act("Whose doing it is, is kept.", |file, now| file.case.set_fault(fault, now)).await
}

pub(crate) async fn cause(on: OnCase) -> Result<Response, AppError> {
    let internal = InternalText::new(on.typed.get("internal"));
    let cause = Cause { internal, customer: CustomerText::new(on.typed.get("customer_safe")) };
    on.act("Both texts of the cause are kept.", |file, now| file.case.set_cause(cause.clone(), now)).await
}

pub(crate) async fn contact(on: OnCase) -> Result<Response, AppError> {
    let chosen = on.typed.filled("contact").filter(|chosen| *chosen != "new");
    let somebody_else = on.typed.filled("name");
    let name = somebody_else.or(chosen).and_then(CustomerText::new);
    let name = name.ok_or_else(|| on.refused("Say the name of the person to tell."))?;
    let mut contact = Contact {
        name,
        phone: on.typed.filled("phone").map(str::to_owned),
        email: on.typed.filled("email").map(str::to_owned),
    };
    let scene = on.scene().await?;
    if somebody_else.is_none() {
        // Somebody known keeps their number and address unless another was on.typed.
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
    on.act("The contact is kept.", |file, now| file.case.set_contact(contact.clone(), now)).await
}

pub(crate) async fn add_action(on: OnCase) -> Result<Response, AppError> {
    let what = CustomerText::new(on.typed.get("what"));
    let what = what.ok_or_else(|| on.refused("Say what we do, as the customer may hear it."))?;
    let internal_owner = InternalText::new(on.typed.get("owner"));
    let action = Action { what, internal_owner, due: on.typed.date("due") };
    on.act("The step is added.", |file, now| file.case.add_action(action.clone(), now)).await
}

pub(crate) async fn add_option(on: OnCase) -> Result<Response, AppError> {
    let what = CustomerText::new(on.typed.get("title"));
    let (Some(kind), Some(what)) = (read_word(on.typed.get("kind")), what) else {
        return Err(on.refused("Say in a few words what they could choose, and what kind it is."));
    };
    let option = Choice {
        kind,
        what,
        date: on.typed.date("date"),
        quantity: on.typed.filled("quantity").map(str::to_owned),
        cost: InternalText::new(on.typed.get("cost")),
        approved: on.typed.filled("approved").is_some(),
    };
    on.act("The option is added.", |file, now| file.case.add_option(option.clone(), now)).await
}

/// By a leader, or an admin: what it costs is theirs to allow.
pub(crate) async fn approve_option(on: OnCase) -> Result<Response, AppError> {
    on.me.must_lead()?;
    let option = on.numbered("option")?;
    on.act("It may be offered now.", |file, now| file.case.approve_option(option, now)).await
}

/// What they mean to promise, noted for the talk. A promise it becomes only when it has been heard.
async fn expectation(on: OnCase) -> Result<Response, AppError> {
    let scene = on.scene().await?;
    read_expectation(&typed_expectation(&on.typed), &scene.clocks).map_err(|why| on.refused(why))?;
    let mut draft = scene.draft.clone();
    draft.take_in(&on.typed);
    keep_draft(&on.me, &scene, &draft).await?;
    on.me.say("Kept for your talk.", None).await?;
    Ok(on.answer.done(&scene.href()))
}

pub(crate) async fn leader_request(on: OnCase) -> Result<Response, AppError> {
    let leader = match on.typed.get("leader").parse::<PersonId>() {
        Ok(leader) => on.state.store.person(leader).await?.map(|leader| leader.name),
        Err(_) => None,
    };
    let need = match (leader, on.typed.get("note")) {
        (Some(leader), "") => InternalText::new(&leader),
        (Some(leader), note) => InternalText::new(&format!("{leader}, {note}")),
        (None, note) => InternalText::new(note),
    };
    on.act("A leader is asked to join.", |file, now| file.case.call_leader(need.clone(), now)).await
}

pub(crate) async fn owner(on: OnCase) -> Result<Response, AppError> {
    let person = match on.typed.get("person").parse::<PersonId>() {
        Ok(person) => on.state.store.person(person).await?,
        Err(_) => None,
    };
    let person = person.filter(|person| person.disabled_at.is_none() && person.scope().sees_conversations());
    let person = person.ok_or_else(|| on.refused("Choose somebody who tells customers."))?;
    let reason = InternalText::new(on.typed.get("reason"));
    let done = format!("{} tells them now.", person.name);
    // Whoever gives it away may not see it any more.
    let onward = if person.id == on.me.person.id { on.href() } else { "/today".to_owned() };
    let onward = on.onward().filter(|_| on.me.leads()).map_or(onward, str::to_owned);
    on.act_then(&onward, &done, |file, now| {
        file.case.assign(Owner::Person { person: person.id }, reason.clone(), now, &file.terms)
    })
    .await
}
