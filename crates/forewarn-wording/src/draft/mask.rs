//! Other people's words are not for us to judge: quotations inside a sentence, and quoted messages.

use super::{Draft, Place};

/// Marks the words of quotations. A line that opens with a quotation mark
/// ("Script:" may stand before it) is a call script: the rep's own words.
pub(super) fn quotations(draft: &mut Draft<'_>) {
    for index in 0..draft.sentences.len() {
        if draft.sentences[index].place == Place::Quoted {
            for word in draft.sentences[index].words.clone() {
                draft.words[word].masked = true;
            }
        }
    }
    let mut word = 0;
    let mut offset = 0;
    for paragraph in draft.text.split_inclusive('\n') {
        for (open, close) in quoted_inside(paragraph) {
            let (open, close) = (offset + open, offset + close);
            while word < draft.words.len() && draft.words[word].start < open {
                word += 1;
            }
            while word < draft.words.len() && draft.words[word].end <= close {
                draft.words[word].masked = true;
                word += 1;
            }
        }
        offset += paragraph.len();
    }
}

/// Whether a line opens with a title in quotation marks ("The Perfect Excuse" comes out …) and not with a script: a
/// few words without a stop, and the sentence goes on with a small letter.
fn title(paragraph: &str) -> bool {
    let marks = ['"', '“', '”', '«', '»', '„'];
    let mut parts = paragraph.splitn(3, marks);
    let (_, inside, rest) = (parts.next(), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    inside.split_whitespace().count() < 7
        && inside.ends_with(char::is_alphanumeric)
        && rest.trim_start().starts_with(char::is_lowercase)
}

/// The quotations (byte ranges) inside a line that isn't a script.
fn quoted_inside(paragraph: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let lead = paragraph.split(['"', '“', '«', '„']).next().unwrap_or("").trim();
    let label = lead.ends_with(':') && lead.split_whitespace().count() < 3;
    if (lead.is_empty() || label) && !title(paragraph) {
        return out;
    }
    let mut open: Option<(usize, char)> = None;
    for (at, c) in paragraph.char_indices() {
        match (open, c) {
            (None, '"') => open = Some((at, '"')),
            (None, '“' | '„') => open = Some((at, '”')),
            (None, '«') => open = Some((at, '»')),
            (Some((from, end)), _) if c == end || (end == '”' && c == '“' && at > from) => {
                out.push((from, at));
                open = None;
            }
            _ => {}
        }
    }
    out
}
