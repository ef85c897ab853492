//! The clock that a person reads by.

use crate::error::AppError;
use crate::me::Me;
use crate::state::AppState;
use crate::views::shown::Wall;
use forewarn_store::people::Person;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The time, on the person's own clock or else on the company's.
pub(crate) async fn wall(state: &AppState, me: &Me) -> Result<Wall, AppError> {
    wall_of(state, &me.person, me.now).await
}

/// The same for somebody who has not signed in.
pub(crate) async fn wall_of(state: &AppState, person: &Person, now: Timestamp) -> Result<Wall, AppError> {
    let own = person.zone.as_deref().and_then(|zone| TimeZone::get(zone).ok());
    let zone = match own {
        Some(zone) => zone,
        None => state.store.company().await?.calendar.zone().clone(),
    };
    Ok(Wall { now, zone })
}
