//! From a case to what the wording check wants to know of it.

use super::names::names;
use super::{brief, news_lines};
use crate::views::scene::Scene;
use forewarn_domain::case::{Fault, Stage};
use forewarn_domain::evidence::Outlook;
use forewarn_domain::letter::LetterKind;
use forewarn_domain::promise::Promised;
use forewarn_domain::words::{Brief, LineNews};
use forewarn_wording::{Channel, Context, Firmness, Kept, check};
use jiff::civil::{Date, DateTime};
use serde::Deserialize;

/// What a text is: a message stands alone, the others are pieces that go into one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Of {
    /// Something to say or send.
    #[default]
    Message,
    /// The first word by e-mail, for which the form beside it asks the reason.
    FirstWord,
    /// A next word in writing.
    Update,
    /// That it has arrived.
    Delivered,
    /// The cause, as the customer may hear it.
    Cause,
    /// Something that we do about it.
    Step,
    /// Something that they can choose.
    Option,
}

impl Of {
    /// Its name in addresses.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::FirstWord => "first-word",
            Self::Update => "update",
            Self::Delivered => "delivered",
            Self::Cause => "cause",
            Self::Step => "step",
            Self::Option => "option",
        }
    }

    /// Whether it is sent or said as it is.
    pub(crate) fn stands_alone(self) -> bool {
        self.letter().is_some()
    }

    /// The letter that it is, if it is one.
    pub(crate) fn letter(self) -> Option<LetterKind> {
        match self {
            Self::Message => Some(LetterKind::Recap),
            Self::FirstWord => Some(LetterKind::FirstWord),
            Self::Update => Some(LetterKind::Update),
            Self::Delivered => Some(LetterKind::Delivered),
            Self::Cause | Self::Step | Self::Option => None,
        }
    }

    /// The text of a letter of this kind.
    pub(crate) fn text_of(kind: LetterKind) -> Self {
        match kind {
            LetterKind::Recap => Self::Message,
            LetterKind::FirstWord => Self::FirstWord,
            LetterKind::Update => Self::Update,
            LetterKind::Delivered => Self::Delivered,
        }
    }
}

/// What is known of the case, for a text of this sort.
pub(crate) fn context(scene: &Scene, of: Of) -> Context {
    let case = scene.case();
    let fault = match case.fault {
        Fault::Ours | Fault::ShouldHaveAnticipated => forewarn_wording::Fault::Ours,
        Fault::OutsideOurControl | Fault::Customers => forewarn_wording::Fault::Outside,
        Fault::NotKnownYet => forewarn_wording::Fault::Unknown,
    };
    let kept = scene.kept_words.iter();
    let context = Context {
        fault,
        round: u8::try_from(case.round).unwrap_or(u8::MAX),
        today: Some(scene.clocks.theirs.today()),
        customer: Some(scene.customer.name.clone()),
        contact: scene.reach().name,
        names: names(scene),
        kept: kept.map(|k| Kept { rule: k.rule.clone(), sentence: k.sentence.clone() }).collect(),
        ..Context::default()
    };
    if of.stands_alone() { with_facts(context, scene, of) } else { context }
}

/// The dates, and what can be said about them: for whole messages. A step has dates of its own.
fn with_facts(context: Context, scene: &Scene, of: Of) -> Context {
    let brief = brief(scene);
    let told = scene.case().stage() != Stage::ToTell && !scene.case().tellings.is_empty();
    let worst = worst(news_lines(scene));
    let (expected, expected_to) = match worst.as_ref().map(|line| line.outlook) {
        Some(Outlook::Firm { on } | Outlook::Likely { on }) => (Some(on), None),
        Some(Outlook::Range { from, to }) => (Some(from), Some(to)),
        Some(Outlook::NoDate) | None => (None, None),
    };
    let firmness = worst.as_ref().map(|line| match line.outlook {
        Outlook::Firm { .. } => Firmness::Firm,
        Outlook::Likely { .. } | Outlook::Range { .. } => Firmness::Likely,
        Outlook::NoDate => Firmness::NoDate,
    });
    let noted = scene.draft.next_word_at.parse().ok();
    let next_word = brief.next_word.map(|at| scene.clocks.theirs.zone.to_datetime(at));
    Context {
        channel: Some(Channel::Email),
        // Whoever writes first says why in the form beside it.
        told: (of != Of::FirstWord).then_some(told),
        order: worst.as_ref().map(|line| line.order.clone()),
        goods: worst.as_ref().map(|line| format!("the {} of order {}", line.what, line.order)),
        promised: worst.as_ref().and_then(|line| line.promised.latest()),
        expected,
        expected_to,
        firmness,
        cause: brief.cause.iter().map(ToString::to_string).find(|cause| is_fit(cause, &context)),
        actions: fit(brief.actions.iter().map(ToString::to_string), &context),
        options: fit(brief.options.iter().map(ToString::to_string), &context),
        next_word: if of == Of::Update { noted.or(next_word) } else { next_word.or(noted) },
        dates: dates(scene, &brief),
        ..context
    }
}

/// The line that weighs most: without a date, or the latest.
fn worst(lines: Vec<LineNews>) -> Option<LineNews> {
    lines.into_iter().max_by_key(|line| line.outlook.latest().unwrap_or(Date::MAX))
}

/// What is proposed to be said must itself be fit to be said. The first ones are looked at: every view of the case asks.
fn fit(texts: impl Iterator<Item = String>, context: &Context) -> Vec<String> {
    const FIRST: usize = 20;
    texts.take(FIRST).filter(|text| is_fit(text, context)).collect()
}

/// Whether a text of the case can be said as it stands: it is in each advice, and so has to be short.
pub(super) fn is_fit(text: &str, context: &Context) -> bool {
    const LONGEST: usize = 2_000;
    text.chars().nth(LONGEST).is_none() && !check(text, context).must_fix()
}

/// Every day that the case knows: none of them is wrong in a draft.
fn dates(scene: &Scene, brief: &Brief) -> Vec<Date> {
    let case = scene.case();
    let mut dates: Vec<Date> = Vec::new();
    for line in case.lines.values() {
        dates.extend(days(line.promised).into_iter().chain(line.outlook.latest()));
        dates.extend(
            line.told.iter().flat_map(|heard| [days(heard.before), days(heard.expectation)]).flatten(),
        );
    }
    for row in &scene.promises {
        dates.push(row.promise.first_promised);
        dates.extend(row.promise.requested);
        dates.extend(row.promise.delivered);
    }
    dates.extend(case.actions.iter().filter_map(|action| action.due));
    dates.extend(case.options.iter().filter_map(|(option, _)| option.date));
    let said = |at: jiff::Timestamp| scene.clocks.theirs.zone.to_datetime(at).date();
    dates.extend(case.tellings.iter().map(|(at, ..)| said(*at)));
    dates.extend(brief.next_word.map(said));
    dates.push(said(crate::views::case::next_word_proposal(scene)));
    dates.extend(scene.draft.next_word_at.parse::<DateTime>().ok().map(|at| at.date()));
    dates
}

fn days(promised: Promised) -> Vec<Date> {
    match promised {
        Promised::Date { on } => vec![on],
        Promised::Range { from, to } => vec![from, to],
        Promised::NoDateYet => Vec::new(),
    }
}
