//! Keeping the word: what they were told, when they hear from us next, and whether it has arrived.

use super::lines::{agreed, understood};
use super::timeline::channel_word;
use crate::pages::case::{After, ArrivalRow, GoodNews, NextWordRow};
use crate::pages::tone::{Chip, Choice, TEMPERATURES, Tone};
use crate::views::letters;
use crate::views::scene::Scene;
use forewarn_domain::case::{CaseEvent, CaseLine, LineEnd, Stage};
use forewarn_domain::severity::Temperature;
use jiff::{SignedDuration, Timestamp};

/// There once somebody has been told.
pub(super) fn after(scene: &Scene) -> Option<After> {
    let case = scene.case();
    let closed = case.closed.as_ref().map(|(at, closing)| {
        format!("Closed {}: {}.", scene.clocks.my_moment(*at), closing.name().to_lowercase())
    });
    let open = case.lines.values().filter(|line| line.is_open()).count();
    let can_close = case.stage() == Stage::Arrived;
    let waiting = (open > 0 && case.stage() == Stage::KeepingWord)
        .then(|| "The case can be closed when everything has arrived.".to_owned());
    let (told, heard) = told(scene)?;
    Some(After {
        told,
        heard,
        chips: chips(scene),
        good_news: good_news(scene),
        next_words: next_words(scene),
        next_word_at: scene.clocks.write(next_word_proposal(scene)),
        zone: zone(scene),
        can_promise: case.closed.is_none(),
        arrivals: arrivals(scene),
        recap: letters::recap(scene).filter(|_| case.closed.is_none()),
        recap_sent: letters::recap_sent(scene),
        write_update: case.closed.is_none().then(|| format!("{}/letters/new?kind=update", scene.href())),
        write_delivered: (case.closed.is_none() && !letters::arrived_untold(scene).is_empty())
            .then(|| format!("{}/letters/new?kind=delivered", scene.href())),
        closing: can_close.then(|| Choice::list(&TEMPERATURES, last_felt(scene))),
        closing_note: closed.or(waiting),
    })
}

/// Whose clock the fields for moments are on: "Bergen time".
pub(crate) fn zone(scene: &Scene) -> String {
    format!("{} time", scene.clocks.place)
}

/// The temperature as it is sent in forms; empty if nobody has said.
pub(crate) fn last_felt(scene: &Scene) -> &'static str {
    match scene.case().temperature() {
        None => "",
        Some(Temperature::Calm) => "calm",
        Some(Temperature::Concerned) => "concerned",
        Some(Temperature::Upset) => "upset",
        Some(Temperature::Furious) => "furious",
    }
}

/// When to propose the next word: in the middle of their morning, in two working days; tomorrow for
/// somebody furious.
pub(crate) fn next_word_proposal(scene: &Scene) -> Timestamp {
    let calendar = &scene.file.terms.customer_calendar;
    let furious = scene.case().temperature() == Some(Temperature::Furious);
    let day = calendar.add_working_days(calendar.local_date(scene.now()), if furious { 1 } else { 2 });
    let opening = calendar.start_of_work(day);
    opening.saturating_add(SignedDuration::from_hours(1)).unwrap_or(opening)
}

