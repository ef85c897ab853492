//! What the wording check says, beside the words; and the page that says it where there is no JavaScript.

use super::letters::LetterForm;
use super::shell::{Place, Shell};
use super::tone::Tone;
use askama::Template;

/// What there is to say about a text that will reach a customer.
#[derive(Debug, Clone, Default)]
pub struct Advice {
    /// What the text is: message, first-word, cause, step, option.
    pub of: String,
    /// Where the text is checked: "/cases/7/checks?of=cause".
    pub action: String,
    /// Where a finding is kept as it is: "/cases/7/kept-words?of=cause".
    pub keep: String,
    /// A remark for each sentence that has one.
    pub remarks: Vec<Remark>,
    /// Parts that are due and not there, as one says them.
    pub missing: Vec<String>,
    /// What is left, in a sentence; empty where nothing is.
    pub left: String,
}

/// What there is to say about one sentence.
#[derive(Debug, Clone)]
pub struct Remark {
    /// Its number in the text, from 0: names its button.
    pub number: usize,
    /// What makes it worse.
    pub flaws: Vec<Flaw>,
    /// What to say instead, where the case knows it.
    pub say: Option<Say>,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Flaw {
    /// The rule.
    pub rule: String,
    /// The fingerprint of the sentence.
    pub sentence: String,
    /// The words.
    pub quote: String,
    /// Why they make it worse.
    pub why: String,
    /// What to do about it.
    pub instead: String,
    /// How much it matters.
    pub tone: Tone,
    /// The same in a word: Mend, Consider, Note.
    pub weight: String,
    /// Where the words begin in the field, in UTF-16 units; `None` for the subject line.
    pub from: Option<usize>,
    /// Where they end.
    pub to: Option<usize>,
}

/// Words to put in place of others.
#[derive(Debug, Clone)]
pub struct Say {
    /// The words.
    pub words: String,
    /// From where they replace what stands in the field, in UTF-16 units.
    pub from: usize,
    /// Up to where.
    pub to: usize,
}

/// `POST /cases/{id}/checks`
#[derive(Debug, Template)]
#[template(path = "words/page.html")]
pub struct WordsPage {
    /// The frame.
    pub shell: Shell,
    /// The address of the case.
    pub href: String,
    /// The version of the case that was shown.
    pub seen: String,
    /// The customer.
    pub customer: String,
    /// What is checked: "Recap for them".
    pub title: String,
    /// The name of the field with the text.
    pub field: String,
    /// The text.
    pub text: String,
    /// The other fields of the form that it came from: name and value.
    pub carried: Vec<(String, String)>,
    /// Where and how to keep the text, if it is kept here: address and label.
    pub keep: Option<(String, String)>,
    /// The whole letter, if the text is one; it has the same text and the same advice.
    pub letter: Option<LetterForm>,
    /// What there is to say about it.
    pub advice: Advice,
}

impl Advice {
    /// Nothing to say about a text under `href`.
    #[must_use]
    pub fn none(of: &str, href: &str) -> Self {
        let (action, keep) = (format!("{href}/checks?of={of}"), format!("{href}/kept-words?of={of}"));
        Self { of: of.into(), action, keep, ..Self::default() }
    }

    /// The acceptance of it all: one sentence with everything in it, for samples.
    #[must_use]
    pub fn sample(of: &str) -> Self {
        let flaw = |rule: &str, quote: &str, why: &str, from: usize| Flaw {
            rule: rule.into(),
            sentence: "1f00".into(),
            quote: quote.into(),
            why: why.into(),
            instead: "Say “we”.".into(),
            tone: Tone::Urgent,
            weight: "Mend".into(),
            from: Some(from),
            to: Some(from + quote.len()),
        };
        let say = Say {
            words: "40 pumps will not arrive on Friday 6 November. The date is now Friday 27 November."
                .into(),
            from: 0,
            to: 70,
        };
        let flaws = vec![
            flaw("blame", "our warehouse", "Blame makes the listener take sides.", 14),
            flaw("vague-promise", "soon", "A promise without a time is none.", 60),
        ];
        Self {
            remarks: vec![Remark { number: 0, flaws, say: Some(say) }],
            missing: vec!["when they hear from you next".into()],
            left: "Before it leaves the house: 2 places to look at; 1 part not in it yet.".into(),
            ..Self::none(of, "/cases/7")
        }
    }
}

impl WordsPage {
    /// Pages to look at.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |advice| Self {
            shell: Shell::sample(Place::Today),
            href: "/cases/7".into(),
            seen: "12".into(),
            customer: "Halvorsen Marine".into(),
            title: "Cause, for the customer".into(),
            field: "customer_safe".into(),
            text: "Unfortunately our warehouse messed up again, it should ship soon".into(),
            carried: vec![("internal".into(), "Voltex is late".into())],
            keep: Some(("/cases/7/cause".into(), "Keep both texts".into())),
            letter: None,
            advice,
        };
        let mail = Self {
            field: "text".into(),
            carried: Vec::new(),
            keep: None,
            letter: Some(LetterForm::sample(true)),
            ..page(Advice::none("message", "/cases/7"))
        };
        vec![("flawed", page(Advice::sample("cause"))), ("clean", mail)]
    }
}
