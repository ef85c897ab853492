//! Looking up everything that the pages of a case are drawn from.

use super::letters::sender;
use crate::error::AppError;
use crate::me::Me;
use crate::routes::wall::wall;
use crate::state::AppState;
use crate::views::clocks::Clocks;
use crate::views::draft::{self, Draft};
use crate::views::scene::Scene;
use crate::views::shown::Wall;
use forewarn_domain::ids::CaseId;
use forewarn_domain::people::Scope;
use forewarn_store::people::Person;
use forewarn_store::{Store, StoreError};

/// The case with this number and its surroundings, if they may see it.
pub(crate) async fn load(state: &AppState, me: &Me, id: CaseId) -> Result<Scene, AppError> {
    let wall = wall(state, me).await?;
    let scene = surroundings(&state.store, me.scope(), id, me.person.clone(), wall).await?;
    let scene = scene.ok_or(AppError::NotFound)?;
    Ok(Scene {
        draft: me.kept(&draft::key(&id.to_string())).await?.unwrap_or_default(),
        sender: sender(state, &scene.company).await?.map(|sender| sender.to_string()),
        ..scene
    })
}

/// The same for whoever looks without a session: nothing of theirs is noted, and they send nothing.
pub(crate) async fn surroundings(
    store: &Store,
    scope: Scope,
    id: CaseId,
    me: Person,
    wall: Wall,
) -> Result<Option<Scene>, StoreError> {
    let now = wall.now;
    let Some(file) = store.case(scope, id, now).await? else { return Ok(None) };
    let Some(customer) = store.customer(scope, file.customer, now).await? else { return Ok(None) };
    let zone = file.terms.customer_calendar.zone().clone();
    let clocks = Clocks::new(wall, zone, customer.settings.place.as_deref());
    Ok(Some(Scene {
        promises: store.lines_of(scope, &file.case, now).await?,
        me,
        people: store.people().await?,
        relationship: store.relationship(scope, file.customer, now).await?.unwrap_or_default(),
        timeline: store.timeline(scope, file.id, now).await?,
        kept_words: store.kept_wording(scope, file.id, now).await?,
        draft: Draft::default(),
        sender: None,
        company: store.company().await?,
        letters: store.letters_of(scope, file.id, now).await?,
        replies: store.replies_of(scope, file.id, now).await?,
        clocks,
        customer,
        file,
    }))
}

/// Keeps what was noted in a talk.
pub(crate) async fn keep_draft(me: &Me, scene: &Scene, draft: &Draft) -> Result<(), AppError> {
    me.keep_for_later(&Draft::key(scene), draft).await
}
