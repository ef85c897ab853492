//! `/settings/chat`: where notices are posted besides mail. Everybody has their own; a leader that of the team,
//! admins those of all teams and the networks that may be reached.

use super::frame;
use crate::client::Client;
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::settings::{ChatPage, Section};
use crate::routes::wall::wall;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::settings::chat::{self as view, Held, Refused};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::ids::{PersonId, TeamId};
use forewarn_domain::notice::ChatTarget;
use forewarn_domain::people::Role;
use forewarn_store::security_log::{SecurityEvent, What};
use forewarn_store::settings::chat::ChatSettings;
use forewarn_store::settings::trials::TrialOf;

const PAGE: &str = "/settings/chat";

pub(super) fn routes() -> Table {
    Table::new()
        .route(PAGE, get(show))
        .route("/settings/chat/networks", post(networks))
        .route("/settings/chat/{whose}", post(save))
        .route("/settings/chat/{whose}/trial", post(try_it))
        .route("/settings/chat/{whose}/removal", post(remove))
}

/// Whose chat.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Person(PersonId),
    Team(TeamId),
}

impl Whose {
    /// Reads "person-4" or "team-1", for those who may change that one; to others it isn't there.
    fn read(me: &Me, text: &str) -> Result<Self, AppError> {
        let (what, id) = text.split_once('-').ok_or(AppError::NotFound)?;
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        let whose = match what {
            "person" => Self::Person(PersonId(id)),
            "team" => Self::Team(TeamId(id)),
            _ => return Err(AppError::NotFound),
        };
        if whose.is_changed_by(me) { Ok(whose) } else { Err(AppError::NotFound) }
    }

    fn is_changed_by(self, me: &Me) -> bool {
        match self {
            Self::Person(person) => person == me.person.id,
            Self::Team(team) => me.is_admin() || (me.person.role == Role::Leader && team == me.person.team),
        }
    }

    fn key(self) -> String {
        match self {
            Self::Person(id) => format!("person-{id}"),
            Self::Team(id) => format!("team-{id}"),
        }
    }

    fn trial(self) -> TrialOf {
        match self {
            Self::Person(person) => TrialOf::PersonChat { person },
            Self::Team(team) => TrialOf::TeamChat { team },
        }
    }

    async fn target(self, state: &AppState) -> Result<Option<ChatTarget>, AppError> {
        Ok(match self {
            Self::Person(id) => state.store.person_chat(id).await?,
            Self::Team(id) => state.store.team_chat(id).await?,
        })
    }

    async fn save(
        self,
        state: &AppState,
        me: &Me,
        client: &Client,
        target: Option<&ChatTarget>,
    ) -> Result<(), AppError> {
        match self {
            Self::Person(id) => {
                state.store.save_person_chat(id, target).await?;
                let by = (id != me.person.id).then_some(me.person.id);
                let changed = SecurityEvent { by, ..client.event(What::ChatChanged, Some(id), me.now) };
                state.store.note_security(&changed).await?;
            }
            Self::Team(id) => state.store.save_team_chat(id, target).await?,
        }
        Ok(())
    }
}

async fn show(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    page(&draw(&state, &me, None).await?)
}

async fn save(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    Path(whose): Path<String>,
    typed: Typed,
) -> Result<Response, AppError> {
    let whose = Whose::read(&me, &whose)?;
    let target = match view::read(typed.get("kind"), typed.get("url")) {
        Ok(target) => target,
        Err(why) => {
            let key = whose.key();
            let shown = draw(&state, &me, Some(&(&key, typed.get("url").to_owned(), why))).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shown)?).into_response());
        }
    };
    whose.save(&state, &me, &client, Some(&target)).await?;
    me.say("Kept: notices are posted there from now on. Post a test.", None).await?;
    Ok(Redirect::to(PAGE).into_response())
}

async fn remove(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    Path(whose): Path<String>,
) -> Result<Redirect, AppError> {
    Whose::read(&me, &whose)?.save(&state, &me, &client, None).await?;
    me.say("Forgotten: nothing is posted there any more.", None).await?;
    Ok(Redirect::to(PAGE))
}

async fn try_it(
    State(state): State<AppState>,
    me: Me,
    Path(whose): Path<String>,
) -> Result<Redirect, AppError> {
    let whose = Whose::read(&me, &whose)?;
    if whose.target(&state).await?.is_none() {
        return Err(AppError::refused("Set the chat up first.", Vec::new(), PAGE));
    }
    state.store.ask_for_trial(&whose.trial(), me.now).await?;
    Ok(Redirect::to(&format!("{PAGE}#{}", whose.key())))
}

async fn networks(State(state): State<AppState>, me: Me, typed: Typed) -> Result<Response, AppError> {
    me.must_be_admin()?;
    match view::networks(typed.get("networks")) {
        Ok(allowed) => {
            state.store.save_chat_settings(&ChatSettings { allowed }).await?;
            me.say("Kept: chats in these networks can be reached.", None).await?;
            Ok(Redirect::to(PAGE).into_response())
        }
        Err(why) => {
            let networks = Some(typed.get("networks").to_owned());
            let shown = ChatPage { networks, networks_wrong: Some(why), ..draw(&state, &me, None).await? };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shown)?).into_response())
        }
    }
}

async fn draw(state: &AppState, me: &Me, refused: Option<&Refused<'_>>) -> Result<ChatPage, AppError> {
    let teams = state.store.teams().await?.into_iter().map(|team| (Whose::Team(team.id), team.name));
    let mine = (Whose::Person(me.person.id), "My own".to_owned());
    let mut chats = Vec::new();
    for (whose, name) in std::iter::once(mine).chain(teams).filter(|(whose, _)| whose.is_changed_by(me)) {
        let (target, trial) = (whose.target(state).await?, state.store.trial(&whose.trial()).await?);
        chats.push(Held { key: whose.key(), name, target, trial });
    }
    let networks =
        if me.is_admin() { Some(state.store.chat_settings().await?.allowed.join("\n")) } else { None };
    let wall = wall(state, me).await?;
    let (shell, nav) = frame(state, me, Some(Section::Chat)).await?;
    Ok(view::page(shell, nav, &chats, networks, refused, &wall))
}
