//! The form of word and pattern files: `[title]` lines, `#` comments, one entry or more a line.

/// One `[title]` and the lines below it.
pub(crate) struct Section<'t> {
    pub(crate) title: &'t str,
    pub(crate) lines: Vec<&'t str>,
}

/// The sections of a file, in order. Lines above the first title are ignored.
pub(crate) fn sections(text: &str) -> Vec<Section<'_>> {
    let mut out: Vec<Section<'_>> = Vec::new();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or("").trim();
        if let Some(title) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            out.push(Section { title, lines: Vec::new() });
        } else if let Some(section) = out.last_mut().filter(|_| !line.is_empty()) {
            section.lines.push(line);
        }
    }
    out
}
