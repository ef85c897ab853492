//! Sample cases: one being prepared, one told, one closed.

use super::*;
use crate::pages::chart::{DateWalk, TemperatureLine, WalkKind};
use crate::pages::letters::LetterForm;
use crate::pages::shell::{Flash, Place};
use crate::pages::today::phone;
use crate::pages::tone::{Chip, Choice, FAULTS, TEMPERATURES, Tone};
use crate::pages::words::Advice;
use jiff::civil::date;

impl CasePage {
    /// A case being prepared, one without a date and without a contact, one told, one closed.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let mut bare = preparing();
        bare.breath.sentence = "PO 4502, 2 turbines: promised Mon 16 Nov, and nobody has a date now.".into();
        bare.breath.confidence = Chip::new("No date", Tone::Urgent);
        bare.contact = ContactLine { name: None, place: None, phone: None };
        bare.not_now =
            Some("Not now: waiting for a firm date from supply until Tue 10 Nov (Jon Eide, 08:04).".into());
        bare.leading = Leading {
            ask: Some(OpenAsk {
                by: "Kari Nilsen".into(),
                when: "today 08:40".into(),
                words: "What do you need to make this call?".into(),
                answer: Some("/cases/7/ask-answers".into()),
            }),
            joins: Some("Kari Nilsen joins the call.".into()),
            acts: Some(LeaderActs::sample()),
        };
        bare.lines.truncate(1);
        bare.lines[0].walk = None;
        bare.relationship.temperature = None;
        bare.relationship.apology_warning = None;
        vec![("preparing", preparing()), ("bare", bare), ("told", told()), ("closed", closed())]
    }
}

fn preparing() -> CasePage {
    CasePage {
        shell: Shell { live: Some("/live".into()), ..Shell::sample(Place::Today) },
        href: "/cases/7".into(),
        seen: "14".into(),
        customer: "Halvorsen Marine".into(),
        customer_href: "/customers/3".into(),
        breath: Breath {
            sentence: "PO 4471, 40 pumps: promised Fri 6 Nov, now Fri 27 Nov (+21 days). The supplier confirmed it on 2 Nov."
                .into(),
            confidence: Chip::new("Firm", Tone::Calm),
            chips: vec![Chip::new("HOT: 2 slips in 30 days", Tone::Urgent), Chip::new("Upset", Tone::Watch)],
            can_act: Some("They can still act: 4 days".into()),
            tell_by: Some("Tell by today 14:00".into()),
            on_it: Some("Jon Eide is on it until today 13:00".into()),
            tone: Tone::Urgent,
        },
        contact: ContactLine {
            name: Some("Anna Halvorsen, purchasing".into()),
            place: Some("09:10 in Bergen, open".into()),
            phone: Some(phone("Anna", "+47 55 55 01 90")),
        },
        next_step: NextStep {
            title: "Call Anna now".into(),
            why: "The date is firm, and every hour takes from their time to act.".into(),
            label: "Start the talk".into(),
            href: "/cases/7/talk/1".into(),
            call: true,
        },
        not_now: None,
        conflict: None,
        letters: Letters::default(),
        lines: vec![line("4471 / 10", "Pump P200"), line("4471 / 20", "Coupling C-17, with guard and keyed bush")],
        leading: Leading::default(),
        severity: Severity {
            total: Chip::new("62, high", Tone::Urgent),
            terms: vec![
                term("21 days late", "+30"),
                term("second slip in 30 days", "+15"),
                term("18,400 EUR", "+7"),
                term("tier A", "+10"),
            ],
        },
        relationship: relationship(),
        preparation: Some(preparation()),
        after: None,
        timeline: vec![
            event("Mon 9 Nov 08:02", "Opened.", "Jon Eide", Tone::Quiet),
            event("Mon 9 Nov 05:13", "Became news: firm date after the promise. Given to Jon Eide.", "Forewarn", Tone::Watch),
            event("Mon 9 Nov 05:12", "4471 / 10: expected Fri 27 Nov, was Fri 6 Nov (firm).", "ERP open orders", Tone::Quiet),
            event("Fri 6 Nov 17:40", "4471 / 10: expected Fri 20 Nov, was Fri 6 Nov (likely).", "Supply: Petra Kern", Tone::Quiet),
        ],
        waits: vec![
            wait("Known", "Fri 6 Nov 17:40", None),
            wait("Firm", "Mon 9 Nov 05:13", Some("fact wait 20 min")),
            wait("Told", "not yet", Some("tell wait 1 h 10, still running")),
        ],
    }
}

