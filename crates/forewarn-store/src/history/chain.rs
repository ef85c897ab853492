//! The hash that binds an event to all before it in its case.
//!
//! `chain(n) = SHA-256(["chain(n-1)", case, seq, happened_at, recorded_at, person, kind, entry, "SHA-256(text)"])`, the list
//! as JSON without blanks, instants in microseconds since 1970 UTC, and the event as the text that is stored, never
//! as JSON read back: a database may order its keys anew. `chain(0) = SHA-256("forewarn case N")`. Bound by its hash,
//! a text can be erased and its place in the chain kept.

use forewarn_domain::ids::{CaseId, PersonId};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// An event, as it is stored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link<'a> {
    pub(crate) case: CaseId,
    pub(crate) seq: u32,
    pub(crate) happened_at: Timestamp,
    pub(crate) recorded_at: Timestamp,
    pub(crate) person: Option<PersonId>,
    pub(crate) kind: &'a str,
    pub(crate) entry: Option<&'a str>,
    /// The hash of the event as it was recorded.
    pub(crate) text_hash: &'a str,
}

impl Link<'_> {
    /// The hash of this event after one whose hash is `before`.
    pub(crate) fn after(&self, before: &str) -> String {
        let canonical = serde_json::json!([
            before,
            self.case.0,
            self.seq,
            self.happened_at.as_microsecond(),
            self.recorded_at.as_microsecond(),
            self.person.map(|person| person.0),
            self.kind,
            self.entry,
            self.text_hash,
        ]);
        sum(canonical.to_string().as_bytes())
    }
}

/// What the first event of a case is bound to.
pub(crate) fn beginning(case: CaseId) -> String {
    sum(format!("forewarn case {case}").as_bytes())
}

/// SHA-256 as lower-case hexadecimal digits.
pub(crate) fn sum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string never fails.
        let _written = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_counts() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let link = Link {
            case: CaseId(7),
            seq: 3,
            happened_at: at(10),
            recorded_at: at(20),
            person: Some(PersonId(1)),
            kind: "viewed",
            entry: None,
            text_hash: "0a",
        };
        let before = beginning(CaseId(7));
        let others = [
            Link { case: CaseId(8), ..link },
            Link { seq: 4, ..link },
            Link { happened_at: at(11), ..link },
            Link { recorded_at: at(21), ..link },
            Link { person: None, ..link },
            Link { kind: "told", ..link },
            Link { entry: Some("1"), ..link },
            Link { text_hash: "0b", ..link },
        ];
        for other in others {
            assert_ne!(other.after(&before), link.after(&before), "{other:?}");
        }
        assert_ne!(link.after(&beginning(CaseId(8))), link.after(&before));
    }
}
