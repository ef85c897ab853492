//! Phone numbers, however they are written.

use std::ops::Range;

/// Fewer digits are no number of anybody: a part of a date, a quantity.
const FEWEST_DIGITS: usize = 6;

/// The digits of a number as it may be written: with the code of its country or without.
pub(super) fn spellings(phone: &str) -> Vec<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let international = phone.trim_start().starts_with('+') || digits.starts_with("00");
    let bare = digits.trim_start_matches('0').to_owned();
    let mut spellings = vec![format!("0{bare}"), format!("00{bare}"), digits];
    if international {
        for code in 1..=3 {
            let Some(national) = bare.get(code..) else { continue };
            spellings.extend([national.to_owned(), format!("0{national}")]);
        }
    }
    spellings.push(bare);
    spellings.retain(|spelling| spelling.len() >= FEWEST_DIGITS);
    // The longest first: the code of the country goes with the rest.
    spellings.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    spellings.dedup();
    spellings
}

/// Where one of these numbers stands, with blanks, dots, dashes, slashes and brackets between its digits.
pub(super) fn spans(text: &str, spellings: &[String]) -> Vec<Range<usize>> {
    if spellings.is_empty() {
        return Vec::new();
    }
    runs(text)
        .iter()
        .flat_map(|run| spellings.iter().filter_map(|spelling| span(text, run, spelling)))
        .collect()
}

/// The places of digits that nothing else but what may stand in a number divides.
fn runs(text: &str) -> Vec<Vec<usize>> {
    let (mut runs, mut run) = (Vec::new(), Vec::new());
    for (at, letter) in text.char_indices() {
        if letter.is_ascii_digit() {
            run.push(at);
        } else if !matches!(letter, ' ' | '\u{a0}' | '.' | '-' | '/' | '(' | ')') {
            runs.push(std::mem::take(&mut run));
        }
    }
    runs.push(run);
    runs.retain(|run| run.len() >= FEWEST_DIGITS);
    runs
}

/// Where the spelling stands in a run, neither its beginning nor its end in the middle of a group of digits.
fn span(text: &str, run: &[usize], spelling: &str) -> Option<Range<usize>> {
    let digits = run.iter().filter_map(|at| text.as_bytes().get(*at).copied());
    let digits: Vec<u8> = digits.collect();
    let starts = digits.windows(spelling.len()).enumerate();
    let mut starts = starts.filter(|(_, window)| *window == spelling.as_bytes()).map(|(start, _)| start);
    let found = starts.find(|start| {
        let end = start + spelling.len();
        let divided = |left: usize, right: usize| match (run.get(left), run.get(right)) {
            (Some(left), Some(right)) => right - left > 1,
            _ => true,
        };
        (*start == 0 || divided(start - 1, *start)) && divided(end - 1, end)
    })?;
    let (first, last) = (*run.get(found)?, *run.get(found + spelling.len() - 1)?);
    let plus = text[..first].trim_end_matches(['(', ' ']).ends_with('+');
    let start = if plus { text[..first].rfind('+').unwrap_or(first) } else { first };
    Some(start..last + 1)
}