/// Who heard it last from whom, and what, line by line.
fn told(scene: &Scene) -> Option<(String, Vec<String>)> {
    let (at, by, telling) = scene.case().tellings.last()?;
    let who = by.map_or("somebody", |id| scene.person(id));
    let heard = scene.case().lines.iter().filter_map(|(id, line)| {
        let heard = line.told.iter().rev().find(|heard| heard.at == *at)?;
        let (now, before) = (scene.promised(heard.expectation), scene.promised(heard.before));
        Some(format!("{}: {now} instead of {before}", scene.title(*id)))
    });
    let (when, how) = (scene.clocks.my_moment(*at), channel_word(&telling.channel));
    let when = capital(&when);
    Some((format!("{when} {} heard from {who} {how}:", telling.to), heard.collect()))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn chips(scene: &Scene) -> Vec<Chip> {
    let mut chips = Vec::new();
    let notice = scene.file.holding().rev().find_map(|recorded| match &recorded.event {
        CaseEvent::Told { notice_days, .. } => Some(*notice_days),
        _ => None,
    });
    match notice.flatten() {
        Some(days @ 1..) => {
            let days = crate::views::shown::count(days.unsigned_abs().into(), "working day", "working days");
            chips.push(Chip::new(format!("{days}’ notice"), Tone::Good));
        }
        Some(_) => chips.push(Chip::new("no notice: told on the promised day or later", Tone::Watch)),
        None => {}
    }
    let heard = || scene.case().lines.values().filter_map(CaseLine::last_heard);
    let answers: Vec<bool> = heard().filter_map(|heard| heard.understood).collect();
    if !answers.is_empty() {
        chips.push(understood(answers.iter().all(|yes| *yes)));
    }
    chips.extend(heard().find_map(|heard| heard.agreement).map(|agreement| agreed(scene, agreement)));
    chips
}

fn good_news(scene: &Scene) -> Option<GoodNews> {
    let lines: Vec<String> = scene
        .case()
        .good_news()
        .filter(|(_, line)| line.outlook.latest().is_some())
        .map(|(id, line)| {
            format!(
                "{}: now {}, they know of {}",
                scene.title(id),
                scene.outlook(line.outlook),
                scene.promised(line.promised)
            )
        })
        .collect();
    (!lines.is_empty()).then_some(GoodNews { lines })
}

fn next_words(scene: &Scene) -> Vec<NextWordRow> {
    let href = scene.href();
    let mut rows = Vec::new();
    if let Some(word) = scene.case().next_word {
        let late = word.missed || word.by < scene.now();
        let state = if late { Chip::new("late", Tone::Urgent) } else { Chip::new("due", Tone::Calm) };
        rows.push(NextWordRow {
            when: scene.clocks.moment(word.by),
            about: "A word from you, even if nothing has changed.".to_owned(),
            state,
            ics: Some(format!("{href}/next-word.ics")),
            keep: scene.case().closed.is_none().then(|| format!("{href}/next-words/keeping")),
        });
    }
    for recorded in scene.file.history.iter().rev() {
        if let CaseEvent::NextWordKept { due, channel, late } = &recorded.event {
            let state =
                if *late { Chip::new("kept, late", Tone::Watch) } else { Chip::new("kept", Tone::Good) };
            rows.push(NextWordRow {
                when: scene.clocks.moment(*due),
                about: format!("Given {} {}.", scene.clocks.my_moment(recorded.at), channel_word(channel)),
                state,
                ics: None,
                keep: None,
            });
        }
    }
    rows
}

fn arrivals(scene: &Scene) -> Vec<ArrivalRow> {
    let lines = scene
        .case()
        .lines
        .iter()
        .filter(|(_, line)| !matches!(line.end, Some(LineEnd::Recovered | LineEnd::Withdrawn)));
    let rows = lines.map(|(id, line)| {
        let (state, can_tell) = match line.end {
            Some(LineEnd::Delivered { on, confirmed }) => {
                let knows = if confirmed { ", and they know" } else { "" };
                let text = format!("arrived {}{knows}", scene.clocks.mine.day(on));
                (Chip::new(text, Tone::Good), !confirmed)
            }
            Some(_) => (Chip::new("cancelled", Tone::Quiet), false),
            None => (Chip::new(format!("expected {}", scene.outlook(line.outlook)), Tone::Quiet), false),
        };
        ArrivalRow {
            line: id.to_string(),
            title: scene.title(*id),
            state,
            can_arrive: line.is_open() && scene.case().closed.is_none(),
            can_tell: can_tell && scene.case().closed.is_none(),
            today: scene.clocks.theirs.today().to_string(),
        }
    });
    rows.collect()
}