fn told() -> CasePage {
    let mut page = preparing();
    page.shell.flash = Some(Flash {
        text: "Told 2 of 2 lines in 11 minutes, 9 working days before the promise.".into(),
        refused: false,
        undo: None,
    });
    page.breath.tone = Tone::Calm;
    page.breath.can_act = None;
    page.breath.tell_by = None;
    page.conflict = Some(Conflict {
        text: "ERP now says Mon 30 Nov; you have said Fri 27 Nov.".into(),
        action: "/cases/7/acknowledgements".into(),
        evidence: "88".into(),
        seen: "14".into(),
    });
    page.next_step = NextStep {
        title: "Keep your word by Thu 12 Nov 10:00".into(),
        why: "You said that you would call, even if nothing has changed.".into(),
        label: "Give the next word".into(),
        href: "#next-words".into(),
        call: true,
    };
    for line in &mut page.lines {
        line.told = Chip::new("told", Tone::Good);
        line.understood = Some(Chip::new("understood", Tone::Good));
        line.agreed = Some(Chip::new("thinks it over", Tone::Watch));
    }
    page.letters = Letters::sample();
    page.preparation = Some(preparation());
    page.after = Some(after());
    page.waits[2] = wait("Told", "Mon 9 Nov 09:21", Some("tell wait 1 h 21"));
    page.timeline.insert(
        0,
        event(
            "Mon 9 Nov 09:21",
            "Told Anna Halvorsen by phone: Fri 27 Nov instead of Fri 6 Nov.",
            "Jon Eide",
            Tone::Good,
        ),
    );
    page
}

fn closed() -> CasePage {
    let mut page = told();
    page.shell.flash = None;
    page.conflict = None;
    page.preparation = None;
    page.letters = Letters::default();
    page.next_step = NextStep {
        title: "Back to business as usual".into(),
        why: "Closed on Mon 30 Nov. Nothing is owed to them.".into(),
        label: "To Today".into(),
        href: "/today".into(),
        call: false,
    };
    if let Some(after) = &mut page.after {
        after.closing = None;
        after.recap = Some(LetterForm::sample(false));
        after.recap_sent = Some("Sent to Anna Halvorsen Mon 9 Nov 09:30.".into());
        after.closing_note = Some("Closed on Mon 30 Nov 16:02 by Jon Eide, calm. What we changed: pumps are confirmed by the supplier before we promise.".into());
        after.next_words[0].state = Chip::new("kept", Tone::Good);
        after.next_words[0].keep = None;
    }
    page
}

fn line(order: &str, item: &str) -> LineFacts {
    let dates = [
        (WalkKind::Requested, date(2026, 11, 2)),
        (WalkKind::FirstPromised, date(2026, 11, 4)),
        (WalkKind::Promised, date(2026, 11, 6)),
        (WalkKind::Expected, date(2026, 11, 27)),
    ];
    let label = "Requested 2 Nov, first promised 4 Nov, promised 6 Nov, expected 27 Nov";
    LineFacts {
        href: "/promises/12".into(),
        order: order.into(),
        item: item.into(),
        amount: "40 pcs, 18,400 EUR".into(),
        requested: "Mon 2 Nov".into(),
        first_promised: "Wed 4 Nov".into(),
        promised: "Fri 6 Nov".into(),
        expected: "Fri 27 Nov".into(),
        slip: Chip::new("+21 days", Tone::Urgent),
        firmness: Chip::new("Firm", Tone::Calm),
        source: "ERP open orders, today 05:12".into(),
        told: Chip::new("not told", Tone::Urgent),
        understood: None,
        agreed: None,
        walk: DateWalk::new(label, &dates, date(2026, 11, 9)),
    }
}

fn relationship() -> Relationship {
    Relationship {
        on_time_first: "91 % of 46".into(),
        on_time_current: "96 % of 46".into(),
        earlier_slips: "2 in 30 days, 3 in a year".into(),
        apologies: "2 in 90 days".into(),
        apology_warning: Some(
            "You have apologised twice this quarter. Own it plainly; do not apologise again and again."
                .into(),
        ),
        temperature: TemperatureLine::new("Calm in May, concerned in October, upset on 2 Nov", &[0, 0, 1, 2]),
        went_well: vec!["Calling before 10:00; Anna plans her yard slots then.".into()],
    }
}

