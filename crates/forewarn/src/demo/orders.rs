//! Order lines, and what the ERP says of each, report by report.

use super::company::{Customer, Item};
use super::days::Days;
use anyhow::{Context as _, Result};
use forewarn_domain::amount::Amount;
use forewarn_domain::fact::{LineKey, LineStatus, OrderLine, StatedDate};
use jiff::civil::Date;

/// The reports, by the working days that they lie before the newest: weekly at first, then every morning.
pub(super) const REPORTS: [i32; 15] = [40, 30, 25, 20, 15, 12, 10, 8, 6, 5, 4, 3, 2, 1, 0];

/// One order line with its way through the reports.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) customer: &'static str,
    pub(super) key: LineKey,
    pub(super) item: &'static str,
    pub(super) quantity: i64,
    pub(super) requested: Date,
    pub(super) promised: Date,
    /// The first report that shows it.
    pub(super) since: i32,
    /// From which report on another date is expected; `None` for no date.
    pub(super) moves: Vec<(i32, Option<Date>)>,
    /// Which report shows that it has arrived, and when it did.
    pub(super) arrived: Option<(i32, Date)>,
}

impl Line {
    /// A line that the first report shows, and that nothing has happened to.
    pub(super) fn new(
        customer: &'static str,
        (order, line): (u32, u32),
        item: &'static str,
        quantity: i64,
        promised: Date,
    ) -> Self {
        Self {
            customer,
            key: key(order, line),
            item,
            quantity,
            requested: promised,
            promised,
            since: REPORTS[0],
            moves: Vec::new(),
            arrived: None,
        }
    }

    /// The same line, for which another date is expected from a report on.
    pub(super) fn moved(mut self, report: i32, to: Option<Date>) -> Self {
        self.moves.push((report, to));
        self
    }

    /// The same line, arrived as a report shows.
    pub(super) fn arrived(mut self, report: i32, on: Date) -> Self {
        self.arrived = Some((report, on));
        self
    }

    /// What a report says of it; nothing before it was ordered and once its arrival has been reported.
    fn said(&self, report: i32) -> Option<(StatedDate, StatedDate, LineStatus)> {
        let gone = self.arrived.is_some_and(|(shown, _)| report < shown);
        if report > self.since || gone {
            return None;
        }
        let last = self.moves.iter().filter(|(since, _)| report <= *since).min_by_key(|(since, _)| *since);
        let expected = match last {
            None => StatedDate::On(self.promised),
            Some((_, Some(date))) => StatedDate::On(*date),
            Some((_, None)) => StatedDate::Blank,
        };
        Some(match self.arrived.filter(|(shown, _)| report == *shown) {
            Some((_, on)) => (expected, StatedDate::On(on), LineStatus::Delivered),
            None => (expected, StatedDate::Blank, LineStatus::Open),
        })
    }
}

/// The number of an order line, as Norpump's ERP writes it.
pub(super) fn key(order: u32, line: u32) -> LineKey {
    LineKey { order: format!("SO-{order}"), line: line.to_string(), schedule: String::new() }
}

/// The rows of one report.
pub(super) fn report(
    lines: &[Line],
    customers: &[Customer],
    items: &[Item],
    report: i32,
) -> Result<Vec<OrderLine>> {
    let shown = lines.iter().filter_map(|line| Some((line, line.said(report)?)));
    shown
        .map(|(line, (expected, delivered, status))| {
            let customer = customers.iter().find(|customer| customer.name == line.customer);
            let customer = customer.with_context(|| format!("no customer {}", line.customer))?;
            let item = items.iter().find(|item| item.number == line.item);
            let item = item.with_context(|| format!("no item {}", line.item))?;
            Ok(OrderLine {
                key: line.key.clone(),
                customer: line.customer.to_owned(),
                contact: Some(customer.contact.to_owned()),
                phone: customer.settings.phone.clone(),
                email: customer.settings.email.clone(),
                owner: Some(customer.owner.clone()),
                item: Some(item.number.to_owned()),
                description: Some(item.description.to_owned()),
                quantity: Some(Amount::whole(line.quantity)),
                unit: Some(item.unit.to_owned()),
                value: Some(Amount::whole(in_currency(line.quantity * item.price, customer.currency))),
                currency: Some(customer.currency.to_owned()),
                requested: StatedDate::On(line.requested),
                promised: StatedDate::On(line.promised),
                expected,
                delivered,
                status,
            })
        })
        .collect()
}

/// The report before which something of that day is known: the first that came later.
pub(super) fn shown_after(days_back: i32) -> i32 {
    REPORTS.into_iter().filter(|report| *report < days_back).max().unwrap_or(0)
}

/// A file name as the nightly job of the ERP gives it.
pub(super) fn file_name(days: &Days, report: i32) -> String {
    format!("open-orders-{}.csv", days.day(-report))
}

/// List prices are in kroner; a rough rate is exact enough for a demo.
fn in_currency(kroner: i64, currency: &str) -> i64 {
    match currency {
        "EUR" => kroner / 12,
        "GBP" => kroner / 14,
        "USD" => kroner / 11,
        "DKK" => kroner * 10 / 16,
        _ => kroner,
    }
}
