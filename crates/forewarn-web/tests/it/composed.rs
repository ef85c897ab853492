//! Whatever Forewarn itself puts into a rep's mouth or mail passes its own check: for every fault, what is
//! expected, how firm that is, the round, and many lines as well as one.

use forewarn_domain::case::Fault;
use forewarn_domain::evidence::Outlook;
use forewarn_domain::promise::{Expectation, Promised};
use forewarn_domain::text::CustomerText;
use forewarn_domain::words::{Brief, LineNews, Mail, Said};
use forewarn_wording::{Channel, Context, Firmness, Part, Severity, check};
use jiff::civil::{Date, date, datetime};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

const FAULTS: [Fault; 5] = [
    Fault::Ours,
    Fault::ShouldHaveAnticipated,
    Fault::OutsideOurControl,
    Fault::Customers,
    Fault::NotKnownYet,
];

#[test]
fn what_is_said_on_the_phone_passes_our_own_check() {
    let mut flaws = Flaws::default();
    for brief in briefs() {
        let context = context(&brief, Channel::Call);
        let mut script = vec![brief.opening()];
        script.extend(brief.news());
        script.push(brief.why_now());
        script.extend(brief.cause_said());
        script.push(brief.acknowledgement());
        script.extend(brief.corrective_action());
        script.push(brief.read_back(expectation(&brief)));
        script.push(brief.thanks());
        for beat in &script {
            flaws.look(&brief, beat, &context, &[]);
        }
        // Options are choices on the screen, not sentences of the script.
        let due = [
            Part::News,
            Part::DateOrNoDate,
            Part::NextUpdate,
            Part::Acknowledge,
            Part::Apology,
            Part::Ownership,
            Part::CorrectiveAction,
            Part::Thanks,
            Part::KeepInformed,
        ];
        flaws.look(&brief, &script.join("\n"), &context, &due);
    }
    flaws.none();
}

#[test]
fn the_voicemail_says_when_we_try_again_and_nothing_that_is_flagged() {
    let mut flaws = Flaws::default();
    for brief in briefs() {
        let context = context(&brief, Channel::Voicemail);
        flaws.look(&brief, &brief.voicemail(next_word()), &context, &Part::ALL);
    }
    flaws.none();
}

#[test]
fn the_recap_passes_our_own_check_and_lacks_nothing() {
    let mut flaws = Flaws::default();
    for brief in briefs() {
        let context = Context { told: Some(true), ..context(&brief, Channel::Email) };
        flaws.look(&brief, &written(&brief.recap(&said(&brief))), &context, &Part::ALL);
    }
    flaws.none();
}

#[test]
fn the_first_word_by_mail_passes_our_own_check_and_lacks_nothing() {
    let mut flaws = Flaws::default();
    for brief in briefs() {
        flaws.look(&brief, &written(&brief.first_word()), &context(&brief, Channel::Email), &Part::ALL);
    }
    flaws.none();
}

#[test]
fn an_update_says_where_it_stands_and_when_they_hear_next() {
    let mut flaws = Flaws::default();
    for brief in briefs() {
        let context = Context { told: Some(true), ..context(&brief, Channel::Email) };
        let due = [Part::DateOrNoDate, Part::NextUpdate, Part::Thanks, Part::KeepInformed];
        flaws.look(&brief, &written(&brief.update(&said(&brief))), &context, &due);
    }
    flaws.none();
}

#[test]
fn the_notice_of_arrival_passes_our_own_check() {
    let mut flaws = Flaws::default();
    for brief in briefs() {
        let context = Context { told: Some(true), ..context(&brief, Channel::Email) };
        let items: Vec<String> = brief.lines.iter().map(|line| line.what.clone()).collect();
        flaws.look(&brief, &written(&brief.arrived(&items)), &context, &[]);
    }
    flaws.none();
}

/// What was flagged or missing, each kind with the first text that has it.
#[derive(Default)]
struct Flaws {
    seen: BTreeMap<String, String>,
}

impl Flaws {
    /// Findings that would have to be mended or thought over, and parts that belong here and are missing.
    fn look(&mut self, brief: &Brief, text: &str, context: &Context, due: &[Part]) {
        let report = check(text, context);
        assert_eq!(report.note, None, "{text}");
        for finding in report.findings.iter().filter(|finding| finding.severity != Severity::Fyi) {
            let flaw = format!("{}: “{}”: {}", finding.rule, finding.quote, finding.why);
            self.seen.entry(flaw).or_insert_with(|| text.to_owned());
        }
        for part in report.missing.iter().filter(|part| due.contains(part) && has_facts_for(brief, **part)) {
            self.seen.entry(format!("missing: {}", part.name())).or_insert_with(|| text.to_owned());
        }
    }

    #[track_caller]
    fn none(self) {
        let shown: Vec<String> = self.seen.iter().map(|(flaw, text)| format!("{flaw}\n{text}\n")).collect();
        assert!(self.seen.is_empty(), "{}", shown.join("\n"));
    }
}

/// A part can be asked for only where the case has something to say.
fn has_facts_for(brief: &Brief, part: Part) -> bool {
    match part {
        Part::CorrectiveAction => !brief.actions.is_empty(),
        Part::Options => !brief.options.is_empty() || !brief.chosen.is_empty(),
        Part::NextUpdate | Part::KeepInformed => brief.next_word.is_some(),
        _ => true,
    }
}

/// Every combination.
fn briefs() -> Vec<Brief> {
    let mut briefs = Vec::new();
    for fault in FAULTS {
        for outlook in outlooks() {
            for promised in promises() {
                for round in [1, 2] {
                    for lines in [1, 2, 6] {
                        let richness = briefs.len();
                        briefs.push(brief(fault, outlook, promised, round, lines, richness));
                    }
                }
            }
        }
    }
    briefs
}

