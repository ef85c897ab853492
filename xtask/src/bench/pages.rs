use std::time::Duration;

use anyhow::{Context as _, Result};
use forewarn_testing::{Forewarn, Served};

use super::http::Visitor;
use super::import::import;
use super::orders::Orders;
use super::{Setting, process::measure};

const PASSWORD: &str = "a long enough phrase for a bench";

/// A running server with the report of a company in it, and a rep of that company at the door.
pub(super) struct Company {
    visitor: Visitor,
    _served: Served,
    // Dropped last: it holds the data.
    _forewarn: Forewarn,
}

impl Company {
    /// Ten lines and one open case a customer, 50 customers a rep, whatever the size: a rep's pages show the
    /// same amount, so that only what lies below them grows.
    pub(super) fn with_lines(setting: &Setting, lines: usize) -> Result<Self> {
        let customers = (lines / 10).max(1);
        let orders =
            Orders { customers, reps: (customers / 50).max(1), ..Orders::of_lines(lines) }.dated_today();
        let file = setting.folder.path().join(format!("orders-{lines}.csv"));
        orders.write(&file)?;
        let forewarn = Forewarn::on_sqlite(&setting.program)?;
        add_rep(&forewarn, &orders.rep(0))?;
        import(&forewarn, &file, &orders.first_morning(), lines)?;
        let served = forewarn.serve()?;
        let visitor = Visitor::sign_in(&served.base, &orders.rep(0), PASSWORD)?;
        Ok(Self { visitor, _served: served, _forewarn: forewarn })
    }

    /// The address of a case on the rep's list.
    pub(super) fn a_case(&mut self) -> Result<String> {
        let (page, _) = self.visitor.get("/today")?;
        let start = page.find("/cases/").context("Today shows no case")?;
        let end = page[start..].find(['"', '?', '#']).context("Today has a link without an end")?;
        Ok(page[start..start + end].to_owned())
    }

    /// How long the page took, `times` times, after a few that do not count.
    pub(super) fn times(&mut self, path: &str, times: usize) -> Result<Vec<Duration>> {
        for _ in 0..5 {
            self.visitor.get(path)?;
        }
        (0..times).map(|_| Ok(self.visitor.get(path)?.1)).collect()
    }
}

fn add_rep(forewarn: &Forewarn, email: &str) -> Result<()> {
    let mut command = forewarn.command(["people", "add", email, "--name", "Bench Rep", "--role", "rep"]);
    command.env("FOREWARN_PASSWORD", PASSWORD);
    measure(&mut command, |code| code == 0).map(drop)
}
