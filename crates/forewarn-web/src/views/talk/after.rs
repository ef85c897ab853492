//! The after-call sheet.

use super::{head, hidden};
use crate::pages::shell::Shell;
use crate::pages::talk::{AfterPage, AfterStage, ToldForm, ToldLine, TryAgain};
use crate::pages::tone::{Choice, IMPACTS, TEMPERATURES};
use crate::typed::Typed;
use crate::views::case::{expectation, last_felt, next_word_proposal, zone};
use crate::views::letters::{first_word, repeats, warning, written};
use crate::views::read::{chosen_impact, typed_expectation};
use crate::views::scene::Scene;
use crate::views::shown::count;
use crate::views::wording::{Of, brief};
use forewarn_domain::case::{CaseLine, Channel, EmailReason, Outcome, Purpose};
use forewarn_domain::ids::PromiseId;
use forewarn_domain::words::Mail;
use forewarn_store::letters::Letter;
use jiff::{SignedDuration, Timestamp, TimestampRound, Unit};

/// How did it go?
pub(crate) fn ask(shell: Shell, scene: &Scene) -> AfterPage {
    AfterPage { shell, head: head(scene), stage: AfterStage::Ask }
}

/// They heard it: the sheet, filled in from the talk.
pub(crate) fn told(shell: Shell, scene: &Scene, how: &str) -> AfterPage {
    let form = fresh(scene, how);
    AfterPage { shell, head: head(scene), stage: AfterStage::Told(Box::new(form)) }
}

/// The sheet again, with what was typed, and what is wrong with it.
pub(crate) fn refused(shell: Shell, scene: &Scene, typed: &Typed, wrong: Vec<String>) -> AfterPage {
    let text = |name: &str| typed.get(name).to_owned();
    let mut form = fresh(scene, typed.get("how"));
    for line in &mut form.lines {
        line.told = typed.all("line").any(|told| told == line.id);
        line.date = text(&format!("date-{}", line.id));
    }
    let choose = |choices: &mut [Choice], name: &str| {
        choices.iter_mut().for_each(|choice| choice.chosen = choice.value == typed.get(name));
    };
    choose(&mut form.contacts, "contact");
    choose(&mut form.email_reasons, "email_reason");
    choose(&mut form.understood, "understood");
    choose(&mut form.agreed, "agreed");
    choose(&mut form.temperature, "temperature");
    choose(&mut form.impact, "impact");
    if form.first_word.is_some() && typed.filled("text").is_some() {
        let body = typed.get("text").replace("\r\n", "\n");
        let mail = Mail { subject: text("subject"), body };
        let again = typed.filled("again").map(|again| ("again".to_owned(), again.to_owned()));
        let carried = again.into_iter().collect();
        form.first_word = Some(written(scene, Of::FirstWord, mail, Some(typed.get("address")), carried));
    }
    let form = ToldForm {
        expectation: typed_expectation(typed),
        other: text("other"),
        email_why: text("email_why"),
        answer_by: text("answer_by"),
        words: text("words"),
        next_word_at: text("next_word_at"),
        wrong,
        ..form
    };
    AfterPage { shell, head: head(scene), stage: AfterStage::Told(Box::new(form)) }
}

/// The first word by e-mail once more, with the words, the reason and the dates of a letter that did not get
/// through.
pub(crate) fn written_before(shell: Shell, scene: &Scene, letter: &Letter) -> AfterPage {
    let mut form = fresh(scene, "e-mail");
    let mail = Mail { subject: letter.subject.to_string(), body: letter.body.to_string() };
    let carried = repeats(letter).into_iter().collect();
    form.first_word = Some(written(scene, Of::FirstWord, mail, Some(&letter.address), carried));
    form.wrong = warning(scene, letter).into_iter().collect();
    if let Purpose::FirstWord { telling, next_word } = &letter.purpose {
        if let Channel::Email { reason: Some(reason) } = &telling.channel {
            let (value, why) = match reason {
                EmailReason::CustomerAsked => ("customer-asked", String::new()),
                EmailReason::NoAnswer => ("no-answer", String::new()),
                EmailReason::NoOtherWay { why } => ("no-other-way", why.for_our_people().to_owned()),
            };
            form.email_reasons = Choice::list(&EMAIL_REASONS, value);
            form.email_why = why;
        }
        for line in &mut form.lines {
            line.told = telling.lines.iter().any(|(promise, _)| promise.to_string() == line.id);
        }
        if let Some(at) = next_word.filter(|at| *at > scene.now()) {
            form.next_word_at = scene.clocks.write(at);
        }
    }
    AfterPage { shell, head: head(scene), stage: AfterStage::Told(Box::new(form)) }
}

