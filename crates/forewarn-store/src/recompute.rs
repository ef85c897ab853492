//! Whose clocks are to be set anew, and why: asked for where something changes, done by the tick.

use crate::db::{Json, Tx, binds};
use crate::error::Result;
use forewarn_domain::escalation::Because;
use forewarn_domain::ids::{CustomerId, PersonId, TeamId};

/// Whose open cases are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Those that this person owns, or acts in as a deputy.
    Person(PersonId),
    /// Those of everybody in this team.
    Team(TeamId),
    /// Those of this customer.
    Customer(CustomerId),
    /// All.
    All,
}

/// Asks for it, in the transaction of the change.
pub(crate) async fn ask(tx: &Tx, whose: Whose, because: Because) -> Result<()> {
    let (whose, id) = match whose {
        Whose::Person(PersonId(id)) => ("person", Some(id)),
        Whose::Team(TeamId(id)) => ("team", Some(id)),
        Whose::Customer(CustomerId(id)) => ("customer", Some(id)),
        Whose::All => ("all", None),
    };
    let sql = "INSERT INTO recompute (whose, of_id, because) VALUES (?, ?, ?)";
    tx.execute(sql, binds![whose, id, Json(because)]).await?;
    Ok(())
}
