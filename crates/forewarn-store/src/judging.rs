//! What a new statement about a promise means: for its row, and for its case. The same for reports and people.

use forewarn_domain::amount::Amount;
use forewarn_domain::case::{LineFacts, Observation, Observed};
use forewarn_domain::evidence::Outlook;
use forewarn_domain::fact::LineKey;
use forewarn_domain::ids::{CaseId, PromiseId};
use forewarn_domain::policy::Terms;
use forewarn_domain::promise::Promised;
use forewarn_domain::slip::Slip;
use jiff::Timestamp;

/// A promise as it stood before the statement.
#[derive(Debug, Clone)]
pub(crate) struct Before {
    pub(crate) promise: PromiseId,
    pub(crate) key: LineKey,
    pub(crate) promised: Promised,
    pub(crate) outlook: Option<Outlook>,
    pub(crate) observed_at: Timestamp,
    pub(crate) slip: Slip,
    pub(crate) known_at: Option<Timestamp>,
    pub(crate) value: Option<Amount>,
    pub(crate) case: Option<CaseId>,
}

/// A statement about when a line arrives.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(crate) outlook: Outlook,
    pub(crate) observed_at: Timestamp,
    /// Where it comes from, in words for the timeline.
    pub(crate) source: String,
    /// Whether a person of ours stands behind it.
    pub(crate) confirmed: bool,
}

/// What it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judgement {
    /// For the promise's row.
    pub(crate) slip: Slip,
    /// First evidence of the slip, while it counts.
    pub(crate) known_at: Option<Timestamp>,
    /// For the case: of every line that is in one (even the same date again may turn a slip into news), and
    /// of every slip that no case knows yet.
    pub(crate) observation: Option<Observation>,
}

/// Judges a statement. `None` if an observation newer than this is known already: older evidence is kept,
/// but overrides nothing.
pub(crate) fn judge(before: &Before, statement: &Statement, terms: &Terms) -> Option<Judgement> {
    let Statement { outlook, observed_at, ref source, confirmed } = *statement;
    if observed_at < before.observed_at {
        return None;
    }
    let slip = Slip::measure(before.promised, outlook, terms);
    let known_before = before.known_at.filter(|_| before.slip.counts());
    let known_at = slip.counts().then(|| known_before.unwrap_or(observed_at));
    let is_new = confirmed || slip != before.slip || Some(outlook) != before.outlook;
    let observed = match (before.case, known_at) {
        (Some(_), _) => Some(Observed::Outlook { outlook, observed_at, source: source.clone(), confirmed }),
        // A slip that was known and has no case was called "not news": only a move brings it up again.
        (None, Some(known_at)) if is_new => {
            let line = LineFacts {
                promise: before.promise,
                key: before.key.clone(),
                promised: before.promised,
                outlook,
                slip,
                value: before.value.unwrap_or_default(),
                known_at,
                observed_at,
                source: source.clone(),
            };
            Some(Observed::Slipped { line, confirmed })
        }
        (None, _) => None,
    };
    let observation = observed.map(|observed| Observation { promise: before.promise, observed });
    Some(Judgement { slip, known_at, observation })
}
