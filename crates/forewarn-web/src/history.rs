//! The history of a case in sentences, for whoever has no browser at hand: `forewarn audit case`.

use crate::pages::case::CaseHistory;
use crate::routes::cases::surroundings;
use crate::views::case::history;
use crate::views::shown::Wall;
use forewarn_domain::ids::{CaseId, PersonId, TeamId};
use forewarn_domain::people::{Role, Scope};
use forewarn_store::people::Person;
use forewarn_store::{Store, StoreError};
use jiff::Timestamp;

/// Everything on record about a case, on the company's clock; `None` if there is no such case.
///
/// # Errors
/// When the database fails.
pub async fn of_case(store: &Store, id: CaseId, now: Timestamp) -> Result<Option<CaseHistory>, StoreError> {
    let wall = Wall { now, zone: store.company().await?.calendar.zone().clone() };
    let Some(scene) = surroundings(store, Scope::Program, id, onlooker(now), wall).await? else {
        return Ok(None);
    };
    let proof = store.prove_case(Scope::Program, id, now).await?;
    Ok(Some(history(scene, &proof)))
}

/// Whoever sits at the machine that holds the data. The pages ask who looks; on paper it makes no difference.
fn onlooker(now: Timestamp) -> Person {
    Person {
        id: PersonId(0),
        email: String::new(),
        name: "Forewarn".to_owned(),
        role: Role::Admin,
        team: TeamId(0),
        phone: None,
        zone: None,
        has_password: false,
        disabled_at: None,
        created_at: now,
    }
}
