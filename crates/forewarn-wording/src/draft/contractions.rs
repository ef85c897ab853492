//! "didn't" is "did not", "we'll" is "we will": patterns then need one form only.

/// A contraction in its two words.
pub(super) struct Opened {
    pub(super) first: String,
    pub(super) second: &'static str,
    /// How many characters of the contraction belong to the second word.
    pub(super) tail: usize,
}

/// Words whose "'s" is "is", not a genitive.
const IS: &[&str] = &[
    "it",
    "that",
    "there",
    "he",
    "she",
    "what",
    "who",
    "here",
    "where",
    "how",
    "this",
    "everything",
    "nothing",
    "everyone",
    "nobody",
    "somebody",
    "someone",
    "something",
];

/// Opens a word in small letters, or leaves it alone.
pub(super) fn open(word: &str) -> Option<Opened> {
    let opened = |first: &str, second, tail| Some(Opened { first: first.to_owned(), second, tail });
    match word {
        "cannot" => return opened("can", "not", 3),
        "can't" => return opened("can", "not", 2),
        "won't" => return opened("will", "not", 3),
        "shan't" => return opened("shall", "not", 3),
        "ain't" => return opened("is", "not", 3),
        "let's" => return opened("let", "us", 2),
        "gonna" => return opened("going", "to", 2),
        "y'all" => return opened("you", "all", 4),
        _ => {}
    }
    let apostrophe = word.rfind('\'')?;
    let (first, ending) = word.split_at(apostrophe);
    match ending {
        "'t" => first.strip_suffix('n').and_then(|first| opened(first, "not", 3)),
        "'ll" => opened(first, "will", 3),
        "'ve" => opened(first, "have", 3),
        "'re" => opened(first, "are", 3),
        "'m" => opened(first, "am", 2),
        "'d" => opened(first, "would", 2),
        "'s" if IS.contains(&first) => opened(first, "is", 2),
        "'s" => opened(first, "'s", 2),
        _ => None,
    }
}
