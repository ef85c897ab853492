//! One case's history on paper. Nothing is near on paper: every moment is written out with its year.

use super::record::minutes;
use super::timeline::{channel_word, event, expectation, taken_back};
use crate::pages::case::{CaseHistory, HistoryEvent, SentLetter, SlipRow};
use crate::views::letters::email_first;
use crate::views::scene::Scene;
use crate::views::shown::count;
use forewarn_domain::case::{Agreement, Case, CaseEvent, KnownToTold, LineEnd, Owner, ToldLine};
use forewarn_domain::letter::LetterState;
use forewarn_store::cases::TimelineEntry;
use forewarn_store::history::CaseProof;
use forewarn_store::letters::Letter;

/// Everything that is on record about a case.
pub(crate) fn history(scene: Scene, proof: &CaseProof) -> CaseHistory {
    let printed = written_out(&scene, scene.now());
    let scene = &Scene { clocks: scene.clocks.clone().on_paper(), ..scene };
    let slips = Case::known_to_told(&scene.file.history);
    let taken_back = taken_back(scene);
    let events = scene.timeline.iter().map(|entry| HistoryEvent {
        seq: entry.recorded.seq,
        when: scene.clocks.my_moment(entry.recorded.at),
        at: entry.recorded.at.to_string(),
        ..happened(scene, entry, &taken_back)
    });
    CaseHistory {
        case: scene.file.id.0,
        customer: scene.customer.name.clone(),
        printed,
        zone: scene.clocks.mine.zone.iana_name().unwrap_or("UTC").to_owned(),
        facts: facts(scene),
        slips: slips.iter().map(|slip| row(scene, slip)).collect(),
        letters: letters(scene),
        events: events.collect(),
        proof: match &proof.broken {
            Some(broken) => format!("The history has been changed from outside. {broken}"),
            None => {
                let events = count(proof.events.len() as u64, "event", "events");
                format!("Gone through link by link: all {events} are what was recorded.")
            }
        },
        intact: proof.broken.is_none(),
        chain: proof.chain().to_owned(),
    }
}

fn written_out(scene: &Scene, at: jiff::Timestamp) -> String {
    scene.clocks.clone().on_paper().my_moment(at)
}

fn facts(scene: &Scene) -> Vec<(String, String)> {
    let case = scene.case();
    let owner = match case.owner {
        Owner::Person { person } => scene.person(person).to_owned(),
        Owner::Inbox { .. } => "nobody yet: it lies in the inbox of the team".to_owned(),
    };
    let mut facts = vec![("Opened", scene.clocks.my_moment(case.opened_at)), ("Owner", owner)];
    if case.round > 1 {
        facts.push(("Conversations", format!("{}: told dates moved again", case.round)));
    }
    facts.push((
        "Stands",
        match &case.closed {
            Some((at, closing)) => {
                format!("closed {}: {}", scene.clocks.my_moment(*at), closing.name().to_lowercase())
            }
            None => "open".to_owned(),
        },
    ));
    facts.into_iter().map(|(label, value)| (label.to_owned(), value)).collect()
}

fn row(scene: &Scene, slip: &KnownToTold) -> SlipRow {
    let told = slip.told.as_ref();
    let firm = match (slip.firm_at, told) {
        (Some(at), _) => scene.clocks.my_moment(at),
        (None, Some(_)) => "told before it was firm".to_owned(),
        (None, None) => "not yet".to_owned(),
    };
    SlipRow {
        line: scene.title(slip.promise),
        promised: scene.promised(slip.promised),
        expected: scene.outlook(slip.expected),
        known: scene.clocks.my_moment(slip.known_at),
        firm,
        told: match told {
            Some(told) => scene.clocks.my_moment(told.at),
            None => untold(slip.end).to_owned(),
        },
        by: told.map(|told| told.by.map_or("somebody", |by| scene.person(by)).to_owned()).unwrap_or_default(),
        to: told.map(|told| told.to.to_string()).unwrap_or_default(),
        how: told.map(|told| channel_word(&told.channel).to_owned()).unwrap_or_default(),
        said: told.map(|told| expectation(scene, told.said)).unwrap_or_default(),
        notes: told.map(|told| notes(scene, told)).unwrap_or_default(),
    }
}

