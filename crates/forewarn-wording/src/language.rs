//! Which language a draft is in, and everything the check knows of the one it can read.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::draft::Draft;
use crate::lexicon::{Builder, Category, Lexicon, sections};
use crate::names;
use crate::pattern::{self, Group, Index, Matcher, Pattern};
use crate::shapes::Shapes;

/// Words, phrases and patterns of one language.
pub(crate) struct Language {
    lexicon: Lexicon,
    /// Patterns whose matches are typed words themselves: dates, parties.
    phrases: Vec<Matcher>,
    phrase_categories: Vec<Category>,
    shapes: Shapes,
    patterns: Matcher,
    groups: Vec<String>,
    group_numbers: FxHashMap<String, usize>,
}

static ENGLISH: LazyLock<Result<Language, String>> = LazyLock::new(english);

impl Language {
    /// English, built on first use.
    pub(crate) fn english() -> Result<&'static Self, &'static str> {
        ENGLISH.as_ref().map_err(String::as_str)
    }

    /// Types the words of a draft: lexicon, shapes, then phrases on top of both.
    pub(crate) fn tokens(&self, draft: &Draft<'_>, more: Vec<crate::lexicon::Typed>) -> Index {
        let mut tokens = self.lexicon.tokens(draft);
        self.shapes.tokens(draft, &mut tokens);
        tokens.extend(more);
        let mut index = Index::new(&tokens, draft.words.len());
        for phrases in &self.phrases {
            let mut found = Vec::new();
            phrases.run(draft, &index, |group, hit| {
                found.push(crate::lexicon::Typed {
                    word: u32::try_from(hit.from).unwrap_or(u32::MAX),
                    category: self.phrase_categories[usize::from(group)],
                    len: u8::try_from(hit.to - hit.from).unwrap_or(u8::MAX),
                });
            });
            index.add(found);
        }
        index
    }

    /// Runs all patterns; `each` gets the group's number.
    pub(crate) fn run(&self, draft: &Draft<'_>, index: &Index, each: impl FnMut(Group, pattern::Hit)) {
        self.patterns.run(draft, index, each);
    }

    /// The number of a category.
    pub(crate) fn category(&self, name: &str) -> Option<Category> {
        self.lexicon.category(name)
    }

    /// The number of a pattern group.
    pub(crate) fn group(&self, name: &str) -> Option<usize> {
        self.group_numbers.get(name).copied()
    }

    /// The names of all pattern groups, by number.
    pub(crate) fn groups(&self) -> &[String] {
        &self.groups
    }
}

/// All word files of English.
const WORDS: &[&str] = &[
    include_str!("../words/en/grammar.txt"),
    include_str!("../words/en/time.txt"),
    include_str!("../words/en/parties.txt"),
    include_str!("../words/en/trade.txt"),
    include_str!("../words/en/trouble.txt"),
    include_str!("../words/en/feeling.txt"),
    include_str!("../words/en/inside.txt"),
    include_str!("../words/en/inside-more.txt"),
    include_str!("../words/en/news.txt"),
    include_str!("../words/en/litany.txt"),
    include_str!("../words/en/parts.txt"),
    include_str!("../words/en/spin.txt"),
    include_str!("../words/en/certainty.txt"),
    include_str!("../words/en/vague.txt"),
    include_str!("../words/en/blame-words.txt"),
    include_str!("../words/en/customer.txt"),
    include_str!("../words/en/culprits.txt"),
    include_str!("../words/en/household.txt"),
    include_str!("../words/en/duties.txt"),
    include_str!("../words/en/sweeteners.txt"),
    include_str!("../words/en/more-news.txt"),
    include_str!("../words/en/padding.txt"),
];

/// Phrases, in stages: a later one may use what an earlier one found.
const PHRASES: &[&str] = &[
    include_str!("../words/en/phrases/dates.txt"),
    include_str!("../words/en/phrases/times.txt"),
    include_str!("../words/en/phrases/parties.txt"),
    include_str!("../words/en/phrases/party.txt"),
    include_str!("../words/en/phrases/spin.txt"),
];

