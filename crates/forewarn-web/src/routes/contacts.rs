//! `/customers/{id}/contacts`: the personal data of contacts, for admins: seen, handed over, erased.

use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::shell::Place;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::contacts as view;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::ids::CustomerId;
use forewarn_store::customers::Customer;
use forewarn_store::erasing::{ContactRecord, EraseFailed, Erasing};
use serde::Deserialize;

pub(crate) fn routes() -> Table {
    Table::new()
        .route("/customers/{id}/contacts", get(list))
        .route("/customers/{id}/contacts/record", get(record))
        .route("/customers/{id}/contacts/record.json", get(file))
        .route("/customers/{id}/erasures", post(erase))
}

/// Which contact; with a reason, to be erased.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Which {
    name: String,
    reason: Option<String>,
}

async fn list(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<CustomerId>,
) -> Result<Html<String>, AppError> {
    let customer = customer(&state, &me, id).await?;
    let contacts = state.store.contacts_of(id).await?;
    page(&view::list(me.shell(&state, Place::Customers).await?, &customer, &contacts))
}

async fn record(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<CustomerId>,
    Query(Which { name, reason }): Query<Which>,
) -> Result<Html<String>, AppError> {
    let customer = customer(&state, &me, id).await?;
    let record = held(&state, id, &name).await?;
    let shell = me.shell(&state, Place::Customers).await?;
    page(&view::record(shell, &customer, &record, reason.as_deref().map(str::trim)))
}

async fn file(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<CustomerId>,
    Query(Which { name, .. }): Query<Which>,
) -> Result<Response, AppError> {
    customer(&state, &me, id).await?;
    let record = held(&state, id, &name).await?;
    let text = serde_json::to_string_pretty(&record).map_err(|error| AppError::Ours(error.to_string()))?;
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CONTENT_DISPOSITION, "attachment; filename=\"personal-data.json\""),
    ];
    Ok((headers, text).into_response())
}

async fn erase(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<CustomerId>,
    typed: Typed,
) -> Result<Redirect, AppError> {
    let customer = customer(&state, &me, id).await?;
    let erasing = Erasing {
        customer: id,
        name: typed.get("name"),
        reason: typed.get("reason"),
        by: Some(me.person.id),
        salt: state.fresh(),
        now: me.now,
    };
    let contacts = format!("/customers/{id}/contacts");
    match state.store.erase_contact(&erasing).await {
        Ok(erased) => {
            let rows: u64 = erased.places.values().sum();
            let text = format!("Erased from {rows} places at {}. The history says so.", customer.name);
            me.say(text, None).await?;
            Ok(Redirect::to(&contacts))
        }
        Err(EraseFailed::NotFound(_)) => Err(AppError::NotFound),
        Err(EraseFailed::Store(error)) => Err(error.into()),
        Err(refused) => Err(AppError::refused(refused.to_string(), Vec::new(), contacts)),
    }
}

async fn customer(state: &AppState, me: &Me, id: CustomerId) -> Result<Customer, AppError> {
    me.must_be_admin()?;
    state.store.customer(me.scope(), id, me.now).await?.ok_or(AppError::NotFound)
}

async fn held(state: &AppState, id: CustomerId, name: &str) -> Result<ContactRecord, AppError> {
    state.store.contact_record(id, name).await?.ok_or(AppError::NotFound)
}
