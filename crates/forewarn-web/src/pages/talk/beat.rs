//! What each beat shows. All words in here are customer-safe.

use crate::pages::case::ExpectationForm;
use crate::pages::tone::Choice;

/// One beat of the talk.
#[derive(Debug, Clone)]
pub enum Beat {
    /// 1: a warning shot, the news, the date. Then stop talking.
    Advise(Advise),
    /// 2: why now.
    Why(Words),
    /// 3: let them vent.
    Listen(Listen),
    /// 4: read back their concern; own it or show concern.
    Acknowledge(Acknowledge),
    /// 5: what we are doing.
    Action(Action),
    /// 6: options, and the new promise.
    Reset(Reset),
    /// 7: thanks.
    Thank(Words),
    /// 8: the next word.
    Keep(Keep),
}

impl Beat {
    /// The name under which the step is recorded.
    #[must_use]
    pub const fn slug(&self) -> &'static str {
        match self {
            Self::Advise(_) => "advise",
            Self::Why(_) => "why-now",
            Self::Listen(_) => "listen",
            Self::Acknowledge(_) => "acknowledge",
            Self::Action(_) => "corrective-action",
            Self::Reset(_) => "reset",
            Self::Thank(_) => "thank",
            Self::Keep(_) => "keep-informed",
        }
    }
}

/// Beat 1.
#[derive(Debug, Clone)]
pub struct Advise {
    /// "Anna, it’s Jon at Norpump. I have difficult news about PO 4471. Do you have five minutes?"
    pub opening: String,
    /// "The pumps will not come on 6 November. The date is now 27 November." A line each.
    pub news: Vec<String>,
    /// What to leave on a voicemail: who called, when they will try again, and no news.
    pub voicemail: String,
}

/// A sentence or two to say, and nothing else.
#[derive(Debug, Clone)]
pub struct Words {
    /// What to say.
    pub say: String,
    /// What to keep in mind, in half a sentence.
    pub hint: String,
}

/// Beat 3.
#[derive(Debug, Clone)]
pub struct Listen {
    /// How they feel.
    pub temperature: Vec<Choice>,
    /// What it does to them.
    pub impact: Vec<Choice>,
    /// Their own words, as noted so far.
    pub words: String,
}

/// Beat 4.
#[derive(Debug, Clone)]
pub struct Acknowledge {
    /// Their concern in their own words, to be read back; empty if none was noted.
    pub concern: String,
    /// The words that the fault picked.
    pub say: String,
    /// Why these words: "Fault: ours. Own it, once."
    pub why: String,
    /// "You have apologised twice this quarter. …"
    pub warning: Option<String>,
    /// Whether an apology fits, so that its tick is offered.
    pub may_apologise: bool,
    /// Whether owning it fits.
    pub may_own: bool,
}

/// Beat 5.
#[derive(Debug, Clone)]
pub struct Action {
    /// What we do, a sentence each: "20 pumps go by air, with you on 13 November."
    pub steps: Vec<String>,
}

/// Beat 6.
#[derive(Debug, Clone)]
pub struct Reset {
    /// The options, with the answers so far.
    pub options: Vec<OptionAsk>,
    /// The new promise.
    pub expectation: ExpectationForm,
    /// "So: 20 by air on 13 November, 20 on 27 November. … Did I get that right?"
    pub read_back: String,
    /// Whether they said it back right: yes, no, or empty.
    pub understood: String,
    /// Whether they agree: yes, no, thinks, or empty.
    pub agreed: String,
}

/// One option, put to the customer.
#[derive(Debug, Clone)]
pub struct OptionAsk {
    /// The number of the option; the field is called `answer-{id}`.
    pub id: String,
    /// "Part by air: 20 pcs on Fri 13 Nov, we pay"
    pub title: String,
    /// "not approved yet: do not promise it"
    pub warning: Option<String>,
    /// wanted, declined, thinks
    pub answers: Vec<Choice>,
}

/// Beat 8.
#[derive(Debug, Clone)]
pub struct Keep {
    /// "I will call you on Thursday at 10:00, even if nothing has changed."
    pub say: String,
    /// The proposed moment, local (`2026-11-12T10:00`).
    pub next_word_at: String,
    /// Whose clock that is: "Bergen time".
    pub zone: String,
}
