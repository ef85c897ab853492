//! Any bytes as a calendar file: days within the years that were asked for, or a refusal.

use forewarn_feeds::ics::days_off;
use jiff::civil::date;

pub(crate) fn read(bytes: &[u8]) {
    if let Ok(found) = days_off(bytes, date(2026, 1, 1)..=date(2028, 12, 31)) {
        assert!(found.days.keys().all(|day| (2026..=2028).contains(&day.year())));
    }
}
