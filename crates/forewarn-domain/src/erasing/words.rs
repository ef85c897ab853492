//! Words of a text: runs of letters and digits.

use std::ops::Range;

/// Between the words of a name may stand so many bytes: a blank, a line end, a comma and a blank.
const WIDEST_GAP: usize = 4;

/// Where the words of a text stand.
pub(super) fn places(text: &str) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut begun = None;
    for (at, letter) in text.char_indices() {
        match (letter.is_alphanumeric(), begun) {
            (true, None) => begun = Some(at),
            (false, Some(start)) => {
                places.push(start..at);
                begun = None;
            }
            _ => {}
        }
    }
    places.extend(begun.map(|start| start..text.len()));
    places
}

/// The words of a text.
pub(super) fn of(text: &str) -> Vec<&str> {
    places(text).into_iter().map(|place| &text[place]).collect()
}

/// A word without regard to case.
pub(super) fn folded(word: impl AsRef<str>) -> String {
    word.as_ref().to_lowercase()
}

/// Where these words stand one after the other, without regard to case.
pub(super) fn sequences(text: &str, words: &[String]) -> Vec<Range<usize>> {
    let places = places(text);
    let is_there = |window: &&[Range<usize>]| {
        let close = window.windows(2).all(|pair| pair[1].start - pair[0].end <= WIDEST_GAP);
        close && window.iter().zip(words).all(|(place, word)| folded(&text[place.clone()]) == *word)
    };
    let found = places.windows(words.len().max(1)).filter(is_there);
    found.filter_map(|window| Some(window.first()?.start..window.last()?.end)).collect()
}

/// Where an e-mail address stands, also as part of a link. `address` is in lower case.
pub(super) fn addresses(text: &str, address: &str) -> Vec<Range<usize>> {
    if address.is_empty() {
        return Vec::new();
    }
    // Lower case of ASCII alone leaves every place where it was.
    let folded = text.to_ascii_lowercase();
    let belongs = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '%' | '+' | '-');
    let stands_alone = |span: &Range<usize>| {
        let before = folded[..span.start].chars().next_back();
        let after = folded[span.end..].chars().next();
        !before.is_some_and(|letter| belongs(letter) || letter == '.') && !after.is_some_and(belongs)
    };
    let spellings = [address.to_owned(), address.replace('@', "%40")];
    let found = spellings.iter().flat_map(|spelling| {
        folded.match_indices(spelling.as_str()).map(|(at, found)| at..at + found.len()).collect::<Vec<_>>()
    });
    found.filter(stands_alone).collect()
}
