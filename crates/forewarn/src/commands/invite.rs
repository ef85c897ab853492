//! Links that work once, as commands print them.

use crate::clock;
use anyhow::Result;
use forewarn_domain::ids::PersonId;
use forewarn_store::Store;
use forewarn_store::links::Link;
use forewarn_store::security_log::{SecurityEvent, What};
use forewarn_web::links;
use jiff::Timestamp;

/// The path of a link that creates the first admin.
pub(crate) async fn to_set_up(store: &Store, now: Timestamp) -> Result<String> {
    Ok(format!("/setup/{}", add(store, links::SETUP, None, now).await?))
}

/// The path of a link with which a person chooses a password.
pub(crate) async fn to_choose_a_password(store: &Store, person: PersonId, now: Timestamp) -> Result<String> {
    Ok(format!("/password/{}", add(store, links::PASSWORD, Some(person), now).await?))
}

/// The path of a link with which somebody chooses another password. Those made for them before work no more.
pub(crate) async fn to_choose_another_password(
    store: &Store,
    person: PersonId,
    now: Timestamp,
) -> Result<String> {
    let token = links::token(&clock::fresh_ids());
    let (purpose, expires_at) = (links::PASSWORD.to_owned(), now + links::RESET_GOOD_FOR);
    let link = Link { purpose, person: Some(person), expires_at };
    store.add_password_link(&links::hash(&token), &link, &from_here(What::LinkMade, person, now)).await?;
    Ok(format!("/password/{token}"))
}

/// Something that whoever runs the program did to a person, on the command line.
pub(crate) fn from_here(what: What, person: PersonId, at: Timestamp) -> SecurityEvent {
    let device = "the command line".to_owned();
    SecurityEvent { device, ..SecurityEvent::without_browser(what, person, at) }
}

async fn add(store: &Store, purpose: &str, person: Option<PersonId>, now: Timestamp) -> Result<String> {
    let token = links::token(&clock::fresh_ids());
    let expires_at = now + links::GOOD_FOR;
    store.add_link(&links::hash(&token), &Link { purpose: purpose.to_owned(), person, expires_at }).await?;
    Ok(token)
}
