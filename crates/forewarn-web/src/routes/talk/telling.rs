//! `POST /cases/{id}/tellings`: the customer has heard it. From here on it is the promise.

use super::noted;
use crate::error::{self, AppError, NotKept};
use crate::me::Me;
use crate::routes::cases::{Chain, OnCase};
use crate::typed::Typed;
use crate::views::draft::{self, Draft};
use crate::views::read::{read_agreement, read_channel, read_expectation, read_moment, typed_expectation};
use crate::views::scene::Scene;
use crate::views::shown::count;
use crate::views::talk;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use forewarn_domain::case::{CaseEvent, Recorded, Telling};
use forewarn_domain::ids::PromiseId;
use forewarn_domain::promise::Expectation;
use forewarn_domain::text::CustomerText;
use forewarn_store::cases::{ActFailed, Acted, CaseFile};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeSet, HashMap};

pub(crate) async fn tell(on: OnCase) -> Result<Response, AppError> {
    let (me, typed) = (&on.me, &on.typed);
    let scene = on.scene().await?;
    if let Some(conflict) = told_by_another(&scene, typed) {
        return Err(conflict);
    }
    let heard = match Heard::read(&scene, typed) {
        Ok(heard) => heard,
        Err(wrong) => return again(&on, &scene, wrong).await,
    };
    let kept = |file: &CaseFile| told_before(file, me, typed, &heard.telling);
    if kept(&scene.file) {
        me.forget(&Draft::key(&scene)).await?;
        return Ok(on.answer.done(&scene.href()));
    }
    let acted = on.record(|file, now| {
        // Looked at once more where nobody else writes: the same sheet may have come several times at once.
        if kept(file) {
            return Ok(Vec::new());
        }
        let mut chain = Chain::on(file, now);
        chain.then(|case| case.tell(heard.telling.clone(), heard.next_word, now, &file.terms))?;
        let lines = || heard.telling.lines.iter().map(|(promise, _)| *promise).collect::<Vec<_>>();
        if let Some(yes) = heard.understood {
            chain.then(|case| case.understood(lines(), yes, now))?;
        }
        if let Some(agreement) = read_agreement(typed) {
            chain.then(|case| case.answered(lines(), agreement, now))?;
        }
        noted(&mut chain, file, typed, now)?;
        Ok(chain.events())
    });
    match acted.await {
        Ok(Acted::Done(events)) => {
            me.forget(&Draft::key(&scene)).await?;
            if !on.answer.is_json() && !events.is_empty() {
                me.say(said(&scene, typed, &events), None).await?;
            }
        }
        Ok(Acted::AlreadyDone) => {}
        Err(ActFailed::Refused(refused)) => {
            return again(&on, &scene, vec![refused.to_string()]).await;
        }
        Err(failed) => return Err(on.failed(failed)),
    }
    Ok(on.answer.done(&scene.href()))
}

/// What the sheet says.
pub(crate) struct Heard {
    /// Who heard what, how.
    pub(crate) telling: Telling,
    /// When they hear from us next.
    pub(crate) next_word: Option<Timestamp>,
    understood: Option<bool>,
}

impl Heard {
    /// All of it, or everything that is missing.
    pub(crate) fn read(scene: &Scene, typed: &Typed) -> Result<Self, Vec<String>> {
        let mut wrong = Vec::new();
        let mut note = |why: String| wrong.push(why);
        let to = CustomerText::new(typed.filled("other").unwrap_or(typed.get("contact")));
        if to.is_none() {
            note("Say whom you told: a name at the customer.".to_owned());
        }
        let channel = read_channel(typed).map_err(&mut note).ok();
        let next_word = read_moment(typed, "next_word_at", &scene.clocks).map_err(&mut note).ok();
        let lines = lines(scene, typed).map_err(&mut note).ok();
        let understood = match typed.get("understood") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        match (to, channel, next_word, lines) {
            (Some(to), Some(channel), Some(next_word), Some(lines)) => {
                Ok(Self { telling: Telling { to, channel, lines }, next_word, understood })
            }
            _ => Err(wrong),
        }
    }
}

