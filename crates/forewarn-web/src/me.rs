//! Who asks. A handler that takes a [`Me`] is for people who have signed in; others are sent to do so.

use crate::client::Client;
use crate::error::AppError;
use crate::links;
use crate::pages::shell::{self, Entries, Flash, Place, Shell};
use crate::session::{self, PERSON, USED};
use crate::state::{AppState, Mode};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use forewarn_domain::ids::PersonId;
use forewarn_domain::people::{Role, Scope};
use forewarn_store::people::Person;
use forewarn_store::tokens::{ApiToken, TokenScope};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tower_sessions::Session;

/// The person who has signed in, or for whom a program calls.
#[derive(Debug, Clone)]
pub(crate) struct Me {
    /// Who they are.
    pub(crate) person: Person,
    /// When they ask.
    pub(crate) now: Timestamp,
    came: Came,
    /// How many changes there had been when they asked: what they see may be as old as that.
    changes: u64,
    /// Whether a page is opened, not fetched by a script on another one.
    opens_page: bool,
}

/// How they came in.
#[derive(Debug, Clone)]
enum Came {
    /// Themselves, at a browser.
    Session(Session),
    /// A program, with a token of theirs. There is no next page to say anything on, and nothing is kept.
    Token(Arc<ApiToken>),
}

const FLASH: &str = "flash";

impl Me {
    /// Whoever the session belongs to, if they may still come in.
    pub(crate) async fn of(state: &AppState, session: Session) -> Result<Option<Self>, AppError> {
        let Some(id) = session.get::<i64>(PERSON).await? else { return Ok(None) };
        let person = state.store.person(PersonId(id)).await?;
        let person = person.filter(|person| person.disabled_at.is_none());
        Ok(person.map(|person| Self {
            person,
            now: state.now(),
            came: Came::Session(session),
            changes: *state.store.changes().borrow(),
            opens_page: true,
        }))
    }

    /// The person for whom a program calls, if its token works and they may still come in.
    async fn by_token(state: &AppState, token: &str) -> Result<Self, AppError> {
        let now = state.now();
        let token = state.store.token(&links::hash(token)).await?.filter(|token| token.works(now));
        let person = match &token {
            Some(token) => state.store.person(token.person).await?,
            None => None,
        };
        let person = person.filter(|person| person.disabled_at.is_none());
        let (Some(token), Some(person)) = (token, person) else {
            let why = "This token is unknown, over, or taken back. Make a new one on the page /me/tokens.";
            return Err(AppError::no_token(why));
        };
        // Noting it waits for an import that is being written; looking must not.
        if !state.progress.is_running() {
            state.store.token_used(&token, now).await?;
        }
        let changes = *state.store.changes().borrow();
        Ok(Self { person, now, came: Came::Token(Arc::new(token)), changes, opens_page: false })
    }

    /// The token that a program has brought.
    pub(crate) fn token(&self) -> Option<&ApiToken> {
        match &self.came {
            Came::Token(token) => Some(token),
            Came::Session(_) => None,
        }
    }

    /// Whether they came with something that is good for this.
    pub(crate) fn may(&self, scope: TokenScope) -> bool {
        self.token().is_none_or(|token| token.scopes.contains(&scope))
    }

    fn session(&self) -> Option<&Session> {
        match &self.came {
            Came::Session(session) => Some(session),
            Came::Token(_) => None,
        }
    }

    /// Signs somebody in: a new token, so that one that was known before is worth nothing.
    /// Nothing of what the session held before is left either.
    pub(crate) async fn sign_in(
        session: &Session,
        person: PersonId,
        client: &Client,
        now: Timestamp,
    ) -> Result<(), AppError> {
        session.clear().await;
        session.cycle_id().await?;
        session.insert(PERSON, person.0).await?;
        session.insert(session::ADDRESS, client.address()).await?;
        session.insert(session::DEVICE, &client.device).await?;
        session.insert(USED, now.as_second()).await?;
        Ok(())
    }

    /// Goes on under a new token, after what they know or have has changed.
    pub(crate) async fn renew(&self, client: &Client) -> Result<(), AppError> {
        match self.session() {
            Some(session) => Self::sign_in(session, self.person.id, client, self.now).await,
            None => Ok(()),
        }
    }

    /// Under what the store keeps their session; `None` before it has been kept.
    pub(crate) fn session_key(&self) -> Option<String> {
        self.session()?.id().map(|id| session::key(&id))
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
        let kept: Option<KeptFlash> = match self.session().filter(|_| self.opens_page) {
            Some(session) => session.remove(FLASH).await?,
            None => None,
        };
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
            read_only: state.store.not_writable().map(|why| why.to_string()),
            live: Some(format!("/events?since={}", self.changes)),
            unseen: None,
            search: String::new(),
            entries: Entries::new(state.fresh()),
        }
    }

    /// What the session keeps under `key`.
    pub(crate) async fn kept<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, AppError> {
        match self.session() {
            Some(session) => Ok(session.get(key).await?),
            None => Ok(None),
        }
    }

    /// Keeps something in the session, on the server, until they sign out.
    pub(crate) async fn keep_for_later(&self, key: &str, value: &impl Serialize) -> Result<(), AppError> {
        match self.session() {
            Some(session) => Ok(session.insert(key, value).await?),
            None => Ok(()),
        }
    }

    /// Forgets what the session keeps under `key`.
    pub(crate) async fn forget(&self, key: &str) -> Result<(), AppError> {
        if let Some(session) = self.session() {
            session.remove_value(key).await?;
        }
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
        self.keep_for_later(FLASH, &flash).await
    }

    async fn mark_used(&self, save_after: i64) -> Result<(), AppError> {
        let Some(session) = self.session() else { return Ok(()) };
        let used: Option<i64> = session.get(USED).await?;
        let now = self.now.as_second();
        if used.is_none_or(|used| now - used > save_after) {
            session.insert(USED, now).await?;
        }
        Ok(())
    }
}

/// The token in `Bearer fw_…`; nothing, where there is none.
fn bearer(said: &str) -> &str {
    let (scheme, token) = said.trim().split_once(' ').unwrap_or_default();
    if scheme.eq_ignore_ascii_case("bearer") { token.trim() } else { "" }
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
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        if parts.uri.path().starts_with("/api/")
            && let Some(said) = parts.headers.get(header::AUTHORIZATION)
        {
            return Self::by_token(state, bearer(said.to_str().unwrap_or_default())).await;
        }
        let session = Session::from_request_parts(parts, state).await;
        let session = session.map_err(|(_, why)| AppError::Ours(why.to_owned()))?;
        let onward = if parts.method.is_safe() { parts.uri.to_string() } else { String::new() };
        let mut me = Self::of(state, session).await?.ok_or(AppError::SignIn(onward))?;
        me.opens_page = opens_page(&parts.headers);
        // Saving a session waits for an import that is being written; looking at a page must not.
        if !state.progress.is_running() {
            me.mark_used(state.sessions.save_after()).await?;
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
