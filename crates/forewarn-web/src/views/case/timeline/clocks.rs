//! What the clocks of a case did, and who was passed over why, a sentence each.

use super::bare;
use crate::pages::tone::Tone;
use crate::views::scene::Scene;
use forewarn_domain::case::ClockEvent;
use forewarn_domain::escalation::{Because, Ladder};
use forewarn_domain::ids::PersonId;
use forewarn_domain::roster::{PassedOver, WhyPassedOver};

/// What happened, and how it feels.
pub(super) fn says(scene: &Scene, what: &ClockEvent) -> (String, Tone) {
    match what {
        ClockEvent::Escalated { ladder, to, passed_over, lapsed, .. } => {
            (escalated(scene, *ladder, *to, passed_over, *lapsed), Tone::Watch)
        }
        ClockEvent::Acknowledged { ladder, until } => {
            let sees_to = match ladder {
                Ladder::Tell => "Will tell them",
                Ladder::NextWord => "Will keep the next word",
                Ladder::ConfirmDelivery => "Will ask whether all is well",
                Ladder::Supply => "Will see to the answer",
            };
            (format!("{sees_to} by {}.", scene.clocks.my_moment(*until)), Tone::Calm)
        }
        ClockEvent::Rescheduled { because } => {
            (format!("The clocks were set anew: {}.", reason(scene, because)), Tone::Quiet)
        }
        ClockEvent::SupplyAsked { of, question, answer_by } => {
            let (who, what) = (scene.person(*of), bare(question.for_our_people()));
            let by = scene.clocks.my_moment(*answer_by);
            (format!("{who} was asked, for an answer by {by}: {what}"), Tone::Calm)
        }
        ClockEvent::SupplyAnswered { answer } => {
            (format!("Answer from supply: {}.", bare(answer.for_our_people())), Tone::Quiet)
        }
    }
}

fn escalated(
    scene: &Scene,
    ladder: Ladder,
    to: Option<PersonId>,
    passed_over: &[PassedOver],
    lapsed: Option<PersonId>,
) -> String {
    let about = match ladder {
        Ladder::Tell => "the customer is to be told",
        Ladder::NextWord => "a next word is due",
        Ladder::ConfirmDelivery => "the arrival is to be confirmed",
        Ladder::Supply => "supply owes an answer",
    };
    let who = to.map_or("Nobody could be told", |person| scene.person(person));
    let mut text = match to {
        Some(_) => format!("{who} got a notice: {about}."),
        None => format!("{who}: {about}."),
    };
    if let Some(person) = lapsed {
        text.push_str(&format!(" {} had taken it on.", scene.person(person)));
    }
    for over in passed_over {
        text.push_str(&format!(" {}", passed(scene, over)));
    }
    text
}

fn passed(scene: &Scene, over: &PassedOver) -> String {
    let who = over.person.map_or("Somebody", |person| scene.person(person));
    match over.why {
        WhyPassedOver::Away { until } => format!("{who} is away until {}.", scene.clocks.my_moment(until)),
        WhyPassedOver::NotHereAnyMore => format!("{who} is not here any more."),
        WhyPassedOver::NoAddress => format!("{who} has no address."),
        WhyPassedOver::MailComesBack => format!("Mail to {who} comes back."),
        WhyPassedOver::SeesFactsOnly => format!("{who} sees facts only."),
        WhyPassedOver::HasToDoIt => format!("{who} has to do it."),
        WhyPassedOver::NobodyOwnsIt => "Nobody owns it yet.".to_owned(),
        WhyPassedOver::NoLeader { .. } => "The team has no leader.".to_owned(),
    }
}

fn reason(scene: &Scene, because: &Because) -> String {
    match because {
        Because::Policy => "the policy has changed".to_owned(),
        Because::CompanyCalendar => "the company's calendar has changed".to_owned(),
        Because::TeamCalendar { .. } => "the team's calendar has changed".to_owned(),
        Because::PersonCalendar { person } => {
            format!("{} works at other hours", scene.person(*person))
        }
        Because::PersonMoved { person } => format!("{} is in another team", scene.person(*person)),
        Because::CustomerTerms => "what holds for the customer has changed".to_owned(),
        Because::AbsenceBegan { person, deputy, until } => {
            let stands_in = deputy.map(|deputy| format!("; {} stands in", scene.person(deputy)));
            let until = scene.clocks.my_moment(*until);
            format!("{} is away until {until}{}", scene.person(*person), stands_in.unwrap_or_default())
        }
        Because::AbsenceEnded { person } => format!("{} is back", scene.person(*person)),
        Because::MailComesBack { person } => format!("mail to {} comes back", scene.person(*person)),
    }
}
