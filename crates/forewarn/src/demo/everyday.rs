//! The everyday business around the stories: orders that come, move a little, and arrive.

use super::company::{Customer, Item};
use super::days::Days;
use super::orders::{Line, REPORTS, shown_after};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};

/// Orders of all customers with `count` lines together; the same on every run.
pub(super) fn lines(days: &Days, customers: &[Customer], items: &[Item], count: usize) -> Vec<Line> {
    let mut random = StdRng::seed_from_u64(44_710);
    let mut lines = Vec::with_capacity(count);
    let mut order = 41_203;
    while lines.len() < count {
        for customer in customers {
            order += random.random_range(1..=3);
            let size = random.random_range(1..=4);
            lines
                .extend((1..=size).filter_map(|n| line(days, customer, items, (order, 10 * n), &mut random)));
        }
    }
    lines.truncate(count);
    move_a_little(days, customers, &mut lines, &mut random);
    lines
}

/// A line that is promised some weeks after it is first shown, and arrives in time if that day has passed.
fn line(
    days: &Days,
    customer: &Customer,
    items: &[Item],
    key: (u32, u32),
    random: &mut StdRng,
) -> Option<Line> {
    let item = items.choose(random)?;
    let quantity = if item.price > 10_000 { random.random_range(1..=8) } else { random.random_range(4..=60) };
    let since = *[REPORTS[0], REPORTS[0], REPORTS[0], 30, 20, 15, 10, 6, 4, 2].choose(random)?;
    let due = random.random_range(8 - since..=45);
    let promised = days.day(due);
    let mut line = Line::new(customer.name, key, item.number, quantity, promised);
    line.since = since;
    line.requested = days.after(promised, -random.random_range(0..=3));
    if due < 0 {
        let on = (due + *[-2, -1, 0, 0, 0, 0, 0, 1].choose(random)?).min(-1);
        line = line.arrived(shown_after(-on), days.day(on));
    }
    Some(line)
}

/// Moves inside the tolerance, which are listed and never news; and a few dates that come forward.
fn move_a_little(days: &Days, customers: &[Customer], lines: &mut [Line], random: &mut StdRng) {
    let tolerant = |name: &str| {
        let customer = customers.iter().find(|customer| customer.name == name);
        customer.is_some_and(|customer| customer.settings.tolerance_days.is_none_or(|days| days >= 2))
    };
    let far = days.ahead(10);
    let mut steady: Vec<&mut Line> = lines
        .iter_mut()
        .filter(|line| line.since >= 6 && line.promised >= far && tolerant(line.customer))
        .collect();
    for (index, line) in steady.iter_mut().step_by(7).enumerate().take(QUIET + EARLIER) {
        let report = REPORTS[REPORTS.len() - random.random_range(1..=5)];
        let by = if index < QUIET { random.random_range(1..=2) } else { -2 };
        line.moves.push((report, Some(days.after(line.promised, by))));
    }
}

const QUIET: usize = 15;
const EARLIER: usize = 4;
