//! The stages of an import between the upload and the outcome. Each page is for one state; an import that
//! is elsewhere leads to where it is.

use super::import;
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::shell::Place;
use crate::routes::wall::wall;
use crate::state::AppState;
use crate::typed::Typed;
use crate::views::import::mapping::{self as columns, Answered};
use crate::views::import::survey::common_order;
use crate::views::import::{check as checked, found, href, outcome, survey as surveyed};
use crate::views::shown::address;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use forewarn_domain::ids::ImportId;
use forewarn_feeds::{Coverage, Format, Profile, Survey, Unsettled};
use forewarn_store::importing::{ImportState, RegisteredImport};
use serde::Deserialize;

/// How far it is. What waits for a person leads to the question.
pub(super) async fn look(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<ImportId>,
) -> Result<Response, AppError> {
    let import = import(&state, &me, id).await?;
    let onward = match import.state {
        ImportState::Surveyed => "survey",
        ImportState::Checked => "check",
        _ => {
            let rows = state.progress.rows(id);
            let shell = me.shell(&state, Place::Import).await?;
            let wall = wall(&state, &me).await?;
            return Ok(page(&outcome::page(shell, &import, rows, &wall))?.into_response());
        }
    };
    Ok(Redirect::to(&format!("{}/{onward}", href(&import))).into_response())
}

/// What was found in the file.
pub(super) async fn survey(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<ImportId>,
) -> Result<Response, AppError> {
    let import = import(&state, &me, id).await?;
    let Some(survey) = in_hand(&import) else { return Ok(to_where_it_is(&import)) };
    let shell = me.shell(&state, Place::Import).await?;
    Ok(page(&surveyed::page(shell, &import, &survey))?.into_response())
}

/// "Yes, go on", or another sheet or heading row: then the file is looked into again.
pub(super) async fn correct_survey(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<ImportId>,
    typed: Typed,
) -> Result<Response, AppError> {
    let import = import(&state, &me, id).await?;
    let Some(survey) = in_hand(&import) else { return Ok(to_where_it_is(&import)) };
    let sheet = typed.filled("sheet").filter(|wanted| is_another_sheet(&survey, wanted));
    let heading_row = typed.get("heading_row").parse().ok().filter(|row| *row != survey.heading_row);
    if sheet.is_some() || heading_row.is_some() {
        let sheet = sheet.map(str::to_owned).or_else(|| the_sheet(&survey));
        let wanted = Profile { sheet, heading_row, ..Profile::default() };
        look_again(&state, &import, &wanted).await?;
        return Ok(Redirect::to(&href(&import)).into_response());
    }
    let common = common_order(&survey).map_or("", |order| order.name());
    let date_order = Some(typed.get("date_order")).filter(|order| *order != common).unwrap_or_default();
    let query = [("date_order", date_order), ("decimal", typed.get("decimal"))];
    Ok(Redirect::to(&address(&format!("{}/mapping", href(&import)), &query)).into_response())
}

async fn look_again(state: &AppState, import: &RegisteredImport, wanted: &Profile) -> Result<(), AppError> {
    let json = json(wanted)?;
    let next = ImportState::Uploaded;
    state.store.note_mapping(import.id, &json, None, import.full_report, next).await?;
    state.wake.notify_one();
    Ok(())
}

/// What was said on the page before.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Before {
    date_order: String,
    decimal: String,
}

/// Which column is what.
pub(super) async fn mapping(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<ImportId>,
    Query(before): Query<Before>,
) -> Result<Response, AppError> {
    let import = import(&state, &me, id).await?;
    let Some(survey) = in_hand(&import) else { return Ok(to_where_it_is(&import)) };
    let said = profile(&import).filter(|profile| !profile.columns.is_empty());
    let chosen =
        said.map_or_else(|| Answered::suggested(&survey), |profile| Answered::of_profile(&survey, &profile));
    let date_order = before.date_order.parse().ok();
    let chosen = Answered { date_order, decimal: columns::decimal(&before.decimal), ..chosen };
    let missing = columns::left_open(&survey, &chosen);
    let shell = me.shell(&state, Place::Import).await?;
    Ok(page(&columns::page(shell, &import, &survey, &chosen, missing))?.into_response())
}

/// The columns are mapped: on to the check, unless something is missing.
pub(super) async fn map(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<ImportId>,
    typed: Typed,
) -> Result<Response, AppError> {
    let import = import(&state, &me, id).await?;
    let Some(survey) = in_hand(&import) else { return Ok(to_where_it_is(&import)) };
    let chosen = columns::answered(&typed);
    match settle(&state, &import, &survey, &chosen).await? {
        Ok(()) => Ok(Redirect::to(&href(&import)).into_response()),
        Err(unsettled) => {
            let shell = me.shell(&state, Place::Import).await?;
            let missing = columns::missing(&unsettled);
            let again = columns::page(shell, &import, &survey, &chosen, missing);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response())
        }
    }
}

