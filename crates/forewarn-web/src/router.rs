//! Every address of Forewarn, and the layers around them.

use crate::api;
use crate::browser_rules;
use crate::error::{self, AppError};
use crate::read_only;
use crate::routes;
use crate::session;
use crate::state::AppState;
use crate::table::Table;
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use std::any::Any;
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::trace::TraceLayer;
use tracing::Span;

/// The whole of Forewarn, as one service.
pub fn router(state: AppState) -> Router {
    let layers = ServiceBuilder::new()
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(from_fn_with_state(state.clone(), browser_rules::say))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), read_only::explain))
        .layer(session::layer(&state))
        .layer(from_fn(api::door::token_alone))
        .layer(from_fn_with_state(state.clone(), error::explain))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CsrfLayer::new())
        .layer(from_fn(in_time))
        .layer(from_fn_with_state(state.clone(), read_only::refuse))
        .layer(DefaultBodyLimit::max(MOST_TYPED));
    let table = table().into_router().merge(api::routes(&state)); // /api, and everything under /api/v1
    table.fallback(|| async { AppError::NotFound }).layer(layers).with_state(state)
}

/// Every address, as the router writes it (`/cases/{id}`): what the tests of access go through.
#[must_use]
pub fn addresses() -> Vec<String> {
    let pages = table().addresses().into_iter().map(str::to_owned);
    pages.chain(api::addresses()).collect()
}

/// One line for each page; its file has the acts on it.
fn table() -> Table {
    Table::new()
        .merge(routes::sign_in::routes()) //   /  /sign-in  /session  /password/{token}
        .merge(routes::security::routes()) //  /me/security, /people/{id}/security, /settings/security
        .merge(routes::setup::routes()) //     /setup/{token}
        .merge(routes::demo::routes()) //      /demo
        .merge(routes::today::routes()) //     /today
        .merge(routes::cases::routes()) //     /cases/{id}, and the acts on a case
        .merge(routes::team::routes()) //      /team, /me/record, /people/{id}/record
        .merge(routes::talk::routes()) //      /cases/{id}/talk, and what is recorded there
        .merge(routes::not_now::routes()) //   /cases/{id}/not-now
        .merge(routes::promises::routes()) //  /promises, /promises/{id}
        .merge(routes::quiet::routes()) //     /today/quiet
        .merge(routes::customers::routes()) // /customers, /customers/{id}
        .merge(routes::contacts::routes()) //  /customers/{id}/contacts, and erasing one
        .merge(routes::people::routes()) //    /people
        .merge(routes::settings::routes()) //  /settings, and a page for each part
        .merge(routes::notices::routes()) //   /notices, and /n/{token} for whoever holds a link
        .merge(routes::imports::routes()) //   /import, /imports/{id}
        .merge(routes::search::routes()) //    /search
        .merge(routes::events::routes()) //    /events
        .merge(routes::assets::routes()) //    /assets/{digest}/{name}  /sw.js  /offline
        .merge(routes::health::routes()) //    /healthz  /readyz
        .merge(routes::metrics::routes()) //   /metrics
}

/// Around the lines that are logged of a request: the route, not the address, which may hold a token or a name.
fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    tracing::debug_span!("request", method = request.method().as_str(), route)
}

/// Ends what takes too long, or is sent too slowly. Reports may be large, and the stream of changes never ends.
async fn in_time(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path == "/events" || matches!(path, "/imports" | "/api/v1/imports") {
        return next.run(request).await;
    }
    match tokio::time::timeout(LONGEST, next.run(request)).await {
        Ok(answer) => answer,
        Err(_elapsed) => {
            AppError::Ours(format!("no answer within {} seconds", LONGEST.as_secs())).into_response()
        }
    }
}

/// An act waits for an import that is being written: for more than a minute, if it is a large one.
const LONGEST: Duration = Duration::from_secs(180);

/// Bytes that a form may have; the route for uploads has a limit of its own.
const MOST_TYPED: usize = 256 * 1024;

#[expect(clippy::needless_pass_by_value, reason = "the shape that CatchPanicLayer asks for")]
fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let text = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| cause.downcast_ref::<String>().cloned());
    AppError::Ours(text.unwrap_or_else(|| "a panic without words".to_owned())).into_response()
}
