//! The ladders as fields, and read back.

use super::{ACKNOWLEDGED, OUTSIDE, WEEKLY, Wrong};
use crate::pages::settings::{LadderForm, StepRow};
use crate::pages::tone::Choice;
use crate::typed::Typed;
use crate::views::shown::count;
use forewarn_domain::escalation::{
    EscalationPolicy, EscalationStep, Ladder, NotAnEscalation, Recipient, When,
};

/// A ladder of the page: what stands before its fields, its title, what it watches over, and its steps.
struct Shown {
    key: &'static str,
    title: &'static str,
    says: &'static str,
    ladder: Ladder,
    steps: fn(&mut EscalationPolicy) -> &mut Vec<EscalationStep>,
}

const LADDERS: [Shown; 5] = [
    Shown {
        key: "tell",
        title: "Telling the customer",
        says: "From the moment it is news to the deadline for telling, and on.",
        ladder: Ladder::Tell,
        steps: |policy| &mut policy.tell,
    },
    Shown {
        key: "hot",
        title: "Telling them when it is hot",
        says: "Instead of that, for a repeat slip and for a customer who is furious.",
        ladder: Ladder::Tell,
        steps: |policy| &mut policy.tell_when_hot,
    },
    Shown {
        key: "next-word",
        title: "Next word",
        says: "A promised moment at which they hear from us, even if nothing has changed.",
        ladder: Ladder::NextWord,
        steps: |policy| &mut policy.next_word,
    },
    Shown {
        key: "arrival",
        title: "Arrival confirmed",
        says: "Goods that should have arrived, and nobody has asked whether all is well.",
        ladder: Ladder::ConfirmDelivery,
        steps: |policy| &mut policy.confirm_delivery,
    },
    Shown {
        key: "supply",
        title: "Answer from supply",
        says: "A question to a supply owner for a firm date.",
        ladder: Ladder::Supply,
        steps: |policy| &mut policy.supply,
    },
];

/// The kinds of moments: what is sent, what is read, and the most of a number where one is asked for.
const WHENS: [(&str, &str, Option<u32>); 5] = [
    ("at-once", "At once", None),
    ("half", "When half of the time has gone", None),
    ("hours-before", "n working hours before the deadline", Some(200)),
    ("at-due", "At the deadline", None),
    ("days-after", "n working days after it", Some(60)),
];

const RECIPIENTS: [(&str, Recipient); 5] = [
    ("owner", Recipient::Owner),
    ("deputy-or-leader", Recipient::DeputyOrLeader),
    ("leader", Recipient::Leader),
    ("next-leader", Recipient::NextLeader),
    ("supply-owner", Recipient::SupplyOwner),
];

/// The ladders as fields. What was typed goes before what is kept.
pub(super) fn forms(policy: &EscalationPolicy, typed: Option<&Typed>, wrong: &[Wrong]) -> Vec<LadderForm> {
    let form = |shown: &Shown| {
        let kept = (shown.steps)(&mut policy.clone()).iter().map(|step| written(*step)).collect();
        let mut steps: Vec<[String; 3]> = typed.map_or(kept, |typed| typed_steps(shown.key, typed));
        if steps.len() < EscalationPolicy::MOST_STEPS {
            steps.push([String::new(), String::new(), "leader".to_owned()]);
        }
        let rows = steps.into_iter().enumerate().map(|(n, step)| row(shown, n, step)).collect();
        let wrong = wrong.iter().find(|(key, _)| *key == shown.key).map(|(_, why)| why.clone());
        LadderForm { key: shown.key, title: shown.title, says: shown.says, rows, wrong }
    };
    LADDERS.iter().map(form).collect()
}

