//! What goes wrong becomes a page that says what is wrong and what to do, or the same as
//! `application/problem+json` for whoever asks for JSON.

mod asked;

use crate::me::Me;
use crate::pages::problem::ProblemPage;
use crate::pages::shell::Shell;
use crate::problem;
use crate::state::{AppState, Mode};
use askama::Template as _;
use asked::{Asked, is_worth_a_line};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use forewarn_domain::case::Refused;
use forewarn_domain::ids::PersonId;
use forewarn_store::cases::ActFailed;
use forewarn_store::tokens::TokenScope;
use forewarn_store::{NotWritable, StoreError};
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
    /// The token that was brought doesn't work; what to do, in a sentence.
    #[error("{0}")]
    NoToken(String),
    /// The token that was brought is not good for this.
    #[error("This token is not good for it: it lacks the scope “{}”.", .0.word())]
    Scope(TokenScope),
    /// It is another by now than the one that the program insists on.
    #[error("{0}")]
    Stale(String),
    /// What was sent is of another kind than what is read here.
    #[error("{0}")]
    WrongMedia(String),
    /// Too many calls; wait for so many seconds.
    #[error("There were too many calls in this minute. Wait for {0} seconds.")]
    TooMany(u32),
    /// Nothing can be saved at present; why.
    #[error("Nothing can be saved at present, and nothing was. {0}")]
    NotWritable(NotWritable),
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

    /// A call that is not what is asked for.
    pub(crate) fn invalid(why: impl Into<String>) -> Self {
        Self::refused(why, Vec::new(), "/api")
    }

    /// A token that lets nobody in.
    pub(crate) fn no_token(why: impl Into<String>) -> Self {
        Self::NoToken(why.into())
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

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::SignIn(_) => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::NoToken(_) => StatusCode::UNAUTHORIZED,
            Self::Scope(_) => StatusCode::FORBIDDEN,
            Self::Stale(_) => StatusCode::PRECONDITION_FAILED,
            Self::WrongMedia(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::NotWritable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Ours(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotWritable(why) => Self::NotWritable(why),
            error => Self::Ours(error.to_string()),
        }
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

/// Whether it is a program that asks.
pub(crate) fn asks_for_json(request: &Request) -> bool {
    wants_json(request.headers()) || request.uri().path().starts_with("/api/")
}

/// The layer that makes pages, or JSON, of [`AppError`]s, panics and refused foreign posts.
pub(crate) async fn explain(
    State(state): State<AppState>,
    session: Session,
    request: Request,
    next: Next,
) -> Response {
    let instance = request.uri().path().to_owned();
    let called = instance.starts_with("/api/");
    let json = asks_for_json(&request);
    let (asked, request) = Asked::of(request, &state).await;
    let mut response = next.run(request).await;
    let error = match response.extensions_mut().remove::<AppError>() {
        Some(error) => error,
        None if response.extensions().get::<ProtectionError>().is_some() => AppError::Forbidden(
            "This was sent from another site. Open the page here, and send it again.".to_owned(),
        ),
        None if called => return in_words(response, &instance).await,
        None => return response,
    };
    if let (AppError::SignIn(onward), false) = (&error, json) {
        return Redirect::to(&sign_in(state.mode, onward)).into_response();
    }
    // Who it is, is worth knowing where a line is written, and where a page is shown. Of programs the door has said it.
    let caller = response.extensions().get::<PersonId>().copied();
    let me =
        if json && !is_worth_a_line(&error) { None } else { Me::of(&state, session).await.ok().flatten() };
    let reference = matches!(error, AppError::Ours(_))
        .then(|| state.fresh().simple().to_string().split_at(8).0.to_owned());
    let reference = reference.as_deref();
    asked.note(&error, caller.or(me.as_ref().map(|me| me.person.id)), reference);
    if json {
        return told_as_json(&error, &instance, reference);
    }
    let shell = me.map_or_else(|| state.outside(), |me| me.bare_shell(&state));
    told_as_page(error, shell, reference)
}

/// The problem of an error, for a program.
pub(crate) fn told_as_json(error: &AppError, instance: &str, reference: Option<&str>) -> Response {
    with_patience(problem::answer(error, instance, reference))
}

/// The page of an error.
pub(crate) fn told_as_page(error: AppError, shell: Shell, reference: Option<&str>) -> Response {
    let status = error.status();
    let page = as_page(error, shell, reference.unwrap_or_default());
    let told = match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (status, page.text).into_response(),
    };
    with_patience(told)
}

/// Says when to try again, where that may help.
fn with_patience(mut told: Response) -> Response {
    if told.status() == StatusCode::SERVICE_UNAVAILABLE {
        told.headers_mut().insert(header::RETRY_AFTER, TRY_AGAIN);
    }
    told
}

/// Seconds.
const TRY_AGAIN: HeaderValue = HeaderValue::from_static("10");

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
        error @ (AppError::Scope(_) | AppError::TooMany(_)) => {
            ProblemPage::forbidden(shell, &error.to_string())
        }
        AppError::Forbidden(what) | AppError::NoToken(what) => ProblemPage::forbidden(shell, &what),
        AppError::Unreadable(why)
        | AppError::TooLarge(why)
        | AppError::Stale(why)
        | AppError::WrongMedia(why) => ProblemPage::refused(shell, &why, Vec::new(), "/today"),
        AppError::Refused(not) => ProblemPage::refused(shell, &not.why, not.typed, &not.back),
        AppError::Conflict(not) => ProblemPage::conflict(shell, &not.why, not.typed, &not.back),
        AppError::NotWritable(why) => ProblemPage::not_writable(shell, &why.to_string()),
        AppError::Ours(_) => ProblemPage::our_mistake(shell, reference),
    }
}

/// An answer to a program that has come about without words: a method that there is not, a path that can't be read.
async fn in_words(response: Response, instance: &str) -> Response {
    let plain = !is_json(&response);
    if !(response.status().is_client_error() || response.status().is_server_error()) || !plain {
        return response;
    }
    let (head, body) = response.into_parts();
    let words =
        to_bytes(body, LONGEST_WORDS).await.ok().and_then(|words| String::from_utf8(words.into()).ok());
    problem::explained(&Response::from_parts(head, Body::empty()), words, instance)
}

const LONGEST_WORDS: usize = 2_000;

fn is_json(response: &Response) -> bool {
    let said = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    said.is_some_and(|said| said.starts_with(b"application/"))
}
