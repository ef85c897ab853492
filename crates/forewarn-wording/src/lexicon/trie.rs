//! Runs of words to categories: a tree with a branch for every next word.

use rustc_hash::FxHashMap;

use super::Category;
use super::inflect::american;

/// A word of the lexicon, as a number.
pub(super) type WordId = u32;

/// Where some words lead to; the root is nought.
type Node = u32;

/// All entries of a lexicon. Entries are a few words long, so following the tree from each word of a draft
/// takes time linear in its length. An Aho-Corasick automaton over characters would find the same, and take
/// longer to build than a whole check may take.
#[derive(Default)]
pub(super) struct Trie {
    words: FxHashMap<Box<str>, WordId>,
    /// For every word, where an entry that begins with it goes on.
    roots: Vec<Node>,
    branches: FxHashMap<(Node, WordId), Node>,
    /// For every node, the first link of the categories of the entry that ends there.
    categories: Vec<u32>,
    /// Categories, each with the link after it: one piece of memory in place of one a node.
    links: Vec<(Category, u32)>,
}

impl Trie {
    /// Adds the words (with a space between them) to some categories.
    pub(super) fn insert(&mut self, words: &str, categories: &[Category]) {
        let mut node = None;
        for word in words.split(' ') {
            let id = self.intern(word);
            let next = Node::try_from(self.categories.len()).unwrap_or(Node::MAX);
            let there = match node {
                None => &mut self.roots[id as usize],
                Some(node) => self.branches.entry((node, id)).or_insert(NOWHERE),
            };
            if *there == NOWHERE {
                *there = next;
                self.categories.push(NOWHERE);
            }
            node = Some(*there);
        }
        let Some(node) = node else { return };
        for &category in categories {
            if self.categories_of(node).all(|known| known != category) {
                let link = u32::try_from(self.links.len()).unwrap_or(NOWHERE);
                self.links.push((category, self.categories[node as usize]));
                self.categories[node as usize] = link;
            }
        }
    }

    /// The categories of the entry that ends at a node.
    fn categories_of(&self, node: Node) -> impl Iterator<Item = Category> {
        let mut link = self.categories[node as usize];
        std::iter::from_fn(move || {
            let &(category, next) = self.links.get(link as usize)?;
            link = next;
            Some(category)
        })
    }

    /// The number of a word, given on first use. A word has one number in all its spellings.
    fn intern(&mut self, word: &str) -> WordId {
        if let Some(&known) = self.words.get(word) {
            return known;
        }
        let american = american(word);
        let known = american.as_deref().and_then(|american| self.words.get(american)).copied();
        let id = known.unwrap_or_else(|| {
            self.roots.push(NOWHERE);
            WordId::try_from(self.roots.len() - 1).unwrap_or(WordId::MAX)
        });
        self.words.insert(word.into(), id);
        if let Some(american) = american {
            self.words.insert(american.into(), id);
        }
        id
    }

    /// The number of a word, if any entry has it.
    pub(super) fn word(&self, word: &str) -> Option<WordId> {
        self.words.get(word).copied()
    }

    /// Every entry that these words begin with, shortest first: its length and each of its categories.
    pub(super) fn follow(&self, words: &[Option<WordId>], mut each: impl FnMut(usize, Category)) {
        let Some(Some(first)) = words.first() else { return };
        let mut node = self.roots[*first as usize];
        let mut len = 1;
        while node != NOWHERE {
            self.categories_of(node).for_each(|category| each(len, category));
            let next = words.get(len).copied().flatten();
            let Some(&there) = next.and_then(|next| self.branches.get(&(node, next))) else { return };
            node = there;
            len += 1;
        }
    }

    /// All categories that have an entry, many times over.
    pub(super) fn filled(&self) -> impl Iterator<Item = Category> {
        self.links.iter().map(|(category, _)| *category)
    }
}

/// No entry goes on here.
const NOWHERE: Node = Node::MAX;
