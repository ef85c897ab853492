//! `GET /cases/{id}/letters/new`: a letter to be read and changed before it is sent.

use super::of_case;
use crate::error::{self, AppError};
use crate::me::Me;
use crate::pages::shell::Place;
use crate::routes::cases::load;
use crate::state::AppState;
use crate::views::letters;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use forewarn_domain::letter::LetterKind;
use serde::Deserialize;

/// Which letter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Its kind.
    kind: Option<LetterKind>,
    /// When they hear from us after it, on the customer's clock.
    then: String,
    /// The letter whose words are taken up again.
    again: Option<String>,
}

pub(super) async fn write(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let again = match &asked.again {
        Some(letter) => Some(of_case(&state, &me, &id, letter).await?),
        None => None,
    };
    let kind = again.as_ref().map(|letter| letter.kind()).or(asked.kind).ok_or(AppError::NotFound)?;
    let mut scene = load(&state, &me, &id).await?;
    if kind == LetterKind::FirstWord {
        let again = asked.again.map(|letter| format!("?again={letter}")).unwrap_or_default();
        return Ok(Redirect::to(&format!("{}/talk/after/e-mail{again}", scene.href())).into_response());
    }
    let then = asked.then.parse().ok().and_then(|typed| scene.clocks.read(typed));
    let shell = me.shell(&state, Place::Today).await?;
    let page = letters::write(shell, &mut scene, kind, then, again.as_ref());
    let page =
        page.ok_or_else(|| AppError::refused(nothing_to_write(kind), Vec::new(), format!("/cases/{id}")))?;
    Ok(error::page(&page)?.into_response())
}

fn nothing_to_write(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Delivered => "Nothing has arrived of which they do not know. Enter the arrival first.",
        _ => "They have not been told yet. Call them first; a letter follows.",
    }
}
