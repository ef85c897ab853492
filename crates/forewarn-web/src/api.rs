//! `/api/v1`: the JSON side of the same handlers. Its document, and the page that explains it.

mod acts;
pub(crate) mod body;
mod caller;
mod case_now;
mod cases;
mod customers;
mod document;
mod done;
pub(crate) mod door;
mod etag;
mod imports;
mod limit;
mod once;
mod owed;
mod paging;
mod people;
mod promises;
mod rows;
mod said;
mod scopes;
mod shapes;
pub(crate) mod words;

pub(crate) use limit::CallLimit;

use crate::error::{self, AppError};
use crate::me::Me;
use crate::pages::shell::Place;
use crate::routes::check;
use crate::state::AppState;
use crate::views::api;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Html;
use axum::routing::get;
use serde_json::Value;
use std::future::ready;
use std::sync::Arc;
use tower_sessions::Session;
use utoipa_axum::router::OpenApiRouter;

/// Everything under `/api`.
pub(crate) fn routes(state: &AppState) -> Router<AppState> {
    let (calls, document) = calls();
    let calls = calls
        .layer(DefaultBodyLimit::max(once::MOST))
        .route_layer(from_fn_with_state(state.clone(), once::answer_once))
        .route_layer(from_fn_with_state(state.clone(), door::enter))
        .route_layer(from_fn(etag::tag));
    let text: Arc<str> = document.to_string().into();
    let document = Arc::new(document);
    let json = move || ready(([(CONTENT_TYPE, "application/json")], text.to_string()));
    let page = move |state: State<AppState>, session: Session| page(state, session, Arc::clone(&document));
    calls.route("/api/v1/openapi.json", get(json)).route("/api", get(page))
}

/// `GET /api`: open to everybody, and within their own frame for those who have signed in.
async fn page(
    State(state): State<AppState>,
    session: Session,
    document: Arc<Value>,
) -> Result<Html<String>, AppError> {
    let shell = match Me::of(&state, session).await? {
        Some(me) => me.shell(&state, Place::Elsewhere).await?,
        None => state.outside(),
    };
    error::page(&api::page(shell, &document))
}

/// Every call, and what the document says about it.
fn calls() -> (Router<AppState>, Value) {
    let v1 = OpenApiRouter::new()
        .merge(cases::routes())
        .merge(acts::routes())
        .merge(promises::routes())
        .merge(customers::routes())
        .merge(owed::routes())
        .merge(imports::routes())
        .merge(people::routes())
        .merge(check::routes());
    let v1 = OpenApiRouter::with_openapi(document::base()).nest("/api/v1", v1);
    let (calls, document) = v1.split_for_parts();
    (calls, document::finished(&document))
}

/// Every address under `/api`, as the router writes it: the calls are in the document because they are in the router.
pub(crate) fn addresses() -> Vec<String> {
    let (_, document) = calls();
    let calls = document["paths"].as_object().into_iter().flatten().map(|(path, _)| path.clone());
    calls.chain(["/api".to_owned(), "/api/v1/openapi.json".to_owned()]).collect()
}

/// The document of the API: OpenAPI 3.1.
#[must_use]
pub fn openapi() -> Value {
    calls().1
}
