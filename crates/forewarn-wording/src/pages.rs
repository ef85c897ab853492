//! The pages of the rules, read back: their examples are the test.

/// One example of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The text.
    pub text: String,
    /// Whether the rule flags it.
    pub flagged: bool,
    /// The case it is checked with, as JSON, where the page gives one.
    pub case: Option<String>,
}

/// The examples of a page: the list items below "## Flagged" and "## Fine".
///
/// `⏎` in an example is a line break. A line "Case: {…}" gives the case for the examples below it.
#[must_use]
pub fn examples(page: &str) -> Vec<Example> {
    let mut out = Vec::new();
    let (mut flagged, mut case) = (None, None);
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            flagged = match title.trim() {
                "Flagged" => Some(true),
                "Fine" => Some(false),
                _ => None,
            };
        } else if let Some(json) = line.strip_prefix("Case: `").and_then(|rest| rest.strip_suffix('`')) {
            case = Some(json.to_owned());
        } else if let (Some(flagged), Some(text)) = (flagged, line.strip_prefix("- ")) {
            out.push(Example { text: text.replace('⏎', "\n"), flagged, case: case.clone() });
        }
    }
    out
}
