//! `/cases/{id}/letters`: writing to the customer, taking a letter back, and saying what became of one.

mod approving;
mod writing;

pub(crate) use approving::approve;
pub(super) use approving::sender;

use super::OnCase;
use crate::error::{self, AppError};
use crate::me::Me;
use crate::state::AppState;
use crate::table::Table;
use crate::views::letters;
use axum::response::{Html, Response};
use axum::routing::{get, post};
use forewarn_domain::case::Resolution;
use forewarn_domain::ids::{CaseId, LetterId};
use forewarn_store::cases::Acted;
use forewarn_store::letters::Letter;

pub(super) fn routes() -> Table {
    Table::new()
        .route("/cases/{id}/letters", post(approve))
        .route("/cases/{id}/letters/new", get(writing::write))
        .route("/cases/{id}/letters/{letter}", get(show))
        .route("/cases/{id}/letters/{letter}/cancelling", post(take_back))
        .route("/cases/{id}/letters/{letter}/resolution", post(resolve))
}

async fn show(on: OnCase) -> Result<Html<String>, AppError> {
    let letter = on.letter().await?;
    let scene = on.scene().await?;
    let shell = on.shell().await?;
    error::page(&letters::page(shell, &scene, &letter))
}

/// Before it leaves, and back to its words.
pub(crate) async fn take_back(on: OnCase) -> Result<Response, AppError> {
    let letter = on.letter().await?;
    let scene = on.scene().await?;
    let acted = on.state.store.cancel_letter(on.entry(), letter.id, None).await;
    let acted = acted.map_err(|failed| AppError::act(failed, Vec::new(), &scene.href()))?;
    if matches!(acted, Acted::Done(_)) && !on.answer.is_json() {
        on.me.say("Taken back. Nothing has left.", None).await?;
    }
    Ok(on.answer.done(&letters::write_again(&scene, &letter)))
}

/// What became of a letter of which nobody knew.
pub(crate) async fn resolve(on: OnCase) -> Result<Response, AppError> {
    let letter = on.letter().await?;
    let back = on.anchor("letters");
    let (resolution, done) = match on.typed.get("how") {
        "arrived" => (Resolution::Arrived, "Kept: they have it."),
        "said-otherwise" => (Resolution::SaidOtherwise, "Kept: they heard it otherwise."),
        _ => {
            let why = "Say what became of the letter: they have it, or they heard it otherwise.";
            return Err(AppError::refused(why, on.typed.written(), back));
        }
    };
    let acted = on.state.store.resolve_letter(on.entry(), letter.id, &resolution).await;
    let acted = acted.map_err(|failed| AppError::act(failed, Vec::new(), &back))?;
    if matches!(acted, Acted::Done(_)) && !on.answer.is_json() {
        on.me.say(done, None).await?;
    }
    Ok(on.answer.done(&back))
}

/// A letter, if it is one of this case that they may see.
pub(crate) async fn of_case(
    state: &AppState,
    me: &Me,
    case: CaseId,
    letter: &str,
) -> Result<Letter, AppError> {
    let letter: LetterId = letter.parse().map_err(|_| AppError::NotFound)?;
    let letter = state.store.letter(me.scope(), letter, me.now).await?;
    letter.filter(|letter| letter.case == case).ok_or(AppError::NotFound)
}