/// The pattern files, by the name of the rule or act they serve.
const PATTERNS: &[(&str, &str)] = &[
    ("act", include_str!("../words/en/patterns/acts.txt")),
    ("news", include_str!("../words/en/patterns/news.txt")),
    ("part", include_str!("../words/en/patterns/parts.txt")),
    ("blame", include_str!("../words/en/patterns/blame.txt")),
    ("blames-customer", include_str!("../words/en/patterns/blames-customer.txt")),
    ("conditional-apology", include_str!("../words/en/patterns/conditional-apology.txt")),
    ("dirty-laundry", include_str!("../words/en/patterns/dirty-laundry.txt")),
    ("grovelling", include_str!("../words/en/patterns/grovelling.txt")),
    ("litany", include_str!("../words/en/patterns/litany.txt")),
    ("overpromise", include_str!("../words/en/patterns/overpromise.txt")),
    ("sugarcoat", include_str!("../words/en/patterns/sugarcoat.txt")),
    ("vague-promise", include_str!("../words/en/patterns/vague-promise.txt")),
];

fn english() -> Result<Language, String> {
    let mut words = Builder::new(include_str!("../words/en/irregular.txt"));
    for file in WORDS {
        words.read(file);
    }
    let mut phrase_groups = Vec::new();
    let mut stages = Vec::new();
    for file in PHRASES {
        let mut patterns = Vec::new();
        pattern::compile("", file, &mut words, &mut phrase_groups, &mut patterns)
            .map_err(|why| why.to_string())?;
        stages.push(patterns);
    }
    let phrase_categories: Vec<Category> = phrase_groups.iter().map(|name| words.category(name)).collect();
    let (mut groups, mut patterns): (Vec<String>, Vec<Pattern>) = (Vec::new(), Vec::new());
    for (name, file) in PATTERNS {
        pattern::compile(name, file, &mut words, &mut groups, &mut patterns)
            .map_err(|why| why.to_string())?;
    }
    let shapes = Shapes::named_by(&mut words);
    let mut filled = phrase_categories.clone();
    filled.extend(shapes.categories());
    filled.extend(names::CATEGORIES.map(|name| words.category(name)));
    let empty = words.empty(&filled);
    if !empty.is_empty() {
        return Err(format!("no words for the categories {}", empty.join(", ")));
    }
    let lexicon = words.finish();
    let categories = lexicon.categories();
    Ok(Language {
        phrases: stages.into_iter().map(|patterns| Matcher::new(patterns, categories)).collect(),
        phrase_categories,
        shapes,
        patterns: Matcher::new(patterns, categories),
        lexicon,
        group_numbers: groups.iter().cloned().zip(0..).collect(),
        groups,
    })
}

/// The name of the language a draft is in, when it is surely not English.
///
/// Counts the small words that every sentence of a language needs (`words/languages.txt`).
pub(crate) fn foreign(draft: &Draft<'_>) -> Option<&'static str> {
    static SMALL: LazyLock<Small> = LazyLock::new(Small::read);
    let count = draft.words.len().min(400);
    let letters = (0..count).filter(|&w| draft.plain(w).chars().any(char::is_alphabetic)).count();
    let mut scores = vec![0_usize; SMALL.names.len()];
    for word in 0..count {
        for &language in SMALL.words.get(draft.plain(word)).into_iter().flatten() {
            scores[language] += 1;
        }
    }
    let english = SMALL.names.iter().position(|name| *name == "English").map_or(0, |at| scores[at]);
    let others = SMALL.names.iter().zip(&scores).filter(|(name, _)| **name != "English");
    let (name, most) = others.max_by_key(|(_, n)| **n)?;
    if letters >= 5 && *most >= 3 && *most > english * 2 {
        return Some(name);
    }
    // Another script altogether.
    let other = (0..count)
        .filter(|&w| draft.plain(w).chars().next().is_some_and(|c| c > '\u{24f}' && c.is_alphabetic()))
        .count();
    (letters >= 5 && english == 0 && other * 2 > letters).then_some("another language")
}

/// The small words of `words/languages.txt`, each with the languages it belongs to.
struct Small {
    names: Vec<&'static str>,
    words: FxHashMap<&'static str, Vec<usize>>,
}

impl Small {
    fn read() -> Self {
        let mut out = Self { names: Vec::new(), words: FxHashMap::default() };
        for (at, section) in sections(include_str!("../words/languages.txt")).into_iter().enumerate() {
            out.names.push(section.title);
            for word in section.lines.into_iter().flat_map(str::split_whitespace) {
                out.words.entry(word).or_default().push(at);
            }
        }
        out
    }
}