/// What they expect now, line by line: the line's own date, or else what holds for all.
fn lines(scene: &Scene, typed: &Typed) -> Result<Vec<(PromiseId, Expectation)>, String> {
    let chosen: BTreeSet<PromiseId> = typed.all("line").filter_map(|line| line.parse().ok()).collect();
    if chosen.is_empty() {
        return Err("Choose at least one line that you told them about.".to_owned());
    }
    let common = read_expectation(&typed_expectation(typed), &scene.clocks);
    let own: HashMap<&str, &str> = typed.starting("date-").collect();
    let one = |promise: PromiseId| {
        let own: Option<Date> = own.get(promise.to_string().as_str()).and_then(|day| day.parse().ok());
        let expectation = match own {
            Some(on) => Expectation::NewDate { on },
            None => common.clone()?,
        };
        Ok((promise, expectation))
    };
    chosen.into_iter().map(one).collect()
}

/// The sheet again, with what was typed.
async fn again(on: &OnCase, scene: &Scene, wrong: Vec<String>) -> Result<Response, AppError> {
    if on.answer.is_json() {
        return Err(on.refused(wrong.join(" ")));
    }
    let page = talk::refused(on.shell().await?, scene, &on.typed, wrong);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, error::page(&page)?).into_response())
}

/// Somebody else told them since this sheet was opened. Then this one is not kept, so that nobody is
/// recorded as having said what another has.
pub(crate) fn told_by_another(scene: &Scene, typed: &Typed) -> Option<AppError> {
    let seen = typed.seen()?;
    let entry = scene.file.history.iter().filter(|recorded| recorded.seq > seen);
    let theirs = entry.rev().find(|recorded| {
        matches!(recorded.event, CaseEvent::Told { .. }) && recorded.by != Some(scene.me.id)
    })?;
    let who = theirs.by.map_or("Somebody", |id| scene.person(id));
    let when = scene.clocks.my_moment(theirs.at);
    let why = format!("{who} told this customer {when}. Your telling was not kept.");
    let not_kept = NotKept { why, typed: typed.written(), back: scene.href() };
    Some(AppError::Conflict(Box::new(not_kept)))
}

/// Whether this person has kept the very same telling since the sheet was opened (in another tab), or a
/// moment ago (and has gone back since). It was one call, so it is kept once.
fn told_before(file: &CaseFile, me: &Me, typed: &Typed, heard: &Telling) -> bool {
    let opened = typed.seen().unwrap_or(u32::MAX);
    let moment_ago = me.now.saturating_sub(ONE_CALL).unwrap_or(Timestamp::MIN);
    let since = file.history.iter().filter(|past| past.seq > opened || past.at > moment_ago);
    since
        .filter(|past| past.by == Some(me.person.id))
        .any(|past| matches!(&past.event, CaseEvent::Told { telling, .. } if telling == heard))
}

/// Two tellings of the same are one within this time.
const ONE_CALL: SignedDuration = SignedDuration::from_mins(10);

/// "Told 2 of 2 lines, 9 working days before the promise." And what has moved since it was said.
fn said(scene: &Scene, typed: &Typed, events: &[Recorded]) -> String {
    let told = events.iter().find_map(|recorded| match &recorded.event {
        CaseEvent::Told { telling, notice_days, .. } => Some((telling.lines.len(), *notice_days)),
        _ => None,
    });
    let Some((lines, notice)) = told else { return "Kept.".to_owned() };
    let open = scene.case().slipping().count().max(lines);
    let before = match notice {
        Some(days @ 1..) => {
            let days = count(days.unsigned_abs().into(), "working day", "working days");
            format!(", {days} before the promise")
        }
        _ => String::new(),
    };
    let mut text = format!("Told {lines} of {}{before}.", count(open as u64, "line", "lines"));
    if let Some(moved) = moved(scene, typed) {
        text.push(' ');
        text.push_str(&moved);
    }
    if events.iter().any(|recorded| matches!(recorded.event, CaseEvent::RepeatSlip { .. })) {
        text.push_str(" The evidence is later than what you said: the next round begins.");
    }
    text
}

/// What the sheet was filled in with, against what is expected now.
fn moved(scene: &Scene, typed: &Typed) -> Option<String> {
    let now = draft::expected(scene);
    let (line, then, now) = typed.starting("said-").find_map(|(line, then)| {
        let now = now.get(&line.parse().ok()?)?;
        (now != then).then_some((line.parse().ok()?, then, now))
    })?;
    let title = scene.short_title(PromiseId(line));
    Some(format!(
        "ERP now says {} for {title}; you went by {}.",
        scene.day_or_none(now),
        scene.day_or_none(then)
    ))
}
