//! What each of the eight cards shows.

use crate::pages::talk::{Acknowledge, Action, Advise, Beat, Keep, Listen, OptionAsk, Reset, Words};
use crate::pages::tone::{Choice, IMPACTS, TEMPERATURES};
use crate::views::case::{apology_warning, expectation, last_felt, next_word_proposal, zone};
use crate::views::read::{chosen_impact, read_expectation};
use crate::views::scene::Scene;
use crate::views::wording::brief;
use forewarn_domain::case::{Choice as Option_, Fault, OptionAnswer, Step};
use jiff::{SignedDuration, Timestamp};

pub(super) fn beat(scene: &Scene, step: Step) -> Beat {
    let brief = brief(scene);
    match step {
        Step::AdviseEarly => Beat::Advise(Advise {
            opening: brief.opening(),
            news: brief.news().into_iter().chain(brief.cause_said()).collect(),
            voicemail: brief.voicemail(super::after::try_again_at(scene)),
        }),
        Step::WhyNow => words(brief.why_now(), "One sentence. Don’t explain more.", Beat::Why),
        Step::LetThemVent => Beat::Listen(Listen {
            temperature: Choice::list(&TEMPERATURES, last_felt(scene)),
            impact: Choice::list(&IMPACTS, &chosen_impact(scene)),
            words: String::new(),
        }),
        Step::Acknowledge => Beat::Acknowledge(acknowledge(scene, brief.acknowledgement())),
        Step::CorrectiveAction => Beat::Action(Action { steps: brief.corrective_action() }),
        Step::ResetExpectations => {
            let form = expectation(scene);
            let meant = read_expectation(&form, &scene.clocks).ok();
            Beat::Reset(Reset {
                options: options(scene),
                read_back: meant.map_or_else(
                    || {
                        "Say the new date, a range, or when they hear from you. Then: did I get that right?"
                            .to_owned()
                    },
                    |meant| brief.read_back(meant),
                ),
                expectation: form,
                understood: scene.draft.understood.clone(),
                agreed: scene.draft.agreed.clone(),
            })
        }
        Step::Thank => words(brief.thanks(), "One sentence.", Beat::Thank),
        Step::KeepInformed => {
            let at = next_word(scene);
            Beat::Keep(Keep {
                say: brief.next_word_said(at),
                next_word_at: scene.clocks.write(at),
                zone: zone(scene),
            })
        }
    }
}

fn words(say: String, hint: &str, beat: fn(Words) -> Beat) -> Beat {
    beat(Words { say, hint: hint.to_owned() })
}

fn acknowledge(scene: &Scene, say: String) -> Acknowledge {
    let fault = scene.case().fault;
    let why = match fault {
        Fault::Ours => "Fault: ours. Own it, once.",
        Fault::ShouldHaveAnticipated => "We should have seen it coming. Own it, once.",
        Fault::OutsideOurControl => "Outside our control: sincere concern, no grovelling.",
        Fault::Customers => "Nobody is blamed, and they least of all.",
        Fault::NotKnownYet => "Not known yet: say so, and find out.",
    };
    let since = scene.now().saturating_sub(SignedDuration::from_hours(90 * 24)).unwrap_or(Timestamp::MIN);
    let apologies = scene.relationship.apologies_since(since);
    let many = apologies >= scene.file.terms.policy.apologies_before_warning as usize;
    let concern = scene.case().concerns.last().map(|words| words.for_our_people().to_owned());
    Acknowledge {
        concern: concern.unwrap_or_default(),
        say,
        why: why.to_owned(),
        warning: apology_warning(apologies, many),
        may_apologise: fault.is_on_us(),
        may_own: fault.is_on_us(),
    }
}

fn options(scene: &Scene) -> Vec<OptionAsk> {
    let today = scene.clocks.theirs.today();
    let numbered = scene.case().options.iter().zip(1_u32..);
    let open = numbered.filter(|((option, answer), _)| option.lies_ahead(today) || answer.is_some());
    let asks = open.map(|((option, answer), number)| OptionAsk {
        id: number.to_string(),
        title: title(scene, option),
        warning: (!option.approved).then(|| "Not approved yet: don’t promise it.".to_owned()),
        answers: Choice::list(&ANSWERS, answer.map_or("", answered)),
    });
    asks.collect()
}

fn title(scene: &Scene, option: &Option_) -> String {
    let mut title = format!("{}: {}", option.kind.name(), option.what);
    let quantity = option.quantity.as_ref().map(|quantity| format!(", {quantity}"));
    let day = option.date.map(|day| format!(" on {}", scene.clocks.mine.day(day)));
    title.extend(quantity.into_iter().chain(day));
    title
}

const ANSWERS: [(&str, &str); 4] = [
    ("taken", "Takes it"),
    ("declined", "No"),
    ("thinking", "Thinks it over"),
    ("wants-a-leader", "Wants to speak to a leader"),
];

fn answered(answer: OptionAnswer) -> &'static str {
    match answer {
        OptionAnswer::Taken => "taken",
        OptionAnswer::Declined => "declined",
        OptionAnswer::Thinking => "thinking",
        OptionAnswer::WantsALeader => "wants-a-leader",
    }
}

fn next_word(scene: &Scene) -> Timestamp {
    let typed = scene.draft.next_word_at.parse().ok().and_then(|typed| scene.clocks.read(typed));
    let promised = scene.case().next_word.map(|word| word.by);
    typed.or(promised).filter(|at| *at > scene.now()).unwrap_or_else(|| next_word_proposal(scene))
}
