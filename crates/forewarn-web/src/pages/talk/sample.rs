//! Sample talks: each beat, a conflict, and each way a call can end.

use super::*;
use crate::pages::case::ExpectationForm;
use crate::pages::letters::LetterForm;
use crate::pages::shell::Place;
use crate::pages::today::phone;
use crate::pages::tone::{Choice, IMPACTS, TEMPERATURES};

impl TalkPage {
    /// All eight beats; the second with facts that moved.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let names = ["1", "2-conflict", "3", "4", "5", "6", "7", "8"];
        (1..).zip(names).zip(beats()).map(|((number, name), beat)| (name, page(number, beat))).collect()
    }
}

fn page(number: u8, beat: Beat) -> TalkPage {
    let done = |n: u8| match n {
        n if n >= number => BeatState::Open,
        2 => BeatState::Skipped,
        _ => BeatState::Done,
    };
    let states = [1, 2, 3, 4, 5, 6, 7, 8].map(done);
    let last = number == 8;
    TalkPage {
        shell: Shell::sample(Place::Today),
        head: head(number == 2),
        beats: beat_tabs("/cases/7", number, states),
        step: beat.slug(),
        beat,
        said: vec![("said-12".into(), "2026-11-27".into())],
        back: (number > 1).then(|| format!("/cases/7/talk/{}", number - 1)),
        onward: if last { "/cases/7/talk/after".into() } else { format!("/cases/7/talk/{}", number + 1) },
        onward_label: if last { "How did it go?".into() } else { "Next".into() },
    }
}

fn head(moved: bool) -> TalkHead {
    TalkHead {
        href: "/cases/7".into(),
        seen: "14".into(),
        customer: "Halvorsen Marine".into(),
        contact: "Anna Halvorsen".into(),
        place: Some("09:10 in Bergen, open".into()),
        phone: Some(phone("Anna", "+47 55 55 01 90")),
        conflict: moved.then(|| Conflict {
            text: "ERP now says Mon 30 Nov; you have said Fri 27 Nov.".into(),
            action: "/cases/7/acknowledgements".into(),
            evidence: "88".into(),
            seen: "14".into(),
        }),
    }
}

fn beats() -> [Beat; 8] {
    [
        Beat::Advise(Advise {
            opening: "Anna, it’s Jon at Norpump. I have difficult news about PO 4471. Do you have five minutes?".into(),
            news: vec!["The pumps will not come on 6 November.".into(), "The date is now 27 November.".into()],
            voicemail: "Anna, it’s Jon at Norpump. Please call me back on 55 55 01 00 today; I will try you again at 14:00.".into(),
        }),
        Beat::Why(Words {
            say: "Neither of us wants this. I’m calling today so that you can still plan around it.".into(),
            hint: "One sentence. Don’t explain more.".into(),
        }),
        Beat::Listen(Listen {
            temperature: Choice::list(&TEMPERATURES, "upset"),
            impact: Choice::list(&IMPACTS, ""),
            words: String::new(),
        }),
        Beat::Acknowledge(Acknowledge {
            concern: "The yard slot is on the 12th and there is no other before Christmas.".into(),
            say: "This is on us. I’m sorry for what it does to your yard slot.".into(),
            why: "Fault: ours. Own it, once.".into(),
            warning: Some("You have apologised twice this quarter. Own it plainly; do not apologise again and again.".into()),
            may_apologise: true,
            may_own: true,
        }),
        Beat::Action(Action {
            steps: vec!["20 pumps go by air and are with you on 13 November.".into(), "Our production runs the other 20 first.".into()],
        }),
        Beat::Reset(Reset {
            options: vec![
                OptionAsk {
                    id: "1".into(),
                    title: "20 by air on Fri 13 Nov, the rest on Fri 27 Nov; we pay the freight".into(),
                    warning: None,
                    answers: answers("wanted"),
                },
                OptionAsk {
                    id: "2".into(),
                    title: "P190 instead, all 40 on Tue 10 Nov, same price".into(),
                    warning: Some("Not approved yet: don’t promise it.".into()),
                    answers: answers(""),
                },
            ],
            expectation: expectation(),
            read_back: "So: 20 by air on 13 November, 20 on 27 November. Did I get that right?".into(),
            understood: "yes".into(),
            agreed: String::new(),
        }),
        Beat::Thank(Words {
            say: "Thank you for hearing me out, Anna, and for your patience with us.".into(),
            hint: "One sentence.".into(),
        }),
        Beat::Keep(Keep {
            say: "I will call you on Thursday at 10:00, even if nothing has changed.".into(),
            next_word_at: "2026-11-12T10:00".into(),
            zone: "Bergen time".into(),
        }),
    ]
}

