//! Styles and scripts, the service worker, and the page it shows without a connection.

use crate::assets;
use crate::error::{self, AppError};
use crate::pages::problem::ProblemPage;
use crate::pages::shell::Shell;
use crate::state::AppState;
use crate::table::Table;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

pub(crate) fn routes() -> Table {
    Table::new()
        .route("/assets/{digest}/{*name}", get(asset))
        .route("/sw.js", get(service_worker))
        .route("/offline", get(offline))
}

async fn asset(Path((digest, name)): Path<(String, String)>) -> Result<Response, AppError> {
    if digest != assets::digest() {
        return Err(AppError::NotFound);
    }
    answer(&name, "public, max-age=31536000, immutable")
}

/// Lives at the root, because a service worker rules over what lies below it.
async fn service_worker() -> Result<Response, AppError> {
    answer("js/sw.js", "no-cache")
}

async fn offline(State(state): State<AppState>) -> Result<Html<String>, AppError> {
    error::page(&ProblemPage::offline(Shell::outside(state.fresh())))
}

fn answer(name: &str, cache: &'static str) -> Result<Response, AppError> {
    let asset = assets::get(name).ok_or(AppError::NotFound)?;
    Ok(([(CONTENT_TYPE, asset.media_type), (CACHE_CONTROL, cache)], asset.body.into_owned()).into_response())
}
