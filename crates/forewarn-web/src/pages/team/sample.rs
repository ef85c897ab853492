//! Sample pages: a busy Monday, one's own record, a team that has told everything.

use super::{
    Checks, EmailedRow, HandoverForm, Heat, HeatCell, HeatPicture, HeatRow, LeaderActs, Listed, OpenAsk,
    Pick, TeamPage, ToldRow, UntoldRow, WaitBar,
};
use crate::pages::shell::{Me, Place, Shell};
use crate::pages::tone::{Chip, Choice, Tone};

impl TeamPage {
    /// A busy Monday, one's own record, a team that has told everything, and one that has just begun.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let mut own = busy();
        own.shell = Shell::sample(Place::Elsewhere);
        own.title = "What your leader sees".into();
        own.about_you = Some("Kari Nilsen sees this page about you, word for word.".into());
        own.reps = Vec::new();
        own.handover = None;
        own.untold.truncate(1);
        for row in &mut own.untold {
            row.acts = None;
        }
        for pick in &mut own.checks.picks {
            pick.action = None;
        }
        let told = Self {
            summary: "Every customer knows what we know.".into(),
            untold: Vec::new(),
            more: None,
            longest: "Longest wait this week: 5 h (Halvorsen Marine).".into(),
            listed: None,
            ..busy()
        };
        let new = Self {
            emailed: Vec::new(),
            checks: Checks { picks: Vec::new(), done: Vec::new() },
            heat: Heat { pictures: Vec::new(), toggle: (String::new(), String::new()) },
            longest: String::new(),
            ..Self { untold: Vec::new(), more: None, listed: None, ..busy() }
        };
        vec![("busy", busy()), ("own", own), ("told", told), ("new", new)]
    }
}

fn busy() -> TeamPage {
    let kari = Me {
        id: "2".into(),
        name: "Kari Nilsen".into(),
        initials: "KN".into(),
        role: "leader".into(),
        imports: true,
        admin: false,
        leads: true,
        told: true,
    };
    let people = || Choice::list(&[("1", "Jon Berg"), ("3", "Ingrid Solheim")], "");
    TeamPage {
        shell: Shell { me: Some(kari), ..Shell::sample(Place::Team) },
        title: "Team".into(),
        summary: "7 customers don’t know what we know. 5 of them can still act; 3 are past their tell-by."
            .into(),
        about_you: None,
        note: "Counts start when Forewarn saw the date move.".into(),
        reps: Choice::list(&[("", "Everybody"), ("1", "Jon Berg")], ""),
        untold: vec![avoided(), suspected()],
        more: Some(("Show all 137".into(), "/team?show=all".into())),
        longest: String::new(),
        heat: heat(),
        listed: Some(Listed {
            title: "Jon Berg, 2–3 days".into(),
            rows: vec![told()],
            close: "/team".into(),
        }),
        emailed: vec![EmailedRow {
            href: "/cases/9".into(),
            customer: "Rotterdam Baggerwerken".into(),
            when: "Mon 16 Nov 10:10".into(),
            by: "Sofie Andersen".into(),
            reason: "the customer asked for it".into(),
        }],
        checks: Checks {
            picks: vec![Pick {
                told: told(),
                said: "4471 / 10: Fri 27 Nov".into(),
                with: Choice::list(&[("rep", "Jon Berg"), ("customer", "Anna Halvorsen")], "rep"),
                findings: Choice::list(&[("as-recorded", "As recorded"), ("differs", "Not quite so")], ""),
                action: Some("/cases/7/spot-checks".into()),
            }],
            done: vec![(
                "/cases/8".into(),
                "Kiel Schiffstechnik".into(),
                "Mon 9 Nov, Henrik Dahl asked the customer: he remembers the 29th".into(),
                Chip::new("Not quite so", Tone::Watch),
            )],
        },
        handover: Some(HandoverForm { from: people(), to: people() }),
    }
}

