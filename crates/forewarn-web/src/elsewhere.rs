//! Signing in through the company's own provider: what is set up, and whom its word lets in.

use crate::client::Client;
use crate::error::AppError;
use crate::links;
use crate::state::AppState;
use forewarn_domain::ids::{PersonId, TeamId};
use forewarn_domain::people::Role;
use forewarn_outreach::oidc::{Identity, OidcTrouble, Provider, Ticket};
use forewarn_store::people::{AddFailed, NewPerson, Person};
use forewarn_store::security_log::What;
use jiff::Timestamp;

/// Signing in elsewhere, as whoever runs the program has set it up.
#[derive(Debug)]
pub struct Elsewhere {
    /// Talks to the provider.
    pub provider: Provider,
    /// What the button says: "Sign in with …".
    pub name: String,
    /// Whether this is the only way in: no passwords.
    pub only: bool,
    /// Whether somebody who has no account here gets one, as a rep. Otherwise nobody does.
    pub add_people: bool,
}

/// Why somebody whom the provider knows is not let in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotLetIn {
    #[error("Your company’s sign-in gave no e-mail address that it has made sure of. Ask whoever runs it.")]
    NotVerified,
    #[error("There is no account here for {0}. Ask an admin of Forewarn to add you.")]
    NoAccount(String),
    #[error("Your account here is disabled. Ask an admin of Forewarn.")]
    Disabled,
    #[error(
        "The account of {0} belongs to somebody else at your company’s sign-in. Ask an admin of Forewarn."
    )]
    SomebodyElse(String),
}

impl NotLetIn {
    /// What is said when the sign-in itself came to nothing. The log has the cause.
    pub(crate) fn in_words(trouble: &OidcTrouble) -> &'static str {
        match trouble {
            OidcTrouble::Unusable(_) => {
                "Your company’s sign-in can’t be reached at present. Try again in a minute, or ask whoever runs it."
            }
            OidcTrouble::Refused(_) => "Your company’s sign-in did not let you in. Try again.",
            OidcTrouble::NotOurs => "This sign-in was begun elsewhere, or too long ago. Begin again here.",
            OidcTrouble::Untrusted(_) => {
                "The answer of your company’s sign-in can’t be trusted. Try again; if it stays, ask whoever runs it."
            }
        }
    }
}

/// Numbers for one sign-in that nobody can guess.
pub(crate) fn ticket(state: &AppState) -> Ticket {
    let number = || links::token(state.fresh_ids());
    Ticket { state: number(), nonce: number(), verifier: number() }
}

/// Whom the provider's word lets in: whoever is known by it; or else the person with this address, if the
/// provider has made sure of it, who is known by it from now on.
pub(crate) async fn person(
    state: &AppState,
    client: &Client,
    identity: &Identity,
    add_people: bool,
    now: Timestamp,
) -> Result<Result<Person, NotLetIn>, AppError> {
    let store = &state.store;
    if let Some(id) = store.person_by_identity(&identity.issuer, &identity.subject).await? {
        let person = store.person(id).await?.ok_or(AppError::NotFound)?;
        return Ok(if person.disabled_at.is_some() { Err(NotLetIn::Disabled) } else { Ok(person) });
    }
    let Some(email) = identity.email.as_deref().filter(|_| identity.email_verified) else {
        return Ok(Err(NotLetIn::NotVerified));
    };
    let person = match store.person_by_email(email).await? {
        Some(person) if person.disabled_at.is_some() => return Ok(Err(NotLetIn::Disabled)),
        Some(person) => person,
        None if add_people => match add(state, client, identity, email, now).await? {
            Some(person) => person,
            None => return Ok(Err(NotLetIn::NoAccount(email.to_owned()))),
        },
        None => return Ok(Err(NotLetIn::NoAccount(email.to_owned()))),
    };
    let linked = client.event(What::IdentityLinked, Some(person.id), now);
    if store.link_identity(person.id, &identity.issuer, &identity.subject, &linked).await? {
        Ok(Ok(person))
    } else {
        Ok(Err(NotLetIn::SomebodyElse(email.to_owned())))
    }
}

/// Adds somebody as a rep of the first team; `None` if their address is none.
async fn add(
    state: &AppState,
    client: &Client,
    identity: &Identity,
    email: &str,
    now: Timestamp,
) -> Result<Option<Person>, AppError> {
    let team = state.store.teams().await?.first().map_or(TeamId(1), |team| team.id);
    let before_the_at = email.split('@').next().unwrap_or_default();
    let name = identity.name.as_deref().unwrap_or(before_the_at).to_owned();
    let new = NewPerson { email: email.to_owned(), name, role: Role::Rep, team, phone: None, zone: None };
    let id: PersonId = match state.store.add_person(new, now).await {
        Ok(id) => id,
        Err(AddFailed::Store(error)) => return Err(error.into()),
        Err(AddFailed::EmailTaken(_) | AddFailed::NoEmail(_)) => return Ok(None),
    };
    state.store.note_security(&client.event(What::AddedFromElsewhere, Some(id), now)).await?;
    Ok(state.store.person(id).await?)
}
