//! Today: whom to call, in the order of what the customers can still do. Rows are calls, not lines.

use super::shell::{Flash, Place, Shell};
use super::team::OpenAsk;
use super::tone::{Chip, Choice, Tone};
use askama::Template;

/// `GET /today`
#[derive(Debug, Template)]
#[template(path = "today.html")]
pub struct TodayPage {
    /// The frame.
    pub shell: Shell,
    /// "5 calls, 14 lines"; stands behind "Today – ".
    pub summary: String,
    /// Which import this is from, in a sentence.
    pub source: String,
    /// How many moves stayed inside the customer's tolerance; 0 hides the link to them.
    pub quiet: usize,
    /// Why the dates may be wrong: "No import since Friday 05:10. Dates below may be wrong."
    pub stale: Option<String>,
    /// The sections that have rows, in order.
    pub sections: Vec<Section>,
    /// What to say when there is nobody to call.
    pub empty: Empty,
    /// Reports have never been imported: the first thing to do is that.
    pub first_run: bool,
    /// The first and last day that can be chosen in *Not now*, ISO dates.
    pub not_now_days: (String, String),
    /// Who else could tell them.
    pub colleagues: Vec<Choice>,
}

/// The words of an empty Today.
#[derive(Debug, Clone)]
pub struct Empty {
    /// "Last import 05:12, 212 open lines checked, 0 moved past tolerance."
    pub checked: String,
}

/// Rows that want the same thing.
#[derive(Debug, Clone)]
pub struct Section {
    /// The anchor: `call-now`, `call-today`, `waiting`, `next-words`, `closing`.
    pub id: String,
    /// "Call now"
    pub title: String,
    /// What the rows have in common, in half a sentence.
    pub hint: String,
    /// The tone of all its rows.
    pub tone: Tone,
    /// The icon of its heading.
    pub icon: &'static str,
    /// The rows. A section without rows is not shown.
    pub rows: Vec<CallRow>,
}

/// One customer to call.
#[derive(Debug, Clone)]
pub struct CallRow {
    /// The case, without a trailing slash: "/cases/7".
    pub href: String,
    /// The name of the customer.
    pub customer: String,
    /// "6 lines"
    pub lines: String,
    /// "3 orders"
    pub orders: String,
    /// "worst +21 days", "no date"; `None` where there is nothing late left to say.
    pub worst: Option<String>,
    /// "They can still act: 4 days", "Too late to act: promised for yesterday".
    pub can_act: Option<String>,
    /// What this row waits for or what is due, as a sentence ("You promised a word by Thu 10:00").
    pub due: Option<String>,
    /// The reason that was given for *Not now*, as a sentence.
    pub not_now: Option<String>,
    /// What a leader asks.
    pub ask: Option<OpenAsk>,
    /// Capsules: HOT, repeat, temperature, severity.
    pub chips: Vec<Chip>,
    /// "told 0/6"
    pub told: String,
    /// "09:10 in Bergen, open"
    pub place: Option<String>,
    /// Whom to call; `None` if no number is known.
    pub phone: Option<Phone>,
    /// The label of the button that leads on: Prepare, Open, How did it go?
    pub open_label: String,
    /// Where that button leads; mostly [`CallRow::href`].
    pub open_href: String,
    /// Whether *Not now* is offered.
    pub can_wait: bool,
    /// Whether this is the one next thing to do.
    pub next: bool,
    /// The case version that *Not now* was offered for.
    pub seen: String,
}

/// A person and a number.
#[derive(Debug, Clone)]
pub struct Phone {
    /// "Anna", short enough for a button.
    pub name: String,
    /// The number for `tel:`, digits and a leading plus.
    pub tel: String,
    /// The number as people write it.
    pub shown: String,
}

/// `GET /today/quiet`: moves inside the tolerance. Listed, never news.
#[derive(Debug, Template)]
#[template(path = "quiet.html")]
pub struct QuietPage {
    /// The frame.
    pub shell: Shell,
    /// The moves, newest first.
    pub rows: Vec<QuietRow>,
}

/// One move inside the tolerance.
#[derive(Debug, Clone)]
pub struct QuietRow {
    /// The promise: "/promises/12".
    pub href: String,
    /// "4471 / 10"
    pub order: String,
    /// The name of the customer.
    pub customer: String,
    /// "Pump P200, 40 pcs"
    pub item: String,
    /// "Fri 6 Nov"
    pub promised: String,
    /// "Mon 9 Nov"
    pub expected: String,
    /// "+1 working day, tolerance 2"
    pub moved: String,
}

impl TodayPage {
    /// A full Monday, an empty one, a stale one, the very first one.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let mut stale = full();
        stale.stale = Some("No import since Friday 05:10. Dates below may be wrong.".into());
        stale.shell.demo = true;
        stale.shell.flash = Some(Flash {
            text: "Told: Brandt & Sohn heard all 2 lines, 9 working days before the promise.".into(),
            refused: false,
            undo: Some("/cases/9/tellings/4/undo".into()),
        });
        let empty = || Self { summary: "nobody to call".into(), quiet: 0, sections: Vec::new(), ..full() };
        let first = Self { first_run: true, source: String::new(), ..empty() };
        vec![("full", full()), ("stale", stale), ("empty", empty()), ("first", first)]
    }
}

