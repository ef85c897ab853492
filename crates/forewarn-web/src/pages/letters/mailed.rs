//! What was written between us and the customer, in a case: each letter with what became of it, and each reply.

use crate::pages::today::{Phone, phone};
use crate::pages::tone::{Chip, Tone};

/// The letters and replies of a case: those that want somebody first, then newest first.
#[derive(Debug, Clone, Default)]
pub struct Letters {
    /// In their order.
    pub rows: Vec<Mailed>,
}

/// A letter of ours, or a reply.
#[derive(Debug, Clone)]
pub enum Mailed {
    /// To them.
    Letter(Box<LetterRow>),
    /// From them.
    Reply(ReplyRow),
}

/// A letter with what became of it.
#[derive(Debug, Clone)]
pub struct LetterRow {
    /// "/cases/7/letters/3"
    pub href: String,
    /// "Recap"
    pub kind: String,
    /// "Anna Halvorsen"
    pub to: String,
    /// "anna@halvorsen.example"
    pub address: String,
    /// Its subject.
    pub subject: String,
    /// "sent", "refused", "leaves at 09:21"
    pub state: Chip,
    /// What that means, and what to do, in plain words.
    pub says: String,
    /// Why the first word went by e-mail; "E-mail first: they asked for it."
    pub reason: Option<String>,
    /// What can be done about it.
    pub acts: LetterActs,
}

/// What can be done about a letter.
#[derive(Debug, Clone, Default)]
pub struct LetterActs {
    /// The case: "/cases/7".
    pub case: String,
    /// Where it is taken back, and what the button says.
    pub take_back: Option<(String, String)>,
    /// Whom to call instead.
    pub phone: Option<Phone>,
    /// Where the same letter is looked at again, corrected and sent, and what the button says.
    pub again: Option<(String, String)>,
    /// Where to say what became of it.
    pub resolve: Option<String>,
}

/// Something that they wrote.
#[derive(Debug, Clone)]
pub struct ReplyRow {
    /// "Anna Halvorsen"
    pub from: String,
    /// "today 14:02"
    pub when: String,
    /// The same for machines, RFC 3339.
    pub instant: String,
    /// Its subject.
    pub subject: String,
    /// Their words, for our own people.
    pub words: String,
    /// Whether a machine wrote it: an absence, a receipt.
    pub by_machine: bool,
}

impl LetterActs {
    /// Whether there is anything to do.
    #[must_use]
    pub fn any(&self) -> bool {
        self.take_back.is_some() || self.phone.is_some() || self.again.is_some() || self.resolve.is_some()
    }
}

impl Letters {
    /// How many are shown before the fold.
    pub const SHOWN: usize = 4;

    /// The first of them.
    #[must_use]
    pub fn first(&self) -> &[Mailed] {
        self.rows.get(..Self::SHOWN).unwrap_or(&self.rows)
    }

    /// The others.
    #[must_use]
    pub fn others(&self) -> &[Mailed] {
        self.rows.get(Self::SHOWN..).unwrap_or_default()
    }

    /// One letter of each state, and a reply.
    #[must_use]
    pub fn sample() -> Self {
        let reply = ReplyRow {
            from: "Anna Halvorsen".into(),
            when: "today 14:02".into(),
            instant: "2026-11-09T13:02:00Z".into(),
            subject: "Re: Order 4471: delayed until Friday 27 November".into(),
            words: "Thanks for the call, Jon.\nThe yard slot is on the 12th. Can 20 of them come by then?"
                .into(),
            by_machine: false,
        };
        let mut rows: Vec<Mailed> =
            LetterRow::samples().into_iter().map(|row| Mailed::Letter(Box::new(row))).collect();
        rows.insert(2, Mailed::Reply(reply));
        Self { rows }
    }
}

impl LetterRow {
    /// One in each state.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let phone = || Some(phone("Anna", "+47 55 55 01 90"));
        let acts = || LetterActs { case: "/cases/7".into(), ..LetterActs::default() };
        let again = |label: &str| Some(("/cases/7/letters/new?again=3".to_owned(), label.to_owned()));
        let back = |label: &str| Some(("/cases/7/letters/3/cancelling".to_owned(), label.to_owned()));
        let row = |kind: &str, state: &str, tone, says: &str, acts| Self {
            href: "/cases/7/letters/3".into(),
            kind: kind.into(),
            to: "Anna Halvorsen".into(),
            address: "anna@halvorsen.example".into(),
            subject: "Order 4471: delayed until Friday 27 November".into(),
            state: Chip::new(state, tone),
            says: says.into(),
            reason: (kind == "First word by e-mail").then(|| "E-mail first: they asked for it.".into()),
            acts,
        };
        vec![
            row(
                "Update",
                "we can’t tell",
                Tone::Urgent,
                "We can’t tell whether it left: no answer after the mail was handed over. Jon Eide decides: phone them, or send again.",
                LetterActs {
                    phone: phone(),
                    again: again("Send again"),
                    resolve: Some("/cases/7/letters/3/resolution".into()),
                    ..acts()
                },
            ),
            row(
                "Recap",
                "refused",
                Tone::Urgent,
                "Our mail server refused it: 550 5.1.1 no such user. They have not got it: phone them, or correct the address and send again.",
                LetterActs { phone: phone(), again: again("Correct and send again"), ..acts() },
            ),
            row(
                "Recap",
                "waiting",
                Tone::Watch,
                "Our mail server says: try later (451 greylisted). Next try today 09:31.",
                LetterActs { take_back: back("Take it back"), ..acts() },
            ),
            row(
                "First word by e-mail",
                "leaves in a moment",
                Tone::Calm,
                "Approved by Jon Eide today 09:21. It leaves in 10 seconds; until then you can take it back.",
                LetterActs { take_back: back("Undo"), ..acts() },
            ),
            row("Recap", "sent", Tone::Good, "Our mail server took it today 09:22.", acts()),
            row("Recap", "taken back", Tone::Quiet, "Taken back before it left.", acts()),
        ]
    }
}
