//! Team: what we knew and had not told, for whoever leads and for whoever it is about.

mod checks;
mod heat;
mod query;
mod told;
mod untold;

pub(crate) use query::Query;
pub(crate) use untold::acts;

use super::clocks::near_day;
use super::shown::{Wall, count};
use crate::pages::shell::Shell;
use crate::pages::team::{HandoverForm, TeamPage};
use crate::pages::tone::Choice;
use forewarn_store::people::Person;
use forewarn_store::team_view::{Member, TeamView};
use jiff::{Timestamp, ToSpan as _};

/// What the page is drawn from.
pub(crate) struct Seen<'a> {
    /// What there is.
    pub(crate) view: &'a TeamView,
    /// All of us, for names.
    pub(crate) people: &'a [Person],
    /// Who looks.
    pub(crate) me: &'a Person,
    /// What was asked for.
    pub(crate) query: &'a Query,
    /// The clock of whoever looks.
    pub(crate) wall: &'a Wall,
    /// Whether it is the page about oneself: then nobody acts on it.
    pub(crate) own: bool,
}

impl Seen<'_> {
    /// The name of one of us.
    fn name(&self, id: Option<forewarn_domain::ids::PersonId>) -> &str {
        let found = self.people.iter().find(|one| Some(one.id) == id);
        found.map_or("A leader", |one| one.name.as_str())
    }
}

/// The page.
pub(crate) fn page(shell: Shell, seen: &Seen<'_>, leader: Option<&str>) -> TeamPage {
    let view = seen.view;
    let hidden = view.untold_total as usize > view.untold.len();
    TeamPage {
        shell,
        title: if seen.own { "What your leader sees".to_owned() } else { "Team".to_owned() },
        summary: summary(view, seen.wall),
        about_you: seen.own.then(|| match leader {
            Some(leader) => format!("{leader} sees this page about you, word for word."),
            None => "Whoever leads your team sees this page about you, word for word.".to_owned(),
        }),
        note: note(view, seen.wall),
        reps: if seen.own { Vec::new() } else { reps(seen) },
        untold: untold::rows(seen),
        more: hidden.then(|| {
            (format!("Show all {}", view.untold_total), Query { all: true, ..seen.query.clone() }.address())
        }),
        longest: longest(view, seen.wall),
        heat: heat::heat(seen),
        listed: heat::listed(seen),
        emailed: told::emailed(seen),
        checks: checks::checks(seen),
        handover: (!seen.own).then(|| handover(seen)).flatten(),
    }
}

fn summary(view: &TeamView, wall: &Wall) -> String {
    let all = u64::from(view.untold_total);
    if all == 0 {
        return "Every customer knows what we know.".to_owned();
    }
    let verb = if all == 1 { "doesn’t" } else { "don’t" };
    let first = format!("{} {verb} know what we know.", count(all, "customer", "customers"));
    if view.untold_total as usize > view.untold.len() {
        return format!("{first} Those with the least time to act are shown.");
    }
    let can_act = view.untold.iter().filter(|row| row.can_act_days.is_some_and(|days| days >= 0)).count();
    let late = view.untold.iter().filter(|row| row.tell_by.is_some_and(|by| by < wall.now)).count();
    let can_act = match can_act as u64 {
        0 => "None of them can still act".to_owned(),
        n if n == all => "All of them can still act".to_owned(),
        n => format!("{n} of them can still act"),
    };
    match late {
        0 => format!("{first} {can_act}; no deadline has passed."),
        1 => format!("{first} {can_act}; 1 is past its tell-by."),
        n => format!("{first} {can_act}; {n} are past their tell-by."),
    }
}

/// From when on counts are true, and on whose hours.
fn note(view: &TeamView, wall: &Wall) -> String {
    let counts = "Known counts from when Forewarn saw the date move, telling from when that was fit to tell; both \
                  in working hours of whoever tells.";
    let Some(since) = view.known_since else { return counts.to_owned() };
    let day = wall.day(wall.zone.to_datetime(since).date());
    format!("{counts} The first report is of {day}: what moved before carries the time of that report.")
}

/// What to say when nothing is untold.
fn longest(view: &TeamView, wall: &Wall) -> String {
    let today = wall.today();
    let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
    let this_week = |at: Timestamp| wall.zone.to_datetime(at).date() >= monday;
    let told = view.told.iter().filter(|told| this_week(told.at));
    let longest = told.max_by_key(|told| told.waits.fact_minutes + told.waits.tell_minutes);
    match (longest, view.known_since) {
        (_, None) => "No report has been taken in yet.".to_owned(),
        (None, _) => "Nobody had to be told anything this week.".to_owned(),
        (Some(told), _) => {
            let wait = told::worked(told.waits.fact_minutes + told.waits.tell_minutes);
            format!("Longest wait this week: {wait} ({}).", told.customer_name)
        }
    }
}

fn reps(seen: &Seen<'_>) -> Vec<Choice> {
    let one = |member: &Member| {
        let choice = Choice::new(member.id.to_string(), &member.name);
        if seen.query.rep == Some(member.id) { choice.chosen() } else { choice }
    };
    let everybody = Choice::new("", "Everybody");
    std::iter::once(everybody).chain(tellers(seen.view).map(one)).collect()
}

/// Those who tell customers, and who are still here.
fn tellers(view: &TeamView) -> impl Iterator<Item = &Member> {
    view.people
        .iter()
        .filter(|member| member.here && member.role != forewarn_domain::people::Role::SupplyOwner)
}

/// Somebody has to be there to give to.
fn handover(seen: &Seen<'_>) -> Option<HandoverForm> {
    let choices = || -> Vec<Choice> {
        tellers(seen.view).map(|member| Choice::new(member.id.to_string(), &member.name)).collect()
    };
    let from = choices().into_iter().map(|choice| {
        let asked = seen.query.rep.is_some_and(|rep| rep.to_string() == choice.value);
        if asked { choice.chosen() } else { choice }
    });
    (choices().len() > 1).then(|| HandoverForm { from: from.collect(), to: choices() })
}

/// "Jon"
fn first(name: &str) -> String {
    name.split_whitespace().next().unwrap_or(name).to_owned()
}

/// "today", "Mon 9 Nov"
fn day_of(wall: &Wall, at: Timestamp) -> String {
    near_day(wall, wall.zone.to_datetime(at).date())
}
