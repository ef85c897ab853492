//! `/cases/{id}`: one case, the acts on it, and what can be taken along.

mod acting;
mod checks;
mod files;
mod keeping;
mod leading;
mod letters;
mod preparing;
mod scene;

pub(crate) use acting::{Chain, act, address, record as acting_record};
pub(crate) use letters::of_case as letter_of_case;
pub(crate) use scene::{keep_draft, load};

use crate::answer::Answer;
use crate::error::{self, AppError};
use crate::me::Me;
use crate::pages::shell::Place;
use crate::state::AppState;
use crate::typed::Typed;
use crate::views::{case, sheet};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, Response};
use axum::routing::{get, post};
use forewarn_domain::case::Owner;
use forewarn_domain::ids::CaseId;
use forewarn_store::cases::{Act, CaseFile};

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/cases/{id}", get(show))
        .route("/cases/{id}/sheet", get(paper))
        .route("/cases/{id}/viewings", post(viewed))
        .route("/cases/{id}/acknowledgements", post(acknowledged))
        .route("/cases/{id}/events/{seq}/taking-back", post(take_back))
        .merge(preparing::routes())
        .merge(keeping::routes())
        .merge(letters::routes())
        .merge(leading::routes())
        .merge(checks::routes())
        .merge(files::routes())
}

async fn show(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
) -> Result<Html<String>, AppError> {
    let scene = load(&state, &me, &id).await?;
    let shell = me.shell(&state, Place::Today).await?;
    error::page(&case::page(shell, &scene))
}

async fn paper(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
) -> Result<Html<String>, AppError> {
    let scene = load(&state, &me, &id).await?;
    let shell = me.shell(&state, Place::Today).await?;
    error::page(&sheet::page(shell, &scene))
}

/// Notices that may still be unseen.
const LATEST: u32 = 50;

/// Sent by the page itself once it is on screen: opening an address changes nothing. A leader who looks in has
/// not opened it for whoever has to tell.
async fn viewed(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
) -> Result<StatusCode, AppError> {
    let (id, now) = (number(&id)?, me.now);
    let own = Owner::Person { person: me.person.id };
    let looks_in = |owner: Owner| me.leads() && owner != own;
    let view =
        |file: &CaseFile| if looks_in(file.case.owner) { Ok(Vec::new()) } else { Ok(file.case.view(now)) };
    let viewed = state.store.act(id, Act::now(me.scope(), now), view).await;
    viewed.map_err(|failed| AppError::act(failed, Vec::new(), "/today"))?;
    for notice in state.store.notices_of(me.person.id, LATEST).await? {
        if notice.case == Some(id) && notice.seen_at.is_none() {
            state.store.notice_seen(me.person.id, Some(notice.id), now).await?;
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

/// They have seen that the facts moved while they talked.
async fn acknowledged(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let mut scene = load(&state, &me, &id).await?;
    let mut draft = std::mem::take(&mut scene.draft);
    draft.acknowledge(&scene);
    keep_draft(&me, &scene, &draft).await?;
    let onward = typed.get("onward");
    let back = if onward.starts_with(&scene.href()) { onward.to_owned() } else { scene.href() };
    Ok(answer.done(&back))
}

async fn take_back(
    State(state): State<AppState>,
    me: Me,
    Path((id, seq)): Path<(String, u32)>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    act(&state, &me, &id, &typed, answer, None, "Taken back.", |file, now| {
        let event = file.history.iter().find(|recorded| recorded.seq == seq).map(|recorded| &recorded.event);
        let event = event.ok_or(forewarn_domain::case::Refused::CannotTakeBack)?;
        file.case.take_back(seq, event, now)
    })
    .await
}

/// The number of a case in an address. What is no number names nothing.
pub(crate) fn number(id: &str) -> Result<CaseId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}