fn preparation() -> Preparation {
    let tick = |name: &str, label: &str, hint: &str, done| Tick {
        name: name.into(),
        label: label.into(),
        hint: hint.into(),
        done,
    };
    Preparation {
        done: "3 of 5".into(),
        ticks: vec![
            tick("facts", "Facts checked", "two lines, firm since 05:13", true),
            tick("date", "New date or next word", "Fri 27 Nov", true),
            tick("option", "At least one option", "part by air", true),
            tick("fault", "Fault decided", "not decided", false),
            tick("person", "Right person, their time, their number", "Anna, 09:10 in Bergen, open", false),
        ],
        fault: Choice::list(&FAULTS, "not-known-yet"),
        fault_says: "not known yet".into(),
        cause: CauseTexts {
            internal: "Seal kits from the second source failed inspection; Purchasing ordered late.".into(),
            customer_safe: "A type test has to be repeated.".into(),
            advice: Advice::sample("cause"),
        },
        actions: vec![ActionRow { what: "20 pumps go by air".into(), owner: "Petra Kern".into(), due: "Fri 13 Nov".into() }],
        action_advice: Advice::none("step", "/cases/7"),
        option_advice: Advice::none("option", "/cases/7"),
        options: vec![
            OptionRow {
                title: "Part by air".into(),
                date: "Fri 13 Nov".into(),
                quantity: "20 pcs".into(),
                cost: "we pay 900 EUR".into(),
                approved: Some("approved by Mia Lund".into()),
                answer: None,
                approve: None,
            },
            OptionRow {
                title: "Substitute P190".into(),
                date: "Tue 10 Nov".into(),
                quantity: "40 pcs".into(),
                cost: "same price".into(),
                approved: None,
                answer: None,
                approve: Some("/cases/7/options/2/approval".into()),
            },
        ],
        option_kinds: Choice::list(&[("part-shipment", "Part-shipment"), ("substitute", "Substitute"), ("expedite", "Expedite")], ""),
        expectation: ExpectationForm {
            kind: "date".into(),
            date: "2026-11-27".into(),
            warning: Some("Supply says likely, not firm: offer a range or add a buffer.".into()),
            ..ExpectationForm::default()
        },
        expectation_says: "Fri 27 Nov".into(),
        contact: ContactPlan {
            says: "Anna Halvorsen, by phone".into(),
            contacts: Choice::list(&[("1", "Anna Halvorsen, purchasing"), ("2", "Lars Vik, yard")], "1"),
            advice: "In person: visit planned Wed, too late (they can act until Fri). Phone now. E-mail is for the follow-up.".into(),
        },
        leaders: Choice::list(&[("2", "Mia Lund")], ""),
        leader_asked: None,
        owner: OwnerPlan { says: "Jon Eide".into(), people: vec![Choice::new("2", "Mia Lund")] },
    }
}

fn after() -> After {
    After {
        told: "Mon 9 Nov 09:21 Anna Halvorsen heard from Jon Eide by phone:".into(),
        heard: vec!["4471 / 10, 40 pcs Pump P200: Fri 27 Nov instead of Fri 6 Nov".into()],
        chips: vec![
            Chip::new("9 working days’ notice", Tone::Good),
            Chip::new("understood", Tone::Good),
            Chip::new("thinks it over until Wed", Tone::Watch),
        ],
        next_words: vec![NextWordRow {
            when: "Thu 12 Nov 10:00".into(),
            about: "A word from you, even if nothing has changed.".into(),
            state: Chip::new("due in 3 days", Tone::Calm),
            ics: Some("/cases/7/next-word.ics".into()),
            keep: Some("/cases/7/next-words/keeping".into()),
        }],
        next_word_at: "2026-11-16T10:00".into(),
        good_news: Some(GoodNews {
            lines: vec!["4471 / 20, 40 pcs Coupling C-17: now Mon 16 Nov, they know of Fri 27 Nov".into()],
        }),
        zone: "Bergen time".into(),
        can_promise: true,
        arrivals: vec![
            ArrivalRow {
                line: "12".into(),
                title: "4471 / 10, 40 pcs Pump P200".into(),
                state: Chip::new("expected Fri 27 Nov", Tone::Quiet),
                can_arrive: true,
                can_tell: false,
                today: "2026-11-09".into(),
            },
            ArrivalRow {
                line: "13".into(),
                title: "4471 / 20, 40 pcs Coupling C-17".into(),
                state: Chip::new("arrived Mon 9 Nov", Tone::Good),
                can_arrive: false,
                can_tell: true,
                today: "2026-11-09".into(),
            },
        ],
        recap: Some(LetterForm::sample(true)),
        recap_sent: None,
        write_update: Some("/cases/7/letters/new?kind=update".into()),
        write_delivered: Some("/cases/7/letters/new?kind=delivered".into()),
        closing: Some(Choice::list(&TEMPERATURES, "")),
        closing_note: None,
    }
}

fn term(says: &str, points: &str) -> Term {
    Term { says: says.into(), points: points.into() }
}

fn event(when: &str, text: &str, by: &str, tone: Tone) -> Event {
    Event {
        when: when.into(),
        instant: "2026-11-09T08:21:00Z".into(),
        text: text.into(),
        by: by.into(),
        tone,
    }
}

fn wait(name: &str, when: &str, wait: Option<&str>) -> Wait {
    Wait { name: name.into(), when: when.into(), wait: wait.map(str::to_owned) }
}
