//! `/promises`: the list, one, and what was said about it.

use super::caller::{Caller, Says};
use super::paging::{PageOf, Paging, page};
use super::shapes::{Expected, Named, Told, word};
use super::words::{Firmness, PromiseFilter};
use super::{body, done::Done};
use crate::error::AppError;
use crate::routes::promises::state_date;
use crate::state::AppState;
use axum::Json;
use axum::extract::{Path, Query};
use axum::response::Response;
use forewarn_domain::amount::Amount;
use forewarn_domain::evidence::Source;
use forewarn_domain::ids::{CustomerId, PersonId, PromiseId};
use forewarn_store::Page;
use forewarn_store::promises::{EvidenceRow, PromiseRow, PromiseSearch, Standing};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one)).routes(routes!(evidence, state))
}

/// Which promises.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Filters {
    /// In order number, item, its description and the customer's name.
    q: Option<String>,
    /// How they stand; open ones unless said otherwise.
    #[param(inline)]
    state: Option<PromiseFilter>,
    /// Only this customer's.
    customer: Option<i64>,
    /// Only those of accounts that this person owns.
    owner: Option<i64>,
    /// How many rows, 50 unless said otherwise.
    #[param(minimum = 1, maximum = 200, example = 50)]
    limit: Option<u32>,
    /// The `next` of the page before; none for the first.
    cursor: Option<String>,
}

/// A promise, and how it stands.
#[derive(Debug, Serialize, ToSchema)]
struct PromiseNow {
    /// Its number.
    id: i64,
    /// Who was promised.
    customer: Named,
    /// The order.
    order: String,
    /// The line of the order.
    line: String,
    /// The schedule of the line.
    schedule: String,
    /// Item number.
    item: Option<String>,
    /// The item in words.
    description: Option<String>,
    /// Ordered quantity, as a decimal number.
    quantity: Option<String>,
    /// Its unit.
    unit: Option<String>,
    /// Value of the line, as a decimal number.
    value: Option<String>,
    /// ISO 4217 code.
    currency: Option<String>,
    /// What the customer asked for.
    requested: Option<Date>,
    /// The first date we gave. Nothing changes it.
    first_promised: Date,
    /// What they were told last. Only telling them changes it.
    promised: Told,
    /// What the newest evidence says; none while nothing but the promise itself is known.
    expected: Option<Expected>,
    /// How late that is, in calendar days, 0 where nothing slips; none where there is no date.
    slip_days: Option<i32>,
    /// First evidence of the slip.
    known_at: Option<Timestamp>,
    /// What the last report said of the line's state.
    status: String,
    /// When it arrived.
    delivered: Option<Date>,
    /// The open case that it is part of.
    case: Option<i64>,
    /// Since when full reports don't show it any more.
    missing_since: Option<Timestamp>,
    /// When the newest evidence was observed.
    observed_at: Timestamp,
}

/// A promise with everything that was said about it.
#[derive(Debug, Serialize, ToSchema)]
struct PromiseWithEvidence {
    /// The promise.
    #[serde(flatten)]
    promise: PromiseNow,
    /// What was said about it, oldest first.
    evidence: Vec<EvidenceNow>,
}

/// One statement about a promise. Newer ones are added; none is ever changed.
#[derive(Debug, Serialize, ToSchema)]
struct EvidenceNow {
    /// What it says.
    expected: Expected,
    /// Who or what says so.
    source: String,
    /// Why, for our own people.
    internal: Option<String>,
    /// Why, as the customer may hear it.
    customer_safe: Option<String>,
    /// When it was observed.
    observed_at: Timestamp,
    /// When it reached us.
    recorded_at: Timestamp,
}

impl From<PromiseRow> for PromiseNow {
    fn from(row: PromiseRow) -> Self {
        let promise = row.promise;
        let number = |amount: Option<Amount>| amount.map(|amount| amount.to_string());
        Self {
            id: promise.id.0,
            customer: Named { id: promise.customer.0, name: row.customer_name },
            order: promise.key.order,
            line: promise.key.line,
            schedule: promise.key.schedule,
            item: promise.item,
            description: promise.description,
            quantity: number(promise.quantity),
            unit: promise.unit,
            value: number(promise.value),
            currency: promise.currency,
            requested: promise.requested,
            first_promised: promise.first_promised,
            promised: promise.promised.into(),
            expected: promise.outlook.map(Expected::from),
            slip_days: row.slip.days(),
            known_at: row.known_at,
            status: word(row.status),
            delivered: promise.delivered,
            case: row.case.map(|case| case.0),
            missing_since: row.missing_since,
            observed_at: promise.observed_at,
        }
    }
}

