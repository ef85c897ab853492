//! Open-order reports in which every line slips, and is news at once: there is no time left to wait for facts.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::company::{REPS, rep_email};
use super::rep::{Rep, is_done};
use crate::bench::clock;

/// Who is called at each customer.
pub(super) const CONTACT: &str = "Ada Holm";
/// What the columns mean, saved by the first import.
pub(super) const PROFILE: &str = "orders";
/// Conversations that a report begins.
const NEW_CASES: usize = 8;

/// A report of so many new customers, one line each.
pub(super) struct Report {
    pub(super) orders: Vec<String>,
    pub(super) text: String,
}

impl Report {
    /// The `number`-th.
    pub(super) fn new(number: usize, customers: usize) -> Result<Self> {
        let (promised, expected) = dates()?;
        let mut orders = Vec::new();
        let mut text =
            String::from("order,line,customer,contact,phone,email,owner,item,quantity,promised,expected\n");
        for index in 0..customers {
            let order = format!("SO-{number:05}-{index:03}");
            let (name, owner) = (format!("Customer {number:05} {index:03}"), rep_email(index % REPS));
            let email = format!("buyer@c{number}-{index}.customer.example");
            writeln!(
                text,
                "{order},10,{name},{CONTACT},+49 30 1234,{email},{owner},NP-40,12,{promised},{expected}"
            )?;
            orders.push(order);
        }
        Ok(Self { orders, text })
    }
}

/// What was promised, so soon that nobody can react any more, and what is expected now.
pub(super) fn dates() -> Result<(Date, Date)> {
    let today = clock::today();
    Ok((today.checked_add(2.days())?, today.checked_add(20.days())?))
}

/// Brings reports in, one after another, as long as there is work.
pub(super) fn bring_in(mut admin: Rep<'_>) -> Result<()> {
    let mut number = 1;
    while admin.notes.go_on() {
        if admin.notes.operations() >= number * EVERY {
            bring_one_in(&mut admin, &Report::new(number, NEW_CASES)?, number)?;
            number += 1;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// How long checking a report may take, with all the deaths on the way.
const CHECKED_WITHIN: Duration = Duration::from_secs(300);
/// A report for so many operations.
const EVERY: usize = 40;

fn bring_one_in(admin: &mut Rep<'_>, report: &Report, number: usize) -> Result<()> {
    admin.notes.begin();
    let file = format!("orders-{number:05}.csv");
    let entry = format!("00000000-0000-4000-8000-{number:012x}");
    let body = multipart(&[("entry", &entry), ("profile", PROFILE)], &file, &report.text);
    let uploaded =
        admin.send("/imports", &format!("multipart/form-data; boundary={BOUNDARY}"), body.as_bytes())?;
    ensure!(is_done(&uploaded), "an upload answered {}: {}", uploaded.status, uploaded.text);
    let import = uploaded.location.context("an upload leads nowhere")?;
    let check = format!("{import}/check");
    let began = Instant::now();
    loop {
        let seen = admin.look(&import)?;
        match seen.location {
            Some(onward) if onward == check => break,
            Some(onward) if onward.starts_with(&import) => {
                bail!("{file} came with a profile, and leads to {onward}")
            }
            _ => ensure!(began.elapsed() < CHECKED_WITHIN, "{file} was not checked in time: {}", seen.text),
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let confirmed =
        admin.send(&format!("{import}/confirmation"), "application/x-www-form-urlencoded", b"")?;
    let mut page = admin.notes.page();
    if is_done(&confirmed) {
        page.reports.insert(file, report.orders.clone());
    } else {
        page.refused.push(format!("{import}/confirmation: {} {}", confirmed.status, confirmed.text));
    }
    Ok(())
}

const BOUNDARY: &str = "----a-line-that-no-report-has";

fn multipart(fields: &[(&str, &str)], file: &str, text: &str) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        body +=
            &format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body += &format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file}\"\r\n\
         Content-Type: text/csv\r\n\r\n{text}\r\n--{BOUNDARY}--\r\n"
    );
    body
}