fn avoided() -> UntoldRow {
    UntoldRow {
        href: "/cases/7".into(),
        customer: "Atlântico Turbinas e Equipamentos Industriais, Lda.".into(),
        what: "6 lines, 18,400 EUR".into(),
        worst: "worst +21 days".into(),
        chips: vec![Chip::new("Repeat slip", Tone::Urgent), Chip::new("Furious", Tone::Urgent)],
        left: Chip::new("2 days left", Tone::Urgent),
        tell_by: Chip::new("Tell-by passed Thu 5 Nov 14:00", Tone::Urgent),
        known: "Tue 3 Nov 05:12".into(),
        source: "ERP open orders".into(),
        waits: WaitBar {
            fact: "facts 8 h".into(),
            tell: Some("telling 32 h".into()),
            fact_width: 20,
            tell_width: 80,
        },
        owner: "Jon Berg".into(),
        deputy: Some("Maja Lindqvist stands in".into()),
        opened: Chip::new("opened Wed 4 Nov 08:02", Tone::Quiet),
        attempts: "2 tries, last: voicemail Thu 5 Nov 10:40".into(),
        reason: "No reason given".into(),
        without_reason: true,
        acknowledged: Some("Kari Nilsen sees to it until tomorrow 10:00.".into()),
        supply: Some("Ola Fjeld was asked for a date, by today 14:00.".into()),
        ask: Some(OpenAsk {
            by: "Kari Nilsen".into(),
            when: "today 08:40".into(),
            words: "What do you need to make this call?".into(),
            answer: None,
        }),
        answer: Some("A firm date from supply.".into()),
        joins: Some("Kari Nilsen joins the call".into()),
        acts: Some(acts("/cases/7", "Atlântico Turbinas e Equipamentos Industriais, Lda.")),
    }
}

fn suspected() -> UntoldRow {
    UntoldRow {
        href: "/cases/8".into(),
        customer: "Bergen Vann".into(),
        what: "1 line".into(),
        worst: "no date".into(),
        chips: Vec::new(),
        left: Chip::new("15 days left", Tone::Quiet),
        tell_by: Chip::new("Not firm yet", Tone::Quiet),
        waits: WaitBar { fact: "facts 2 h so far".into(), tell: None, fact_width: 5, tell_width: 0 },
        deputy: None,
        opened: Chip::new("not opened", Tone::Watch),
        attempts: "no try yet".into(),
        reason: "Not now: waiting for a firm date until tomorrow. Given today 08:40.".into(),
        without_reason: false,
        acknowledged: None,
        supply: None,
        ask: None,
        answer: None,
        joins: None,
        acts: Some(LeaderActs { ask: None, can_join: false, ..acts("/cases/8", "Bergen Vann") }),
        ..avoided()
    }
}

fn acts(href: &str, customer: &str) -> LeaderActs {
    LeaderActs {
        href: href.into(),
        customer: customer.into(),
        ask: Some("Jon".into()),
        template: "What do you need to make this call?".into(),
        can_join: true,
        can_take: true,
        people: Choice::list(&[("3", "Ingrid Solheim")], ""),
        onward: "/team".into(),
    }
}

impl LeaderActs {
    /// For the samples of a case.
    #[must_use]
    pub fn sample() -> Self {
        acts("/cases/7", "Halvorsen Marine")
    }
}

fn heat() -> Heat {
    let cell = |lines: usize, heat| HeatCell {
        lines,
        heat,
        href: (lines > 0).then(|| "/team?rep=1&band=2-3#told".to_owned()),
        label: format!("Jon Berg, 2–3 days: {lines} lines"),
    };
    let bands = ["Same day", "1 day", "2–3 days", "4–7 days", "8 days and more", "After the promised date"];
    let picture = HeatPicture {
        id: "heat-told".into(),
        title: "From knowing to telling".into(),
        hint: "Lines told in the last 13 weeks, by working days.".into(),
        bands: bands.map(str::to_owned).to_vec(),
        rows: vec![
            HeatRow { name: "Ingrid Solheim".into(), n: 3, cells: None },
            HeatRow {
                name: "Jon Berg".into(),
                n: 8,
                cells: Some(vec![cell(12, 4), cell(5, 3), cell(3, 2), cell(1, 1), cell(0, 0), cell(0, 0)]),
            },
        ],
    };
    Heat {
        pictures: vec![picture],
        toggle: ("Show what they were waiting for".into(), "/team?waits=apart#heat".into()),
    }
}

fn told() -> ToldRow {
    ToldRow {
        href: "/cases/7".into(),
        customer: "Halvorsen Marine".into(),
        when: "Mon 9 Nov 09:21".into(),
        says: "Jon Berg told Anna Halvorsen by phone".into(),
        waits: "facts 8 h, telling 14 h".into(),
        notice: Chip::new("9 working days’ notice", Tone::Good),
    }
}
