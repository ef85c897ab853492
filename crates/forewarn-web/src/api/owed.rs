//! `/obligations` and `/notices`: what is owed to customers, and what waits for whoever calls.

use super::caller::{Caller, Says};
use super::done::Done;
use super::paging::{PageOf, Paging, page};
use super::said::Nothing;
use super::shapes::{Named, word};
use crate::error::AppError;
use crate::routes::notices::{act_on, see_all};
use crate::state::AppState;
use axum::Json;
use axum::extract::{Path, Query};
use axum::response::Response;
use forewarn_domain::ids::NoticeId;
use forewarn_store::notices::Notice;
use forewarn_store::obligations::Owed;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(obligations))
        .routes(routes!(notices))
        .routes(routes!(seen))
        .routes(routes!(acting))
}

/// Until when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Until {
    /// What is owed by then; within a week unless said otherwise.
    until: Option<Timestamp>,
    /// How many rows, 50 unless said otherwise.
    #[param(minimum = 1, maximum = 200, example = 50)]
    limit: Option<u32>,
    /// The `next` of the page before; none for the first.
    cursor: Option<String>,
}

/// Something owed to a customer.
#[derive(Debug, Serialize, ToSchema)]
struct Obligation {
    /// Its number.
    id: i64,
    /// In which case.
    case: i64,
    /// To whom.
    customer: Named,
    /// What: `facts-by`, `tell-by`, `next-word`, `arrival-check`, `confirm-delivery`.
    kind: String,
    /// By when.
    due: Timestamp,
}

impl From<Owed> for Obligation {
    fn from(owed: Owed) -> Self {
        Self {
            id: owed.id,
            case: owed.case.0,
            customer: Named { id: owed.customer.0, name: owed.customer_name },
            kind: word(owed.kind),
            due: owed.due,
        }
    }
}

const A_WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What is owed, the earliest first.
#[utoipa::path(get, path = "/obligations", tag = "owed", params(Until),
    responses((status = 200, description = "A page of the list.", body = PageOf<Obligation>)))]
async fn obligations(by: Caller, Query(asked): Query<Until>) -> Result<Json<PageOf<Obligation>>, AppError> {
    by.me.must_see_conversations()?;
    let (limit, after) = page(asked.limit, asked.cursor.as_deref())?;
    let until = asked.until.or_else(|| by.me.now.checked_add(A_WEEK).ok()).unwrap_or(by.me.now);
    let found = by.state.store.owed_page(by.me.scope(), until, after.as_deref(), limit, by.me.now).await?;
    Ok(Json(PageOf::of(found, Obligation::from)))
}

/// Something that one of us has to hear of.
#[derive(Debug, Serialize, ToSchema)]
struct NoticeNow {
    /// Its number.
    id: i64,
    /// Which case it is about.
    case: Option<i64>,
    /// What it is about.
    kind: String,
    /// One line.
    subject: String,
    /// A few plain sentences.
    words: String,
    /// Why it comes to this person.
    why: Option<String>,
    /// When it was made.
    created_at: Timestamp,
    /// When they saw it.
    seen_at: Option<Timestamp>,
    /// When they acted on it.
    acted_at: Option<Timestamp>,
    /// When there was nothing left to do about it.
    settled_at: Option<Timestamp>,
}

impl From<Notice> for NoticeNow {
    fn from(notice: Notice) -> Self {
        Self {
            id: notice.id.0,
            case: notice.case.map(|case| case.0),
            kind: word(notice.kind),
            subject: notice.subject,
            words: notice.words,
            why: notice.why,
            created_at: notice.created_at,
            seen_at: notice.seen_at,
            acted_at: notice.acted_at,
            settled_at: notice.settled_at,
        }
    }
}

/// The notices of whoever calls, newest first.
#[utoipa::path(get, path = "/notices", tag = "owed", params(Paging),
    responses((status = 200, description = "A page of the list.", body = PageOf<NoticeNow>)))]
async fn notices(by: Caller, Query(paging): Query<Paging>) -> Result<Json<PageOf<NoticeNow>>, AppError> {
    let (limit, after) = paging.read()?;
    let found = by.state.store.notices_page(by.me.person.id, after.as_deref(), limit).await?;
    Ok(Json(PageOf::of(found, NoticeNow::from)))
}

/// All notices have been seen.
#[utoipa::path(post, path = "/notices/seen", tag = "owed", request_body = Nothing,
    responses((status = 200, description = "It is noted.", body = Done)))]
async fn seen(says: Says<Nothing>) -> Result<Response, AppError> {
    see_all(&says.by.state, &says.by.me).await?;
    Ok(says.by.done())
}

/// “I’m on it”: a lease that lapses if the customer is not told.
#[utoipa::path(post, path = "/notices/{id}/acting", tag = "owed", request_body = Nothing,
    responses((status = 200, description = "It is noted.", body = Done)))]
async fn acting(Path(id): Path<i64>, says: Says<Nothing>) -> Result<Response, AppError> {
    act_on(&says.by.state, &says.by.me, NoticeId(id), None).await?;
    Ok(says.by.done())
}
