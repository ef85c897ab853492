//! `/imports`: drop a file, see what was found, say what the columns mean, check, confirm; undo for a day.
//!
//! Nothing is read here: a job does, and the pages say how far it is.

mod rejected;
mod stages;
pub(crate) mod upload;

pub(crate) use stages::{confirm_import, map_columns};

use super::wall::wall;
use crate::error::{AppError, page};
use crate::me::{Me, may_import};
use crate::pages::import::UploadPage;
use crate::pages::shell::Place;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::import::history;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::ids::ImportId;
use forewarn_domain::people::Role;
use forewarn_feeds::Profile;
use forewarn_store::importing::{ImportState, RegisteredImport, UndoRefused};

pub(crate) fn routes() -> Table {
    // An upload counts its bytes itself, to say how large a file may be.
    let upload = post(upload::receive).layer(DefaultBodyLimit::disable());
    Table::new()
        .route("/import", get(list))
        .route("/imports", upload.get(list))
        .route("/imports/{id}", get(stages::look))
        .route("/imports/{id}/survey", get(stages::survey).post(stages::correct_survey))
        .route("/imports/{id}/mapping", get(stages::mapping).post(stages::map))
        .route("/imports/{id}/check", get(stages::check))
        .route("/imports/{id}/confirmation", post(stages::confirm))
        .route("/imports/{id}/undoing", post(undo))
        .route("/imports/{id}/profile", post(save_profile))
        .route("/imports/{id}/rejected.csv", get(rejected::fetch))
}

const SHOWN: u32 = 30;

async fn list(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    must_import(&state, &me).await?;
    page(&upload_page(&state, &me).await?)
}

async fn upload_page(state: &AppState, me: &Me) -> Result<UploadPage, AppError> {
    let imports = state.store.imports(SHOWN).await?;
    let people = state.store.people().await?;
    let profiles = state.store.profile_names().await?;
    let shell = me.shell(state, Place::Import).await?;
    let wall = wall(state, me).await?;
    Ok(history::page(shell, &imports, &people, &profiles, upload::LARGEST_IN_WORDS, &wall))
}

/// The import, for those who may import.
pub(crate) async fn import(state: &AppState, me: &Me, id: ImportId) -> Result<RegisteredImport, AppError> {
    must_import(state, me).await?;
    state.store.import(id).await?.ok_or(AppError::NotFound)
}

/// Others are told whom to ask.
pub(crate) async fn must_import(state: &AppState, me: &Me) -> Result<(), AppError> {
    if may_import(me.person.role) {
        return Ok(());
    }
    let people = state.store.people().await?;
    let admins = people.iter().filter(|person| person.role == Role::Admin && person.disabled_at.is_none());
    let admins: Vec<&str> = admins.map(|person| person.name.as_str()).collect();
    let ask = if admins.is_empty() { String::new() } else { format!(" Ask {}.", admins.join(" or ")) };
    Err(AppError::Forbidden(format!("Reports are imported by leaders and admins.{ask}")))
}

async fn undo(State(state): State<AppState>, me: Me, Path(id): Path<ImportId>) -> Result<Redirect, AppError> {
    match undo_import(&state, &me, id).await {
        Ok(()) => {}
        Err(AppError::Refused(refused)) => me.say_refused(refused.why).await?,
        Err(error) => return Err(error),
    }
    Ok(Redirect::to(&format!("/imports/{id}")))
}

/// Takes an import back.
pub(crate) async fn undo_import(state: &AppState, me: &Me, id: ImportId) -> Result<(), AppError> {
    import(state, me, id).await?;
    match state.store.undo_import(id, Some(me.person.id), me.now).await {
        // A second submit finds it undone, and that is what was wanted.
        Ok(()) | Err(UndoRefused::AlreadyUndone) => Ok(()),
        Err(UndoRefused::Store(error)) => Err(error.into()),
        Err(refusal) => Err(AppError::refused(refusal.to_string(), Vec::new(), format!("/imports/{id}"))),
    }
}

async fn save_profile(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<ImportId>,
    typed: Typed,
) -> Result<Response, AppError> {
    let import = import(&state, &me, id).await?;
    let back = format!("/imports/{id}");
    let Some(name) = typed.filled("name") else {
        return Err(AppError::refused("Give it a name, such as “Weekly open orders”.", Vec::new(), back));
    };
    let profile = import.mapping.as_deref().and_then(|json| serde_json::from_str::<Profile>(json).ok());
    let Some(profile) = profile.filter(|_| import.state == ImportState::Imported) else {
        return Err(AppError::NotFound);
    };
    let profile = Profile { name: name.to_owned(), ..profile };
    state.store.save_profile(name, &profile, me.now).await?;
    me.say(format!("Saved as “{name}”. Choose it with the next file, and nothing is asked."), None).await?;
    Ok(Redirect::to(&back).into_response())
}
