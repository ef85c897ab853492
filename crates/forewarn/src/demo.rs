//! The demo company: Norpump AS of Bergen, its customers, and some weeks in which promises were made, moved,
//! told and kept.
//!
//! Nothing is written past the rules: reports come in through the import, and people act through the acts of
//! the domain, each at its time before `now`. The same `now` makes the same demo.

mod causes;
mod company;
mod days;
mod deeds;
mod everyday;
mod orders;
mod stories;
#[cfg(test)]
mod tests;
mod timeline;

use anyhow::Result;
use days::Days;
use forewarn_store::Store;
use forewarn_store::settings::Company;
use jiff::Timestamp;
use timeline::Stage;

/// How many order lines the demo has, as far as they go; the stories are among them.
const LINES: usize = 600;

/// Fills an empty store with the demo company.
///
/// # Errors
/// When the database fails; or when a story asks for what the rules refuse, which tests rule out.
pub(crate) async fn make(store: &Store, now: Timestamp) -> Result<()> {
    let days = Days::around(now)?;
    let founded = days.at(orders::REPORTS[0] + 2, 9, 0);
    let company = Company { name: company::NAME.to_owned(), calendar: days.calendar().clone() };
    store.save_company(&company).await?;
    let people = company::add_people(store, founded).await?;
    let (customers, items) = (company::customers()?, company::items()?);
    let stories::Told { mut lines, happenings } = stories::all(&days);
    lines.extend(everyday::lines(&days, &customers, &items, LINES.saturating_sub(lines.len())));
    let stage =
        Stage { store, days: &days, people: &people, customers: &customers, items: &items, lines: &lines };
    stage.play(happenings).await?;
    store.tick(now).await?;
    Ok(())
}
