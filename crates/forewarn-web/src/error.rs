//! What goes wrong becomes a page that says what is wrong and what to do, or the same as
//! `application/problem+json` for whoever asks for JSON.

use crate::me::Me;
use crate::pages::problem::ProblemPage;
use crate::pages::shell::Shell;
use crate::state::{AppState, Mode};
use askama::Template as _;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use forewarn_domain::case::Refused;
use forewarn_store::StoreError;
use forewarn_store::cases::ActFailed;
use tower_http::csrf::ProtectionError;
use tower_sessions::Session;

/// Why a request has no answer of its own.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum AppError {
    /// Nobody is signed in; where to go afterwards.
    #[error("sign in first")]
    SignIn(String),
    /// There is nothing, or nothing that this person may see.
    #[error("there is nothing here")]
    NotFound,
    /// Others may do this; who, in a sentence.
    #[error("{0}")]
    Forbidden(String),
    /// The form can't be read at all.
    #[error("{0}")]
    Unreadable(String),
    /// There is more of it than can be taken in.
    #[error("{0}")]
    TooLarge(String),
    /// The act was refused.
    #[error("{}", .0.why)]
    Refused(Box<NotKept>),
    /// Somebody else was faster.
    #[error("{}", .0.why)]
    Conflict(Box<NotKept>),
    /// Our mistake.
    #[error("{0}")]
    Ours(String),
}

/// Something typed that was not kept.
#[derive(Debug, Clone)]
pub(crate) struct NotKept {
    /// Why, and what to do.
    pub(crate) why: String,
    /// What had been typed: label and text.
    pub(crate) typed: Vec<(String, String)>,
    /// Where to go on.
    pub(crate) back: String,
}

impl AppError {
    /// A refusal, with what was typed.
    pub(crate) fn refused(
        why: impl Into<String>,
        typed: Vec<(String, String)>,
        back: impl Into<String>,
    ) -> Self {
        Self::Refused(Box::new(NotKept { why: why.into(), typed, back: back.into() }))
    }

    /// What an act has come to, with what was typed.
    pub(crate) fn act(failed: ActFailed, typed: Vec<(String, String)>, back: &str) -> Self {
        let not_kept = |why: String| Box::new(NotKept { why, typed, back: back.to_owned() });
        match failed {
            ActFailed::NotFound => Self::NotFound,
            ActFailed::Conflict => Self::Conflict(not_kept(ActFailed::Conflict.to_string())),
            ActFailed::Refused(refused) => Self::Refused(not_kept(refused.to_string())),
            ActFailed::Store(error) => error.into(),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::SignIn(_) => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Ours(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        Self::Ours(error.to_string())
    }
}

impl From<askama::Error> for AppError {
    fn from(error: askama::Error) -> Self {
        Self::Ours(format!("a page could not be drawn: {error}"))
    }
}

impl From<tower_sessions::session::Error> for AppError {
    fn from(error: tower_sessions::session::Error) -> Self {
        Self::Ours(format!("a session could not be read or kept: {error}"))
    }
}

impl From<(Refused, &str)> for AppError {
    fn from((refused, back): (Refused, &str)) -> Self {
        Self::refused(refused.to_string(), Vec::new(), back)
    }
}

impl IntoResponse for AppError {
    /// The bare status; [`explain`] makes a page of it, because only that knows who asks, and how.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Draws a page.
pub(crate) fn page(template: &impl askama::Template) -> Result<Html<String>, AppError> {
    Ok(Html(template.render()?))
}

/// Whether the answer is read by a program.
pub(crate) fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("application/json") && !accept.contains("text/html"))
}

/// The layer that makes pages, or JSON, of [`AppError`]s, panics and refused foreign posts.
pub(crate) async fn explain(
    State(state): State<AppState>,
    session: Session,
    request: Request,
    next: Next,
) -> Response {
    let json = wants_json(request.headers()) || request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let error = match response.extensions_mut().remove::<AppError>() {
        Some(error) => error,
        None if response.extensions().get::<ProtectionError>().is_some() => AppError::Forbidden(
            "This was sent from another site. Open the page here, and send it again.".to_owned(),
        ),
        None => return response,
    };
    if let (AppError::SignIn(onward), false) = (&error, json) {
        return Redirect::to(&sign_in(state.mode, onward)).into_response();
    }
    let reference = match &error {
        AppError::Ours(cause) => {
            let reference = state.fresh().simple().to_string().split_at(8).0.to_owned();
            tracing::error!(reference, cause, "a request failed through our own fault");
            Some(reference)
        }
        _ => None,
    };
    if json {
        return as_json(&error, reference.as_deref());
    }
    let shell = match Me::of(&state, session).await {
        Ok(Some(me)) => me.bare_shell(&state),
        _ => Shell::outside(state.fresh()),
    };
    let status = error.status();
    let page = as_page(error, shell, reference.as_deref().unwrap_or_default());
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (status, page.text).into_response(),
    }
}

/// Where one signs in, to go `onward` from there.
fn sign_in(mode: Mode, onward: &str) -> String {
    let page = if mode == Mode::Demo { "/demo" } else { "/sign-in" };
    if matches!(onward, "" | "/" | "/today") {
        return page.to_owned();
    }
    format!("{page}?next={}", crate::views::percent::encode(onward))
}

fn as_page(error: AppError, shell: Shell, reference: &str) -> ProblemPage {
    match error {
        AppError::NotFound => ProblemPage::not_found(shell),
        AppError::SignIn(_) => ProblemPage::forbidden(shell, "Sign in first."),
        AppError::Forbidden(what) => ProblemPage::forbidden(shell, &what),
        AppError::Unreadable(why) | AppError::TooLarge(why) => {
            ProblemPage::refused(shell, &why, Vec::new(), "/today")
        }
        AppError::Refused(not) => ProblemPage::refused(shell, &not.why, not.typed, &not.back),
        AppError::Conflict(not) => ProblemPage::conflict(shell, &not.why, not.typed, &not.back),
        AppError::Ours(_) => ProblemPage::our_mistake(shell, reference),
    }
}

fn as_json(error: &AppError, reference: Option<&str>) -> Response {
    let status = error.status();
    let detail = match error {
        AppError::Ours(_) => "That was our mistake. Try again.".to_owned(),
        other => other.to_string(),
    };
    let body = serde_json::json!({
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "detail": detail,
        "reference": reference,
    });
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}
