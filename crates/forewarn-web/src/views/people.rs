//! Our people, and the names in reports that are nobody yet.

use super::shown::count;
use crate::pages::people::{PeoplePage, PersonRow, UnknownOwner};
use crate::pages::shell::Shell;
use crate::pages::tone::{Chip, Choice, Tone};
use forewarn_domain::people::Role;
use forewarn_store::customers::ReportOwner;
use forewarn_store::people::Person;
use forewarn_store::teams::Team;

/// What the page is made of.
pub(crate) struct Known<'a> {
    pub(crate) me: &'a Person,
    pub(crate) people: &'a [Person],
    pub(crate) teams: &'a [Team],
    pub(crate) report_owners: &'a [ReportOwner],
}

/// Everybody.
pub(crate) fn list(shell: Shell, known: &Known<'_>) -> PeoplePage {
    let here = known.people.iter().filter(|person| person.disabled_at.is_none());
    let nobody = known.report_owners.iter().filter(|owner| owner.person.is_none());
    PeoplePage {
        people: known.people.iter().map(|person| row(person, known)).collect(),
        unknown: nobody.map(unknown).collect(),
        mappable: std::iter::once(Choice::new("", "Who is it?"))
            .chain(here.map(|person| Choice::new(person.id.to_string(), &person.name)))
            .collect(),
        roles: roles(Role::Rep),
        teams: teams(known, None),
        invite: None,
        typed: (String::new(), String::new()),
        wrong: Vec::new(),
        shell,
    }
}

fn unknown(owner: &ReportOwner) -> UnknownOwner {
    UnknownOwner {
        key: owner.key.clone(),
        name: owner.name.clone(),
        work: count(u64::from(owner.customers), "customer", "customers"),
    }
}

fn row(person: &Person, known: &Known<'_>) -> PersonRow {
    let team = known.teams.iter().find(|team| team.id == person.team);
    let team = team.map_or_else(String::new, |team| format!(", {}", team.name));
    let in_reports = known.report_owners.iter().filter(|owner| owner.person == Some(person.id));
    let customers: u64 = in_reports.map(|owner| u64::from(owner.customers)).sum();
    let (here, myself) = (person.disabled_at.is_none(), person.id == known.me.id);
    PersonRow {
        href: format!("/people/{}", person.id),
        name: person.name.clone(),
        email: person.email.clone(),
        role: format!("{}{team}", person.role.name()),
        owns: if customers == 0 { "–".to_owned() } else { count(customers, "customer", "customers") },
        state: match (here, person.has_password) {
            (false, _) => Chip::new("disabled", Tone::Quiet),
            (true, true) => Chip::new("active", Tone::Good),
            (true, false) => Chip::new("invited", Tone::Watch),
        },
        roles: roles(person.role),
        teams: teams(known, Some(person)),
        can_change: here && !myself,
        can_invite: here && !myself,
        can_disable: here && !myself,
        can_enable: !here,
    }
}

fn roles(chosen: Role) -> Vec<Choice> {
    Choice::list(&Role::ALL.map(|role| (role.word(), role.name())), chosen.word())
}

fn teams(known: &Known<'_>, of: Option<&Person>) -> Vec<Choice> {
    let choice = |team: &Team| {
        let choice = Choice::new(team.id.to_string(), &team.name);
        if of.is_some_and(|person| person.team == team.id) { choice.chosen() } else { choice }
    };
    known.teams.iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use forewarn_domain::ids::{PersonId, TeamId};
    use uuid::Uuid;

    fn person(id: i64, name: &str, has_password: bool) -> Person {
        Person {
            id: PersonId(id),
            email: format!("{id}@norpump.example"),
            name: name.into(),
            role: Role::Rep,
            team: TeamId(1),
            phone: None,
            zone: None,
            has_password,
            disabled_at: None,
            created_at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn whoever_left_can_come_back_and_nobody_shuts_themselves_out() {
        let me = person(1, "Ada Berg", true);
        let gone = Person { disabled_at: Some(jiff::Timestamp::UNIX_EPOCH), ..person(3, "Ole Moe", true) };
        let people = [me.clone(), person(2, "Mia Lund", false), gone];
        let teams = [Team { id: TeamId(1), name: "Nordic".into(), leader: None, above: None }];
        let owners = [
            ReportOwner { key: "jdoe".into(), name: "JDOE".into(), person: None, customers: 4 },
            ReportOwner {
                key: "mlund".into(),
                name: "MLUND".into(),
                person: Some(PersonId(2)),
                customers: 1,
            },
        ];
        let known = Known { me: &me, people: &people, teams: &teams, report_owners: &owners };
        let page = list(Shell::outside(Uuid::nil()), &known);
        let states: Vec<_> = page.people.iter().map(|row| row.state.text.as_str()).collect();
        assert_eq!(states, ["active", "invited", "disabled"]);
        assert!(!page.people[0].can_disable && page.people[1].can_disable && page.people[2].can_enable);
        assert_eq!(
            (page.people[1].role.as_str(), page.people[1].owns.as_str()),
            ("Rep, Nordic", "1 customer")
        );
        assert_eq!((page.unknown.len(), page.unknown[0].work.as_str()), (1, "4 customers"));
        assert_eq!(page.mappable.len(), 3, "nobody is mapped to somebody who has left");
    }
}
