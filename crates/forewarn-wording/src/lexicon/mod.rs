//! The words a language has for the things this check looks for: categories of data, found in one pass.

mod file;
mod inflect;

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::draft::Draft;
pub(crate) use file::sections;
pub(crate) use inflect::Irregular;

/// A category of words ("party", "fault-verb"), as a number.
pub(crate) type Category = u16;

/// Some words of a draft that belong to a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Typed {
    /// Index of the first word.
    pub(crate) word: u32,
    /// The category they belong to.
    pub(crate) category: Category,
    /// Number of words.
    pub(crate) len: u8,
}

/// Everything the check knows about one language's words, while it is being put together.
#[derive(Default)]
pub(crate) struct Builder {
    names: HashMap<String, Category>,
    entries: HashMap<String, Vec<Category>>,
    irregular: Irregular,
}

/// The finished lexicon: one automaton over all entries.
pub(crate) struct Lexicon {
    automaton: AhoCorasick,
    /// For every entry of the automaton: how many words it has, and its categories.
    entries: Vec<(u8, Vec<Category>)>,
    names: HashMap<String, Category>,
}

impl Builder {
    /// A builder that knows a language's irregular verbs (see `words/en/irregular.txt`).
    pub(crate) fn new(irregular: &str) -> Self {
        Self { irregular: Irregular::read(irregular), ..Self::default() }
    }

    /// The number of a category, given on first use.
    pub(crate) fn category(&mut self, name: &str) -> Category {
        let next = Category::try_from(self.names.len()).unwrap_or(Category::MAX);
        *self.names.entry(name.to_owned()).or_insert(next)
    }

    /// The category of one literal word, which pattern files use like any other category.
    pub(crate) fn literal(&mut self, words: &str) -> Category {
        let name = format!("={words}");
        if let Some(known) = self.names.get(&name) {
            return *known;
        }
        let category = self.category(&name);
        self.enter(words, category);
        category
    }

    /// Adds a word file: see `words/README.md` for its form.
    pub(crate) fn read(&mut self, text: &str) {
        for section in sections(text) {
            let (name, kind) = section.title.split_once(' ').unwrap_or((section.title, ""));
            let category = self.category(name);
            for line in section.lines {
                for entry in line.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
                    self.entry(entry, name, kind, category);
                }
            }
        }
    }

    fn entry(&mut self, entry: &str, name: &str, kind: &str, category: Category) {
        match kind {
            "verb" => {
                for (form, what) in self.irregular.verb(entry) {
                    self.enter(&form, category);
                    let part = self.category(&format!("{name}.{what}"));
                    self.enter(&form, part);
                }
            }
            "noun" => {
                for form in inflect::noun(entry) {
                    self.enter(&form, category);
                }
            }
            _ => self.enter(entry, category),
        }
    }

    fn enter(&mut self, words: &str, category: Category) {
        let opened: Vec<String> = words.split(' ').map(crate::draft::opened).collect();
        for spelling in inflect::spellings(&opened.join(" ")) {
            let categories = self.entries.entry(spelling).or_default();
            if !categories.contains(&category) {
                categories.push(category);
            }
        }
    }

    /// The categories that patterns ask for and nothing ever fills: spelling mistakes.
    pub(crate) fn empty(&self, filled: &[Category]) -> Vec<String> {
        let mut full = vec![false; self.names.len()];
        for category in self.entries.values().flatten().chain(filled) {
            full[usize::from(*category)] = true;
        }
        let mut names: Vec<String> = self
            .names
            .iter()
            .filter(|(_, at)| !full[usize::from(**at)])
            .map(|(name, _)| name.clone())
            .collect();
        names.sort();
        names
    }

    /// Builds the automaton. Only data that ships with the crate gets here, so this can't fail in the field.
    pub(crate) fn finish(self) -> Result<Lexicon, aho_corasick::BuildError> {
        let mut all: Vec<(String, Vec<Category>)> = self.entries.into_iter().collect();
        all.sort();
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::NoncontiguousNFA))
            .prefilter(false)
            .build(all.iter().map(|(words, _)| format!(" {words} ")))?;
        let entries = all
            .into_iter()
            .map(|(words, categories)| {
                (u8::try_from(words.split(' ').count()).unwrap_or(u8::MAX), categories)
            })
            .collect();
        Ok(Lexicon { automaton, entries, names: self.names })
    }
}

impl Lexicon {
    /// Every run of words that belongs to a category. Masked words belong to none.
    pub(crate) fn tokens(&self, draft: &Draft<'_>) -> Vec<Typed> {
        let mut out = Vec::with_capacity(draft.words.len() * 4);
        let mut word = 0;
        for found in self.automaton.find_overlapping_iter(&draft.plain) {
            // Matches come in the order of their ends; the last word of this one ends where the match does.
            while draft.words.get(word + 1).is_some_and(|next| next.plain < found.end()) {
                word += 1;
            }
            let (len, categories) = &self.entries[found.pattern().as_usize()];
            let Some(first) = (word + 1).checked_sub(usize::from(*len)) else { continue };
            if draft.sentence_of[first] != draft.sentence_of[word] || draft.words[first].masked {
                continue;
            }
            for &category in categories {
                out.push(Typed { word: u32::try_from(first).unwrap_or(u32::MAX), category, len: *len });
            }
        }
        out
    }

    /// The number of a category, if any file names it.
    pub(crate) fn category(&self, name: &str) -> Option<Category> {
        self.names.get(name).copied()
    }

    /// How many categories there are.
    pub(crate) fn categories(&self) -> usize {
        self.names.len()
    }
}
