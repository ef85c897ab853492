//! Moves inside a tolerance.

use super::promises::{expected, item, order, promised};
use super::shown::{Wall, count};
use crate::pages::shell::Shell;
use crate::pages::today::{QuietPage, QuietRow};
use forewarn_domain::slip::Slip;
use forewarn_store::promises::PromiseRow;

/// The list.
pub(crate) fn list(shell: Shell, moved: &[PromiseRow], wall: &Wall) -> QuietPage {
    let row = |found: &PromiseRow| QuietRow {
        href: format!("/promises/{}", found.promise.id),
        order: order(&found.promise),
        customer: found.customer_name.clone(),
        item: item(&found.promise),
        promised: promised(found.promise.promised, wall),
        expected: expected(&found.promise, wall),
        moved: by(found.slip),
    };
    QuietPage { shell, rows: moved.iter().map(row).collect() }
}

fn by(slip: Slip) -> String {
    let days = slip.days().unwrap_or_default();
    format!("+{}", count(u64::from(days.unsigned_abs()), "day", "days"))
}
