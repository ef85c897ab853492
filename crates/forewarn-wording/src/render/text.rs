//! Findings for people, pointing at the words as a compiler does.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;

use super::Checked;
use crate::report::{Finding, Part};

/// All files, one after another, with a count at the end.
#[must_use]
pub fn text(checked: &[Checked<'_>]) -> String {
    let mut out = String::new();
    for file in checked {
        for finding in &file.report.findings {
            one(&mut out, file, finding);
        }
        if file.report.more > 0 {
            let _ = writeln!(out, "{}: and {} behind these\n", file.file, many(file.report.more, "finding"));
        }
        if let Some(note) = &file.report.note {
            let _ = writeln!(out, "{}: {note}\n", file.file);
        } else if !file.report.missing.is_empty() {
            let missing: Vec<&str> = file.report.missing.iter().copied().map(Part::name).collect();
            let _ = writeln!(out, "{}: missing: {}\n", file.file, missing.join(", "));
        }
    }
    let count: usize = checked.iter().map(|file| file.report.findings.len() + file.report.more).sum();
    let files = checked.len();
    let _ = match count {
        0 => writeln!(out, "Nothing found in {}.", many(files, "file")),
        _ => writeln!(out, "{} in {}.", many(count, "finding"), many(files, "file")),
    };
    out
}

fn one(out: &mut String, file: &Checked<'_>, finding: &Finding) {
    let before = file.text.get(..finding.start).unwrap_or("");
    let number = before.matches('\n').count() + 1;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = file.text[line_start..].lines().next().unwrap_or("");
    let column = width(&file.text[line_start..finding.start]);
    let end = finding.end.min(line_start + line.len()).max(finding.start);
    let carets = width(&file.text[finding.start..end]).max(1);
    let (shown, column) = around(line, column, carets);
    let gutter = " ".repeat(number.to_string().len());
    let _ = writeln!(out, "{}[{}]: {}", finding.severity.name(), finding.rule, finding.why);
    let _ = writeln!(
        out,
        "{gutter}--> {}:{number}:{}",
        file.file,
        width(&file.text[line_start..finding.start]) + 1
    );
    let _ = writeln!(out, "{gutter} |");
    let _ = writeln!(out, "{number} | {shown}");
    let _ = writeln!(out, "{gutter} | {}{}", " ".repeat(column), "^".repeat(carets));
    let _ = writeln!(out, "{gutter} = instead: {}\n", finding.instead);
}

/// As much of a long line as helps, and where the words are in it.
fn around(line: &str, column: usize, carets: usize) -> (String, usize) {
    const BEFORE: usize = 40;
    const AFTER: usize = 40;
    let skip = column.saturating_sub(BEFORE);
    let take = column - skip + carets + AFTER;
    let mut graphemes = line.graphemes(true).skip(skip);
    let mut shown: String = graphemes.by_ref().take(take).map(|g| if g == "\t" { " " } else { g }).collect();
    if graphemes.next().is_some() {
        shown.push('…');
    }
    if skip == 0 { (shown, column) } else { (format!("…{shown}"), column - skip + 1) }
}

fn width(text: &str) -> usize {
    text.graphemes(true).count()
}

fn many(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