/// Nobody heard it: what to say to the machine, and when to try again.
pub(crate) fn try_again(shell: Shell, scene: &Scene, outcome: Outcome) -> AfterPage {
    let at = try_again_at(scene);
    let tries = count(u64::from(scene.case().unanswered()), "try", "tries");
    let again = TryAgain {
        say: brief(scene).voicemail(at),
        tries: format!("{tries} without an answer in this round."),
        at: scene.clocks.write(at),
        zone: zone(scene),
    };
    let stage = match outcome {
        Outcome::Voicemail => AfterStage::Voicemail(again),
        Outcome::WrongPerson => AfterStage::WrongPerson(again),
        Outcome::NoAnswer | Outcome::Spoke | Outcome::Met => AfterStage::NoAnswer(again),
    };
    AfterPage { shell, head: head(scene), stage }
}

/// In two working hours of ours, on the half hour, when they work.
pub(super) fn try_again_at(scene: &Scene) -> Timestamp {
    let terms = &scene.file.terms;
    let at = terms.owner_calendar.add_working_time(scene.now(), SignedDuration::from_hours(2));
    let half_hour = TimestampRound::new().smallest(Unit::Minute).increment(30);
    terms.customer_calendar.next_opening(at.round(half_hour).unwrap_or(at))
}

fn fresh(scene: &Scene, how: &str) -> ToldForm {
    let reach = scene.reach();
    let names: Vec<String> = reach.name.into_iter().collect();
    let by_mail = how == "e-mail";
    let reasons: &[_] = if by_mail { &EMAIL_REASONS } else { &[] };
    let draft = &scene.draft;
    let next_word = if draft.next_word_at.is_empty() {
        scene.clocks.write(next_word_proposal(scene))
    } else {
        draft.next_word_at.clone()
    };
    ToldForm {
        how: if by_mail || how == "met" { how.to_owned() } else { "spoke".to_owned() },
        email_reasons: Choice::list(reasons, ""),
        email_why: String::new(),
        first_word: by_mail.then(|| first_word(scene)),
        contacts: names.into_iter().map(|name| Choice::new(name.clone(), name).chosen()).collect(),
        other: String::new(),
        said: hidden(scene),
        lines: lines(scene),
        expectation: expectation(scene),
        understood: Choice::list(&UNDERSTOOD, &draft.understood),
        agreed: Choice::list(&AGREED, &draft.agreed),
        temperature: Choice::list(&TEMPERATURES, last_felt(scene)),
        impact: Choice::list(&IMPACTS, &chosen_impact(scene)),
        words: String::new(),
        answer_by: String::new(),
        next_word_at: next_word,
        zone: zone(scene),
        wrong: Vec::new(),
    }
}

const EMAIL_REASONS: [(&str, &str); 3] = [
    ("customer-asked", "They asked for it"),
    ("no-answer", "No number works"),
    ("no-other-way", "No other way in time"),
];
const UNDERSTOOD: [(&str, &str); 3] =
    [("yes", "Yes, said it back"), ("no", "No"), ("not-asked", "Didn’t ask")];
const AGREED: [(&str, &str); 3] = [("yes", "Yes"), ("no", "No"), ("thinks", "Thinks it over")];

/// Every line that is open; those that slip are ticked.
fn lines(scene: &Scene) -> Vec<ToldLine> {
    let mut open: Vec<_> = scene.case().lines.iter().filter(|(_, line)| line.is_open()).collect();
    open.sort_by_key(|(id, line)| (!line.is_slipping(), **id));
    open.into_iter().map(|(id, line)| one(scene, *id, line)).collect()
}

fn one(scene: &Scene, id: PromiseId, line: &CaseLine) -> ToldLine {
    let common = scene.worst().and_then(|(_, worst)| worst.outlook.latest());
    let own = line.outlook.latest().filter(|day| scene.draft.expectation.is_none() && Some(*day) != common);
    ToldLine {
        id: id.to_string(),
        title: scene.title(id),
        was: format!("was {}", scene.promised(line.promised)),
        told: line.is_slipping(),
        date: own.filter(|_| line.is_slipping()).map(|day| day.to_string()).unwrap_or_default(),
    }
}
