//! One finding a flaw: what happens when several are made of the same words.

use std::ops::Range;

use super::{Found, Rule};
use crate::reading::Reading;

/// Joins the places of one rule that overlap.
pub(super) fn merged(mut all: Vec<Found>) -> Vec<Found> {
    all.sort_by_key(|found| (found.words.start, found.words.end));
    let mut out: Vec<Found> = Vec::with_capacity(all.len());
    for found in all {
        match out.last_mut() {
            Some(last) if found.words.start < last.words.end => {
                last.words.end = last.words.end.max(found.words.end);
            }
            _ => out.push(found),
        }
    }
    out
}

/// Leaves out what another rule says better of the same words: a litany or sugar tells the whole of what is only
/// touched on inside it, and whose doing an internal affair was is part of that affair.
pub(super) fn settle(reading: &Reading<'_>, all: &mut Vec<(&'static Rule, Found)>) {
    let places = |id: &str| -> Vec<Range<usize>> {
        all.iter().filter(|(rule, _)| rule.id == id).map(|(_, found)| found.words.clone()).collect()
    };
    let [litany, sugar, laundry, blame] = ["litany", "sugarcoat", "dirty-laundry", "blame"].map(places);
    all.retain(|(rule, found)| {
        let words = &found.words;
        let sentence = &reading.draft.sentence(words.start).words;
        let shared = |other: &Range<usize>| words.end.min(other.end) - words.start.max(other.start);
        let better = match rule.id {
            "dirty-laundry" => {
                sharing(&litany, words).any(|other| sentence.contains(&other.start))
                    || sharing(&blame, words).any(|other| shared(other) < other.len())
            }
            "vague-promise" => {
                sharing(&sugar, words).any(|other| shared(other) == words.len() && other.len() > words.len())
            }
            "blame" => sharing(&laundry, words).any(|other| shared(other) == words.len()),
            _ => false,
        };
        !better
    });
}

/// The places, of one rule and so apart and in order, that share words with these.
fn sharing<'p>(places: &'p [Range<usize>], words: &Range<usize>) -> impl Iterator<Item = &'p Range<usize>> {
    let (start, end) = (words.start, words.end);
    let from = places.partition_point(|place| place.end <= start);
    places[from..].iter().take_while(move |place| place.start < end)
}
