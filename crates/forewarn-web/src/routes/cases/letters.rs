//! `/cases/{id}/letters`: writing to the customer, taking a letter back, and saying what became of one.

mod approving;
mod writing;

pub(super) use approving::sender;

use super::{load, number};
use crate::answer::Answer;
use crate::error::{self, AppError};
use crate::me::Me;
use crate::pages::shell::Place;
use crate::state::AppState;
use crate::typed::Typed;
use crate::views::letters;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{Html, Response};
use axum::routing::{get, post};
use forewarn_domain::case::Resolution;
use forewarn_domain::ids::LetterId;
use forewarn_store::cases::{Act, Acted};
use forewarn_store::letters::Letter;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/cases/{id}/letters", post(approving::approve))
        .route("/cases/{id}/letters/new", get(writing::write))
        .route("/cases/{id}/letters/{letter}", get(show))
        .route("/cases/{id}/letters/{letter}/cancelling", post(take_back))
        .route("/cases/{id}/letters/{letter}/resolution", post(resolve))
}

async fn show(
    State(state): State<AppState>,
    me: Me,
    Path((id, letter)): Path<(String, String)>,
) -> Result<Html<String>, AppError> {
    let letter = of_case(&state, &me, &id, &letter).await?;
    let scene = load(&state, &me, &id).await?;
    let shell = me.shell(&state, Place::Today).await?;
    error::page(&letters::page(shell, &scene, &letter))
}

/// Before it leaves, and back to its words.
async fn take_back(
    State(state): State<AppState>,
    me: Me,
    Path((id, letter)): Path<(String, String)>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let letter = of_case(&state, &me, &id, &letter).await?;
    let scene = load(&state, &me, &id).await?;
    let act = Act { entry: typed.entry(), ..Act::now(me.scope(), me.now) };
    let acted = state.store.cancel_letter(act, letter.id, None).await;
    let acted = acted.map_err(|failed| AppError::act(failed, Vec::new(), &scene.href()))?;
    if matches!(acted, Acted::Done(_)) && !answer.is_json() {
        me.say("Taken back. Nothing has left.", None).await?;
    }
    Ok(answer.done(&letters::write_again(&scene, &letter)))
}

/// What became of a letter of which nobody knew.
async fn resolve(
    State(state): State<AppState>,
    me: Me,
    Path((id, letter)): Path<(String, String)>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let letter = of_case(&state, &me, &id, &letter).await?;
    let back = format!("/cases/{id}#letters");
    let (resolution, done) = match typed.get("how") {
        "arrived" => (Resolution::Arrived, "Kept: they have it."),
        "said-otherwise" => (Resolution::SaidOtherwise, "Kept: they heard it otherwise."),
        _ => {
            let why = "Say what became of the letter: they have it, or they heard it otherwise.";
            return Err(AppError::refused(why, typed.written(), back));
        }
    };
    let act = Act { entry: typed.entry(), ..Act::now(me.scope(), me.now) };
    let acted = state.store.resolve_letter(act, letter.id, &resolution).await;
    let acted = acted.map_err(|failed| AppError::act(failed, Vec::new(), &back))?;
    if matches!(acted, Acted::Done(_)) && !answer.is_json() {
        me.say(done, None).await?;
    }
    Ok(answer.done(&back))
}

/// A letter, if it is one of this case that they may see.
pub(crate) async fn of_case(state: &AppState, me: &Me, id: &str, letter: &str) -> Result<Letter, AppError> {
    let case = number(id)?;
    let letter: LetterId = letter.parse().map_err(|_| AppError::NotFound)?;
    let letter = state.store.letter(me.scope(), letter, me.now).await?;
    letter.filter(|letter| letter.case == case).ok_or(AppError::NotFound)
}
