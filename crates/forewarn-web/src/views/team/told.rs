//! What was told, in rows.

use super::Seen;
use crate::pages::team::{EmailedRow, ToldRow};
use crate::pages::tone::{Chip, Tone};
use crate::views::clocks::near;
use crate::views::shown::count;
use forewarn_domain::case::{Channel, EmailReason};
use forewarn_store::team_view::ToldCase;

/// So many first words by e-mail are listed at most.
const MOST: usize = 12;

/// First words that went by e-mail, newest first.
pub(super) fn emailed(seen: &Seen<'_>) -> Vec<EmailedRow> {
    let first = seen.view.told.iter().filter_map(|told| match &told.telling.channel {
        Channel::Email { reason: Some(reason) } => Some((told, reason)),
        _ => None,
    });
    let row = |(told, reason): (&ToldCase, &EmailReason)| EmailedRow {
        href: format!("/cases/{}", told.case),
        customer: told.customer_name.clone(),
        when: near(seen.wall, told.at),
        by: told.by_name.clone(),
        reason: match reason {
            EmailReason::CustomerAsked => "The customer asked for it.".to_owned(),
            EmailReason::NoAnswer => "No number worked: too many calls went unanswered.".to_owned(),
            EmailReason::NoOtherWay { why } => {
                format!("No other way in time: {}", why.for_our_people())
            }
        },
    };
    first.take(MOST).map(row).collect()
}

/// One telling.
pub(super) fn row(told: &ToldCase, seen: &Seen<'_>) -> ToldRow {
    let by = match &told.telling.channel {
        Channel::InPerson => "in person",
        Channel::Phone => "by phone",
        Channel::Email { .. } => "by e-mail",
    };
    ToldRow {
        href: format!("/cases/{}", told.case),
        customer: told.customer_name.clone(),
        when: near(seen.wall, told.at),
        says: format!("{} told {} {by}", told.by_name, told.telling.to),
        waits: format!(
            "facts {}, telling {}",
            worked(told.waits.fact_minutes),
            worked(told.waits.tell_minutes)
        ),
        notice: notice(told.notice_days),
    }
}

fn notice(days: Option<i32>) -> Chip {
    let count = |days: i32| count(days.unsigned_abs().into(), "working day", "working days");
    match days {
        None => Chip::new("no date was promised", Tone::Quiet),
        Some(days @ 1..) => Chip::new(format!("{}’ notice", count(days)), Tone::Good),
        Some(0) => Chip::new("no notice", Tone::Watch),
        Some(days) => Chip::new(format!("{} too late", count(days)), Tone::Urgent),
    }
}

/// Working time at a glance: "40 min", "1 h 10 min", "43 h".
pub(super) fn worked(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours @ 1..10, minutes @ 1..) => format!("{hours} h {minutes} min"),
        (hours, _) => format!("{hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::worked;

    #[test]
    fn long_waits_are_read_in_hours() {
        assert_eq!(
            [worked(40), worked(60), worked(70), worked(43 * 60 + 10)],
            ["40 min", "1 h", "1 h 10 min", "43 h"]
        );
    }
}