fn full() -> TodayPage {
    TodayPage {
        shell: Shell { live: Some("/live".into()), ..Shell::sample(Place::Today) },
        summary: "5 calls, 14 lines".into(),
        source: "From the 05:12 import (ERP open orders).".into(),
        quiet: 3,
        stale: None,
        sections: vec![
            section(
                "call-now",
                "Call now",
                "time to act is running out",
                Tone::Urgent,
                "phone",
                vec![
                    CallRow {
                        next: true,
                        ask: Some(OpenAsk {
                            by: "Kari Nilsen".into(),
                            when: "today 08:40".into(),
                            words: "What do you need to make this call?".into(),
                            answer: Some("/cases/7/ask-answers".into()),
                        }),
                        chips: vec![
                            Chip::new("HOT: 2 slips in 30 days", Tone::Urgent),
                            Chip::new("Upset", Tone::Watch),
                        ],
                        ..sample_row("7", "Halvorsen Marine")
                    },
                    CallRow {
                        lines: "2 lines".into(),
                        orders: "1 order".into(),
                        worst: Some("no date".into()),
                        can_act: Some("They can still act: 1 day".into()),
                        chips: vec![
                            Chip::new("Furious", Tone::Urgent),
                            Chip::new("Repeat slip", Tone::Urgent),
                        ],
                        told: "told 0/2".into(),
                        place: Some("08:10 in Porto, opens 09:00".into()),
                        phone: Some(phone("Rui", "+351 22 555 0142")),
                        ..sample_row("8", "Atlântico Turbinas e Equipamentos Industriais, Lda.")
                    },
                ],
            ),
            section(
                "call-today",
                "Call today",
                "",
                Tone::Watch,
                "clock",
                vec![CallRow {
                    lines: "1 line".into(),
                    orders: "1 order".into(),
                    worst: Some("worst +6 days".into()),
                    can_act: Some("They can still act: 8 days".into()),
                    chips: vec![Chip::new("Calm", Tone::Quiet)],
                    told: "told 0/1".into(),
                    not_now: Some("You: not now. Karin Brandt asked to be called at 14:00.".into()),
                    place: Some("09:10 in Kiel, open".into()),
                    phone: None,
                    ..sample_row("9", "Brandt & Sohn")
                }],
            ),
            section(
                "waiting",
                "Waiting for facts",
                "not firm enough to tell yet",
                Tone::Quiet,
                "facts",
                vec![CallRow {
                    worst: Some("likely +9 days".into()),
                    can_act: None,
                    due: Some(
                        "Purchasing confirms or corrects the date by Tue 12:00. Seen twice, last at 05:12."
                            .into(),
                    ),
                    chips: vec![],
                    open_label: "Open".into(),
                    ..sample_row("10", "Kessel Anlagenbau")
                }],
            ),
            section(
                "next-words",
                "Next words due",
                "kept even if nothing has changed",
                Tone::Calm,
                "word",
                vec![CallRow {
                    worst: Some("+21 days".into()),
                    can_act: None,
                    due: Some("You promised Marie Laurent a word today by 10:00.".into()),
                    chips: vec![Chip::new("Concerned", Tone::Watch)],
                    told: "told 3/3".into(),
                    open_label: "Keep your word".into(),
                    can_wait: false,
                    phone: Some(phone("Marie", "+33 1 55 55 01 10")),
                    ..sample_row("11", "Laurent Fluides")
                }],
            ),
            section(
                "closing",
                "Deliver & close",
                "back to business as usual",
                Tone::Good,
                "deliver",
                vec![CallRow {
                    worst: None,
                    can_act: None,
                    due: Some("Arrived on Friday. Ask whether all is well, then close.".into()),
                    chips: vec![Chip::new("Calm", Tone::Quiet)],
                    told: "told 2/2".into(),
                    open_label: "Close".into(),
                    can_wait: false,
                    ..sample_row("12", "Nordlys Energi")
                }],
            ),
        ],
        empty: Empty { checked: "Last import 05:12, 212 open lines checked, 0 moved past tolerance.".into() },
        first_run: false,
        not_now_days: ("2026-11-09".into(), "2026-12-09".into()),
        colleagues: vec![Choice::new("2", "Mia Lund")],
    }
}

fn section(id: &str, title: &str, hint: &str, tone: Tone, icon: &'static str, rows: Vec<CallRow>) -> Section {
    Section { id: id.into(), title: title.into(), hint: hint.into(), tone, icon, rows }
}

fn sample_row(case: &str, customer: &str) -> CallRow {
    CallRow {
        href: format!("/cases/{case}"),
        customer: customer.into(),
        lines: "6 lines".into(),
        orders: "3 orders".into(),
        worst: Some("worst +21 days".into()),
        can_act: Some("They can still act: 4 days".into()),
        due: None,
        not_now: None,
        ask: None,
        chips: Vec::new(),
        told: "told 0/6".into(),
        place: Some("09:10 in Bergen, open".into()),
        phone: Some(phone("Anna", "+47 55 55 01 90")),
        open_label: "Prepare".into(),
        open_href: format!("/cases/{case}"),
        can_wait: true,
        next: false,
        seen: "14".into(),
    }
}

/// A number for samples.
pub(super) fn phone(name: &str, shown: &str) -> Phone {
    Phone { name: name.into(), tel: shown.replace(' ', ""), shown: shown.into() }
}

impl QuietPage {
    /// A few moves, and none.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let row = QuietRow {
            href: "/promises/12".into(),
            order: "4471 / 10".into(),
            customer: "Halvorsen Marine".into(),
            item: "Pump P200, 40 pcs".into(),
            promised: "Fri 6 Nov".into(),
            expected: "Mon 9 Nov".into(),
            moved: "+1 working day, tolerance 2".into(),
        };
        let page = |rows| Self { shell: Shell::sample(Place::Today), rows };
        vec![("some", page(vec![row.clone(), row])), ("none", page(Vec::new()))]
    }
}