fn row(shown: &Shown, n: usize, [when, number, to]: [String; 3]) -> StepRow {
    let nothing =
        std::iter::once(("", if when.is_empty() { "Another step…" } else { "Leave this step out" }));
    let whens: Vec<_> = nothing.chain(WHENS.map(|(word, name, _)| (word, name))).collect();
    let for_this =
        |recipient: Recipient| recipient != Recipient::SupplyOwner || shown.ladder == Ladder::Supply;
    let tos: Vec<_> =
        RECIPIENTS.iter().filter(|(_, to)| for_this(*to)).map(|(word, to)| (*word, to.name())).collect();
    StepRow {
        number: n + 1,
        key: format!("{}-{n}", shown.key),
        whens: Choice::list(&whens, &when),
        n: number,
        tos: Choice::list(&tos, &to),
    }
}

fn written(step: EscalationStep) -> [String; 3] {
    let (when, n) = match step.when {
        When::AtOnce => ("at-once", None),
        When::HalfOfTheTime => ("half", None),
        When::WorkingHoursBefore { hours } => ("hours-before", Some(hours)),
        When::AtDue => ("at-due", None),
        When::WorkingDaysAfter { days } => ("days-after", Some(days)),
    };
    let to = RECIPIENTS.iter().find(|(_, to)| *to == step.to).map_or("leader", |(word, _)| word);
    [when.to_owned(), n.map_or_else(String::new, |n| n.to_string()), to.to_owned()]
}

/// The steps as they were typed, without those that were left out.
fn typed_steps(key: &str, typed: &Typed) -> Vec<[String; 3]> {
    let field = |n: usize, what: &str| typed.get(&format!("{key}-{n}-{what}")).to_owned();
    let steps = (0..EscalationPolicy::MOST_STEPS).map(|n| [field(n, "when"), field(n, "n"), field(n, "to")]);
    steps.filter(|[when, ..]| !when.is_empty()).collect()
}

/// What was typed, as a policy; and what of it can't be kept.
pub(crate) fn read(before: &EscalationPolicy, typed: &Typed) -> (EscalationPolicy, Vec<Wrong>) {
    let (mut policy, mut wrong) = (before.clone(), Vec::new());
    for shown in &LADDERS {
        match typed_steps(shown.key, typed).iter().enumerate().map(read_step).collect::<Result<Vec<_>, _>>() {
            Ok(steps) => *(shown.steps)(&mut policy) = steps,
            Err(why) => wrong.push((shown.key, why)),
        }
    }
    let outside = OUTSIDE.iter().find(|(word, _)| *word == typed.get("outside_hours"));
    policy.outside_hours = outside.map_or(policy.outside_hours, |(_, outside)| *outside);
    match typed.get(WEEKLY) {
        "on" => policy.weekly_words = true,
        "off" => policy.weekly_words = false,
        _ => {}
    }
    match typed.get(ACKNOWLEDGED).parse().ok().filter(|hours| (1..=40).contains(hours)) {
        Some(hours) => policy.acknowledged_for_hours = hours,
        None => wrong.push((ACKNOWLEDGED, "Write a number of working hours from 1 to 40.".to_owned())),
    }
    if wrong.is_empty()
        && let Err(why) = policy.check()
    {
        wrong.push((key_of(why, &policy), why.to_string()));
    }
    (policy, wrong)
}

/// The ladder of the page that a refusal is about.
fn key_of(why: NotAnEscalation, policy: &EscalationPolicy) -> &'static str {
    let (NotAnEscalation::NoStep(ladder)
    | NotAnEscalation::NoSupplyOwner(ladder)
    | NotAnEscalation::TooManySteps(ladder)) = why;
    let is_meant = |shown: &&Shown| {
        let empty = (shown.steps)(&mut policy.clone()).is_empty();
        shown.ladder == ladder && (empty || !matches!(why, NotAnEscalation::NoStep(_)))
    };
    LADDERS.iter().find(is_meant).map_or("tell", |shown| shown.key)
}

