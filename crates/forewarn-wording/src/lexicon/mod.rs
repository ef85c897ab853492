//! The words a language has for the things this check looks for: categories of data, found in one pass.

mod file;
mod inflect;
mod trie;

use rustc_hash::FxHashMap;

use crate::draft::Draft;
pub(crate) use file::sections;
use inflect::Irregular;
use trie::Trie;

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
    names: FxHashMap<String, Category>,
    entries: Trie,
    irregular: Irregular,
}

/// The finished lexicon.
pub(crate) struct Lexicon {
    entries: Trie,
    names: FxHashMap<String, Category>,
}

impl Builder {
    /// A builder that knows a language's irregular verbs (see `words/en/irregular.txt`).
    pub(crate) fn new(irregular: &str) -> Self {
        Self { irregular: Irregular::read(irregular), ..Self::default() }
    }

    /// The number of a category, given on first use.
    pub(crate) fn category(&mut self, name: &str) -> Category {
        if let Some(known) = self.names.get(name) {
            return *known;
        }
        let next = Category::try_from(self.names.len()).unwrap_or(Category::MAX);
        self.names.insert(name.to_owned(), next);
        next
    }

    /// The category of one literal word, which pattern files use like any other category.
    pub(crate) fn literal(&mut self, words: &str) -> Category {
        let name = format!("={words}");
        if let Some(known) = self.names.get(&name) {
            return *known;
        }
        let category = self.category(&name);
        self.enter(words, &[category]);
        category
    }

    /// Adds a word file: see `words/README.md` for its form.
    pub(crate) fn read(&mut self, text: &str) {
        for section in sections(text) {
            let (name, kind) = section.title.split_once(' ').unwrap_or((section.title, ""));
            let category = self.category(name);
            let entries = section.lines.iter().flat_map(|line| line.split(','));
            let entries = entries.map(str::trim).filter(|entry| !entry.is_empty());
            match kind {
                "verb" => self.verbs(entries, name, category),
                "noun" => entries.for_each(|entry| {
                    self.enter(entry, &[category]);
                    self.enter(&inflect::plural(entry), &[category]);
                }),
                _ => entries.for_each(|entry| self.enter(entry, &[category])),
            }
        }
    }

    fn verbs<'t>(&mut self, entries: impl Iterator<Item = &'t str>, name: &str, category: Category) {
        let parts = inflect::FORMS.map(|form| self.category(&format!("{name}.{form}")));
        for entry in entries {
            for (form, part) in self.irregular.verb(entry) {
                self.enter(&form, &[category, parts[part]]);
            }
        }
    }

    fn enter(&mut self, words: &str, categories: &[Category]) {
        self.entries.insert(&crate::draft::opened(words), categories);
    }

    /// The categories that patterns ask for and nothing ever fills: spelling mistakes.
    pub(crate) fn empty(&self, filled: &[Category]) -> Vec<String> {
        let mut full = vec![false; self.names.len()];
        for category in self.entries.filled().chain(filled.iter().copied()) {
            full[usize::from(category)] = true;
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

    /// The lexicon, when all files have been read.
    pub(crate) fn finish(self) -> Lexicon {
        Lexicon { entries: self.entries, names: self.names }
    }
}

impl Lexicon {
    /// Every run of words that belongs to a category. Masked words belong to none.
    pub(crate) fn tokens(&self, draft: &Draft<'_>) -> Vec<Typed> {
        let words: Vec<_> = (0..draft.words.len()).map(|word| self.entries.word(draft.plain(word))).collect();
        let mut out = Vec::with_capacity(draft.words.len() * 4);
        for sentence in &draft.sentences {
            for first in sentence.words.clone().filter(|&word| !draft.words[word].masked) {
                let word = u32::try_from(first).unwrap_or(u32::MAX);
                self.entries.follow(&words[first..sentence.words.end], |len, category| {
                    out.push(Typed { word, category, len: u8::try_from(len).unwrap_or(u8::MAX) });
                });
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
