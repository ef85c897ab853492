//! Reads the form of the held-out texts: see `README.md` beside this.

use std::ops::Range;

/// A labelled text.
pub(crate) struct Text {
    pub(crate) id: String,
    pub(crate) fault: String,
    pub(crate) text: String,
    pub(crate) flaws: Vec<Flaw>,
    pub(crate) parts: Vec<String>,
}

/// A flaw that somebody marked.
pub(crate) struct Flaw {
    pub(crate) rule: String,
    pub(crate) bytes: Range<usize>,
}

/// All texts of a file.
pub(crate) fn texts(file: &str) -> Vec<Text> {
    file.split("=== ").skip(1).map(one).collect()
}

fn one(source: &str) -> Text {
    let (head, rest) = source.split_once('\n').unwrap_or((source, ""));
    let fields: Vec<&str> = head.split('|').map(str::trim).collect();
    let (marked, parts) = rest.rsplit_once("+parts:").unwrap_or((rest, ""));
    let (mut text, mut flaws) = (String::new(), Vec::new());
    let mut left = marked;
    while let Some((before, after)) = left.split_once("[[") {
        text.push_str(before);
        let (inside, after) = after.split_once("]]").unwrap_or((after, ""));
        let (rule, words) = inside.split_once(": ").unwrap_or(("", inside));
        flaws.push(Flaw { rule: rule.to_owned(), bytes: text.len()..text.len() + words.len() });
        text.push_str(words);
        left = after;
    }
    text.push_str(left);
    Text {
        id: fields.first().copied().unwrap_or_default().to_owned(),
        fault: fields.get(3).copied().unwrap_or_default().to_owned(),
        text: text.trim_end().to_owned(),
        flaws,
        parts: parts.split_whitespace().map(str::to_owned).collect(),
    }
}
