//! `GET /cases/{id}/letters/new`: a letter to be read and changed before it is sent.

use super::of_case;
use crate::error::{self, AppError};
use crate::routes::cases::OnCase;
use crate::views::letters;
use crate::views::read::read_word;
use axum::response::{IntoResponse as _, Redirect, Response};
use forewarn_domain::letter::LetterKind;
use forewarn_store::letters::Letter;

pub(super) async fn write(on: OnCase) -> Result<Response, AppError> {
    let again = match on.typed.filled("again") {
        Some(letter) => Some(of_case(&on.state, &on.me, on.id, letter).await?),
        None => None,
    };
    let asked = || read_word(on.typed.get("kind"));
    let kind = again.as_ref().map(Letter::kind).or_else(asked).ok_or(AppError::NotFound)?;
    let mut scene = on.scene().await?;
    if kind == LetterKind::FirstWord {
        let again = again.map(|letter| format!("?again={}", letter.id)).unwrap_or_default();
        return Ok(Redirect::to(&format!("{}/talk/after/e-mail{again}", scene.href())).into_response());
    }
    let then = on.typed.moment("then").and_then(|typed| scene.clocks.read(typed));
    let shell = on.shell().await?;
    let page = letters::write(shell, &mut scene, kind, then, again.as_ref());
    let page = page.ok_or_else(|| AppError::refused(nothing_to_write(kind), Vec::new(), on.href()))?;
    Ok(error::page(&page)?.into_response())
}

fn nothing_to_write(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Delivered => "Nothing has arrived of which they do not know. Enter the arrival first.",
        _ => "They have not been told yet. Call them first; a letter follows.",
    }
}
