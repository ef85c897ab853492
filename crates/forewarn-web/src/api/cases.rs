//! `/cases`: the list, one, its history, and its letters.

use super::caller::Caller;
use super::case_now::{CaseInList, CaseNow};
use super::etag::Version;
use super::paging::{PageOf, Paging, page};
use super::rows::cut;
use super::shapes::{Named, same_word, word};
use super::words::{CaseFilter, LetterKind, Stage};
use crate::error::AppError;
use crate::state::AppState;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use forewarn_domain::ids::{CaseId, CustomerId, LetterId, PersonId};
use forewarn_store::cases::{CaseFile, CaseSearch, TimelineEntry};
use forewarn_store::letters::Letter;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(history))
        .routes(routes!(letters))
        .routes(routes!(letter))
}

/// Which cases.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Filters {
    /// Which; open ones unless said otherwise.
    #[param(inline)]
    show: Option<CaseFilter>,
    /// Only this customer's.
    customer: Option<i64>,
    /// Only those that this person has to tell.
    owner: Option<i64>,
    /// How many rows, 50 unless said otherwise.
    #[param(minimum = 1, maximum = 200, example = 50)]
    limit: Option<u32>,
    /// The `next` of the page before; none for the first.
    cursor: Option<String>,
}

/// Cases, newest first.
#[utoipa::path(get, path = "/cases", tag = "cases", params(Filters),
    responses((status = 200, description = "A page of the list.", body = PageOf<CaseInList>)))]
async fn list(by: Caller, Query(filters): Query<Filters>) -> Result<Json<PageOf<CaseInList>>, AppError> {
    by.me.must_see_conversations()?;
    let (limit, after) = page(filters.limit, filters.cursor.as_deref())?;
    let show = filters.show.unwrap_or(CaseFilter::Open);
    let stage = match show {
        CaseFilter::ToTell => Some(Stage::ToTell),
        CaseFilter::KeepingWord => Some(Stage::KeepingWord),
        CaseFilter::Closed => Some(Stage::Closed),
        CaseFilter::Open | CaseFilter::All => None,
    };
    let search = CaseSearch {
        customer: filters.customer.map(CustomerId),
        owner: filters.owner.map(PersonId),
        stage: stage.and_then(same_word),
        open: show == CaseFilter::Open,
        after,
    };
    let found = by.state.store.cases(by.me.scope(), &search, limit, by.me.now).await?;
    Ok(Json(PageOf::of(found, CaseInList::from)))
}

/// One case, as it stands.
#[utoipa::path(get, path = "/cases/{id}", tag = "cases",
    responses((status = 200, description = "The case.", body = CaseNow)))]
async fn one(by: Caller, Path(id): Path<i64>) -> Result<Response, AppError> {
    let file = file(&by, id).await?;
    let customer = by.state.store.customer(by.me.scope(), file.customer, by.me.now).await?;
    let customer = customer.ok_or(AppError::NotFound)?;
    let customer = Named { id: customer.id.0, name: customer.name };
    let people = by.state.store.people().await?;
    let version = Extension(Version(file.case.version));
    Ok((version, Json(CaseNow::of(&file, customer, &people))).into_response())
}

async fn file(by: &Caller, id: i64) -> Result<CaseFile, AppError> {
    by.state.store.case(by.me.scope(), CaseId(id), by.me.now).await?.ok_or(AppError::NotFound)
}

/// Something that happened in a case. Nothing of it is ever changed or taken away.
#[derive(Debug, Serialize, ToSchema)]
struct Happened {
    /// 1, 2, 3 … within the case.
    seq: u32,
    /// When it happened.
    at: Timestamp,
    /// When it reached us.
    recorded_at: Timestamp,
    /// Who did it; none for what the software observed.
    by: Option<Named>,
    /// What happened: its `kind`, and what belongs to it.
    #[schema(value_type = Object)]
    event: Value,
}

