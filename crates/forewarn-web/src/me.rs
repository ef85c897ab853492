//! Who asks. A handler that takes a [`Me`] is for people who have signed in; others are sent to do so.

use crate::error::AppError;
use crate::pages::shell::{self, Entries, Flash, Place, Shell};
use crate::session::PERSON;
use crate::state::{AppState, Mode};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use forewarn_domain::ids::PersonId;
use forewarn_domain::people::{Role, Scope};
use forewarn_store::people::Person;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

/// The person who has signed in.
#[derive(Debug, Clone)]
pub(crate) struct Me {
    /// Who they are.
    pub(crate) person: Person,
    /// When they ask.
    pub(crate) now: Timestamp,
    session: Session,
    /// How many changes there had been when they asked: what they see may be as old as that.
    changes: u64,
    /// Whether a page is opened, not fetched by a script on another one.
    opens_page: bool,
}

const FLASH: &str = "flash";
const USED: &str = "used";
/// A session that is used is saved again after so many seconds, not on every page.
const SAVE_AFTER: i64 = 600;

impl Me {
    /// Whoever the session belongs to, if they may still come in.
    pub(crate) async fn of(state: &AppState, session: Session) -> Result<Option<Self>, AppError> {
        let Some(id) = session.get::<i64>(PERSON).await? else { return Ok(None) };
        let person = state.store.person(PersonId(id)).await?;
        let person = person.filter(|person| person.disabled_at.is_none());
        Ok(person.map(|person| Self {
            person,
            now: state.now(),
            session,
            changes: *state.store.changes().borrow(),
            opens_page: true,
        }))
    }

    /// Signs somebody in: a new token, so that one that was known before is worth nothing.
    pub(crate) async fn sign_in(session: &Session, person: PersonId) -> Result<(), AppError> {
        session.cycle_id().await?;
        session.insert(PERSON, person.0).await?;
        Ok(())
    }

    /// What they may see.
    pub(crate) fn scope(&self) -> Scope {
        self.person.scope()
    }

    /// Whether they are an admin.
    pub(crate) fn is_admin(&self) -> bool {
        self.person.role == Role::Admin
    }

    /// Only for admins.
    pub(crate) fn must_be_admin(&self) -> Result<(), AppError> {
        let why = "This is for admins. Ask one of them.";
        if self.is_admin() { Ok(()) } else { Err(AppError::Forbidden(why.to_owned())) }
    }

    /// Whether they lead others: then they may ask, join, take over and check.
    pub(crate) fn leads(&self) -> bool {
        matches!(self.person.role, Role::Leader | Role::Admin)
    }

    /// Only for leaders.
    pub(crate) fn must_lead(&self) -> Result<(), AppError> {
        let why = "This is for leaders. What yours sees about you is in the menu under your name.";
        if self.leads() { Ok(()) } else { Err(AppError::Forbidden(why.to_owned())) }
    }

    /// Only for those who see conversations: to others there is nothing here.
    pub(crate) fn must_see_conversations(&self) -> Result<(), AppError> {
        if self.scope().sees_conversations() { Ok(()) } else { Err(AppError::NotFound) }
    }

    /// The frame of a page at `place`, with what the last act left to say. That is said once, to the person:
    /// a script that fetches the page does not use it up.
    pub(crate) async fn shell(&self, state: &AppState, place: Place) -> Result<Shell, AppError> {
        let kept: Option<KeptFlash> = if self.opens_page { self.session.remove(FLASH).await? } else { None };
        let flash = kept.map(|KeptFlash { text, refused, undo }| Flash { text, refused, undo });
        let unseen = Some(state.store.count_unseen(self.person.id).await?);
        Ok(Shell { place, flash, unseen, ..self.bare_shell(state) })
    }

    /// The frame without that, for a page which is not the one that was asked for.
    pub(crate) fn bare_shell(&self, state: &AppState) -> Shell {
        let role = self.person.role;
        Shell {
            place: Place::Elsewhere,
            me: Some(shell::Me {
                id: self.person.id.to_string(),
                name: self.person.name.clone(),
                initials: initials(&self.person.name),
                role: role.name().to_owned(),
                imports: may_import(role),
                admin: self.is_admin(),
                leads: self.leads(),
                told: self.scope().sees_conversations(),
            }),
            flash: None,
            demo: state.mode == Mode::Demo,
            read_only: None,
            live: Some(format!("/events?since={}", self.changes)),
            unseen: None,
            search: String::new(),
            entries: Entries::new(state.fresh()),
        }
    }

    /// What the session keeps under `key`.
    pub(crate) async fn kept<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, AppError> {
        Ok(self.session.get(key).await?)
    }

    /// Keeps something in the session, on the server, until they sign out.
    pub(crate) async fn keep_for_later(&self, key: &str, value: &impl Serialize) -> Result<(), AppError> {
        Ok(self.session.insert(key, value).await?)
    }

    /// Forgets what the session keeps under `key`.
    pub(crate) async fn forget(&self, key: &str) -> Result<(), AppError> {
        self.session.remove_value(key).await?;
        Ok(())
    }

    /// Says `text` on the next page, with a way to take the act back, if there is one.
    pub(crate) async fn say(&self, text: impl Into<String>, undo: Option<String>) -> Result<(), AppError> {
        self.keep(KeptFlash { text: text.into(), refused: false, undo }).await
    }

    /// Says on the next page why something was not done.
    pub(crate) async fn say_refused(&self, text: impl Into<String>) -> Result<(), AppError> {
        self.keep(KeptFlash { text: text.into(), refused: true, undo: None }).await
    }

    async fn keep(&self, flash: KeptFlash) -> Result<(), AppError> {
        Ok(self.session.insert(FLASH, flash).await?)
    }

    async fn mark_used(&self) -> Result<(), AppError> {
        let used: Option<i64> = self.session.get(USED).await?;
        let now = self.now.as_second();
        if used.is_none_or(|used| now - used > SAVE_AFTER) {
            self.session.insert(USED, now).await?;
        }
        Ok(())
    }
}

/// Whether a browser asks in order to show the answer as a page. Old ones don't say: then it is taken as one.
fn opens_page(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-mode").is_none_or(|mode| mode == "navigate")
}

/// Who may import reports.
pub(crate) fn may_import(role: Role) -> bool {
    matches!(role, Role::Admin | Role::Leader)
}

/// "JE" for Jon Eide.
pub(crate) fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = letters.next();
    first.into_iter().chain(letters.next_back()).flat_map(char::to_uppercase).collect()
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptFlash {
    text: String,
    refused: bool,
    undo: Option<String>,
}

impl FromRequestParts<AppState> for Me {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let session = Session::from_request_parts(parts, state).await;
        let session = session.map_err(|(_, why)| AppError::Ours(why.to_owned()))?;
        let onward = if parts.method == Method::GET { parts.uri.to_string() } else { String::new() };
        let mut me = Self::of(state, session).await?.ok_or(AppError::SignIn(onward))?;
        me.opens_page = opens_page(&parts.headers);
        // Saving a session waits for an import that is being written; looking at a page must not.
        if !state.progress.is_running() {
            me.mark_used().await?;
        }
        Ok(me)
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_the_first_and_the_last() {
        assert_eq!(initials("Jon Eide"), "JE");
        assert_eq!(initials("Anna Maria von Halvorsen"), "AH");
        assert_eq!(initials("åsa"), "Å");
        assert_eq!(initials(" "), "");
    }
}
