//! `/promises`: every promise, and one with all its evidence.

use super::wall::wall;
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::shell::Place;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::promises::{self as view, Asked, May};
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use forewarn_domain::evidence::{Cause, Outlook};
use forewarn_domain::ids::{CustomerId, PersonId, PromiseId};
use forewarn_domain::people::Role;
use forewarn_domain::text::{CustomerText, InternalText};
use forewarn_store::evidence::StateFailed;
use forewarn_store::promises::PromiseSearch;
use serde::Deserialize;

pub(crate) fn routes() -> Table {
    Table::new()
        .route("/promises", get(list))
        .route("/promises/{id}", get(one))
        .route("/promises/{id}/evidence", post(evidence))
}

const A_PAGE: u32 = 50;
const CUSTOMERS_ON_TOP: u32 = 5;

/// The filters, as they stand in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    q: String,
    state: String,
    owner: String,
    customer: String,
    after: String,
}

async fn list(
    State(state): State<AppState>,
    me: Me,
    Query(filters): Query<Filters>,
) -> Result<Html<String>, AppError> {
    let Filters { q, state: standing, owner, customer, after } = filters;
    let asked = Asked { text: q.trim().to_owned(), state: standing, owner, customer, after };
    let owner = match asked.owner.as_str() {
        "me" => Some(me.person.id),
        other => other.parse::<PersonId>().ok(),
    };
    let search = PromiseSearch {
        text: asked.text.clone(),
        customer: asked.customer.parse::<CustomerId>().ok(),
        owner,
        standing: asked.standing(),
        after: Some(asked.after.clone()).filter(|after| !after.is_empty()),
    };
    let found = state.store.promises(me.scope(), &search, A_PAGE, me.now).await?;
    let first_of_search = !asked.text.is_empty() && asked.after.is_empty() && asked.customer.is_empty();
    let customers = if first_of_search {
        state.store.customers(me.scope(), &asked.text, None, CUSTOMERS_ON_TOP, me.now).await?.rows
    } else {
        Vec::new()
    };
    let people = colleagues(&state, &me).await?;
    let shell = me.shell(&state, Place::Promises).await?;
    page(&view::list(shell, &asked, &found, &customers, &people, &wall(&state, &me).await?))
}

/// Whose promises this person may ask for beyond their own.
async fn colleagues(state: &AppState, me: &Me) -> Result<Vec<forewarn_store::people::Person>, AppError> {
    let mut people = match me.person.role {
        Role::Rep => Vec::new(),
        Role::Leader | Role::SupplyOwner | Role::Admin => state.store.people().await?,
    };
    let team = (me.person.role == Role::Leader).then_some(me.person.team);
    people.retain(|person| person.disabled_at.is_none() && team.is_none_or(|team| person.team == team));
    Ok(people)
}

async fn one(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<PromiseId>,
) -> Result<Html<String>, AppError> {
    let found = state.store.promise(me.scope(), id, me.now).await?.ok_or(AppError::NotFound)?;
    let evidence = state.store.evidence(me.scope(), id, me.now).await?;
    let customer = state.store.customer(me.scope(), found.promise.customer, me.now).await?;
    let owner = customer.and_then(|customer| customer.owner_name.or(customer.report_owner));
    let may = May {
        see_cases: me.scope().sees_conversations(),
        // Whoever may see a promise may say what they know about its date.
        state_dates: true,
    };
    let shell = me.shell(&state, Place::Promises).await?;
    let wall = wall(&state, &me).await?;
    page(&view::one(shell, &found, &evidence, owner.as_deref(), may, &wall))
}

async fn evidence(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<PromiseId>,
    typed: Typed,
) -> Result<Redirect, AppError> {
    if state_date(&state, &me, id, &typed).await? {
        let kept = "Kept as evidence. The promised date is as it was: only telling the customer changes it.";
        me.say(kept, None).await?;
    }
    Ok(Redirect::to(&format!("/promises/{id}")))
}

/// Keeps what somebody knows about a date; `false` if it was their last word already.
pub(crate) async fn state_date(
    state: &AppState,
    me: &Me,
    id: PromiseId,
    typed: &Typed,
) -> Result<bool, AppError> {
    let back = format!("/promises/{id}");
    let refused = |why: String| AppError::refused(why, typed.written(), &back);
    let outlook = outlook(typed).map_err(|why| refused(why.to_owned()))?;
    if is_known_already(state, me, id, outlook, typed).await? {
        return Ok(false);
    }
    match state.store.state_date(me.scope(), id, outlook, cause(typed), me.now).await {
        Ok(()) => Ok(true),
        Err(StateFailed::NotFound) => Err(AppError::NotFound),
        Err(StateFailed::Store(error)) => Err(error.into()),
        Err(refusal) => Err(refused(refusal.to_string())),
    }
}

fn cause(typed: &Typed) -> Cause {
    Cause {
        internal: InternalText::new(typed.get("internal")),
        customer: CustomerText::new(typed.get("customer_safe")),
    }
}

fn outlook(typed: &Typed) -> Result<Outlook, &'static str> {
    let from = typed.date("from");
    let day = from.ok_or("Say which day, or choose “No date”. Write it like 2026-11-27.");
    match typed.get("firmness") {
        "firm" => Ok(Outlook::Firm { on: day? }),
        "likely" => Ok(Outlook::Likely { on: day? }),
        "range" => {
            let to = typed.date("to").ok_or("Say the last day of the range, too.")?;
            Ok(Outlook::Range { from: day?, to })
        }
        "none" => Ok(Outlook::NoDate),
        _ => Err("Say how sure it is: firm, likely, a range, or no date."),
    }
}

/// Whether the newest statement is this person's, and says the very same: a form that was sent twice.
async fn is_known_already(
    state: &AppState,
    me: &Me,
    id: PromiseId,
    outlook: Outlook,
    typed: &Typed,
) -> Result<bool, AppError> {
    let said = state.store.evidence(me.scope(), id, me.now).await?;
    let by_me = forewarn_domain::evidence::Source::Person { person: me.person.id };
    Ok(said.last().is_some_and(|last| {
        let last = &last.evidence;
        last.source == by_me && last.outlook == outlook && last.cause == cause(typed)
    }))
}
