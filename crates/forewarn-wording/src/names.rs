//! The names a case knows, found in a draft.

use std::collections::HashMap;
use std::ops::Range;

use crate::context::{Context, Name, Role};
use crate::draft::Draft;
use crate::lexicon::{Category, Typed};

/// The categories that names have.
pub(crate) const CATEGORIES: [&str; 4] = ["our-name", "outside-name", "person-name", "product-name"];

/// A name in a draft: its words, and which one it is.
pub(crate) type Named<'c> = (Range<usize>, &'c Name);

/// A name is a few words. What has more is none that anybody writes in a draft, and isn't looked for.
const LONGEST: usize = 32;

/// The words of a draft that name something the case knows, in the order of the text.
pub(crate) fn find<'c>(draft: &Draft<'_>, context: &'c Context) -> Vec<Named<'c>> {
    let known = Known::of(context);
    let mut out = Vec::new();
    for at in 0..draft.words.len() {
        let lens = known.lens.get(draft.plain(at)).into_iter().flatten();
        let ends = lens.map(|len| at + len).filter(|end| *end <= draft.words.len());
        let names = ends.flat_map(|end| known.phrase(draft.phrase(at..end)).map(move |name| (end, name)));
        let mut here: Vec<(usize, usize)> = names.collect();
        here.sort_by_key(|(_, name)| *name);
        out.extend(here.into_iter().map(|(end, name)| (at..end, &context.names[name])));
    }
    out
}

/// The names of a case, found by their words: a case may know thousands, and a draft is gone through once. What is put
/// in here is people's text, so the hash is the one that guards against keys made to collide.
#[derive(Default)]
struct Known {
    /// By its first word, how many words a name may have.
    lens: HashMap<String, Vec<usize>>,
    /// By all its words, its places in the case's list.
    phrases: HashMap<String, Vec<usize>>,
}

impl Known {
    fn of(context: &Context) -> Self {
        let mut known = Self::default();
        for (at, name) in context.names.iter().enumerate() {
            let draft = Draft::read(&name.name);
            let len = draft.words.len();
            if len == 0 || len > LONGEST {
                continue;
            }
            let lens = known.lens.entry(draft.plain(0).to_owned()).or_default();
            if !lens.contains(&len) {
                lens.push(len);
            }
            let same = known.phrases.entry(draft.phrase(0..len).to_owned()).or_default();
            let means = |other: &Name| other.role == name.role && other.internal == name.internal;
            if !same.iter().any(|other| means(&context.names[*other])) {
                same.push(at);
            }
        }
        known
    }

    fn phrase(&self, phrase: &str) -> impl Iterator<Item = usize> {
        self.phrases.get(phrase).into_iter().flatten().copied()
    }
}

/// The same as typed words, for patterns.
pub(crate) fn tokens(named: &[Named<'_>], category: impl Fn(&str) -> Option<Category>) -> Vec<Typed> {
    let token = |(words, name): &Named<'_>| {
        let category = category(match name.role {
            Role::Supplier | Role::Carrier => "outside-name",
            Role::Department => "our-name",
            Role::Person => "person-name",
            Role::Product | Role::Customer => "product-name",
        })?;
        let len = u8::try_from(words.len()).ok()?;
        Some(Typed { word: u32::try_from(words.start).ok()?, category, len })
    };
    named.iter().filter_map(token).collect()
}
