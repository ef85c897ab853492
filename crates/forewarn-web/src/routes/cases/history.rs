//! `/cases/{id}/history`: one case's history, to print or as JSON.

use super::OnCase;
use crate::error::{self, AppError};
use crate::pages::case::HistoryPage;
use crate::views::case::history;
use axum::Json;
use axum::response::{IntoResponse as _, Response};

pub(super) async fn show(on: OnCase) -> Result<Response, AppError> {
    let scene = on.scene().await?;
    let proof = on.state.store.prove_case(on.me.scope(), on.id, on.me.now).await?;
    let href = scene.href();
    let history = history(scene, &proof);
    if on.answer.is_json() {
        return Ok(Json(history).into_response());
    }
    let shell = on.shell().await?;
    Ok(error::page(&HistoryPage { shell, href, history })?.into_response())
}
