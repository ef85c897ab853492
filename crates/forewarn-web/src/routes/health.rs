//! `/healthz`: the process and the database answer. `/readyz`: it may be sent requests.

use crate::state::AppState;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/healthz", get(healthz)).route("/readyz", get(healthz))
}

async fn healthz(State(state): State<AppState>) -> (StatusCode, String) {
    // Migrations have run before the first request can come, so that an answer is all there is to ask for.
    match state.store.teams().await {
        Ok(_) => (StatusCode::OK, "ok\n".to_owned()),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("The database does not answer: {error}\n")),
    }
}
