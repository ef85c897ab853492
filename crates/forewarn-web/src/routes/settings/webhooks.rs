//! `/settings/webhooks`, for admins: other programs that are told what happens. The page talks to none of them: a job
//! does, and leaves what it heard.

use super::{frame, must_open};
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::settings::Section;
use crate::routes::wall::wall;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::settings::webhooks::{self as view, Known, Wrong};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::ids::WebhookId;
use forewarn_domain::webhook::Told;
use forewarn_outreach::webhook::secret;
use forewarn_store::webhooks::NewWebhook;
use jiff::SignedDuration;

const PAGE: &str = "/settings/webhooks";
/// How long the secret before holds when there is a new one.
const OLD_SECRET_HOLDS: SignedDuration = SignedDuration::from_hours(24);
/// Messages that are shown.
const SHOWN: u32 = 30;
/// Where a secret is kept until it has been shown.
const SECRET: &str = "webhook-secret";

pub(super) fn routes() -> Table {
    Table::new()
        .route(PAGE, get(list).post(add))
        .route("/settings/webhooks/{id}", get(show))
        .route("/settings/webhooks/{id}/events", post(choose))
        .route("/settings/webhooks/{id}/secrets", post(rotate))
        .route("/settings/webhooks/{id}/trials", post(try_it))
        .route("/settings/webhooks/{id}/replays", post(replay))
        .route("/settings/webhooks/{id}/enabling", post(enable))
        .route("/settings/webhooks/{id}/disabling", post(disable))
        .route("/settings/webhooks/{id}/removal", post(remove))
}

async fn list(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    must_open(&me, Section::Webhooks)?;
    let (shell, nav) = frame(&state, &me, Some(Section::Webhooks)).await?;
    let form = view::form(&Told::ALL, false, None);
    page(&view::list(shell, nav, &state.store.webhooks().await?, form))
}

async fn add(State(state): State<AppState>, me: Me, typed: Typed) -> Result<Response, AppError> {
    must_open(&me, Section::Webhooks)?;
    let (url, events, internal) = match view::read(&typed) {
        Ok(read) => read,
        Err(form) => {
            let (shell, nav) = frame(&state, &me, Some(Section::Webhooks)).await?;
            let again = view::list(shell, nav, &state.store.webhooks().await?, form);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response());
        }
    };
    let secret = fresh_secret(&state);
    let new = NewWebhook { url: &url, events: &events, internal, secret: &secret, now: me.now };
    let id = state.store.add_webhook(&new).await?;
    me.keep_for_later(SECRET, &(id, secret)).await?;
    me.say("Added. Send a test once the other program has the secret.", None).await?;
    Ok(Redirect::to(&address(id)).into_response())
}

async fn show(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<WebhookId>,
) -> Result<Html<String>, AppError> {
    must_open(&me, Section::Webhooks)?;
    let kept: Option<(WebhookId, String)> = me.kept(SECRET).await?;
    let secret = kept.filter(|(of, _)| *of == id).map(|(_, secret)| secret);
    let shown = draw(&state, &me, id, secret.clone(), None).await?;
    if secret.is_some() {
        me.forget(SECRET).await?;
    }
    Ok(shown)
}

async fn choose(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<WebhookId>,
    typed: Typed,
) -> Result<Response, AppError> {
    must_open(&me, Section::Webhooks)?;
    match view::events(&typed) {
        Ok(events) => {
            let kept = state.store.choose_webhook_events(id, &events, view::internal(&typed)).await?;
            Ok(done(&me, id, kept, "Kept: that is what it hears from now on.").await?.into_response())
        }
        Err(wrong) => {
            let again = draw(&state, &me, id, None, Some(wrong)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
    }
}

async fn rotate(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<WebhookId>,
) -> Result<Redirect, AppError> {
    must_open(&me, Section::Webhooks)?;
    let secret = fresh_secret(&state);
    let until = me.now + OLD_SECRET_HOLDS;
    let rotated = state.store.rotate_webhook_secret(id, &secret, until).await?;
    me.keep_for_later(SECRET, &(id, secret)).await?;
    done(&me, id, rotated, "There is a new secret. For a day messages are signed with both.").await
}

/// Writes a message down; the job sends it.
async fn try_it(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<WebhookId>,
    typed: Typed,
) -> Result<Redirect, AppError> {
    must_open(&me, Section::Webhooks)?;
    let Some(hook) = state.store.webhook(id).await? else { return Err(AppError::NotFound) };
    if hook.disabled.is_some() {
        return Err(AppError::refused("Enable it first.", Vec::new(), address(id)));
    }
    let name = typed.entry().map_or_else(|| state.fresh().to_string(), str::to_owned);
    state.store.try_webhook(id, &name, me.now).await?;
    done(&me, id, true, "A test is on its way. What comes back is shown below.").await
}

async fn replay(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<WebhookId>,
    typed: Typed,
) -> Result<Redirect, AppError> {
    must_open(&me, Section::Webhooks)?;
    let which = match typed.filled("message") {
        Some(number) => Some(number.parse().map_err(|_| AppError::NotFound)?),
        None => None,
    };
    let replayed = state.store.replay_webhook(id, which, me.now).await?;
    done(&me, id, replayed > 0, "On its way again, under the same id.").await
}

async fn enable(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<WebhookId>,
) -> Result<Redirect, AppError> {
    must_open(&me, Section::Webhooks)?;
    let enabled = state.store.enable_webhook(id, me.now).await?;
    done(&me, id, enabled, "It hears again, beginning with what waited.").await
}

async fn disable(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<WebhookId>,
) -> Result<Redirect, AppError> {
    must_open(&me, Section::Webhooks)?;
    let because = format!("{} did that.", me.person.name);
    let disabled = state.store.disable_webhook(id, &because, me.now).await?;
    done(&me, id, disabled, "It hears nothing until it is enabled again.").await
}

async fn remove(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<WebhookId>,
) -> Result<Redirect, AppError> {
    must_open(&me, Section::Webhooks)?;
    if !state.store.remove_webhook(id).await? {
        return Err(AppError::NotFound);
    }
    me.say("Forgotten, with every message to it.", None).await?;
    Ok(Redirect::to(PAGE))
}

async fn draw(
    state: &AppState,
    me: &Me,
    id: WebhookId,
    secret: Option<String>,
    wrong: Option<Wrong>,
) -> Result<Html<String>, AppError> {
    let hook = state.store.webhook(id).await?.ok_or(AppError::NotFound)?;
    let messages = state.store.webhook_messages(id, SHOWN).await?;
    let wall = wall(state, me).await?;
    let (shell, nav) = frame(state, me, Some(Section::Webhooks)).await?;
    let known = Known { hook: &hook, messages: &messages, secret, wrong, wall: &wall };
    page(&view::one(shell, nav, known))
}

async fn done(me: &Me, id: WebhookId, found: bool, says: &str) -> Result<Redirect, AppError> {
    if !found {
        return Err(AppError::NotFound);
    }
    me.say(says, None).await?;
    Ok(Redirect::to(&address(id)))
}

fn address(id: WebhookId) -> String {
    format!("{PAGE}/{id}")
}

fn fresh_secret(state: &AppState) -> String {
    let mut bytes = [0; 32];
    let (first, second) = bytes.split_at_mut(16);
    first.copy_from_slice(state.fresh().as_bytes());
    second.copy_from_slice(state.fresh().as_bytes());
    secret(bytes)
}
