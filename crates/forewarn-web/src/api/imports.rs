//! `/imports`: a report comes in, is looked into, mapped, checked, confirmed; the same job as from the browser.

use super::caller::{Caller, Says};
use super::done::Done;
use super::paging::{PageOf, Paging};
use super::said::Nothing;
use super::shapes::same_word;
use super::words::{DateOrder, Extent, ImportState};
use super::{body, once};
use crate::error::AppError;
use crate::routes::imports as pages;
use crate::state::AppState;
use axum::Json;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Path, Query, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use forewarn_domain::ids::ImportId;
use forewarn_feeds::Survey;
use forewarn_store::importing::{ImportOutcome, RegisteredImport, RowProblem};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    // An upload counts its bytes itself, to say how large a file may be.
    let upload = OpenApiRouter::new().routes(routes!(upload)).layer(DefaultBodyLimit::disable());
    upload
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(errors))
        .routes(routes!(map))
        .routes(routes!(confirm))
        .routes(routes!(undo))
}

/// A report, and how far it is.
#[derive(Debug, Serialize, ToSchema)]
struct ImportNow {
    /// Its number.
    id: i64,
    /// How far it is. `surveyed` waits for its columns to be mapped, `checked` for a yes.
    state: Option<ImportState>,
    /// The file's name.
    file: String,
    /// Its size in bytes.
    bytes: u64,
    /// The moment it speaks of.
    as_of: Timestamp,
    /// Whether lines that are absent from it are missing.
    extent: Extent,
    /// The profile it is read with.
    profile: Option<String>,
    /// Its columns, once somebody has looked into it: number and heading.
    columns: Vec<ColumnFound>,
    /// What it has done, or would do.
    outcome: Option<ImportFigures>,
    /// Why it failed, and what to do.
    message: Option<String>,
    /// When it came in.
    created_at: Timestamp,
    /// When it was done.
    imported_at: Option<Timestamp>,
    /// When it was taken back.
    undone_at: Option<Timestamp>,
}

/// A column of the report.
#[derive(Debug, Serialize, ToSchema)]
struct ColumnFound {
    /// Its number, from 0.
    index: usize,
    /// Its heading.
    heading: String,
    /// The field that it seems to be.
    suggested: Option<String>,
}

/// What an import has done, or would do, in numbers.
#[derive(Debug, Serialize, ToSchema)]
struct ImportFigures {
    /// Rows of the report, without its headings.
    read: u64,
    /// Lines seen for the first time.
    added: u64,
    /// Known lines with another date, without one, or cancelled.
    moved: u64,
    /// Known lines that have arrived.
    delivered: u64,
    /// Known lines that say the same as before.
    unchanged: u64,
    /// Open lines that a full report doesn't show any more.
    missing: u64,
    /// Rows that could not be taken in.
    rejected: u64,
    /// Lines that moved less than the customer's tolerance.
    quiet: u64,
    /// Lines that are late by more, or have lost their date.
    slips: u64,
    /// Lines whose slip became fit to tell.
    news: u64,
    /// Customers for whom a conversation was opened.
    cases_opened: u64,
}

/// What is wrong with a row.
#[derive(Debug, Serialize, ToSchema)]
struct RowError {
    /// The row as a person sees it in the spreadsheet, from 1.
    row: u64,
    /// The column's heading, or the field's name.
    column: String,
    /// What stands there.
    found: String,
    /// What should stand there.
    expected: String,
    /// What to do.
    fix: String,
}

impl From<RegisteredImport> for ImportNow {
    fn from(import: RegisteredImport) -> Self {
        Self {
            id: import.id.0,
            state: same_word(import.state),
            columns: columns(import.survey.as_deref()),
            file: import.file_name,
            bytes: import.bytes,
            as_of: import.as_of,
            extent: if import.full_report { Extent::Full } else { Extent::Partial },
            profile: import.profile,
            outcome: import.outcome.as_ref().map(ImportFigures::from),
            message: import.message,
            created_at: import.created_at,
            imported_at: import.imported_at,
            undone_at: import.undone_at,
        }
    }
}

fn columns(survey: Option<&str>) -> Vec<ColumnFound> {
    let survey: Option<Survey> = survey.and_then(|json| serde_json::from_str(json).ok());
    let Some(survey) = survey else { return Vec::new() };
    let picks = &survey.suggestion.picks;
    let suggested =
        |index| picks.iter().find(|(_, pick)| pick.column == index).map(|(field, _)| field.to_string());
    let found = survey.columns.iter().map(|column| ColumnFound {
        index: column.index,
        heading: column.heading.clone(),
        suggested: suggested(column.index),
    });
    found.collect()
}

impl From<&ImportOutcome> for ImportFigures {
    fn from(outcome: &ImportOutcome) -> Self {
        Self {
            read: outcome.read,
            added: outcome.added,
            moved: outcome.moved,
            delivered: outcome.delivered,
            unchanged: outcome.unchanged,
            missing: outcome.missing,
            rejected: outcome.rejected,
            quiet: outcome.quiet,
            slips: outcome.slips,
            news: outcome.news,
            cases_opened: outcome.cases_opened,
        }
    }
}

impl From<RowProblem> for RowError {
    fn from(problem: RowProblem) -> Self {
        let RowProblem { row, column, found, expected, fix } = problem;
        Self { row, column, found, expected, fix }
    }
}

/// Reports that came in, newest first.
#[utoipa::path(get, path = "/imports", tag = "imports", params(Paging),
    responses((status = 200, description = "A page of the list.", body = PageOf<ImportNow>)))]
