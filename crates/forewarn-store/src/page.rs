//! Lists a page at a time. A page begins after the last row of the one before, whatever was added since.

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows, in the order of the list.
    pub rows: Vec<T>,
    /// What to ask for the page after this one; `None` at the end.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// From one row more than fits on the page, if there is one.
    pub(crate) fn cut(mut rows: Vec<T>, limit: u32, after: impl Fn(&T) -> String) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(after);
        Self { rows, next }
    }
}

/// A pattern that finds `text` anywhere, for `LIKE ? ESCAPE '\'`.
pub(crate) fn like(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
