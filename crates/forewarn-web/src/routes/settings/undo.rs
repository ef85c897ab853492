//! `POST /settings/undoing`: takes back the last change that this person made to the settings, unless
//! somebody has changed the same thing since.

use super::teams::{self, TeamFacts};
use super::{absences, calendars};
use crate::error::AppError;
use crate::me::Me;
use crate::state::AppState;
use crate::table::Table;
use axum::extract::State;
use axum::response::Redirect;
use axum::routing::post;
use forewarn_domain::absence::Absence;
use forewarn_domain::ids::{AbsenceId, TeamId};
use forewarn_domain::policy::Policy;
use forewarn_store::days_off::{CalendarBook, CalendarOf};
use serde::{Deserialize, Serialize};

/// A change to the settings, with what it takes to undo it. Kept in the session of whoever made it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Change {
    /// The policy.
    Policy { before: Box<Policy>, after: Box<Policy> },
    /// An absence that was entered.
    AbsenceAdded { id: AbsenceId },
    /// An absence that was moved, or given another deputy.
    Absence { id: AbsenceId, before: Absence, after: Absence },
    /// An absence that was called off.
    AbsenceOver { before: Absence },
    /// The name, the leader and the place of a team.
    Team { id: TeamId, before: TeamFacts, after: TeamFacts },
    /// A team that was added.
    TeamAdded { id: TeamId },
    /// A team that was taken away.
    TeamRemoved { before: TeamFacts },
    /// Somebody's own calendar; `None` is that of the company.
    Calendar { of: CalendarOf, before: Option<Box<CalendarBook>>, after: Option<Box<CalendarBook>> },
}

const KEPT: &str = "settings-change";
const UNDO: &str = "/settings/undoing";

pub(super) fn routes() -> Table {
    Table::new().route(UNDO, post(undo))
}

impl Change {
    /// Says on the next page what was changed, with a way to take it back.
    pub(super) async fn say(self, me: &Me, text: impl Into<String>) -> Result<(), AppError> {
        me.keep_for_later(KEPT, &self).await?;
        me.say(text, Some(UNDO.to_owned())).await
    }

    /// The page on which it was made.
    fn page(&self) -> String {
        match self {
            Change::Policy { before, after } if before.escalation != after.escalation => {
                "/settings/escalation".to_owned()
            }
            Change::Policy { .. } => "/settings/policy".to_owned(),
            Change::Team { .. } | Change::TeamAdded { .. } | Change::TeamRemoved { .. } => {
                "/settings/teams".to_owned()
            }
            Change::AbsenceAdded { .. } | Change::Absence { .. } | Change::AbsenceOver { .. } => {
                "/settings/absences".to_owned()
            }
            Change::Calendar { of, .. } => format!("/settings/calendars/{of}"),
        }
    }

    /// Undoes it; `false` when it is not as this change left it.
    async fn undo(self, state: &AppState, me: &Me) -> Result<bool, AppError> {
        match self {
            Change::Policy { before, after } => {
                me.must_be_admin()?;
                let untouched = state.store.policy().await? == *after;
                if untouched {
                    state.store.save_policy(&before).await?;
                }
                Ok(untouched)
            }
            Change::Team { id, before, after } => teams::put_back(state, me, id, &before, &after).await,
            Change::TeamAdded { id } => {
                me.must_be_admin()?;
                Ok(state.store.remove_team(id).await?)
            }
            Change::TeamRemoved { before } => teams::bring_back(state, me, &before).await,
            Change::AbsenceAdded { id } => absences::call_off(state, me, id).await,
            Change::Absence { id, before, after } => absences::put_back(state, me, id, before, after).await,
            Change::AbsenceOver { before } => absences::enter_again(state, me, before).await,
            Change::Calendar { of, before, after } => {
                calendars::must_change(state, me, of).await?;
                let present = state.store.calendar_book(me.scope(), of, me.now).await?;
                let untouched = present == after.map(|after| *after);
                if untouched {
                    // A version further, so that deadlines are worked out anew.
                    let version = present.map_or(1, |book| book.calendar.version().saturating_add(1));
                    let before = before.map(|book| CalendarBook {
                        calendar: book.calendar.with_version(version),
                        days_off: book.days_off,
                    });
                    state.store.save_calendar_book(me.scope(), of, before.as_ref(), me.now).await?;
                }
                Ok(untouched)
            }
        }
    }
}

async fn undo(State(state): State<AppState>, me: Me) -> Result<Redirect, AppError> {
    let Some(change) = me.kept::<Change>(KEPT).await? else {
        me.say_refused("There is nothing left to undo.").await?;
        return Ok(Redirect::to("/settings"));
    };
    me.forget(KEPT).await?;
    let page = change.page();
    if change.undo(&state, &me).await? {
        me.say("Undone: it is as it was before.", None).await?;
    } else {
        me.say_refused("Somebody has changed this since, so it was not undone. Look, and change it by hand.")
            .await?;
    }
    Ok(Redirect::to(&page))
}