/// The same, for a program.
pub(crate) async fn map_columns(
    state: &AppState,
    me: &Me,
    id: ImportId,
    typed: &Typed,
) -> Result<(), AppError> {
    let import = import(state, me, id).await?;
    let refused = |why: String| AppError::refused(why, typed.written(), href(&import));
    let survey = in_hand(&import);
    let survey = survey.ok_or_else(|| {
        refused("There are no columns to map now: it is being read, or it is taken in.".to_owned())
    })?;
    let settled = settle(state, &import, &survey, &columns::answered(typed)).await?;
    settled.map_err(|unsettled| refused(columns::missing(&unsettled).join(" ")))
}

/// Notes what the columns mean, and has the report checked; or says what is missing.
async fn settle(
    state: &AppState,
    import: &RegisteredImport,
    survey: &Survey,
    chosen: &Answered,
) -> Result<Result<(), Unsettled>, AppError> {
    let heading_row = profile(import).and_then(|profile| profile.heading_row);
    let profile = match survey.profile(&chosen.answers(survey)) {
        Ok(profile) => profile,
        Err(unsettled) => return Ok(Err(unsettled)),
    };
    let coverage = coverage(import.full_report);
    let json = json(&Profile { coverage, heading_row, ..profile })?;
    let next = ImportState::Checking;
    state.store.note_mapping(import.id, &json, None, import.full_report, next).await?;
    state.wake.notify_one();
    Ok(Ok(()))
}

/// What the import would do.
pub(super) async fn check(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<ImportId>,
) -> Result<Response, AppError> {
    let import = import(&state, &me, id).await?;
    let Some(outcome) = import.outcome.as_ref().filter(|_| import.state == ImportState::Checked) else {
        return Ok(to_where_it_is(&import));
    };
    let shell = me.shell(&state, Place::Import).await?;
    Ok(page(&checked::page(shell, &import, outcome))?.into_response())
}

/// Yes. A second yes changes nothing.
pub(super) async fn confirm(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<ImportId>,
    typed: Typed,
) -> Result<Response, AppError> {
    let import = import(&state, &me, id).await?;
    confirm_import(&state, &me, id, &typed).await?;
    Ok(to_where_it_is(&import))
}

/// The import is taken in, if it was checked; any other stays where it is.
pub(crate) async fn confirm_import(
    state: &AppState,
    me: &Me,
    id: ImportId,
    typed: &Typed,
) -> Result<(), AppError> {
    let import = import(state, me, id).await?;
    if import.state != ImportState::Checked {
        return Ok(());
    }
    let full = typed.filled("extent").map_or(import.full_report, |extent| extent != "partial");
    if let (true, Some(profile)) = (full != import.full_report, profile(&import)) {
        let json = json(&Profile { coverage: coverage(full), ..profile })?;
        let (name, store) = (import.profile.as_deref(), state.store.outside_of_calls());
        store.note_mapping(id, &json, name, full, ImportState::Checked).await?;
    }
    state.store.move_import(id, ImportState::Checked, ImportState::Importing).await?;
    state.wake.notify_one();
    Ok(())
}

/// What was found, while the columns can still be mapped: until the import is confirmed, and after it
/// has failed.
fn in_hand(import: &RegisteredImport) -> Option<Survey> {
    let open = [ImportState::Surveyed, ImportState::Checked, ImportState::Failed].contains(&import.state);
    found(import).filter(|_| open)
}

fn to_where_it_is(import: &RegisteredImport) -> Response {
    Redirect::to(&href(import)).into_response()
}

fn the_sheet(survey: &Survey) -> Option<String> {
    match &survey.format {
        Format::Xlsx { sheet, .. } => Some(sheet.clone()),
        Format::Csv(_) => None,
    }
}

fn is_another_sheet(survey: &Survey, wanted: &str) -> bool {
    matches!(&survey.format, Format::Xlsx { sheets, sheet }
        if sheet != wanted && sheets.iter().any(|known| known == wanted))
}

fn coverage(full: bool) -> Coverage {
    if full { Coverage::Full } else { Coverage::Partial }
}

pub(super) fn json(profile: &Profile) -> Result<String, AppError> {
    serde_json::to_string(profile).map_err(|error| AppError::Ours(error.to_string()))
}

fn profile(import: &RegisteredImport) -> Option<Profile> {
    serde_json::from_str(import.mapping.as_deref()?).ok()
}
