//! `/cases/{id}`: one case, the acts on it, and what can be taken along.

mod acting;
mod checks;
mod files;
mod history;
pub(crate) mod keeping;
pub(crate) mod leading;
pub(crate) mod letters;
mod on_case;
pub(crate) mod preparing;
mod scene;

pub(crate) use acting::Chain;
pub(crate) use letters::of_case as letter_of_case;
pub(crate) use on_case::{Named, OnCase};
pub(crate) use scene::{keep_draft, load, surroundings};

use crate::error::{self, AppError};
use crate::table::Table;
use crate::views::{case, sheet};
use axum::http::StatusCode;
use axum::response::{Html, Response};
use axum::routing::{get, post};
use forewarn_domain::case::Owner;
use forewarn_store::cases::{Act, CaseFile};

pub(crate) fn routes() -> Table {
    Table::new()
        .route("/cases/{id}", get(show))
        .route("/cases/{id}/sheet", get(paper))
        .route("/cases/{id}/history", get(history::show))
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

async fn show(on: OnCase) -> Result<Html<String>, AppError> {
    let scene = on.scene().await?;
    let shell = on.shell().await?;
    error::page(&case::page(shell, &scene))
}

async fn paper(on: OnCase) -> Result<Html<String>, AppError> {
    let scene = on.scene().await?;
    let shell = on.shell().await?;
    error::page(&sheet::page(shell, &scene))
}

/// Notices that may still be unseen.
const LATEST: u32 = 50;

/// Sent by the page itself once it is on screen: opening an address changes nothing. A leader who looks in has
/// not opened it for whoever has to tell.
async fn viewed(on: OnCase) -> Result<StatusCode, AppError> {
    view(on).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The case has been seen, and with it the notices about it.
pub(crate) async fn view(on: OnCase) -> Result<Response, AppError> {
    let (id, now) = (on.id, on.me.now);
    let own = Owner::Person { person: on.me.person.id };
    let looks_in = |owner: Owner| on.me.leads() && owner != own;
    let view =
        |file: &CaseFile| if looks_in(file.case.owner) { Ok(Vec::new()) } else { Ok(file.case.view(now)) };
    let act = Act { expected: on.expected, ..Act::now(on.me.scope(), now) };
    let viewed = on.state.store.act(id, act, view).await;
    viewed.map_err(|failed| AppError::act(failed, Vec::new(), "/today"))?;
    for notice in on.state.store.notices_of(on.me.person.id, LATEST).await? {
        if notice.case == Some(id) && notice.seen_at.is_none() {
            on.state.store.notice_seen(on.me.person.id, Some(notice.id), now).await?;
        }
    }
    Ok(on.answer.done(&on.href()))
}

/// They have seen that the facts moved while they talked.
async fn acknowledged(on: OnCase) -> Result<Response, AppError> {
    let mut scene = on.scene().await?;
    let mut draft = std::mem::take(&mut scene.draft);
    draft.acknowledge(&scene);
    keep_draft(&on.me, &scene, &draft).await?;
    Ok(on.answer.done(&on.onward_within()))
}

pub(crate) async fn take_back(on: OnCase) -> Result<Response, AppError> {
    let seq: u32 = on.numbered("seq")?;
    on.act("Taken back.", |file, now| {
        let past = file.history.iter().find(|recorded| recorded.seq == seq);
        let past = past.ok_or(forewarn_domain::case::Refused::CannotTakeBack)?;
        file.case.take_back(past, on.me.scope(), now)
    })
    .await
}
