//! What is known about the case a draft is for. `case.json` is this, written down.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// The facts of a case, as far as they are known. Everything is optional: an empty context checks the words alone.
///
/// Its JSON form is what `forewarn check --case case.json` reads:
///
/// ```
/// let context: forewarn_wording::Context = serde_json::from_str(r#"{
///     "fault": "ours", "channel": "email", "kind": "delay", "round": 1, "told": true, "today": "2026-11-20",
///     "customer": "Halvorsen AS", "contact": "Mr. Halvorsen", "order": "PO 4711", "goods": "the 40 drives",
///     "promised": "2026-11-27", "expected": "2026-12-11", "firmness": "firm",
///     "cause": "a type test has to be repeated", "next_word": "2026-11-25T15:00:00",
///     "actions": ["The test starts again on Monday."],
///     "options": ["ten drives from stock on 27 November"],
///     "names": [{ "name": "Voltex", "role": "supplier", "internal": true }]
/// }"#)?;
/// assert_eq!(context.names.len(), 1);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Context {
    /// Whose doing it is.
    pub fault: Fault,
    /// How the draft will be said or sent.
    pub channel: Option<Channel>,
    /// What kind of bad news it is.
    pub kind: Kind,
    /// 1 for the first word of a case, 2 for the next, and so on; 0 counts as 1.
    pub round: u8,
    /// Whether the customer has already heard the news in person or by phone; `None` where nobody knows.
    pub told: Option<bool>,
    /// The day the draft is read on, which gives dates without a year theirs.
    pub today: Option<Date>,
    /// The company that was promised.
    pub customer: Option<String>,
    /// The person there, as one would address them.
    pub contact: Option<String>,
    /// The customer's name for the order.
    pub order: Option<String>,
    /// What it is about, with its article: "the 40 drives".
    pub goods: Option<String>,
    /// The date the customer has last been told.
    pub promised: Option<Date>,
    /// The date the newest evidence says; the first of a range.
    pub expected: Option<Date>,
    /// The last date of a range.
    pub expected_to: Option<Date>,
    /// How firm the expected date is.
    pub firmness: Option<Firmness>,
    /// The cause in the words that may reach a customer.
    pub cause: Option<String>,
    /// When the next word comes, in the customer's local time.
    pub next_word: Option<DateTime>,
    /// What is being done, in full sentences that may reach a customer.
    pub actions: Vec<String>,
    /// What the customer can choose from.
    pub options: Vec<String>,
    /// More dates that the case knows (of options, other lines, visits): they are not wrong in a draft.
    pub dates: Vec<Date>,
    /// Names the case knows, and whether they may leave the house.
    pub names: Vec<Name>,
    /// Findings a person has decided to keep.
    pub kept: Vec<Kept>,
}

/// Whose doing the bad news is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Ours, or something we should have anticipated.
    Ours,
    /// Outside our control.
    Outside,
    /// Not known yet.
    #[default]
    Unknown,
}

/// How a draft reaches the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// An e-mail.
    Email,
    /// A phone call: the draft is a script or notes.
    Call,
    /// A letter or a notice to many.
    Letter,
    /// A chat or text message.
    Chat,
    /// A voicemail, which carries no news.
    Voicemail,
}

/// What kind of bad news it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A delay with or without a new date.
    #[default]
    Delay,
    /// Fewer than ordered.
    ShortQuantity,
    /// Wrong, damaged or missing goods.
    BotchedOrder,
    /// A price increase.
    PriceIncrease,
    /// Our mistake: an invoice, a credit, wrong information.
    Mistake,
    /// Something we stop making or selling.
    Discontinuation,
    /// Something that doesn't work right now.
    Outage,
    /// Anything else.
    Other,
}

/// How firm an expected date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Firmness {
    /// Somebody who can keep it has confirmed it.
    Firm,
    /// Likely, not confirmed.
    Likely,
    /// There is no date yet.
    NoDate,
}

/// A name the case knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// The name as people write it.
    pub name: String,
    /// What it names.
    pub role: Role,
    /// Whether it must not reach the customer.
    #[serde(default)]
    pub internal: bool,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// One who delivers to us.
    Supplier,
    /// One who carries for us.
    Carrier,
    /// One of our departments.
    Department,
    /// One of our people.
    Person,
    /// A product or a model: never a party.
    Product,
    /// The customer's people and places.
    Customer,
}

/// A finding that a person keeps, with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The rule.
    pub rule: String,
    /// [`Finding::sentence`](crate::Finding::sentence) of the sentence it was found in.
    pub sentence: String,
}