fn untold(end: Option<LineEnd>) -> &'static str {
    match end {
        None => "not told",
        Some(LineEnd::Recovered) => "not told: the date came back before",
        Some(LineEnd::Cancelled) => "not told: it was cancelled",
        Some(LineEnd::Withdrawn) => "not told: the import that brought it was undone",
        Some(LineEnd::Delivered { .. }) => "not told before it arrived",
    }
}

fn notes(scene: &Scene, told: &ToldLine) -> Vec<String> {
    let mut notes: Vec<String> = email_first(&told.channel).into_iter().collect();
    notes.extend(told.notice_days.map(|days| match days {
        1.. => format!("{}’ notice", count(days.unsigned_abs().into(), "working day", "working days")),
        _ => "no notice".to_owned(),
    }));
    notes.push(format!("fact wait {}", minutes(told.waits.fact_minutes)));
    notes.push(format!("tell wait {}", minutes(told.waits.tell_minutes)));
    notes.extend(told.understood.map(|yes| if yes { "understood" } else { "not understood" }.to_owned()));
    notes.extend(told.agreement.map(|agreement| match agreement {
        Agreement::Agreed => "agreed".to_owned(),
        Agreement::Refused => "did not agree".to_owned(),
        Agreement::Thinking { answer_by: None } => "thinks it over".to_owned(),
        Agreement::Thinking { answer_by: Some(day) } => {
            format!("thinks it over until {}", scene.clocks.mine.day(day))
        }
    }));
    notes
}

fn letters(scene: &Scene) -> Vec<SentLetter> {
    let left = |letter: &&Letter| {
        matches!(letter.state, LetterState::Accepted | LetterState::Refused | LetterState::Unknown)
    };
    scene.letters.iter().rev().filter(left).map(|letter| sent(scene, letter)).collect()
}

fn sent(scene: &Scene, letter: &Letter) -> SentLetter {
    let became = match (letter.state, &letter.bounced, letter.ended_at) {
        (_, Some((_, at)), _) => format!("came back {}", scene.clocks.my_moment(*at)),
        (LetterState::Accepted, None, Some(at)) => {
            format!("taken by our mail server {}", scene.clocks.my_moment(at))
        }
        (LetterState::Refused, None, _) => "refused by the mail server".to_owned(),
        (LetterState::Unknown, None, _) => "nobody can tell whether it left".to_owned(),
        _ => "sent".to_owned(),
    };
    let approved = letter.approved.map(|(_, at)| {
        let by = letter.approved_by.as_deref().unwrap_or("somebody");
        format!(", approved by {by} {}", scene.clocks.my_moment(at))
    });
    SentLetter {
        says: format!(
            "{} to {} ({}){}; {became}.",
            letter.kind().name(),
            letter.to,
            letter.address,
            approved.unwrap_or_default()
        ),
        subject: letter.subject.to_string(),
        body: letter.body.to_string(),
    }
}

/// What happened, by whom; its number and moment are filled in by whoever asks.
fn happened(
    scene: &Scene,
    entry: &TimelineEntry,
    taken_back: &std::collections::BTreeSet<u32>,
) -> HistoryEvent {
    let (says, by) = match (event(scene, entry, taken_back), &entry.recorded.event) {
        (Some(event), _) => (event.text, event.by),
        (None, CaseEvent::Weighed { severity, tell_by }) => {
            let by = tell_by.map(|by| format!(", to be told by {}", scene.clocks.my_moment(by)));
            let says = format!("Weighed: {} of 100{}.", severity.points, by.unwrap_or_default());
            (says, "Forewarn".to_owned())
        }
        (None, _) => (String::new(), "Forewarn".to_owned()),
    };
    HistoryEvent { seq: 0, when: String::new(), at: String::new(), by, says }
}
