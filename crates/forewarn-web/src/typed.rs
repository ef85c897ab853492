//! What was typed into a form: names and values in the order of the form, white space trimmed but in passwords.

use crate::error::AppError;
use crate::state::AppState;
use axum::Form;
use axum::extract::{FromRequest, Query, Request};
use axum::http::header::CONTENT_TYPE;
use jiff::civil::{Date, DateTime};

/// The fields of a submitted form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed(Vec<(String, String)>);

impl Typed {
    /// The value of a field; empty if it was left out.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// The value of a field that is filled in.
    pub(crate) fn filled(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|value| !value.is_empty())
    }

    /// All values of a field that may come several times.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Every field whose name begins with `prefix`: the rest of the name, and the value.
    pub(crate) fn starting<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// The number of this form, which makes a second submit harmless; `None` for a program that sent none.
    pub(crate) fn entry(&self) -> Option<&str> {
        self.filled("entry")
    }

    /// The version of the case that the person had before them.
    pub(crate) fn seen(&self) -> Option<u32> {
        self.get("seen").parse().ok()
    }

    /// A day; `None` if it is empty or none.
    pub(crate) fn date(&self, name: &str) -> Option<Date> {
        self.get(name).parse().ok()
    }

    /// A date and time on some clock; `None` if it is empty or none.
    pub(crate) fn moment(&self, name: &str) -> Option<DateTime> {
        self.get(name).parse().ok()
    }

    /// What a person wrote, to be handed back when it could not be kept: no hidden fields.
    pub(crate) fn written(&self) -> Vec<(String, String)> {
        let hidden = |name: &str| {
            matches!(name, "entry" | "seen" | "line" | "onward" | "password" | "current-password" | "code")
        };
        let written = self.0.iter().filter(|(name, value)| !hidden(name) && !value.is_empty());
        written.map(|(name, value)| (label(name), value.clone())).collect()
    }
}

/// The most characters of one field: a letter of ten pages has fewer. An event is never deleted, so that what is too
/// long would be carried along by every page of the case.
pub(crate) const LONGEST: usize = 20_000;

/// The most fields of a form: a telling has three for each line.
pub(crate) const MOST_FIELDS: usize = 10_000;

impl Typed {
    /// The same, unless it is more than anybody types.
    ///
    /// # Errors
    /// A sentence that says what is too long. What was typed stands below it, to be shortened.
    fn within_limits(self) -> Result<Self, AppError> {
        if self.0.len() > MOST_FIELDS {
            return Err(AppError::TooLarge(TOO_MANY_FIELDS.to_owned()));
        }
        match self.0.iter().find(|(name, value)| is_too_long(name) || is_too_long(value)) {
            Some((name, _)) => Err(AppError::refused(too_long(&label(name)), self.written(), "/today")),
            None => Ok(self),
        }
    }
}

/// What is said of a form with too many fields.
pub(crate) const TOO_MANY_FIELDS: &str = "That is more than 10,000 fields. Send less at a time.";

/// Whether it is more than anybody types into one field.
pub(crate) fn is_too_long(text: &str) -> bool {
    text.len() > LONGEST && text.chars().count() > LONGEST
}

/// What is said of a field that is too long.
pub(crate) fn too_long(field: &str) -> String {
    let field: String = field.chars().take(40).collect();
    format!("“{field}” is longer than 20,000 characters. Shorten it, and send it again.")
}

/// The name of a field as a label: `what_we_changed` is "What we changed".
fn label(name: &str) -> String {
    let words = name.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl FromRequest<AppState> for Typed {
    type Rejection = AppError;

    /// Nothing sent is nothing typed: some acts need no words.
    async fn from_request(request: Request, state: &AppState) -> Result<Self, AppError> {
        // Whoever only looks (HEAD, too) says it in the address.
        let fields = if request.method().is_safe() {
            let asked = Query::<Vec<(String, String)>>::try_from_uri(request.uri());
            asked.map_err(|rejection| AppError::Unreadable(rejection.body_text()))?.0
        } else if request.headers().contains_key(CONTENT_TYPE) {
            let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
            form.map_err(|rejection| AppError::Unreadable(rejection.body_text()))?.0
        } else {
            return Ok(Self::default());
        };
        // A password is what was typed, to the last space.
        let as_typed = |name: &str| matches!(name, "password" | "current-password");
        let trimmed = fields.into_iter().map(|(name, value)| {
            let value = if as_typed(&name) { value } else { value.trim().to_owned() };
            (name, value)
        });
        Self(trimmed.collect()).within_limits()
    }
}

impl FromIterator<(String, String)> for Typed {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(fields: T) -> Self {
        Self(fields.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limited(fields: impl IntoIterator<Item = (String, String)>) -> Result<Typed, String> {
        fields.into_iter().collect::<Typed>().within_limits().map_err(|error| error.to_string())
    }

    #[test]
    fn a_field_has_up_to_20_000_characters_and_a_form_up_to_10_000_fields() {
        let one = |length: usize| [("what_we_changed".to_owned(), "å".repeat(length))];
        assert!(limited(one(LONGEST)).is_ok(), "characters are counted, not bytes");
        let why = "“What we changed” is longer than 20,000 characters. Shorten it, and send it again.";
        assert_eq!(limited(one(LONGEST + 1)).unwrap_err(), why);
        assert!(limited([("x".repeat(LONGEST + 1), String::new())]).is_err(), "a name may be long, too");
        let lines = |count: usize| (0..count).map(|line| ("line".to_owned(), line.to_string()));
        assert!(limited(lines(MOST_FIELDS)).is_ok());
        assert_eq!(limited(lines(MOST_FIELDS + 1)).unwrap_err(), TOO_MANY_FIELDS);
    }
}