fn answers(chosen: &str) -> Vec<Choice> {
    Choice::list(&[("wanted", "Wants it"), ("declined", "No"), ("thinks", "Thinks it over")], chosen)
}

fn expectation() -> ExpectationForm {
    ExpectationForm { kind: "date".into(), date: "2026-11-27".into(), ..ExpectationForm::default() }
}

impl AfterPage {
    /// The question, told, refused, voicemail, no answer, wrong person.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |stage| Self { shell: Shell::sample(Place::Today), head: head(false), stage };
        let again = || {
            TryAgain {
            say: "Anna, it’s Jon at Norpump. Please call me back on 55 55 01 00 today; I will try you again at 14:00.".into(),
            tries: "This was try 2 today.".into(),
            at: "2026-11-09T14:00".into(),
            zone: "Bergen time".into(),
        }
        };
        let refused = ToldForm {
            wrong: vec!["There is no new date and no next word. Say when they will hear from you: fill in one of the two.".into()],
            ..told()
        };
        vec![
            ("ask", page(AfterStage::Ask)),
            ("told", page(AfterStage::Told(Box::new(told())))),
            ("e-mail", page(AfterStage::Told(Box::new(by_mail(true))))),
            ("e-mail-by-hand", page(AfterStage::Told(Box::new(by_mail(false))))),
            ("refused", page(AfterStage::Told(Box::new(refused)))),
            ("voicemail", page(AfterStage::Voicemail(again()))),
            ("no-answer", page(AfterStage::NoAnswer(again()))),
            ("wrong-person", page(AfterStage::WrongPerson(again()))),
        ]
    }
}

fn told() -> ToldForm {
    let line = |id: &str, title: &str| ToldLine {
        id: id.into(),
        title: title.into(),
        was: "was Fri 6 Nov".into(),
        told: true,
        date: String::new(),
    };
    ToldForm {
        how: "spoke".into(),
        email_reasons: Vec::new(),
        email_why: String::new(),
        first_word: None,
        other: String::new(),
        said: vec![("said-12".into(), "2026-11-27".into())],
        contacts: Choice::list(&[("1", "Anna Halvorsen"), ("2", "Lars Vik")], "1"),
        lines: vec![line("12", "4471 / 10, 40 pcs Pump P200"), line("13", "4471 / 20, 40 pcs Coupling C-17")],
        expectation: expectation(),
        understood: Choice::list(
            &[("yes", "Yes, said it back"), ("no", "No"), ("not-asked", "Didn’t ask")],
            "",
        ),
        agreed: Choice::list(&[("yes", "Yes"), ("no", "No"), ("thinks", "Thinks it over")], ""),
        temperature: Choice::list(&TEMPERATURES, "upset"),
        impact: Choice::list(&IMPACTS, "their-customers"),
        words: "Yard slot on the 12th, none before Christmas.".into(),
        answer_by: String::new(),
        next_word_at: "2026-11-12T10:00".into(),
        zone: "Bergen time".into(),
        wrong: Vec::new(),
    }
}

fn by_mail(from_here: bool) -> ToldForm {
    let reasons = [
        ("customer-asked", "They asked for it"),
        ("no-answer", "No number works"),
        ("no-other-way", "No other way in time"),
    ];
    let letter = LetterForm {
        kind: "first-word".into(),
        body: "Dear Anna,\n\nI have difficult news about order 4471.".into(),
        advice: crate::pages::words::Advice::none("first-word", "/cases/7"),
        ..LetterForm::sample(from_here)
    };
    ToldForm {
        how: "e-mail".into(),
        email_reasons: Choice::list(&reasons, ""),
        first_word: Some(letter),
        ..told()
    }
}