fn outlooks() -> [Outlook; 4] {
    [
        Outlook::Firm { on: date(2026, 12, 11) },
        Outlook::Likely { on: date(2027, 1, 8) },
        Outlook::Range { from: date(2026, 12, 7), to: date(2026, 12, 18) },
        Outlook::NoDate,
    ]
}

fn promises() -> [Promised; 3] {
    [
        Promised::Date { on: date(2026, 11, 27) },
        Promised::Range { from: date(2026, 11, 23), to: date(2026, 11, 27) },
        Promised::NoDateYet,
    ]
}

fn brief(
    fault: Fault,
    outlook: Outlook,
    promised: Promised,
    round: u32,
    lines: usize,
    richness: usize,
) -> Brief {
    let items = [
        "40 pcs Circulation pump NP-40",
        "12 pcs Mechanical seal MS-40",
        "line 30",
        "1 set Gasket kit DN100",
        "2.5 t Flat steel S355",
        "6 pcs Control unit CU-7, 400 V",
    ];
    let line = |n: usize| LineNews {
        order: format!("{}", 4471 + n / 2),
        what: items[n].to_owned(),
        promised,
        // The last of many lines has its own date, so that there is more than one group.
        outlook: if lines > 2 && n == lines - 1 { Outlook::Firm { on: date(2026, 12, 16) } } else { outlook },
    };
    let texts =
        |all: &[&str], count: usize| all[..count].iter().filter_map(|text| CustomerText::new(text)).collect();
    let actions = [
        "Twenty pumps leave by air on 2 December",
        "A second foundry casts half of the housings",
        "We work two shifts",
    ];
    let options =
        ["Ship what is ready now, the rest on the new date", "The larger pump NP-65 at the same price"];
    let causes = [
        "the pump housings did not pass the pressure test and are being cast again",
        "a type test must be repeated",
    ];
    Brief {
        rep: "Jon Eide".to_owned(),
        rep_phone: richness.is_multiple_of(2).then(|| "+47 55 10 20 30".to_owned()),
        company: "Norpump".to_owned(),
        contact: (richness % 4 != 3).then(|| CustomerText::new("Anna Halvorsen")).flatten(),
        lines: (0..lines).map(line).collect(),
        fault,
        cause: causes.get(richness % 3).and_then(|cause| CustomerText::new(cause)),
        actions: texts(&actions, richness / 3 % 4),
        options: texts(&options, richness / 5 % 3),
        chosen: texts(&["Twenty by air, twenty by sea"], usize::from(richness % 7 == 6)),
        next_word: (outlook == Outlook::NoDate || richness % 5 != 4).then(next_word),
        round,
        today: today(),
        zone: zone(),
    }
}

fn context(brief: &Brief, channel: Channel) -> Context {
    let line = &brief.lines[0];
    let (expected, expected_to) = match line.outlook {
        Outlook::Firm { on } | Outlook::Likely { on } => (Some(on), None),
        Outlook::Range { from, to } => (Some(from), Some(to)),
        Outlook::NoDate => (None, None),
    };
    let days = brief.lines.iter().flat_map(|line| [line.outlook.latest(), line.promised.latest()]);
    let mut dates: Vec<Date> = days.flatten().collect();
    dates.extend([date(2026, 12, 2), date(2026, 11, 23), zone().to_datetime(next_word()).date()]);
    Context {
        fault: match brief.fault {
            Fault::Ours | Fault::ShouldHaveAnticipated => forewarn_wording::Fault::Ours,
            Fault::OutsideOurControl | Fault::Customers => forewarn_wording::Fault::Outside,
            Fault::NotKnownYet => forewarn_wording::Fault::Unknown,
        },
        channel: Some(channel),
        round: brief.round.try_into().unwrap(),
        today: Some(brief.today),
        contact: brief.contact.as_ref().map(ToString::to_string),
        promised: line.promised.latest(),
        expected,
        expected_to,
        firmness: Some(match line.outlook {
            Outlook::Firm { .. } => Firmness::Firm,
            Outlook::Likely { .. } | Outlook::Range { .. } => Firmness::Likely,
            Outlook::NoDate => Firmness::NoDate,
        }),
        cause: brief.cause.as_ref().map(ToString::to_string),
        next_word: brief.next_word.map(|at| brief.zone.to_datetime(at)),
        dates,
        ..Context::default()
    }
}

fn expectation(brief: &Brief) -> Expectation {
    match brief.lines[0].outlook {
        Outlook::Firm { on } | Outlook::Likely { on } => Expectation::NewDate { on },
        Outlook::Range { from, to } => Expectation::Range { from, to },
        Outlook::NoDate => Expectation::NoDateYet { next_word_by: next_word() },
    }
}

fn said(brief: &Brief) -> Vec<Said> {
    let now = |outlook| match outlook {
        Outlook::Firm { on } | Outlook::Likely { on } => Promised::Date { on },
        Outlook::Range { from, to } => Promised::Range { from, to },
        Outlook::NoDate => Promised::NoDateYet,
    };
    let one = |line: &LineNews| Said {
        order: line.order.clone(),
        what: line.what.clone(),
        before: line.promised,
        now: now(line.outlook),
    };
    brief.lines.iter().map(one).collect()
}

fn written(mail: &Mail) -> String {
    format!("Subject: {}\n\n{}", mail.subject, mail.body)
}

fn today() -> Date {
    date(2026, 11, 20)
}

fn zone() -> TimeZone {
    TimeZone::get("Europe/Oslo").unwrap()
}

fn next_word() -> jiff::Timestamp {
    datetime(2026, 11, 25, 10, 0, 0, 0).to_zoned(zone()).unwrap().timestamp()
}
