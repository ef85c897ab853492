//! Everything that happened, a sentence each, newest first.

mod clocks;
mod letters;

use super::record::felt_word;
use crate::pages::case::Event;
use crate::pages::tone::{FAULTS, IMPACTS, Tone};
use crate::views::letters::email_first;
use crate::views::scene::Scene;
use crate::views::shown::count;
use crate::views::today::not_now;
use forewarn_domain::case::{
    Agreement, CaseEvent, Channel, CheckedWith, Closing, Finding, OptionAnswer, Owner, SpotCheck, Telling,
    Tick,
};
use forewarn_domain::ids::PromiseId;
use forewarn_domain::promise::Expectation;
use forewarn_store::cases::TimelineEntry;
use std::collections::BTreeSet;

pub(super) fn timeline(scene: &Scene) -> Vec<Event> {
    let taken_back = taken_back(scene);
    let shown = scene.timeline.iter().rev().filter_map(|entry| event(scene, entry, &taken_back));
    shown.collect()
}

/// The events that somebody has taken back.
pub(super) fn taken_back(scene: &Scene) -> BTreeSet<u32> {
    let taken_back = scene.timeline.iter().filter_map(|entry| match entry.recorded.event {
        CaseEvent::TakenBack { seq } => Some(seq),
        _ => None,
    });
    taken_back.collect()
}

/// What happened, in a sentence; `None` for what has a place of its own on the page.
pub(super) fn event(scene: &Scene, entry: &TimelineEntry, taken_back: &BTreeSet<u32>) -> Option<Event> {
    let recorded = &entry.recorded;
    let (mut text, tone) = says(scene, &recorded.event)?;
    if taken_back.contains(&recorded.seq) {
        text.push_str(" Taken back.");
    }
    if entry.recorded_at.duration_since(recorded.at).as_mins() >= 1 {
        text.push_str(&format!(" Reached us {}.", scene.clocks.my_moment(entry.recorded_at)));
    }
    let by = match (&entry.by, &recorded.event) {
        (Some(name), _) => name.clone(),
        (None, CaseEvent::LineMoved { source, .. }) => source.clone(),
        (None, CaseEvent::LineJoined { line }) => line.source.clone(),
        (None, _) => "Forewarn".to_owned(),
    };
    Some(Event {
        when: scene.clocks.my_moment(recorded.at),
        instant: recorded.at.to_string(),
        text,
        by,
        tone,
    })
}

