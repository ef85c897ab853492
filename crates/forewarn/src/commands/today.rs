//! `forewarn today`.

use super::say;
use crate::cli::{Common, Today};
use crate::clock;
use anyhow::Result;
use comfy_table::{Table, presets::UTF8_HORIZONTAL_ONLY};
use forewarn_domain::people::Scope;
use forewarn_store::today::{TodayOwner, TodayRow};
use jiff::Timestamp;
use serde::Serialize;
use std::process::ExitCode;

/// Prints the list of Today, for everybody or for one owner.
pub(crate) async fn run(common: &Common, today: &Today) -> Result<ExitCode> {
    let store = super::open(common).await?;
    let now = clock::now();
    // Time alone makes news; where no server runs, nobody else has noticed.
    store.tick(now).await?;
    let list = store.today(Scope::Program, now).await?;
    let mine = |row: &&TodayRow| today.owner.as_deref().is_none_or(|owner| is_owner(&row.owner, owner));
    let rows: Vec<Shown> = list.rows.iter().filter(mine).map(Shown::of).collect();
    if today.json {
        say(&serde_json::to_string(&rows)?);
    } else if rows.is_empty() {
        say("Nobody is waiting to hear from you.");
    } else {
        say(&table(&rows).to_string());
    }
    Ok(ExitCode::SUCCESS)
}

/// A row as JSON and as text.
#[derive(Debug, Serialize)]
struct Shown {
    section: &'static str,
    customer: String,
    /// E-mail address; else the owner as the report writes it; else the team whose inbox it lies in.
    owner: String,
    lines: u32,
    orders: usize,
    worst_slip_days: i32,
    no_date: bool,
    can_act_days: Option<i32>,
    severity: u8,
    known_at: Timestamp,
    firm_at: Option<Timestamp>,
    tell_by: Option<Timestamp>,
    told: u32,
    repeat: bool,
}

impl Shown {
    fn of(row: &TodayRow) -> Self {
        let TodayOwner { email, name, .. } = &row.owner;
        Self {
            section: row.section.name(),
            customer: row.customer_name.clone(),
            owner: email.as_ref().unwrap_or(name).clone(),
            lines: row.lines,
            orders: row.orders.len(),
            worst_slip_days: row.worst_slip_days,
            no_date: row.no_date,
            can_act_days: row.can_act_days,
            severity: row.severity,
            known_at: row.known_at,
            firm_at: row.firm_at,
            tell_by: row.tell_by,
            told: row.told,
            repeat: row.is_repeat(),
        }
    }
}

fn is_owner(owner: &TodayOwner, asked: &str) -> bool {
    let asked = asked.trim().to_lowercase();
    let email = owner.email.as_ref().is_some_and(|email| email.to_lowercase() == asked);
    email || owner.name.to_lowercase() == asked
}

fn table(rows: &[Shown]) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY);
    table.set_header(["", "Customer", "Lines", "Worst slip", "They can still act", "Told", "Owner"]);
    let mut section = "";
    for row in rows {
        let first = if row.section == section { "" } else { row.section };
        section = row.section;
        table.add_row([
            first.to_owned(),
            if row.repeat { format!("{} (again)", row.customer) } else { row.customer.clone() },
            format!("{} in {} orders", row.lines, row.orders),
            if row.no_date { "no date".to_owned() } else { format!("+{} days", row.worst_slip_days) },
            can_act(row.can_act_days),
            format!("{}/{}", row.told, row.lines),
            row.owner.clone(),
        ]);
    }
    table
}

fn can_act(days: Option<i32>) -> String {
    match days {
        None => String::new(),
        Some(1) => "1 day".to_owned(),
        Some(days) if days >= 0 => format!("{days} days"),
        Some(days) => format!("passed {} days ago", -days),
    }
}
