//! Spot checks: a few told cases a day for which a leader asks whether it was said as it is recorded. They
//! protect those who tell early, and make a tick without a call not worth it.

use crate::ids::CaseId;
use crate::text::InternalText;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A look at whether a telling was as the record says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpotCheck {
    /// Who was asked.
    pub with: CheckedWith,
    /// What they said.
    pub finding: Finding,
    /// In the leader's words.
    pub note: Option<InternalText>,
}

/// Who was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckedWith {
    /// Whoever told the customer.
    Rep,
    /// The customer.
    Customer,
}

/// What came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// It was said as it is recorded.
    AsRecorded,
    /// It was said, and not quite so.
    Differs,
    /// They have not heard it.
    NotHeard,
}

impl Finding {
    /// All of them.
    pub const ALL: [Finding; 3] = [Finding::AsRecorded, Finding::Differs, Finding::NotHeard];

    /// The words on screen.
    pub fn name(self) -> &'static str {
        match self {
            Finding::AsRecorded => "As recorded",
            Finding::Differs => "Not quite so",
            Finding::NotHeard => "Not heard",
        }
    }
}

/// Which of these cases are looked at on that day: the same all day, others tomorrow, and nobody's choice.
pub fn picks(day: Date, told: impl IntoIterator<Item = CaseId>, count: usize) -> Vec<CaseId> {
    let day = u64::from(day.day_of_year().unsigned_abs()) | u64::from(day.year().unsigned_abs()) << 16;
    let mut told: Vec<CaseId> = told.into_iter().collect();
    told.sort_by_key(|case| (mixed(mixed(day) ^ case.0.unsigned_abs()), *case));
    told.dedup();
    told.truncate(count);
    told
}

/// The output function of SplitMix64 (Steele, Lea, Flood 2014): close numbers come out far apart.
fn mixed(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    #[test]
    fn the_picks_stay_all_day_and_reach_everybody_in_time() {
        let told = || (1..=30).map(CaseId);
        let monday = date(2026, 11, 9);
        assert_eq!(picks(monday, told(), 3), picks(monday, told().rev(), 3));
        assert_ne!(picks(monday, told(), 3), picks(monday.tomorrow().unwrap(), told(), 3));
        let days = (0..60).scan(monday, |day, _| {
            let today = *day;
            *day = day.tomorrow().unwrap();
            Some(today)
        });
        let reached: BTreeSet<_> = days.flat_map(|day| picks(day, told(), 3)).collect();
        assert_eq!(reached.len(), 30);
        assert_eq!(picks(monday, [CaseId(4), CaseId(4)], 3), [CaseId(4)]);
    }
}