/// What happened, and how it feels. The weighing of a case has a place of its own.
fn says(scene: &Scene, event: &CaseEvent) -> Option<(String, Tone)> {
    let line = |promise: &PromiseId| scene.short_title(*promise);
    let lines = |promises: &[PromiseId]| promises.iter().map(line).collect::<Vec<_>>().join(", ");
    Some(match event {
        CaseEvent::Opened { owner, .. } => {
            (format!("Case opened, given to {}.", owned(scene, *owner)), Tone::Quiet)
        }
        CaseEvent::Assigned { owner, reason } => {
            let why = reason.as_ref().map(|why| format!(": {}", why.for_our_people())).unwrap_or_default();
            (format!("Given to {}{why}.", owned(scene, *owner)), Tone::Quiet)
        }
        CaseEvent::LineJoined { line: joined } => {
            let (was, now) = (scene.promised(joined.promised), scene.outlook(joined.outlook));
            let text = format!("{}: expected {now}, promised {was}.", line(&joined.promise));
            (text, Tone::Quiet)
        }
        CaseEvent::LineMoved { promise, outlook, .. } => {
            let sure = outlook.firmness().to_lowercase();
            (format!("{}: expected {} ({sure}).", line(promise), scene.outlook(*outlook)), Tone::Quiet)
        }
        CaseEvent::BecameNews { promises, because } => {
            (format!("Became news ({}): {}.", because.in_words(), lines(promises)), Tone::Watch)
        }
        CaseEvent::RepeatSlip { promise, round } => {
            (format!("{} moved again: round {round} begins.", line(promise)), Tone::Urgent)
        }
        CaseEvent::Recovered { promise, after_telling: true } => {
            (format!("{}: the date came back. That is good news to tell.", line(promise)), Tone::Good)
        }
        CaseEvent::Recovered { promise, .. } => {
            (format!("{}: the date came back.", line(promise)), Tone::Good)
        }
        CaseEvent::LineCancelled { promise } => (format!("{} was cancelled.", line(promise)), Tone::Quiet),
        CaseEvent::LineWithdrawn { promise, .. } => {
            (format!("{}: the import that brought it was undone.", line(promise)), Tone::Quiet)
        }
        CaseEvent::LineReopened { promise, .. } => {
            (format!("{} is open again: an import was undone.", line(promise)), Tone::Quiet)
        }
        CaseEvent::LineDelivered { promise, on } => {
            (format!("{} arrived {}.", line(promise), scene.clocks.mine.day(*on)), Tone::Good)
        }
        CaseEvent::Weighed { .. } => return None,
        CaseEvent::Viewed => ("Looked at for the first time.".to_owned(), Tone::Quiet),
        CaseEvent::NotNow { reason } => (not_now(reason, &scene.people, &scene.clocks), Tone::Watch),
        CaseEvent::Ticked { tick, on } => {
            let took = if *on { "Ticked" } else { "Unticked" };
            (format!("{took}: {}.", tick_word(*tick)), Tone::Quiet)
        }
        CaseEvent::FaultSet { fault } => {
            (format!("Whose doing: {}.", word(&FAULTS, fault).to_lowercase()), Tone::Quiet)
        }
        CaseEvent::CauseSet { cause } => (cause_says(cause), Tone::Quiet),
        CaseEvent::ContactSet { name, phone, .. } => {
            let number = phone.as_ref().map(|phone| format!(", {phone}")).unwrap_or_default();
            (format!("To be told: {name}{number}."), Tone::Quiet)
        }
        CaseEvent::ActionAdded { action } => {
            (format!("What we do: {}.", bare(action.what.as_str())), Tone::Quiet)
        }
        CaseEvent::OptionAdded { option } => {
            let approved = if option.approved { "approved" } else { "not approved" };
            (format!("Option: {} ({approved}).", bare(option.what.as_str())), Tone::Quiet)
        }
        CaseEvent::OptionApproved { option } => (format!("Option {option} may be offered."), Tone::Quiet),
        CaseEvent::OptionAnswered { option, answer } => {
            (format!("Option {option}: {}.", answer_word(*answer)), Tone::Quiet)
        }
        CaseEvent::StepTaken { step } => (format!("{}: done.", step.name()), Tone::Quiet),
        CaseEvent::StepSkipped { step } => (format!("{}: left out.", step.name()), Tone::Quiet),
        CaseEvent::ConcernAnswered { read_back, owned, apologised } => {
            (answered(*read_back, *owned, *apologised), Tone::Quiet)
        }
        CaseEvent::Attempted { attempt } => {
            let to = attempt.to.as_ref().map(|to| format!(" ({to})")).unwrap_or_default();
            (format!("{}{to}.", attempt.outcome.name()), Tone::Quiet)
        }
        CaseEvent::Told { telling, notice_days, .. } => (told(scene, telling, *notice_days), Tone::Good),
        CaseEvent::Understood { yes: true, .. } => ("They said it back right.".to_owned(), Tone::Good),
        CaseEvent::Understood { .. } => ("They did not say it back right.".to_owned(), Tone::Watch),
        CaseEvent::Answered { agreement, .. } => agreed(scene, *agreement),
        CaseEvent::TemperatureFelt { temperature } => {
            (format!("They are {}.", felt_word(*temperature)), Tone::Quiet)
        }
        CaseEvent::ImpactNamed { impact } => {
            (format!("What it means for them: {}.", word(&IMPACTS, impact).to_lowercase()), Tone::Quiet)
        }
        CaseEvent::ConcernNoted { words } => {
            (format!("They said: “{}”", words.for_our_people()), Tone::Quiet)
        }
        CaseEvent::LeaderCalled { need } => {
            let need = need.as_ref().map(|need| format!(": {}", need.for_our_people())).unwrap_or_default();
            (format!("A leader was asked to join{need}."), Tone::Watch)
        }
        CaseEvent::Asked { words } => (format!("A leader asked: “{}”", words.for_our_people()), Tone::Watch),
        CaseEvent::AskAnswered { words } => {
            (format!("Answered the leader: “{}”", words.for_our_people()), Tone::Quiet)
        }
        CaseEvent::LeaderJoined => ("A leader joins the call.".to_owned(), Tone::Calm),
        CaseEvent::TakenOver { from, .. } => {
            (format!("Took it over from {}.", owned(scene, *from)), Tone::Watch)
        }
        CaseEvent::SpotChecked { check } => spot_checked(check),
        CaseEvent::NextWordPromised { by } => {
            (format!("Next word promised for {}.", scene.clocks.moment(*by)), Tone::Calm)
        }
        CaseEvent::NextWordKept { late, channel, .. } => {
            let late_word = if *late { "late" } else { "in time" };
            let tone = if *late { Tone::Watch } else { Tone::Good };
            (format!("Next word kept {late_word}, {}.", channel_word(channel)), tone)
        }
        CaseEvent::NextWordMissed { due } => {
            (format!("The next word of {} passed in silence.", scene.clocks.moment(*due)), Tone::Urgent)
        }
        CaseEvent::GoodNewsTold { lines: told, channel } => {
            let said: Vec<_> =
                told.iter().map(|(id, now)| format!("{} {}", line(id), scene.promised(*now))).collect();
            (format!("Good news told {}: {}.", channel_word(channel), said.join(", ")), Tone::Good)
        }
        CaseEvent::DeliveryConfirmed { promises, .. } => {
            (format!("They know that it arrived: {}.", lines(promises)), Tone::Good)
        }
        CaseEvent::RecapTaken => ("The recap was taken out, to be sent.".to_owned(), Tone::Quiet),
        CaseEvent::Letter { letter, what } => letters::says(scene, *letter, what),
        CaseEvent::Clock { what } => clocks::says(scene, what),
        CaseEvent::ReplyReceived { reply, .. } => letters::replied(scene, *reply),
        CaseEvent::Closed { closing } => (closed(closing), Tone::Good),
        CaseEvent::Erased { events, because } => {
            let from = count(events.len() as u64, "event", "events");
            let why = bare(because.for_our_people());
            (format!("Personal data of a contact was erased from {from}: {why}."), Tone::Quiet)
        }
        CaseEvent::TakenBack { .. } => ("Took back the act above marked so.".to_owned(), Tone::Quiet),
    })
}

