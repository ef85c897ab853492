//! Every address of Forewarn, and the layers around them.

use crate::error::{self, AppError};
use crate::routes;
use crate::session;
use crate::state::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use std::any::Any;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

/// The whole of Forewarn, as one service.
pub fn router(state: AppState) -> Router {
    let layers = ServiceBuilder::new()
        .layer(TraceLayer::new_for_http())
        .layer(always(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .layer(always(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(header::REFERRER_POLICY, "same-origin"))
        .layer(always(HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY))
        .layer(unless_said(header::CACHE_CONTROL, "no-store"))
        .layer(CompressionLayer::new())
        .layer(session::layer(&state))
        .layer(from_fn_with_state(state.clone(), error::explain))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CsrfLayer::new())
        .layer(DefaultBodyLimit::max(MOST_TYPED));
    table().fallback(|| async { AppError::NotFound }).layer(layers).with_state(state)
}

/// One line for each page; its file has the acts on it.
fn table() -> Router<AppState> {
    Router::new()
        .merge(routes::sign_in::routes()) //   /  /sign-in  /session  /password/{token}
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
        .merge(routes::people::routes()) //    /people
        .merge(routes::settings::routes()) //  /settings, and a page for each part
        .merge(routes::notices::routes()) //   /notices, and /n/{token} for whoever holds a link
        .merge(routes::imports::routes()) //   /import, /imports/{id}
        .merge(routes::check::routes()) //     /api/v1/check
        .merge(routes::search::routes()) //    /search
        .merge(routes::events::routes()) //    /events
        .merge(routes::assets::routes()) //    /assets/{digest}/{name}  /sw.js  /offline
        .merge(routes::health::routes()) //    /healthz  /readyz
        .merge(routes::metrics::routes()) //   /metrics
}

/// Bytes that a form may have; the route for uploads has a limit of its own.
const MOST_TYPED: usize = 256 * 1024;

const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; object-src 'none'; base-uri 'none'; \
                                       frame-ancestors 'none'; form-action 'self'";
const PERMISSIONS_POLICY: &str =
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), screen-wake-lock=(self)";

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

fn unless_said(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that CatchPanicLayer asks for")]
fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let text = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| cause.downcast_ref::<String>().cloned());
    AppError::Ours(text.unwrap_or_else(|| "a panic without words".to_owned())).into_response()
}
