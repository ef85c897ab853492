//! What a check says.

use std::ops::Range;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

/// The answer to one draft. Its JSON is one object of `forewarn check --format json`, without the file's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What would make it worse, in the order of the text.
    pub findings: Vec<Finding>,
    /// How many more there are: the first 200 are given.
    #[serde(skip_serializing_if = "is_nought")]
    pub more: usize,
    /// Whether one of those must be mended.
    #[serde(skip)]
    pub(crate) more_to_mend: bool,
    /// What a complete message holds, and whether this one does.
    pub parts: Parts,
    /// The parts that are due here and not there.
    pub missing: Vec<Part>,
    /// Why nothing was looked for, where that is so: another language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One flaw, in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule, as in [`RULES`](crate::RULES).
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Where it starts, in bytes of UTF-8.
    pub start: usize,
    /// Where it ends, in bytes of UTF-8.
    pub end: usize,
    /// The words themselves.
    pub quote: String,
    /// Why they make it worse, in one sentence.
    pub why: String,
    /// What to say instead, from the case's facts where they are known.
    pub instead: String,
    /// A fingerprint of the sentence, by which "keep it, because …" is remembered when the text around it changes.
    #[serde(skip)]
    pub sentence: String,
    /// Whether what to say instead is made of the case's facts, and so isn't the same for every text.
    #[serde(skip)]
    pub from_case: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_nought(more: &usize) -> bool {
    *more == 0
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Change it before it leaves the house.
    Fix,
    /// It would be better otherwise.
    Consider,
    /// Good to know.
    Fyi,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fix => "fix",
            Self::Consider => "consider",
            Self::Fyi => "fyi",
        }
    }
}

/// What a complete message of bad news holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The news in plain terms.
    News,
    /// A new date, or that there is none yet.
    DateOrNoDate,
    /// When the next word comes.
    NextUpdate,
    /// That the effect on this customer is understood.
    Acknowledge,
    /// An apology.
    Apology,
    /// Owning it, in the first person.
    Ownership,
    /// A concrete step.
    CorrectiveAction,
    /// A real choice.
    Options,
    /// Thanks.
    Thanks,
    /// That there will be further word.
    KeepInformed,
}

impl Part {
    /// All parts, in the order in which they are said.
    pub const ALL: [Self; 10] = [
        Self::News,
        Self::DateOrNoDate,
        Self::NextUpdate,
        Self::Acknowledge,
        Self::Apology,
        Self::Ownership,
        Self::CorrectiveAction,
        Self::Options,
        Self::Thanks,
        Self::KeepInformed,
    ];

    /// Its name in JSON and on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::DateOrNoDate => "date-or-no-date",
            Self::NextUpdate => "next-update",
            Self::Acknowledge => "acknowledge",
            Self::Apology => "apology",
            Self::Ownership => "ownership",
            Self::CorrectiveAction => "corrective-action",
            Self::Options => "options",
            Self::Thanks => "thanks",
            Self::KeepInformed => "keep-informed",
        }
    }
}

/// Which parts a draft holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts([bool; 10]);

impl Parts {
    /// Whether a part is there.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        self.0[part as usize]
    }

    pub(crate) fn set(&mut self, part: Part, there: bool) {
        self.0[part as usize] = there;
    }
}

impl Serialize for Parts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Part::ALL.len()))?;
        for part in Part::ALL {
            map.serialize_entry(part.name(), &self.has(part))?;
        }
        map.end()
    }
}

impl Report {
    /// What is said of a text that isn't checked: why not.
    #[must_use]
    pub fn not_checked(why: String) -> Self {
        Self { note: Some(why), ..Self::default() }
    }

    /// Whether anything ought to be changed before it leaves the house.
    #[must_use]
    pub fn must_fix(&self) -> bool {
        self.more_to_mend || self.findings.iter().any(|finding| finding.severity == Severity::Fix)
    }

    /// The findings' places in UTF-16 units, as a browser counts, in the order of [`Report::findings`].
    ///
    /// `text` is the draft that was checked. Linear in its length.
    #[must_use]
    pub fn utf16(&self, text: &str) -> Vec<Range<usize>> {
        let mut borders: Vec<usize> = self.findings.iter().flat_map(|f| [f.start, f.end]).collect();
        borders.sort_unstable();
        borders.dedup();
        let mut units = Vec::with_capacity(borders.len());
        let (mut byte, mut unit) = (0, 0);
        for border in &borders {
            unit += text.get(byte..*border).map_or(0, |piece| piece.encode_utf16().count());
            byte = *border;
            units.push(unit);
        }
        let place = |byte: usize| borders.binary_search(&byte).map_or(unit, |at| units[at]);
        self.findings.iter().map(|f| place(f.start)..place(f.end)).collect()
    }
}
