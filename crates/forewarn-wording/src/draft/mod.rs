//! A draft, taken apart: words, sentences, and which part of a letter each sentence belongs to.

mod contractions;
mod mask;
mod scan;
mod sentences;

use std::borrow::Cow;
use std::ops::Range;

/// Words of a list in the form that words of a draft have: contractions opened.
pub(crate) fn opened(words: &str) -> Cow<'_, str> {
    if !words.contains('\'') && !words.contains("cannot") {
        return Cow::Borrowed(words);
    }
    let opened = words.split(' ').map(|word| match contractions::open(word) {
        Some(two) if !two.first.is_empty() => format!("{} {}", two.first, two.second),
        _ => word.to_owned(),
    });
    Cow::Owned(opened.collect::<Vec<_>>().join(" "))
}

/// What stands between a word and the one before it in the same sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Break {
    /// Nothing but white space, a hyphen or a quotation mark.
    None,
    /// A comma.
    Comma,
    /// A semicolon, colon, bracket or dash.
    Clause,
}

/// One word of the draft, with what has been done to make it comparable.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Byte where it starts in the draft.
    pub(crate) start: usize,
    /// Byte after its end in the draft.
    pub(crate) end: usize,
    /// Byte where its plain form starts in [`Draft::plain`].
    pub(crate) plain: usize,
    /// What separates it from the word before.
    pub(crate) before: Break,
    /// Whether it starts with a capital.
    pub(crate) capital: bool,
    /// Whether it is somebody else's word (a quotation) and so not for us to judge.
    pub(crate) masked: bool,
}

/// Which part of a letter a sentence belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The subject line, or a title above the greeting.
    Subject,
    /// "Dear Ms. Alvarez,"
    Greeting,
    /// What is being said.
    Body,
    /// A stage direction in a call script: "(Wait.)"
    Aside,
    /// A quoted earlier message: lines that begin with ">".
    Quoted,
    /// "Kind regards" and everything below.
    Signature,
}

/// A run of words up to a full stop, the end of a paragraph or of a list item.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    /// Bytes in the draft.
    pub(crate) bytes: Range<usize>,
    /// Indices into [`Draft::words`].
    pub(crate) words: Range<usize>,
    /// The part of the letter it is in.
    pub(crate) place: Place,
    /// Whether it ends in a question mark.
    pub(crate) question: bool,
    /// Number of its paragraph, from nought.
    pub(crate) paragraph: usize,
    /// What its line begins with, where that is a mark before its first word: the ">" of a quotation, the "-" of a list.
    pub(crate) lead: Option<char>,
}

/// A draft, taken apart.
#[derive(Debug)]
pub(crate) struct Draft<'t> {
    /// The draft as it was handed in.
    pub(crate) text: &'t str,
    /// The words in plain form (small letters, contractions opened), each after a space, with a space at the end.
    pub(crate) plain: String,
    /// All words in order.
    pub(crate) words: Vec<Word>,
    /// All sentences in order; they cover all words.
    pub(crate) sentences: Vec<Sentence>,
    /// For every word, its sentence.
    pub(crate) sentence_of: Vec<u32>,
}

impl<'t> Draft<'t> {
    /// Takes a text apart. Any text will do; the time is linear in its length.
    pub(crate) fn read(text: &'t str) -> Self {
        let scanned = scan::scan(text);
        let mut draft = Self {
            text,
            plain: scanned.plain,
            words: scanned.words,
            sentences: Vec::new(),
            sentence_of: Vec::new(),
        };
        draft.sentences = sentences::split(&draft, &scanned.ends);
        draft.sentence_of = vec![0; draft.words.len()];
        for (index, sentence) in draft.sentences.iter().enumerate() {
            for word in sentence.words.clone() {
                draft.sentence_of[word] = u32::try_from(index).unwrap_or(u32::MAX);
            }
        }
        mask::quotations(&mut draft);
        draft
    }

    /// The plain form of a word.
    pub(crate) fn plain(&self, word: usize) -> &str {
        self.phrase(word..word + 1)
    }

    /// The plain forms of a run of words, with a space between them.
    pub(crate) fn phrase(&self, words: Range<usize>) -> &str {
        let from = self.words[words.start].plain;
        let to = self.words.get(words.end).map_or(self.plain.len(), |next| next.plain) - 1;
        &self.plain[from..to]
    }

    /// The sentence a word belongs to.
    pub(crate) fn sentence(&self, word: usize) -> &Sentence {
        &self.sentences[self.sentence_of[word] as usize]
    }

    /// The bytes that a run of words covers in the draft.
    pub(crate) fn bytes(&self, words: Range<usize>) -> Range<usize> {
        match (self.words.get(words.start), words.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) if first.start <= last.end => first.start..last.end,
            _ => 0..0,
        }
    }
}