impl From<EvidenceRow> for EvidenceNow {
    fn from(row: EvidenceRow) -> Self {
        let EvidenceRow { evidence, person_name, recorded_at } = row;
        Self {
            expected: evidence.outlook.into(),
            source: match evidence.source {
                Source::Report { file } => file,
                Source::Person { .. } => person_name.unwrap_or_default(),
            },
            internal: evidence.cause.internal.map(|text| text.for_our_people().to_owned()),
            customer_safe: evidence.cause.customer.map(|text| text.to_string()),
            observed_at: evidence.observed_at,
            recorded_at,
        }
    }
}

/// Promises in the order of their promised dates.
#[utoipa::path(get, path = "/promises", tag = "promises", params(Filters),
    responses((status = 200, description = "A page of the list.", body = PageOf<PromiseNow>)))]
async fn list(by: Caller, Query(filters): Query<Filters>) -> Result<Json<PageOf<PromiseNow>>, AppError> {
    let (limit, after) = page(filters.limit, filters.cursor.as_deref())?;
    let search = PromiseSearch {
        text: filters.q.unwrap_or_default().replace('\0', ""),
        customer: filters.customer.map(CustomerId),
        owner: filters.owner.map(PersonId),
        standing: standing(filters.state.unwrap_or(PromiseFilter::Open)),
        after,
    };
    let found = by.state.store.promises(by.me.scope(), &search, limit, by.me.now).await?;
    Ok(Json(PageOf::of(found, |row| shown(&by, row))))
}

/// Whoever sees no conversations sees no case behind a promise either.
fn shown(by: &Caller, row: PromiseRow) -> PromiseNow {
    let mut shown = PromiseNow::from(row);
    shown.case = shown.case.filter(|_| by.me.scope().sees_conversations());
    shown
}

fn standing(filter: PromiseFilter) -> Standing {
    match filter {
        PromiseFilter::All => Standing::All,
        PromiseFilter::Open => Standing::Open,
        PromiseFilter::Late => Standing::Late,
        PromiseFilter::Quiet => Standing::Quiet,
        PromiseFilter::NoDate => Standing::NoDate,
        PromiseFilter::Delivered => Standing::Delivered,
        PromiseFilter::Missing => Standing::Missing,
    }
}

/// One promise, with everything that was said about it.
#[utoipa::path(get, path = "/promises/{id}", tag = "promises",
    responses((status = 200, description = "The promise.", body = PromiseWithEvidence)))]
async fn one(by: Caller, Path(id): Path<i64>) -> Result<Json<PromiseWithEvidence>, AppError> {
    let promise = by.state.store.promise(by.me.scope(), PromiseId(id), by.me.now).await?;
    let promise = shown(&by, promise.ok_or(AppError::NotFound)?);
    let evidence = by.state.store.evidence(by.me.scope(), PromiseId(id), by.me.now).await?;
    Ok(Json(PromiseWithEvidence { promise, evidence: evidence.into_iter().map(EvidenceNow::from).collect() }))
}

/// What was said about a promise, oldest first.
#[utoipa::path(get, path = "/promises/{id}/evidence", tag = "promises", params(Paging),
    responses((status = 200, description = "A page of statements.", body = PageOf<EvidenceNow>)))]
async fn evidence(
    by: Caller,
    Path(id): Path<i64>,
    Query(paging): Query<Paging>,
) -> Result<Json<PageOf<EvidenceNow>>, AppError> {
    let (limit, after) = paging.read()?;
    by.state.store.promise(by.me.scope(), PromiseId(id), by.me.now).await?.ok_or(AppError::NotFound)?;
    let rows = by.state.store.evidence(by.me.scope(), PromiseId(id), by.me.now).await?;
    // Statements only grow: how many came before holds still.
    let before = after.and_then(|after| after.parse::<usize>().ok()).unwrap_or(0);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let next = (rows.len() > before + limit).then(|| (before + limit).to_string());
    let rows = rows.into_iter().skip(before).take(limit).collect();
    Ok(Json(PageOf::of(Page { rows, next }, EvidenceNow::from)))
}

/// What somebody knows about the date of a promise.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EvidenceSaid {
    /// How sure it is.
    firmness: Firmness,
    /// The day; the first one of a range.
    from: Option<Date>,
    /// The last day of a range.
    to: Option<Date>,
    /// Why, for our own people.
    internal: Option<String>,
    /// Why, as the customer may hear it.
    customer_safe: Option<String>,
}

/// Says what is known about a date. It is kept as evidence; the promise stays what was said to the customer.
#[utoipa::path(post, path = "/promises/{id}/evidence", tag = "promises", request_body = EvidenceSaid,
    responses((status = 200, description = "It is kept.", body = Done)))]
async fn state(Path(id): Path<i64>, says: Says<EvidenceSaid>) -> Result<Response, AppError> {
    let Says { by, said } = says;
    state_date(&by.state, &by.me, PromiseId(id), &body::as_typed(&said)).await?;
    Ok(by.done())
}
