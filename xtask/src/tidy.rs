//! The rules of the repository, run as code. A rule is one file; the registry is [`RULES`].

mod arrows;
mod dependencies;
mod formulas;
mod length;
mod links;
mod migrations;
mod names;
mod proofs;
mod sources;
mod sql;
mod supply;
mod unfinished;

use anyhow::Result;

use crate::test_run::Tally;
use sources::Sources;

/// A rule: what it promises, and what breaks it.
struct Rule {
    name: &'static str,
    promise: &'static str,
    check: fn(&Sources) -> Result<Vec<Violation>>,
}

/// Every rule, in the order in which they are checked.
const RULES: &[Rule] = &[
    arrows::RULE,
    names::RULE,
    dependencies::RULE,
    length::RULE,
    unfinished::RULE,
    migrations::RULE,
    sql::RULE,
    links::RULE,
    formulas::RULE,
    proofs::RULE,
    supply::RULE,
];

/// Where a rule is broken, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
struct Violation {
    place: String,
    what: String,
}

impl Violation {
    fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }
}

/// Checks every rule and says whether all hold.
pub(crate) fn run() -> Result<bool> {
    let tally = tally()?;
    println!("{tally}");
    Ok(tally.failed == 0)
}

/// Checks every rule, prints how each fares, and counts them.
pub(crate) fn tally() -> Result<Tally> {
    let sources = Sources::of_the_repository()?;
    let mut tally = Tally::default();
    for rule in RULES {
        let violations = (rule.check)(&sources)?;
        tally += Tally::one_check(violations.is_empty());
        let mark = if violations.is_empty() { "holds" } else { "BROKEN" };
        println!("{mark:>6}  {}: {}", rule.name, rule.promise);
        for violation in violations {
            println!("        {}: {}", violation.place, violation.what);
        }
    }
    Ok(tally)
}
