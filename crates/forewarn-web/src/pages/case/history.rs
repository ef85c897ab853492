//! One case's history on paper: who knew what when, who was told what by whom, and everything that happened.

use crate::pages::shell::{Place, Shell};
use askama::Template;
use serde::Serialize;

/// `GET /cases/{id}/history`
#[derive(Debug, Template)]
#[template(path = "case/history.html")]
pub struct HistoryPage {
    /// The frame; not printed.
    pub shell: Shell,
    /// The case: "/cases/7".
    pub href: String,
    /// What happened.
    pub history: CaseHistory,
}

/// The history of a case, ready to be read. Every moment is written out with its year, on one clock.
#[derive(Debug, Clone, Serialize)]
pub struct CaseHistory {
    /// The number of the case.
    pub case: i64,
    /// The name of the customer.
    pub customer: String,
    /// "Sun 22 Nov 2026 10:04": when it was printed.
    pub printed: String,
    /// The zone of the clock: "Europe/Oslo".
    pub zone: String,
    /// "Opened", "Owner", "Stands", and what belongs to each.
    pub facts: Vec<(String, String)>,
    /// From known to told, slip by slip.
    pub slips: Vec<SlipRow>,
    /// Letters as they were sent, oldest first.
    pub letters: Vec<SentLetter>,
    /// Everything that happened, oldest first.
    pub events: Vec<HistoryEvent>,
    /// Whether the record is what was recorded, in a sentence.
    pub proof: String,
    /// Whether it is.
    pub intact: bool,
    /// The hash of the last event.
    pub chain: String,
}

/// One slip of one line.
#[derive(Debug, Clone, Serialize)]
pub struct SlipRow {
    /// "4471 / 10, 40 pcs Pump P200"
    pub line: String,
    /// What they had been promised.
    pub promised: String,
    /// What was expected.
    pub expected: String,
    /// When we knew.
    pub known: String,
    /// When it was firm; "told before it was firm", "not yet".
    pub firm: String,
    /// When they were told; "not told", and why.
    pub told: String,
    /// "Jon Eide"; empty while nobody was told.
    pub by: String,
    /// "Anna Halvorsen"
    pub to: String,
    /// "by phone"
    pub how: String,
    /// "Fri 27 Nov 2026"
    pub said: String,
    /// "6 working days’ notice", "fact wait 11 h", "understood", "agreed".
    pub notes: Vec<String>,
}

/// A letter as it was sent.
#[derive(Debug, Clone, Serialize)]
pub struct SentLetter {
    /// "Recap to Anna Halvorsen, approved by Jon Eide Mon 9 Nov 2026 09:20: accepted Mon 9 Nov 2026 09:21"
    pub says: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
}

/// One event.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryEvent {
    /// Its place in the case, from 1.
    pub seq: u32,
    /// "Mon 9 Nov 2026 09:21"
    pub when: String,
    /// The same for machines, RFC 3339.
    pub at: String,
    /// Who or what did it.
    pub by: String,
    /// What happened, in a sentence.
    pub says: String,
}

impl HistoryPage {
    /// A case that was told, and one whose record has been changed.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |intact: bool, slip: SlipRow| Self {
            shell: Shell::sample(Place::Today),
            href: "/cases/7".into(),
            history: CaseHistory { slips: vec![slip], ..sample(intact) },
        };
        let untold = SlipRow {
            told: "not told".into(),
            by: String::new(),
            to: String::new(),
            how: String::new(),
            said: String::new(),
            notes: Vec::new(),
            ..told()
        };
        vec![("told", page(true, told())), ("changed", page(false, untold))]
    }
}

fn told() -> SlipRow {
    SlipRow {
        line: "4471 / 10, 40 pcs Pump P200".into(),
        promised: "Fri 6 Nov 2026".into(),
        expected: "Fri 27 Nov 2026".into(),
        known: "Mon 2 Nov 2026 05:12".into(),
        firm: "Mon 2 Nov 2026 16:40".into(),
        told: "Mon 2 Nov 2026 17:20".into(),
        by: "Jon Eide".into(),
        to: "Anna Halvorsen".into(),
        how: "by phone".into(),
        said: "Fri 27 Nov 2026".into(),
        notes: vec!["4 working days’ notice".into(), "understood".into()],
    }
}

fn sample(intact: bool) -> CaseHistory {
    let event = |seq, says: &str| HistoryEvent {
        seq,
        when: "Mon 2 Nov 2026 17:20".into(),
        at: "2026-11-02T16:20:00Z".into(),
        by: "Jon Eide".into(),
        says: says.into(),
    };
    CaseHistory {
        case: 7,
        customer: "Halvorsen Marine".into(),
        printed: "Sun 22 Nov 2026 10:04".into(),
        zone: "Europe/Oslo".into(),
        facts: vec![("Owner".into(), "Jon Eide".into()), ("Opened".into(), "Mon 2 Nov 2026 05:12".into())],
        slips: Vec::new(),
        letters: vec![SentLetter {
            says: "Recap to Anna Halvorsen, approved by Jon Eide Mon 2 Nov 2026 17:30: sent.".into(),
            subject: "PO 4471: the new date".into(),
            body: "Hello Anna,\n\nas we said on the phone: 27 November.".into(),
        }],
        events: vec![event(1, "Case opened, given to Jon Eide."), event(2, "Told Anna Halvorsen by phone.")],
        proof: if intact {
            "All 2 events are what was recorded.".into()
        } else {
            "Case 7, event 2: it is not what was recorded, or the one before it is not.".into()
        },
        intact,
        chain: "9f2c1a".into(),
    }
}
