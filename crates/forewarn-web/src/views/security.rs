//! Where somebody is signed in, and what has happened around it.

use super::clocks::near;
use super::shown::{Wall, count};
use crate::pages::security::{LogRow, SessionRow};
use crate::pages::tone::Tone;
use crate::session::{ADDRESS, DEVICE, USED};
use forewarn_store::second_steps::SecondStep;
use forewarn_store::security_log::{SecurityLine, What};
use forewarn_store::sessions::Session;
use jiff::Timestamp;
use serde_json::{Map, Value};

/// Where somebody is signed in. `here` is the session that asks; with `can_end`, the others can be ended.
pub(crate) fn sessions(
    sessions: &[Session],
    here: Option<&str>,
    can_end: bool,
    wall: &Wall,
) -> Vec<SessionRow> {
    let mut rows: Vec<SessionRow> = sessions
        .iter()
        .map(|session| {
            let data: Map<String, Value> = serde_json::from_str(&session.data).unwrap_or_default();
            let text = |key: &str| data.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
            let used = data.get(USED).and_then(Value::as_i64);
            let used = used.and_then(|used| Timestamp::from_second(used).ok()).unwrap_or(session.created_at);
            let from = text(ADDRESS).map_or_else(String::new, |address| format!(" from {address}"));
            let here = here == Some(session.id_hash.as_str());
            SessionRow {
                device: text(DEVICE).unwrap_or("A browser").to_owned(),
                says: format!(
                    "Since {}{from}, last seen {}.",
                    near(wall, session.created_at),
                    near(wall, used)
                ),
                here,
                end: (can_end && !here).then(|| format!("/me/sessions/{}/ending", session.id_hash)),
            }
        })
        .collect();
    rows.sort_by_key(|row| !row.here);
    rows
}

/// "On since Tue 3 Nov 09:12, with 9 recovery codes left."
pub(crate) fn second_step(second: &SecondStep, wall: &Wall) -> String {
    let codes = count(second.codes_left.into(), "recovery code", "recovery codes");
    let soon = if second.codes_left < 3 { " Make new ones while you have your phone." } else { "" };
    format!("On since {}, with {codes} left.{soon}", near(wall, second.since))
}

/// What has happened; with `names` of whom it happened to.
pub(crate) fn log(lines: &[SecurityLine], names: bool, wall: &Wall) -> Vec<LogRow> {
    lines.iter().map(|line| row(line, names, wall)).collect()
}

fn row(line: &SecurityLine, names: bool, wall: &Wall) -> LogRow {
    let event = &line.event;
    let (tone, text) = in_words(event.what);
    let text = match &line.by_name {
        Some(by) => format!("{text}, by {by}"),
        None => text.to_owned(),
    };
    let nobody = event.what == What::WrongPassword || event.what == What::KeptOut;
    let name = match &line.person_name {
        Some(name) if names => Some(name.as_str()),
        None if names && nobody => Some("An address that is nobody’s"),
        _ => None,
    };
    let told = [name, Some(event.device.as_str()), Some(event.address.as_str())];
    let told: Vec<&str> = told.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    LogRow { tone, instant: event.at.to_string(), when: near(wall, event.at), text, by: told.join(", ") }
}

/// How an event looks and what it is called.
fn in_words(what: What) -> (Tone, &'static str) {
    match what {
        What::SignedIn => (Tone::Quiet, "Signed in"),
        What::SignedInElsewhere => (Tone::Quiet, "Signed in through your company’s sign-in"),
        What::SignedOut => (Tone::Quiet, "Signed out"),
        What::WrongPassword => (Tone::Watch, "Wrong password"),
        What::WrongCode => (Tone::Watch, "Wrong code"),
        What::KeptOut => (Tone::Urgent, "Kept out for a quarter of an hour after too many wrong ones"),
        What::RefusedElsewhere => (Tone::Watch, "Came from your company’s sign-in and was not let in"),
        What::PasswordChanged => (Tone::Calm, "Password changed"),
        What::PasswordChosen => (Tone::Calm, "Password chosen by a link"),
        What::LinkMade => (Tone::Calm, "Link to choose a password made"),
        What::SessionEnded => (Tone::Calm, "Signed out on one device"),
        What::SessionsEnded => (Tone::Calm, "Signed out everywhere else"),
        What::SecondStepOn => (Tone::Good, "Second step turned on"),
        What::SecondStepOff => (Tone::Watch, "Second step turned off"),
        What::SecondStepReset => (Tone::Watch, "Second step taken away"),
        What::RecoveryCodeUsed => (Tone::Watch, "Recovery code used"),
        What::RecoveryCodesMade => (Tone::Calm, "New recovery codes made"),
        What::IdentityLinked => (Tone::Calm, "Found at your company’s sign-in"),
        What::AddedFromElsewhere => (Tone::Calm, "Added, coming from your company’s sign-in"),
        What::Disabled => (Tone::Urgent, "Disabled"),
        What::Enabled => (Tone::Good, "Let in again"),
        What::RoleChanged => (Tone::Calm, "Role changed"),
        What::PolicyChanged => (Tone::Calm, "Rules for signing in changed"),
        What::TokenMade => (Tone::Calm, "Token for a program made"),
        What::ChatChanged => (Tone::Calm, "Chat for notices changed"),
        What::TokenRevoked => (Tone::Calm, "Token for a program taken back"),
    }
}