fn told(scene: &Scene, telling: &Telling, notice_days: Option<i32>) -> String {
    let said: Vec<_> = telling
        .lines
        .iter()
        .map(|(id, now)| format!("{}: {}", scene.short_title(*id), expectation(scene, *now)))
        .collect();
    let notice = notice_days.map(|days| format!(" Notice: {days} working days.")).unwrap_or_default();
    let why = email_first(&telling.channel).map(|why| format!(" {why}")).unwrap_or_default();
    format!("Told {} {}: {}.{notice}{why}", telling.to, channel_word(&telling.channel), said.join("; "))
}

fn spot_checked(check: &SpotCheck) -> (String, Tone) {
    let with = match check.with {
        CheckedWith::Rep => "whoever told them",
        CheckedWith::Customer => "the customer",
    };
    let note = check.note.as_ref().map(|note| format!(": {}", bare(note.for_our_people())));
    let tone = if check.finding == Finding::AsRecorded { Tone::Good } else { Tone::Watch };
    let found = check.finding.name().to_lowercase();
    (format!("Spot check with {with}: {found}{}.", note.unwrap_or_default()), tone)
}

/// What they are told to expect, in words.
pub(super) fn expectation(scene: &Scene, expectation: Expectation) -> String {
    match expectation {
        Expectation::NewDate { on } => scene.clocks.mine.day(on),
        Expectation::Range { from, to } => scene.clocks.mine.days(from, to),
        Expectation::NoDateYet { next_word_by } => {
            format!("no date yet, next word by {}", scene.clocks.moment(next_word_by))
        }
    }
}