fn read_step((n, [when, number, to]): (usize, &[String; 3])) -> Result<EscalationStep, String> {
    let step = n + 1;
    let most = WHENS.iter().find(|(word, ..)| word == when).and_then(|(.., most)| *most);
    let how_many = || {
        let most = most.unwrap_or(0);
        let number = number.parse().ok().filter(|n| (1..=most).contains(n));
        number.ok_or_else(|| format!("Step {step} lacks its number: write 1 to {most}."))
    };
    let when = match when.as_str() {
        "at-once" => When::AtOnce,
        "half" => When::HalfOfTheTime,
        "hours-before" => When::WorkingHoursBefore { hours: how_many()? },
        "at-due" => When::AtDue,
        "days-after" => When::WorkingDaysAfter { days: how_many()? },
        _ => return Err(format!("Step {step}: choose when it is due.")),
    };
    let to = RECIPIENTS.iter().find(|(word, _)| word == to);
    let to = to.map(|(_, to)| *to).ok_or_else(|| format!("Step {step}: choose who hears of it."))?;
    Ok(EscalationStep { when, to })
}

/// Which ladders have changed.
pub(super) fn changes(before: &EscalationPolicy, after: &EscalationPolicy) -> Vec<String> {
    let steps = |policy: &EscalationPolicy, shown: &Shown| (shown.steps)(&mut policy.clone()).clone();
    let changed = LADDERS.iter().filter(|shown| steps(before, shown) != steps(after, shown));
    let say = |shown: &Shown| {
        let many = steps(after, shown).len() as u64;
        format!("{}, now {}", shown.title.to_lowercase(), count(many, "step", "steps"))
    };
    changed.map(say).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The form as it is shown, sent back.
    fn sent(policy: &EscalationPolicy, but: &[(&str, &str)]) -> Typed {
        let mut fields = vec![(ACKNOWLEDGED.to_owned(), "2".to_owned())];
        for row in forms(policy, None, &[]).into_iter().flat_map(|form| form.rows) {
            let chosen = |choices: &[Choice]| {
                choices
                    .iter()
                    .find(|choice| choice.chosen)
                    .map_or_else(String::new, |choice| choice.value.clone())
            };
            fields.push((format!("{}-when", row.key), chosen(&row.whens)));
            fields.push((format!("{}-n", row.key), row.n));
            fields.push((format!("{}-to", row.key), chosen(&row.tos)));
        }
        for (name, value) in but {
            fields.retain(|(field, _)| field != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        fields.into_iter().collect()
    }

    #[test]
    fn the_ladders_come_back_from_the_form_as_they_were() {
        let policy = EscalationPolicy::default();
        assert_eq!(read(&policy, &sent(&policy, &[])), (policy, Vec::new()));
    }

    #[test]
    fn a_step_is_left_out_and_another_added() {
        let policy = EscalationPolicy::default();
        let typed = sent(
            &policy,
            &[("tell-0-when", ""), ("tell-3-when", "days-after"), ("tell-3-n", "3"), ("tell-3-to", "leader")],
        );
        let (read, wrong) = read(&policy, &typed);
        assert_eq!(wrong, []);
        assert_eq!(read.tell.len(), 3);
        let last = EscalationStep { when: When::WorkingDaysAfter { days: 3 }, to: Recipient::Leader };
        assert_eq!(read.tell.last(), Some(&last));
        assert_eq!(changes(&policy, &read), ["telling the customer, now 3 steps"]);
    }

    #[test]
    fn a_ladder_without_steps_is_refused_where_it_stands() {
        let policy = EscalationPolicy::default();
        let gone: Vec<_> = (0..4).map(|n| format!("hot-{n}-when")).collect();
        let gone: Vec<_> = gone.iter().map(|name| (name.as_str(), "")).collect();
        let (_, wrong) = read(&policy, &sent(&policy, &gone));
        assert_eq!(wrong.len(), 1);
        assert_eq!(wrong[0].0, "hot");
        let (_, wrong) = read(&policy, &sent(&policy, &[("tell-2-n", "many")]));
        assert_eq!(wrong, [("tell", "Step 3 lacks its number: write 1 to 60.".to_owned())]);
    }
}
