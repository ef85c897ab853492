//! `/customers`: the list, one, and how it is treated.

use super::body;
use super::caller::{Caller, Says};
use super::done::Done;
use super::paging::{PageOf, page};
use super::shapes::{Named, same_word};
use super::words::Tier;
use crate::error::AppError;
use crate::routes::customers::{keep_contact, keep_terms};
use crate::state::AppState;
use axum::Json;
use axum::extract::{Path, Query};
use axum::response::Response;
use forewarn_domain::ids::CustomerId;
use forewarn_store::customers::Customer;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(terms))
        .routes(routes!(contact))
}

/// Which customers.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Filters {
    /// In the name.
    q: Option<String>,
    /// How many rows, 50 unless said otherwise.
    #[param(minimum = 1, maximum = 200, example = 50)]
    limit: Option<u32>,
    /// The `next` of the page before; none for the first.
    cursor: Option<String>,
}

/// A customer, and how things stand with them.
#[derive(Debug, Serialize, ToSchema)]
struct CustomerNow {
    /// Its number.
    id: i64,
    /// Its name.
    name: String,
    /// Who owns the account; none while it lies in the inbox of the team.
    owner: Option<Named>,
    /// The owner as reports write it.
    report_owner: Option<String>,
    /// The team that looks after it, by number.
    team: i64,
    /// How much they weigh.
    tier: Option<Tier>,
    /// Working days a date may move before they hear of it; none for the company's.
    tolerance: Option<i32>,
    /// Working days they need to react; none for the company's.
    reaction_days: Option<i32>,
    /// Their time zone, by its IANA name.
    zone: Option<String>,
    /// Where they are.
    city: Option<String>,
    /// The person there; none for those who see no conversations.
    contact: Option<String>,
    /// That person's number.
    phone: Option<String>,
    /// That person's address.
    email: Option<String>,
    /// Promises that have not arrived.
    open_promises: u32,
    /// Those of them that are late, or have no date.
    late_promises: u32,
    /// Cases that have not ended.
    open_cases: u32,
}

fn shown(by: &Caller, customer: Customer) -> CustomerNow {
    let theirs = by.me.scope().sees_conversations();
    let settings = customer.settings;
    let (contact, phone, email) =
        if theirs { (settings.contact, settings.phone, settings.email) } else { (None, None, None) };
    CustomerNow {
        id: customer.id.0,
        name: customer.name,
        owner: customer.owner.map(|id| Named { id: id.0, name: customer.owner_name.unwrap_or_default() }),
        report_owner: customer.report_owner,
        team: customer.team.0,
        tier: same_word(settings.tier),
        tolerance: settings.tolerance_days,
        reaction_days: settings.reaction_days,
        zone: settings.zone,
        city: settings.place,
        contact,
        phone,
        email,
        open_promises: customer.open_promises,
        late_promises: customer.late_promises,
        open_cases: if theirs { customer.open_cases } else { 0 },
    }
}

/// Customers by name.
#[utoipa::path(get, path = "/customers", tag = "customers", params(Filters),
    responses((status = 200, description = "A page of the list.", body = PageOf<CustomerNow>)))]
async fn list(by: Caller, Query(filters): Query<Filters>) -> Result<Json<PageOf<CustomerNow>>, AppError> {
    let (limit, after) = page(filters.limit, filters.cursor.as_deref())?;
    let q = filters.q.unwrap_or_default().replace('\0', "");
    let found = by.state.store.customers(by.me.scope(), &q, after.as_deref(), limit, by.me.now).await?;
    Ok(Json(PageOf::of(found, |customer| shown(&by, customer))))
}

/// One customer.
#[utoipa::path(get, path = "/customers/{id}", tag = "customers",
    responses((status = 200, description = "The customer.", body = CustomerNow)))]
async fn one(by: Caller, Path(id): Path<i64>) -> Result<Json<CustomerNow>, AppError> {
    let customer = by.state.store.customer(by.me.scope(), CustomerId(id), by.me.now).await?;
    Ok(Json(shown(&by, customer.ok_or(AppError::NotFound)?)))
}

/// How a customer is treated. What is left out falls back to the company's settings.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TermsSaid {
    /// Working days a date may move before they hear of it.
    #[schema(minimum = 0, maximum = 250)]
    tolerance: Option<i32>,
    /// Working days they need to react.
    #[schema(minimum = 0, maximum = 250)]
    reaction_days: Option<i32>,
    /// How much they weigh; as before, if it is left out.
    tier: Option<Tier>,
    /// Their time zone, by its IANA name.
    zone: Option<String>,
    /// Where they are.
    city: Option<String>,
    /// Who owns the account from now on. For leaders and admins.
    #[schema(minimum = 1)]
    owner: Option<i64>,
}

/// Says how a customer is treated from now on.
#[utoipa::path(post, path = "/customers/{id}/terms", tag = "customers", request_body = TermsSaid,
    responses((status = 200, description = "It is kept.", body = Done)))]
async fn terms(Path(id): Path<i64>, says: Says<TermsSaid>) -> Result<Response, AppError> {
    let Says { by, said } = says;
    keep_terms(&by.state, &by.me, CustomerId(id), &body::as_typed(&said)).await?;
    Ok(by.done())
}

/// Whom to call at a customer. What is left out is taken away.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CustomerContactSaid {
    /// Their name.
    name: Option<String>,
    /// Their number.
    phone: Option<String>,
    /// Their address.
    email: Option<String>,
}

/// Says whom to call at a customer.
#[utoipa::path(post, path = "/customers/{id}/contact", tag = "customers", request_body = CustomerContactSaid,
    responses((status = 200, description = "It is kept.", body = Done)))]
async fn contact(Path(id): Path<i64>, says: Says<CustomerContactSaid>) -> Result<Response, AppError> {
    let Says { by, said } = says;
    keep_contact(&by.state, &by.me, CustomerId(id), &body::as_typed(&said)).await?;
    Ok(by.done())
}
