//! The facts, line by line.

use super::firmness;
use crate::pages::case::LineFacts;
use crate::pages::chart::{DateWalk, WalkKind};
use crate::pages::tone::{Chip, Tone};
use crate::views::scene::{Scene, order};
use crate::views::shown::{count, money};
use forewarn_domain::case::{Agreement, CaseLine, LineEnd};
use forewarn_domain::ids::PromiseId;
use forewarn_domain::slip::Slip;
use jiff::civil::Date;

/// Every line of the case; those that slip come first.
pub(super) fn facts(scene: &Scene) -> Vec<LineFacts> {
    let mut lines: Vec<_> = scene.case().lines.iter().collect();
    lines.sort_by_key(|(id, line)| (!line.is_slipping(), !line.is_open(), **id));
    lines.into_iter().map(|(id, line)| one(scene, *id, line)).collect()
}

fn one(scene: &Scene, id: PromiseId, line: &CaseLine) -> LineFacts {
    let row = scene.row(id).map(|row| &row.promise);
    let day = |day: Option<Date>| day.map_or_else(|| "–".to_owned(), |day| scene.clocks.mine.day(day));
    let value = row.and_then(|row| Some(money(row.value?, row.currency.as_deref())));
    let figures = [Some(scene.quantity(id)).filter(|text| !text.is_empty()), value];
    let observed = scene.clocks.my_moment(line.observed_at);
    let heard = line.last_heard().filter(|_| !line.is_slipping());
    LineFacts {
        href: format!("/promises/{id}"),
        order: order(line),
        item: scene.item(id),
        amount: figures.into_iter().flatten().collect::<Vec<_>>().join(", "),
        requested: day(row.and_then(|row| row.requested)),
        first_promised: day(row.map(|row| row.first_promised)),
        promised: scene.promised(line.promised),
        expected: scene.outlook(line.outlook),
        slip: slip(scene, line),
        firmness: firmness(line.outlook),
        source: format!("{}, {observed}", scene.source(id).unwrap_or("not named")),
        told: told(line),
        understood: heard.and_then(|heard| heard.understood).map(understood),
        agreed: heard.and_then(|heard| heard.agreement).map(|agreement| agreed(scene, agreement)),
        walk: walk(scene, id, line),
    }
}

fn slip(scene: &Scene, line: &CaseLine) -> Chip {
    match line.end {
        Some(LineEnd::Delivered { on, .. }) => {
            return Chip::new(format!("arrived {}", scene.clocks.mine.day(on)), Tone::Good);
        }
        Some(LineEnd::Recovered) => return Chip::new("recovered", Tone::Good),
        Some(LineEnd::Cancelled) => return Chip::new("cancelled", Tone::Quiet),
        Some(LineEnd::Withdrawn) => return Chip::new("import undone", Tone::Quiet),
        None => {}
    }
    let days = |days: i32| format!("+{}", count(days.unsigned_abs().into(), "day", "days"));
    match line.slip {
        Slip::None => Chip::new("as promised", Tone::Good),
        Slip::Quiet { days: n } => Chip::new(format!("{}, inside tolerance", days(n)), Tone::Quiet),
        Slip::Late { days: n } => Chip::new(days(n), Tone::Urgent),
        Slip::NoDate => Chip::new("no date", Tone::Urgent),
    }
}

fn told(line: &CaseLine) -> Chip {
    match (line.told.is_empty(), line.is_slipping()) {
        (true, true) => Chip::new("not told", Tone::Urgent),
        (true, false) => Chip::new("nothing to tell", Tone::Quiet),
        (false, true) => Chip::new("told, and moved again", Tone::Urgent),
        (false, false) => Chip::new("told", Tone::Good),
    }
}

/// Whether they said it back right.
pub(super) fn understood(yes: bool) -> Chip {
    if yes { Chip::new("understood", Tone::Good) } else { Chip::new("not understood", Tone::Watch) }
}

/// What they said to it.
pub(super) fn agreed(scene: &Scene, agreement: Agreement) -> Chip {
    match agreement {
        Agreement::Agreed => Chip::new("agreed", Tone::Good),
        Agreement::Refused => Chip::new("does not agree", Tone::Urgent),
        Agreement::Thinking { answer_by: None } => Chip::new("thinks it over", Tone::Watch),
        Agreement::Thinking { answer_by: Some(day) } => {
            Chip::new(format!("thinks it over until {}", scene.clocks.mine.day(day)), Tone::Watch)
        }
    }
}

fn walk(scene: &Scene, id: PromiseId, line: &CaseLine) -> Option<DateWalk> {
    let row = scene.row(id).map(|row| &row.promise)?;
    let delivered = match line.end {
        Some(LineEnd::Delivered { on, .. }) => Some(on),
        _ => row.delivered,
    };
    let all = [
        (WalkKind::Requested, "Requested", row.requested),
        (WalkKind::FirstPromised, "first promised", Some(row.first_promised)),
        (WalkKind::Promised, "promised", line.promised.latest()),
        (WalkKind::Expected, "expected", line.outlook.latest().filter(|_| delivered.is_none())),
        (WalkKind::Delivered, "arrived", delivered),
    ];
    let dates: Vec<_> = all.iter().filter_map(|(kind, _, day)| Some((*kind, (*day)?))).collect();
    let words: Vec<_> = all
        .iter()
        .filter_map(|(_, name, day)| Some(format!("{name} {}", scene.clocks.mine.day((*day)?))))
        .collect();
    DateWalk::new(words.join(", "), &dates, scene.clocks.mine.today())
}
