//! Looking up everything that the pages of a case are drawn from.

use super::letters::sender;
use super::number;
use crate::error::AppError;
use crate::me::Me;
use crate::routes::wall::wall;
use crate::state::AppState;
use crate::views::clocks::Clocks;
use crate::views::draft::{self, Draft};
use crate::views::scene::Scene;

/// The case with this number and its surroundings, if they may see it.
pub(crate) async fn load(state: &AppState, me: &Me, id: &str) -> Result<Scene, AppError> {
    let (store, scope, now) = (&state.store, me.scope(), me.now);
    let file = store.case(scope, number(id)?, now).await?.ok_or(AppError::NotFound)?;
    let customer = store.customer(scope, file.customer, now).await?.ok_or(AppError::NotFound)?;
    let zone = file.terms.customer_calendar.zone().clone();
    let clocks = Clocks::new(wall(state, me).await?, zone, customer.settings.place.as_deref());
    let company = store.company().await?;
    Ok(Scene {
        promises: store.lines_of(scope, &file.case, now).await?,
        me: me.person.clone(),
        people: store.people().await?,
        relationship: store.relationship(scope, file.customer, now).await?.unwrap_or_default(),
        timeline: store.timeline(scope, file.id, now).await?,
        kept_words: store.kept_wording(scope, file.id, now).await?,
        draft: me.kept(&draft::key(&file.id.to_string())).await?.unwrap_or_default(),
        sender: sender(state, &company).await?.map(|sender| sender.to_string()),
        company,
        letters: store.letters_of(scope, file.id, now).await?,
        replies: store.replies_of(scope, file.id, now).await?,
        clocks,
        customer,
        file,
    })
}

/// Keeps what was noted in a talk.
pub(crate) async fn keep_draft(me: &Me, scene: &Scene, draft: &Draft) -> Result<(), AppError> {
    me.keep_for_later(&Draft::key(scene), draft).await
}
