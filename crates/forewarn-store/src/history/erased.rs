//! What an erasure may do to the text of an event, and nothing else: pieces of its texts give way to `[erased]`. The
//! hash of what stood there can't tell whether that is all that was done.

use forewarn_domain::case::CaseEvent;
use forewarn_domain::erasing::ERASED;
use serde_json::Value;

/// Whether an erasure can have left this text of an event of that kind: it is still one, and has the mark.
pub(super) fn may_be_left(kind: &str, text: &str) -> bool {
    let Ok(value) = serde_json::from_str::<Value>(text) else { return false };
    value.get("kind").and_then(Value::as_str) == Some(kind)
        && has_mark(&value)
        && serde_json::from_value::<CaseEvent>(value).is_ok()
}

/// Whether `after` is `before` with pieces of its texts replaced by the mark. Numbers, truths, and which fields
/// there are have to be the same; dates are texts, and one with a mark is no date any more.
pub(super) fn only_erased(before: &str, after: &str) -> bool {
    match (serde_json::from_str(before), serde_json::from_str(after)) {
        (Ok(before), Ok(after)) => same_but_for_marks(&before, &after),
        _ => false,
    }
}

fn has_mark(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains(ERASED),
        Value::Array(values) => values.iter().any(has_mark),
        Value::Object(fields) => fields.values().any(has_mark),
        _ => false,
    }
}

fn same_but_for_marks(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::String(before), Value::String(after)) => {
            before == after || pieces_erased(before, after) || only_erased(before, after)
        }
        (Value::Array(before), Value::Array(after)) => {
            before.len() == after.len()
                && before.iter().zip(after).all(|(before, after)| same_but_for_marks(before, after))
        }
        (Value::Object(before), Value::Object(after)) => {
            before.len() == after.len()
                && before.iter().all(|(name, before)| {
                    after.get(name).is_some_and(|after| same_but_for_marks(before, after))
                })
        }
        _ => before == after,
    }
}

/// Whether what stands around the marks of `after` stands in `before`, in its order, with something in between.
fn pieces_erased(before: &str, after: &str) -> bool {
    let mut kept = after.split(ERASED);
    let Some(mut rest) = kept.next().and_then(|first| before.strip_prefix(first)) else { return false };
    let mut kept = kept.peekable();
    while let Some(piece) = kept.next() {
        // Whatever was erased had at least a letter.
        let Some(letter) = rest.chars().next() else { return false };
        let behind = &rest[letter.len_utf8()..];
        if kept.peek().is_none() {
            return behind.ends_with(piece);
        }
        let Some(at) = behind.find(piece) else { return false };
        rest = &behind[at + piece.len()..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_texts_may_give_way_to_the_mark_and_nothing_else_may_change() {
        let before =
            r#"{"kind":"told","on":"2026-12-20","to":"Anna Bakke","days":9,"said":"Anna, call 55 01 now"}"#;
        let check = |from: &str, to: &str, expected: bool| {
            assert!(before.contains(from), "{from}");
            assert_eq!(only_erased(before, &before.replace(from, to)), expected, "{from} → {to}");
        };
        check("Anna Bakke", "[erased]", true);
        check("Anna, call 55 01 now", "[erased], call [erased] now", true);
        check("Anna Bakke", "Bert Other", false);
        check("Anna Bakke", "Bert [erased]", false);
        check("Anna, call 55 01 now", "[erased], call [erased] never", false);
        check("Anna, call 55 01 now", "[erased] now, call [erased]", false);
        check("2026-12-20", "2026-12-24", false);
        check("\"days\":9", "\"days\":8", false);
        check("\"days\":9", "\"days\":\"[erased]\"", false);
        check("\"days\":9,", "", false);
        check("\"days\":9", "\"days\":9,\"more\":1", false);
        let twice = before.replace("Anna, call 55 01 now", "[erased], call 55 01 now");
        let since = before.replace("Anna, call 55 01 now", "[erased], call [erased] now");
        assert!(only_erased(&twice, &since), "somebody else was erased later");
    }

    #[test]
    fn what_is_left_is_still_an_event_of_its_kind_and_has_the_mark() {
        let check = |kind, text, expected| assert_eq!(may_be_left(kind, text), expected, "{kind}: {text}");
        check("contact-set", r#"{"kind":"contact-set","name":"[erased]","phone":null,"email":null}"#, true);
        check("contact-set", r#"{"kind":"contact-set","name":"Bert","phone":null,"email":null}"#, false);
        check("told", r#"{"kind":"contact-set","name":"[erased]","phone":null,"email":null}"#, false);
        check("contact-set", r#"{"kind":"contact-set","note":"[erased]"}"#, false);
        check("viewed", "[erased]", false);
    }
}
