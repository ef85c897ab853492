//! The body of a call: JSON that says exactly what its schema says, as the fields that a form would send.

use crate::error::AppError;
use crate::state::AppState;
use crate::typed::{self, Typed};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads the body. None at all is `{}`, for acts that need no words.
///
/// # Errors
/// What is wrong with it: not JSON, not what is asked for, or too much of it.
pub(crate) async fn read<T: DeserializeOwned>(request: Request, state: &AppState) -> Result<T, AppError> {
    let (said, json) = (request.headers().contains_key(CONTENT_TYPE), is_json(request.headers()));
    let bytes = Bytes::from_request(request, state).await;
    let bytes = bytes.map_err(|rejection| match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            AppError::TooLarge("That is more than 256 kB of JSON. Send less at a time.".to_owned())
        }
        _ => AppError::Unreadable("The request broke off. Send it again.".to_owned()),
    })?;
    if json {
        return parse(&bytes);
    }
    if !said && bytes.is_empty() {
        return parse(b"{}");
    }
    let why = "Send JSON here, with the header Content-Type: application/json.";
    Err(AppError::WrongMedia(why.to_owned()))
}

/// Reads JSON that is there already.
///
/// # Errors
/// What is wrong with it, and where.
pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    let wrong = |why: String| AppError::invalid(format!("The body is not what is asked for here: {why}."));
    let value: Value = serde_json::from_slice(bytes).map_err(|error| wrong(error.to_string()))?;
    if holds_nul(&value) {
        return Err(wrong("it holds the character NUL, which no text can have".to_owned()));
    }
    if let Some(field) = too_long_field("", &value) {
        return Err(AppError::invalid(typed::too_long(field)));
    }
    if values_in(&value) > typed::MOST_FIELDS {
        return Err(AppError::TooLarge(typed::TOO_MANY_FIELDS.to_owned()));
    }
    serde_json::from_value(value).map_err(|error| wrong(error.to_string()))
}

/// Whether it says that it is JSON.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let said = headers.get(CONTENT_TYPE).and_then(|said| said.to_str().ok()).unwrap_or_default();
    let essence = said.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(holds_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || holds_nul(value)),
        _ => false,
    }
}

/// The name of the first field with more than anybody types into one.
fn too_long_field<'a>(name: &'a str, value: &'a Value) -> Option<&'a str> {
    match value {
        Value::String(text) => typed::is_too_long(text).then_some(name),
        Value::Array(values) => values.iter().find_map(|value| too_long_field(name, value)),
        Value::Object(fields) => fields.iter().find_map(|(name, value)| {
            if typed::is_too_long(name) { Some(name.as_str()) } else { too_long_field(name, value) }
        }),
        _ => None,
    }
}

/// How many fields a form would have for it.
fn values_in(value: &Value) -> usize {
    match value {
        Value::Array(values) => values.iter().map(values_in).sum(),
        Value::Object(fields) => fields.values().map(values_in).sum(),
        _ => 1,
    }
}

/// The same as the fields of a form: yes and no for true and false, a name again for each value of a list, and the
/// fields of an object under its name.
pub(crate) fn as_typed(said: &impl Serialize) -> Typed {
    let mut fields = Vec::new();
    take(&mut fields, String::new(), &serde_json::to_value(said).unwrap_or_default());
    fields.into_iter().collect()
}

fn take(fields: &mut Vec<(String, String)>, name: String, value: &Value) {
    match value {
        Value::Null => {}
        Value::Bool(yes) => fields.push((name, if *yes { "yes" } else { "no" }.to_owned())),
        Value::Number(number) => fields.push((name, number.to_string())),
        Value::String(text) => fields.push((name, text.trim().to_owned())),
        Value::Array(values) => values.iter().for_each(|value| take(fields, name.clone(), value)),
        Value::Object(inner) => {
            for (key, value) in inner {
                take(fields, format!("{name}{key}"), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::as_typed;
    use crate::api::said::{StepSaid, TellingSaid};

    #[test]
    fn json_comes_to_the_handlers_as_a_form_does() {
        let said: TellingSaid = serde_json::from_str(
            r#"{"contact": " Kari ", "how": "spoke", "line": [12, 13], "expectation": "date", "date": "2026-11-27",
                "dates": {"13": "2026-12-01"}, "understood": true}"#,
        )
        .unwrap();
        let typed = as_typed(&said);
        assert_eq!(typed.get("contact"), "Kari");
        assert_eq!(typed.all("line").collect::<Vec<_>>(), ["12", "13"]);
        assert_eq!(typed.get("date"), "2026-11-27");
        assert_eq!(typed.get("date-13"), "2026-12-01");
        assert_eq!(typed.get("understood"), "yes");
        assert_eq!(typed.get("next_word_at"), "");

        let said: StepSaid =
            serde_json::from_str(r#"{"step": "reset", "answers": {"1": "wants-a-leader"}}"#).unwrap();
        assert_eq!(as_typed(&said).get("answer-1"), "wants-a-leader");
    }

    #[test]
    fn what_is_not_asked_for_is_refused() {
        assert!(serde_json::from_str::<StepSaid>(r#"{"step": "reset", "told": true}"#).is_err());
        assert!(serde_json::from_str::<StepSaid>(r#"{"step": "made-up"}"#).is_err());
    }
}
