//! What every answer tells the browser it may do: the headers of OWASP's secure headers list that apply here.
//!
//! Pages have no script and no style of their own, only files of ours. So the policy needs no nonces: whatever
//! gets into a page from outside, as an element or as an attribute, does not run.

use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, STRICT_TRANSPORT_SECURITY};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

/// The layer that puts them on every answer: pages, redirects, files, refusals, mistakes of ours.
pub(crate) async fn say(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if state.secure {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TWO_YEARS));
    }
    // Files that never change say so themselves. All else is about customers: no cache keeps it.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

const ALWAYS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // A link in a page leads to a customer's web site; it is none of theirs what we read before.
    ("referrer-policy", "same-origin"),
    ("x-dns-prefetch-control", "off"),
    ("permissions-policy", PERMISSIONS),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("x-permitted-cross-domain-policies", "none"),
];

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

/// A talk keeps the screen awake, and the recap is copied.
const PERMISSIONS: &str = "accelerometer=(), bluetooth=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), \
                           gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), \
                           serial=(), usb=(), clipboard-write=(self), screen-wake-lock=(self)";

const TWO_YEARS: &str = "max-age=63072000; includeSubDomains";