impl From<TimelineEntry> for Happened {
    fn from(entry: TimelineEntry) -> Self {
        let TimelineEntry { recorded, recorded_at, by } = entry;
        let by = recorded.by.map(|id| Named { id: id.0, name: by.unwrap_or_default() });
        let event = serde_json::to_value(&recorded.event).unwrap_or_default();
        Self { seq: recorded.seq, at: recorded.at, recorded_at, by, event }
    }
}

/// Everything that happened in a case, oldest first.
#[utoipa::path(get, path = "/cases/{id}/history", tag = "cases", params(Paging),
    responses((status = 200, description = "A page of its history.", body = PageOf<Happened>)))]
async fn history(
    by: Caller,
    Path(id): Path<i64>,
    Query(paging): Query<Paging>,
) -> Result<Json<PageOf<Happened>>, AppError> {
    let (limit, after) = paging.read()?;
    let case = file(&by, id).await?;
    let mut rows = by.state.store.timeline(by.me.scope(), case.id, by.me.now).await?;
    let after = after.and_then(|after| after.parse().ok()).unwrap_or(0);
    rows.retain(|entry| entry.recorded.seq > after);
    Ok(Json(PageOf::of(cut(rows, limit, |last| last.recorded.seq.to_string()), Happened::from)))
}

/// A letter to the customer.
#[derive(Debug, Serialize, ToSchema)]
struct LetterNow {
    /// Its number.
    id: i64,
    /// Which it is.
    kind: Option<LetterKind>,
    /// Where it is on its way: draft, approved, pending, claimed, dot, accepted, refused, unknown, cancelled.
    state: String,
    /// Whom it goes to.
    to: String,
    /// Their address.
    address: String,
    /// Its subject.
    subject: String,
    /// Its text.
    text: String,
    /// When a person approved it.
    approved_at: Option<Timestamp>,
    /// Under which it is found in mailboxes.
    message_id: Option<String>,
    /// When handing it over came to an end.
    ended_at: Option<Timestamp>,
    /// Whether somebody has to say what became of it.
    needs_somebody: bool,
    /// When it came back.
    bounced_at: Option<Timestamp>,
}

impl From<Letter> for LetterNow {
    fn from(letter: Letter) -> Self {
        Self {
            id: letter.id.0,
            kind: same_word(letter.kind()),
            state: word(letter.state),
            needs_somebody: letter.needs_somebody(),
            to: letter.to.to_string(),
            subject: letter.subject.to_string(),
            text: letter.body.to_string(),
            approved_at: letter.approved.map(|(_, at)| at),
            message_id: letter.message_id,
            ended_at: letter.ended_at,
            bounced_at: letter.bounced.map(|(_, at)| at),
            address: letter.address,
        }
    }
}

/// The letters of a case, newest first, drafts included.
#[utoipa::path(get, path = "/cases/{id}/letters", tag = "cases", params(Paging),
    responses((status = 200, description = "A page of the letters.", body = PageOf<LetterNow>)))]
async fn letters(
    by: Caller,
    Path(id): Path<i64>,
    Query(paging): Query<Paging>,
) -> Result<Json<PageOf<LetterNow>>, AppError> {
    let (limit, after) = paging.read()?;
    let case = file(&by, id).await?;
    let mut rows = by.state.store.letters_of(by.me.scope(), case.id, by.me.now).await?;
    rows.sort_by_key(|letter| std::cmp::Reverse(letter.id));
    let before = after.and_then(|after| after.parse().ok()).unwrap_or(i64::MAX);
    rows.retain(|letter| letter.id.0 < before);
    Ok(Json(PageOf::of(cut(rows, limit, |last| last.id.to_string()), LetterNow::from)))
}

/// One letter.
#[utoipa::path(get, path = "/cases/{id}/letters/{letter}", tag = "cases",
    responses((status = 200, description = "The letter.", body = LetterNow)))]
async fn letter(by: Caller, Path((id, letter)): Path<(i64, i64)>) -> Result<Json<LetterNow>, AppError> {
    let found = by.state.store.letter(by.me.scope(), LetterId(letter), by.me.now).await?;
    let found = found.filter(|letter| letter.case == CaseId(id)).ok_or(AppError::NotFound)?;
    Ok(Json(found.into()))
}
