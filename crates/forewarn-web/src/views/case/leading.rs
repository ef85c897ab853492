//! What leaders have to do with a case.

use crate::pages::case::Leading;
use crate::pages::team::{LeaderActs, OpenAsk};
use crate::views::scene::Scene;
use crate::views::team::acts;
use forewarn_domain::case::{Owner, Stage};
use forewarn_domain::people::Role;

pub(super) fn leading(scene: &Scene) -> Leading {
    let case = scene.case();
    let name = |by| -> String {
        let found = scene.people.iter().find(|one| Some(one.id) == by);
        found.map_or("A leader", |one| one.name.as_str()).to_owned()
    };
    let ask = case.open_ask().filter(|_| case.stage() != Stage::Closed).map(|ask| OpenAsk {
        by: name(ask.by),
        when: scene.clocks.my_moment(ask.at),
        words: ask.words.for_our_people().to_owned(),
        answer: (ask.by != Some(scene.me.id)).then(|| format!("{}/ask-answers", scene.href())),
    });
    Leading {
        ask,
        joins: case.leading.joins.map(|(_, by)| format!("{} joins the call.", name(by))),
        acts: leader_acts(scene),
    }
}

fn leader_acts(scene: &Scene) -> Option<LeaderActs> {
    let case = scene.case();
    let leads = matches!(scene.me.role, Role::Leader | Role::Admin);
    if !leads || case.stage() == Stage::Closed {
        return None;
    }
    let owner = match case.owner {
        Owner::Person { person } => Some(person),
        Owner::Inbox { .. } => None,
    };
    let mine = owner == Some(scene.me.id);
    let asked = owner.filter(|_| !mine).map(|owner| scene.person(owner));
    let joins = case.leading.joins.is_some_and(|(_, by)| by == Some(scene.me.id));
    // To whom it can be given stands under *Who tells them*.
    Some(acts(&scene.href(), &scene.customer.name, (asked, mine, joins), Vec::new(), scene.href()))
}