fn agreed(scene: &Scene, agreement: Agreement) -> (String, Tone) {
    match agreement {
        Agreement::Agreed => ("They agreed.".to_owned(), Tone::Good),
        Agreement::Refused => ("They did not agree.".to_owned(), Tone::Urgent),
        Agreement::Thinking { answer_by: None } => ("They think it over.".to_owned(), Tone::Watch),
        Agreement::Thinking { answer_by: Some(day) } => {
            (format!("They think it over until {}.", scene.clocks.mine.day(day)), Tone::Watch)
        }
    }
}

fn cause_says(cause: &forewarn_domain::evidence::Cause) -> String {
    let internal =
        cause.internal.as_ref().map(|text| format!("Cause, for us: {}.", bare(text.for_our_people())));
    let safe = cause.customer.as_ref().map(|text| format!("For the customer: {}.", bare(text.as_str())));
    let texts: Vec<String> = internal.into_iter().chain(safe).collect();
    if texts.is_empty() { "Cause cleared.".to_owned() } else { texts.join(" ") }
}

fn closed(closing: &Closing) -> String {
    match closing {
        Closing::BackToBusiness { temperature, what_we_changed } => {
            let changed = what_we_changed
                .as_ref()
                .map(|text| format!(" What we changed: {}.", bare(text.for_our_people())));
            format!(
                "Closed: back to business as usual, {}.{}",
                felt_word(*temperature),
                changed.unwrap_or_default()
            )
        }
        Closing::NotNews { why } => format!("Closed: not news for them. {}", why.for_our_people()),
        other => format!("Closed: {}.", other.name().to_lowercase()),
    }
}

fn owned(scene: &Scene, owner: Owner) -> String {
    match owner {
        Owner::Person { person } => scene.person(person).to_owned(),
        Owner::Inbox { .. } => "the inbox of the team".to_owned(),
    }
}

/// "by phone"
pub(super) fn channel_word(channel: &Channel) -> &'static str {
    match channel {
        Channel::InPerson => "in person",
        Channel::Phone => "by phone",
        Channel::Email { .. } => "by e-mail",
    }
}

/// What they said to an option.
pub(super) fn answer_word(answer: OptionAnswer) -> &'static str {
    match answer {
        OptionAnswer::Taken => "they take it",
        OptionAnswer::Declined => "declined",
        OptionAnswer::Thinking => "they think it over",
        OptionAnswer::WantsALeader => "they want to speak to a leader",
    }
}

/// "They were heard: concern read back, owned, apologised for."
fn answered(read_back: bool, owned: bool, apologised: bool) -> String {
    let said = [(read_back, "concern read back"), (owned, "owned"), (apologised, "apologised for")];
    let said: Vec<&str> = said.iter().filter(|(yes, _)| *yes).map(|(_, what)| *what).collect();
    format!("They were heard: {}.", said.join(", "))
}

fn tick_word(tick: Tick) -> &'static str {
    match tick {
        Tick::FactsChecked => "facts checked",
        Tick::DateOrNextWord => "new date or next word",
        Tick::OneOption => "at least one option",
        Tick::FaultDecided => "fault decided",
        Tick::RightPerson => "right person",
    }
}

/// The label of a word that is stored as it is sent in forms.
fn word(labels: &[(&'static str, &'static str)], value: &impl serde::Serialize) -> &'static str {
    let stored = serde_json::to_value(value).unwrap_or_default();
    let found = labels.iter().find(|(name, _)| stored.as_str() == Some(name));
    found.map_or("–", |(_, label)| label)
}

/// Without the full stop at its end, to stand before one.
fn bare(text: &str) -> &str {
    text.trim_end_matches(['.', ' '])
}