async fn list(by: Caller, Query(paging): Query<Paging>) -> Result<Json<PageOf<ImportNow>>, AppError> {
    pages::must_import(&by.state, &by.me).await?;
    let (limit, after) = paging.read()?;
    let found = by.state.store.imports_page(after.as_deref(), limit).await?;
    Ok(Json(PageOf::of(found, ImportNow::from)))
}

/// One report, and how far it is.
#[utoipa::path(get, path = "/imports/{id}", tag = "imports",
    responses((status = 200, description = "The import.", body = ImportNow)))]
async fn one(by: Caller, Path(id): Path<i64>) -> Result<Json<ImportNow>, AppError> {
    Ok(Json(pages::import(&by.state, &by.me, ImportId(id)).await?.into()))
}

/// What is wrong with rows that could not be taken in: the first thousand of them.
#[utoipa::path(get, path = "/imports/{id}/errors", tag = "imports", params(Paging),
    responses((status = 200, description = "A page of errors.", body = PageOf<RowError>)))]
async fn errors(
    by: Caller,
    Path(id): Path<i64>,
    Query(paging): Query<Paging>,
) -> Result<Json<PageOf<RowError>>, AppError> {
    let (limit, after) = paging.read()?;
    let import = pages::import(&by.state, &by.me, ImportId(id)).await?;
    let errors = import.outcome.map(|outcome| outcome.errors).unwrap_or_default();
    let before = after.and_then(|after| after.parse::<usize>().ok()).unwrap_or(0);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let next =
        (errors.len() > before.saturating_add(limit)).then(|| before.saturating_add(limit).to_string());
    let rows = errors.into_iter().skip(before).take(limit).collect();
    Ok(Json(PageOf::of(forewarn_store::Page { rows, next }, RowError::from)))
}

/// A report as a file, with what is said about it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "says in the document what the form has; it is read field by field as it comes")]
struct Report {
    /// The file: CSV in any dress, or XLSX.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
    /// The saved profile that says what its columns mean; then nothing is asked.
    profile: Option<String>,
    /// The moment it speaks of, as `2026-11-09T06:12` on your clock; now, if it is left out.
    as_of: Option<String>,
}

/// Brings a report. A job looks into it: ask `/imports/{id}` how far it is.
#[utoipa::path(post, path = "/imports", tag = "imports",
    request_body(content = Report, content_type = "multipart/form-data"),
    responses((status = 201, description = "It is here.", body = Done)))]
async fn upload(
    State(state): State<AppState>,
    headers: HeaderMap,
    by: Caller,
    request: Request,
) -> Result<Response, AppError> {
    let key = once::key(&headers)?;
    pages::must_import(&by.state, &by.me).await?;
    let form = Multipart::from_request(request, &state).await;
    let mut form = form.map_err(|_| {
        AppError::WrongMedia("Send the file as multipart/form-data: curl -F file=@open-orders.csv".to_owned())
    })?;
    let report = pages::upload::take(&by.state, &by.me, &mut form).await?;
    let call = key.map(|key| once::call_key(&by.me, &key, &[report.said().as_bytes()]));
    if let Some(call) = &call
        && let Some(again) = once::before(&by.state, &by.me, call).await?
    {
        if let Some(id) = again.import {
            report.put(&by.state, id).await?;
        }
        return Ok(again.response);
    }
    let by = by.under(call);
    report.keep(&by.state, &by.me).await?;
    Ok(by.added("/api/v1/imports"))
}

/// What the columns of a report mean.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MappingSaid {
    /// Columns by number, and the field that each is: `order`, `line`, `customer`, `promised`, `expected` and so on.
    #[serde(rename(serialize = "column-"))]
    columns: BTreeMap<String, String>,
    /// Whether there is one date only, which is the promised one the first time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    only_one: bool,
    /// The order of dates, where a column leaves it open.
    date_order: Option<DateOrder>,
}

/// Says what the columns mean; then the report is checked.
#[utoipa::path(post, path = "/imports/{id}/mapping", tag = "imports", request_body = MappingSaid,
    responses((status = 200, description = "It is being checked.", body = Done)))]
async fn map(Path(id): Path<i64>, says: Says<MappingSaid>) -> Result<Response, AppError> {
    let Says { by, said } = says;
    pages::map_columns(&by.state, &by.me, ImportId(id), &body::as_typed(&said)).await?;
    Ok(by.done())
}

/// Yes.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConfirmationSaid {
    /// Whether lines that are absent are missing; as checked, if it is left out.
    extent: Option<Extent>,
}

/// Confirms a report that was checked: it is taken in. Twice is once.
#[utoipa::path(post, path = "/imports/{id}/confirmation", tag = "imports", request_body = ConfirmationSaid,
    responses((status = 200, description = "It is being taken in.", body = Done)))]
async fn confirm(Path(id): Path<i64>, says: Says<ConfirmationSaid>) -> Result<Response, AppError> {
    let Says { by, said } = says;
    pages::confirm_import(&by.state, &by.me, ImportId(id), &body::as_typed(&said)).await?;
    Ok(by.done())
}

/// Takes an import back, for a day after it was done.
#[utoipa::path(post, path = "/imports/{id}/undoing", tag = "imports", request_body = Nothing,
    responses((status = 200, description = "It is taken back.", body = Done)))]
async fn undo(Path(id): Path<i64>, says: Says<Nothing>) -> Result<Response, AppError> {
    pages::undo_import(&says.by.state, &says.by.me, ImportId(id)).await?;
    Ok(says.by.done())
}
