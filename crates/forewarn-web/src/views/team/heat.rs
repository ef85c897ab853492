//! How long it took from knowing to telling, as a picture: people by age bands. By name, so that it ranks nobody.

use super::query::{Query, Wait};
use super::{Seen, told};
use crate::pages::team::{Heat, HeatCell, HeatPicture, HeatRow, Listed};
use crate::views::shown::count;
use forewarn_domain::case::Age;
use forewarn_domain::people::Role;
use forewarn_store::team_view::{Member, ToldCase};

/// Below so many tellings, chance decides.
const ENOUGH: usize = 5;

pub(super) fn heat(seen: &Seen<'_>) -> Heat {
    let query = seen.query;
    let apart = Query { apart: !query.apart, listed: None, ..query.clone() };
    let label = if query.apart { "Show both waits as one" } else { "Show what they were waiting for" };
    let waits: &[Wait] = if query.apart { &[Wait::Facts, Wait::Telling] } else { &[Wait::Whole] };
    let pictures = if seen.view.told.is_empty() {
        Vec::new()
    } else {
        waits.iter().map(|wait| picture(*wait, seen)).collect()
    };
    Heat { pictures, toggle: (label.to_owned(), format!("{}#heat", apart.address())) }
}

/// The tellings behind the cell that was chosen.
pub(super) fn listed(seen: &Seen<'_>) -> Option<Listed> {
    let (person, wait, age) = seen.query.listed?;
    let rows = seen.view.told.iter().filter(|told| told.by == person && age_of(told, wait) == age);
    let what = match wait {
        Wait::Whole => "",
        Wait::Facts => ", waiting for facts",
        Wait::Telling => ", telling",
    };
    let close = Query { listed: None, ..seen.query.clone() };
    Some(Listed {
        title: format!("{}{what}: {}", seen.name(Some(person)), age.name().to_lowercase()),
        rows: rows.map(|row| told::row(row, seen)).collect(),
        close: format!("{}#heat", close.address()),
    })
}

fn picture(wait: Wait, seen: &Seen<'_>) -> HeatPicture {
    let (id, title, hint) = match wait {
        Wait::Whole => ("heat-told", "From knowing to telling", "Lines told in 13 weeks, by working days."),
        Wait::Facts => ("heat-facts", "Waiting for facts", "From known to fit to tell: the clock of supply."),
        Wait::Telling => ("heat-telling", "Telling", "From fit to tell to told: the clock of whoever tells."),
    };
    let told_by = |member: &Member| -> Vec<&ToldCase> {
        seen.view.told.iter().filter(|told| told.by == member.id).collect()
    };
    let rows = seen.view.people.iter().filter_map(|member| {
        let told = told_by(member);
        let belongs = !told.is_empty() || (member.here && member.role == Role::Rep);
        belongs.then(|| row(member, &told, wait, seen))
    });
    HeatPicture {
        id: id.to_owned(),
        title: title.to_owned(),
        hint: hint.to_owned(),
        bands: bands(wait).iter().map(|age| age.name().to_owned()).collect(),
        rows: rows.collect(),
    }
}

fn row(member: &Member, told: &[&ToldCase], wait: Wait, seen: &Seen<'_>) -> HeatRow {
    let lines = |age: Option<Age>| -> usize {
        let those = told.iter().filter(|told| age.is_none_or(|age| age_of(told, wait) == age));
        those.map(|told| told.telling.lines.len()).sum()
    };
    let all = lines(None).max(1);
    let cells = bands(wait).iter().map(|age| {
        let lines = lines(Some(*age));
        let list = Query { listed: Some((member.id, wait, *age)), ..seen.query.clone() };
        let said = count(lines as u64, "line", "lines");
        HeatCell {
            lines,
            heat: u8::try_from((lines * 4).div_ceil(all)).unwrap_or(4).min(4),
            href: (lines > 0).then(|| format!("{}#told", list.address())),
            label: format!("{}, {}: {said}", member.name, age.name().to_lowercase()),
        }
    });
    let cells = (told.len() >= ENOUGH).then(|| cells.collect());
    HeatRow { name: member.name.clone(), n: told.len(), cells }
}

/// Of a part of the way nobody can say whether the promised day was over: only of the whole.
fn bands(wait: Wait) -> &'static [Age] {
    match wait {
        Wait::Whole => &Age::ALL,
        Wait::Facts | Wait::Telling => &Age::ALL[..5],
    }
}

fn age_of(told: &ToldCase, wait: Wait) -> Age {
    match wait {
        Wait::Whole => told.age,
        Wait::Facts => told.fact_age,
        Wait::Telling => told.tell_age,
    }
}
