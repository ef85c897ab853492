//! Teams: who leads them, and who is next above.

use crate::pages::settings::{Nav, TeamCard, TeamsPage};
use crate::pages::shell::Shell;
use crate::pages::tone::{Chip, Choice, Tone};
use crate::views::shown::count;
use forewarn_domain::ids::{PersonId, TeamId};
use forewarn_domain::people::Role;
use forewarn_store::people::Person;
use forewarn_store::teams::Team;

/// The page.
pub(crate) fn page(shell: Shell, nav: Nav, teams: &[Team], people: &[Person]) -> TeamsPage {
    TeamsPage {
        shell,
        nav,
        teams: teams.iter().map(|team| card(team, teams, people)).collect(),
        leaders: leaders(people, None),
        above: above(teams, None),
        typed: String::new(),
        wrong: Vec::new(),
    }
}

fn card(team: &Team, teams: &[Team], people: &[Person]) -> TeamCard {
    let leader = team.leader.and_then(|id| people.iter().find(|person| person.id == id));
    let here = people.iter().filter(|person| person.team == team.id);
    let (all, active) = here
        .fold((0, 0), |(all, active), person| (all + 1, active + u64::from(person.disabled_at.is_none())));
    let led = leader.map_or_else(|| "Nobody leads it".to_owned(), |leader| format!("Led by {}", leader.name));
    let next = team.above.and_then(|id| teams.iter().find(|other| other.id == id));
    let next = next.map_or_else(String::new, |team| format!("; next above: {}", team.name));
    let gone = leader.is_some_and(|leader| leader.disabled_at.is_some());
    TeamCard {
        id: team.id.to_string(),
        name: team.name.clone(),
        says: format!("{led}, {}{next}.", count(active, "person", "people")),
        chip: match (leader, gone) {
            (None, _) => Some(Chip::new("no leader", Tone::Watch)),
            (Some(_), true) => Some(Chip::new("its leader has left", Tone::Urgent)),
            _ => None,
        },
        calendar: format!("/settings/calendars/team-{}", team.id),
        leaders: leaders(people, team.leader),
        above: above(teams, Some(team)),
        can_remove: all == 0 && teams.len() > 1 && teams.iter().all(|other| other.above != Some(team.id)),
        wrong: None,
    }
}

/// Whoever can lead: leaders and admins who are here, and whoever leads already.
fn leaders(people: &[Person], chosen: Option<PersonId>) -> Vec<Choice> {
    let can_lead = |person: &&Person| {
        let leads = matches!(person.role, Role::Leader | Role::Admin);
        chosen == Some(person.id) || (leads && person.disabled_at.is_none())
    };
    let choice = |person: &Person| {
        let choice = Choice::new(person.id.to_string(), &person.name);
        if chosen == Some(person.id) { choice.chosen() } else { choice }
    };
    std::iter::once(Choice::new("", "Nobody yet")).chain(people.iter().filter(can_lead).map(choice)).collect()
}

/// The teams that can be above one: all that are not below it.
fn above(teams: &[Team], of: Option<&Team>) -> Vec<Choice> {
    let choice = |team: &Team| {
        let choice = Choice::new(team.id.to_string(), &team.name);
        if of.is_some_and(|of| of.above == Some(team.id)) { choice.chosen() } else { choice }
    };
    let fits = |team: &&Team| of.is_none_or(|of| !is_below(teams, team.id, of.id));
    std::iter::once(Choice::new("", "None")).chain(teams.iter().filter(fits).map(choice)).collect()
}

/// Whether a team is another one, or stands somewhere below it.
fn is_below(teams: &[Team], team: TeamId, other: TeamId) -> bool {
    let above = |id: &TeamId| teams.iter().find(|team| team.id == *id).and_then(|team| team.above);
    std::iter::successors(Some(team), above).take(teams.len() + 1).any(|id| id == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_team_can_be_put_below_itself() {
        let team = |id, above: Option<i64>| Team {
            id: TeamId(id),
            name: id.to_string(),
            leader: None,
            above: above.map(TeamId),
        };
        let teams = [team(1, None), team(2, Some(1)), team(3, Some(2)), team(4, None)];
        let values = |of: usize| above(&teams, Some(&teams[of])).into_iter().map(|choice| choice.value);
        assert_eq!(values(0).collect::<Vec<_>>(), ["", "4"]);
        assert_eq!(values(2).collect::<Vec<_>>(), ["", "1", "2", "4"]);
    }
}
