//! From what was typed into a form to what the domain understands, or a sentence that says what is
//! missing.

use super::clocks::Clocks;
use super::scene::Scene;
use crate::pages::case::ExpectationForm;
use crate::typed::Typed;
use forewarn_domain::case::{Agreement, Channel, EmailReason};
use forewarn_domain::promise::Expectation;
use forewarn_domain::severity::Temperature;
use forewarn_domain::text::InternalText;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;

/// The new promise: a date, a range, or no date and a next word (rule 4).
pub(crate) fn read_expectation(form: &ExpectationForm, clocks: &Clocks) -> Result<Expectation, String> {
    let day = |text: &str, which: &str| {
        text.parse::<Date>()
            .map_err(|_| format!("Fill in {which}, or choose “no date yet” with a next word."))
    };
    match form.kind.as_str() {
        "date" => Ok(Expectation::NewDate { on: day(&form.date, "the new date")? }),
        "range" => Ok(Expectation::Range {
            from: day(&form.from, "the first day of the range")?,
            to: day(&form.to, "the last day of the range")?,
        }),
        "none" => {
            let why = "There is no new date and no next word. Say when they will hear from you.";
            let next_word_by = clocks.read_text(&form.next_word_by).ok_or(why)?;
            Ok(Expectation::NoDateYet { next_word_by })
        }
        _ => Err("Say what they expect now: a date, a range, or no date yet.".to_owned()),
    }
}

/// The same fields as they were typed.
pub(crate) fn typed_expectation(typed: &Typed) -> ExpectationForm {
    let text = |name| typed.get(name).to_owned();
    ExpectationForm {
        kind: text("expectation"),
        date: text("date"),
        from: text("from"),
        to: text("to"),
        next_word_by: text("next_word_by"),
        warning: None,
    }
}

/// A moment on the customer's clock; `None` if the field is empty.
pub(crate) fn read_moment(typed: &Typed, name: &str, clocks: &Clocks) -> Result<Option<Timestamp>, String> {
    if typed.filled(name).is_none() {
        return Ok(None);
    }
    let at = clocks.read_text(typed.get(name));
    at.map(Some).ok_or_else(|| format!("“{}” is no date and time. Choose one.", typed.get(name)))
}

/// How word reached them.
pub(crate) fn read_channel(typed: &Typed) -> Result<Channel, String> {
    match typed.get("how") {
        "spoke" => Ok(Channel::Phone),
        "met" => Ok(Channel::InPerson),
        "e-mail" => Ok(Channel::Email { reason: read_reason(typed)? }),
        _ => Err("Say how they heard it: spoke, met, or by e-mail.".to_owned()),
    }
}

fn read_reason(typed: &Typed) -> Result<Option<EmailReason>, String> {
    match typed.get("email_reason") {
        "customer-asked" => Ok(Some(EmailReason::CustomerAsked)),
        "no-answer" => Ok(Some(EmailReason::NoAnswer)),
        "no-other-way" => {
            let why = InternalText::new(typed.get("email_why"));
            let why =
                why.ok_or("Say in your words why there is no other way in time. Your leader sees it.")?;
            Ok(Some(EmailReason::NoOtherWay { why }))
        }
        _ => Ok(None),
    }
}

/// What they said to the new expectation; `None` if nobody asked.
pub(crate) fn read_agreement(typed: &Typed) -> Option<Agreement> {
    match typed.get("agreed") {
        "yes" => Some(Agreement::Agreed),
        "no" => Some(Agreement::Refused),
        "thinks" => Some(Agreement::Thinking { answer_by: typed.date("answer_by") }),
        _ => None,
    }
}

/// How they are, if it was tapped.
pub(crate) fn read_temperature(typed: &Typed) -> Option<Temperature> {
    read_word(typed.get("temperature"))
}

/// A word of a form as the domain knows it; `None` if it knows no such word.
pub(crate) fn read_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

/// The impact as it is sent in forms; empty if nobody has said.
pub(crate) fn chosen_impact(scene: &Scene) -> String {
    let stored = serde_json::to_value(scene.case().impact).unwrap_or_default();
    stored.as_str().unwrap_or_default().to_owned()
}
