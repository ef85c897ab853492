//! Which columns tell the rows apart: no two rows may be the same line of the same order.

use crate::field::Field;
use crate::records::Record;
use crate::synonyms;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// Columns, or pairs of columns, that hold a different value in every row (of the first 100,000).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Keys(Vec<Vec<usize>>);

impl Keys {
    /// Do these columns together tell the rows apart? `false` too where nobody has looked.
    pub(crate) fn tell_apart(&self, columns: &[usize]) -> bool {
        self.0.iter().any(|key| key.iter().all(|column| columns.contains(column)))
    }
}

/// How many rows are looked at: enough to know, and few enough to remember.
const ROWS: u64 = 100_000;

/// Looks for columns that tell rows apart; forgets a candidate at its first repetition.
pub(crate) struct KeySearch {
    candidates: Vec<(Vec<usize>, HashSet<u64, Hasher>)>,
    rows: u64,
}

type Hasher = BuildHasherDefault<DefaultHasher>;

impl KeySearch {
    /// Single columns, and pairs of what may be an order with what may be a line or an item.
    pub(crate) fn new(headings: &[String]) -> Self {
        let (mut orders, mut lines) = (Vec::new(), Vec::new());
        for (index, heading) in headings.iter().enumerate() {
            for (field, _) in synonyms::candidates(heading) {
                match field {
                    Field::Order => orders.push(index),
                    Field::Line | Field::Item | Field::Schedule => lines.push(index),
                    _ => {}
                }
            }
        }
        lines.dedup();
        let pairs =
            orders.iter().take(4).flat_map(|order| lines.iter().take(6).map(move |line| vec![*order, *line]));
        let single = (0..headings.len().min(200)).map(|index| vec![index]);
        let candidates = single.chain(pairs).map(|key| (key, HashSet::default())).collect();
        Self { candidates, rows: 0 }
    }

    pub(crate) fn add(&mut self, record: &Record<'_>) {
        if self.rows == ROWS {
            return;
        }
        self.rows += 1;
        self.candidates.retain_mut(|(key, seen)| {
            let values: Vec<&str> = key.iter().map(|column| record.get(*column)).collect();
            let blank = values.iter().all(|value| value.is_empty());
            !blank && seen.insert(Hasher::default().hash_one(values))
        });
    }

    pub(crate) fn found(self) -> Keys {
        Keys(self.candidates.into_iter().map(|(key, _)| key).collect())
    }
}
