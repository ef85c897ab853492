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
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::ids::WebhookId;
use forewarn_domain::webhook::Told;
use forewarn_outreach::webhook::secret;
use forewarn_store::webhooks::{NewWebhook, Webhook};
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

async fn show(on: OnWebhook) -> Result<Html<String>, AppError> {
    let kept: Option<(WebhookId, String)> = on.me.kept(SECRET).await?;
    let secret = kept.filter(|(of, _)| *of == on.id).map(|(_, secret)| secret);
    let shown = on.draw(secret.clone(), None).await?;
    if secret.is_some() {
        on.me.forget(SECRET).await?;
    }
    Ok(shown)
}

async fn choose(on: OnWebhook, typed: Typed) -> Result<Response, AppError> {
    match view::events(&typed) {
        Ok(events) => {
            let internal = view::internal(&typed);
            let kept = on.state.store.choose_webhook_events(on.id, &events, internal).await?;
            Ok(on.done(kept, "Kept: that is what it hears from now on.").await?.into_response())
        }
        Err(wrong) => {
            let again = on.draw(None, Some(wrong)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
    }
}

async fn rotate(on: OnWebhook) -> Result<Redirect, AppError> {
    let secret = fresh_secret(&on.state);
    let until = on.me.now + OLD_SECRET_HOLDS;
    let rotated = on.state.store.rotate_webhook_secret(on.id, &secret, until).await?;
    on.me.keep_for_later(SECRET, &(on.id, secret)).await?;
    on.done(rotated, "There is a new secret. For a day messages are signed with both.").await
}

/// Writes a message down; the job sends it.
async fn try_it(on: OnWebhook, typed: Typed) -> Result<Redirect, AppError> {
    if on.hook().await?.disabled.is_some() {
        return Err(AppError::refused("Enable it first.", Vec::new(), address(on.id)));
    }
    let name = typed.entry().map_or_else(|| on.state.fresh().to_string(), str::to_owned);
    on.state.store.try_webhook(on.id, &name, on.me.now).await?;
    on.done(true, "A test is on its way. What comes back is shown below.").await
}

async fn replay(on: OnWebhook, typed: Typed) -> Result<Redirect, AppError> {
    let which = match typed.filled("message") {
        Some(number) => Some(number.parse().map_err(|_| AppError::NotFound)?),
        None => None,
    };
    let replayed = on.state.store.replay_webhook(on.id, which, on.me.now).await?;
    on.done(replayed > 0, "On its way again, under the same id.").await
}

async fn enable(on: OnWebhook) -> Result<Redirect, AppError> {
    let enabled = on.state.store.enable_webhook(on.id, on.me.now).await?;
    on.done(enabled, "It hears again, beginning with what waited.").await
}

async fn disable(on: OnWebhook) -> Result<Redirect, AppError> {
    let because = format!("{} did that.", on.me.person.name);
    let disabled = on.state.store.disable_webhook(on.id, &because, on.me.now).await?;
    on.done(disabled, "It hears nothing until it is enabled again.").await
}

async fn remove(on: OnWebhook) -> Result<Redirect, AppError> {
    if !on.state.store.remove_webhook(on.id).await? {
        return Err(AppError::NotFound);
    }
    on.me.say("Forgotten, with every message to it.", None).await?;
    Ok(Redirect::to(PAGE))
}

/// One request about one webhook, from somebody who may open this part.
struct OnWebhook {
    state: AppState,
    me: Me,
    /// Whether there is one is for the store to say.
    id: WebhookId,
}

impl FromRequestParts<AppState> for OnWebhook {
    type Rejection = AppError;

    async fn from_request_parts(head: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let me = Me::from_request_parts(head, state).await?;
        must_open(&me, Section::Webhooks)?;
        let Path(id) = Path::from_request_parts(head, state).await.map_err(|_| AppError::NotFound)?;
        Ok(Self { state: state.clone(), me, id })
    }
}

impl OnWebhook {
    async fn hook(&self) -> Result<Webhook, AppError> {
        self.state.store.webhook(self.id).await?.ok_or(AppError::NotFound)
    }

    async fn draw(&self, secret: Option<String>, wrong: Option<Wrong>) -> Result<Html<String>, AppError> {
        let Self { state, me, id } = self;
        let hook = self.hook().await?;
        let messages = state.store.webhook_messages(*id, SHOWN).await?;
        let wall = wall(state, me).await?;
        let (shell, nav) = frame(state, me, Some(Section::Webhooks)).await?;
        let known = Known { hook: &hook, messages: &messages, secret, wrong, wall: &wall };
        page(&view::one(shell, nav, known))
    }

    async fn done(&self, found: bool, says: &str) -> Result<Redirect, AppError> {
        if !found {
            return Err(AppError::NotFound);
        }
        self.me.say(says, None).await?;
        Ok(Redirect::to(&address(self.id)))
    }
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
