//! What a person may see, as a condition of every query.

use crate::db::{Value, binds};
use forewarn_domain::ids::PersonId;
use forewarn_domain::people::Scope;
use jiff::Timestamp;

/// A condition and the values of its `?`.
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

impl Condition {
    fn new(sql: impl Into<String>, values: Vec<Value>) -> Self {
        Self { sql: sql.into(), values }
    }
}

/// Which cases, as rows `k` of `cases`, with their conversations.
pub(crate) fn cases(scope: Scope, now: Timestamp) -> Condition {
    match scope {
        Scope::Rep { person, team } => Condition::new(
            format!("(k.owner_id = ? OR k.inbox_team_id = ? OR k.owner_id IN ({DEPUTISED}))"),
            [binds![person, team], deputised(person, now)].concat(),
        ),
        Scope::Leader { person, team } => {
            Condition::new("(k.team_id = ? OR k.owner_id = ?)", binds![team, person])
        }
        Scope::SupplyOwner { .. } => Condition::new("1 = 0", Vec::new()),
        Scope::Admin { .. } | Scope::Program => Condition::new("1 = 1", Vec::new()),
    }
}

/// Whose record, as rows `w` of `person`: what they have to tell, and what they have told.
pub(crate) fn people(scope: Scope) -> Condition {
    match scope {
        Scope::Rep { person, .. } => Condition::new("w.id = ?", binds![person]),
        Scope::Leader { person, team } => {
            Condition::new("(w.team_id = ? OR w.id = ?)", binds![team, person])
        }
        Scope::SupplyOwner { .. } => Condition::new("1 = 0", Vec::new()),
        Scope::Admin { .. } | Scope::Program => Condition::new("1 = 1", Vec::new()),
    }
}

/// Which customers, and through them their promises, as rows `c` of `customer`.
pub(crate) fn customers(scope: Scope, now: Timestamp) -> Condition {
    match scope {
        Scope::Rep { person, team } => Condition::new(
            format!(
                "(c.owner_id = ? OR (c.owner_id IS NULL AND c.team_id = ?) OR c.owner_id IN ({DEPUTISED}) \
                 OR c.id IN (SELECT customer_id FROM cases WHERE owner_id = ? AND closed_at IS NULL))"
            ),
            [binds![person, team], deputised(person, now), binds![person]].concat(),
        ),
        Scope::Leader { person, team } => {
            Condition::new("(c.team_id = ? OR c.owner_id = ?)", binds![team, person])
        }
        Scope::SupplyOwner { .. } | Scope::Admin { .. } | Scope::Program => {
            Condition::new("1 = 1", Vec::new())
        }
    }
}

const DEPUTISED: &str = "SELECT person_id FROM deputy WHERE deputy_id = ? AND from_at <= ? AND until_at > ?";

fn deputised(deputy: PersonId, now: Timestamp) -> Vec<Value> {
    binds![deputy, now, now]
}
