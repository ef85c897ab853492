//! The names a case knows, found in a draft.

use std::ops::Range;

use crate::context::{Context, Name, Role};
use crate::draft::Draft;
use crate::lexicon::{Category, Typed};

/// The categories that names have.
pub(crate) const CATEGORIES: [&str; 4] = ["our-name", "outside-name", "person-name", "product-name"];

/// The words of a draft that name something the case knows.
pub(crate) fn find<'c>(draft: &Draft<'_>, context: &'c Context) -> Vec<(Range<usize>, &'c Name)> {
    let mut out = Vec::new();
    for name in &context.names {
        let parts: Vec<String> = plain_words(&name.name);
        let Some(first) = parts.first() else { continue };
        for at in 0..draft.words.len() {
            let here = draft.plain(at) == first && at + parts.len() <= draft.words.len();
            if here && parts.iter().enumerate().all(|(n, part)| draft.plain(at + n) == part) {
                out.push((at..at + parts.len(), name));
            }
        }
    }
    out.sort_by_key(|(words, _)| words.start);
    out
}

/// The same as typed words, for patterns.
pub(crate) fn tokens(
    draft: &Draft<'_>,
    context: &Context,
    category: impl Fn(&str) -> Option<Category>,
) -> Vec<Typed> {
    find(draft, context)
        .into_iter()
        .filter_map(|(words, name)| {
            let category = category(match name.role {
                Role::Supplier | Role::Carrier => "outside-name",
                Role::Department => "our-name",
                Role::Person => "person-name",
                Role::Product | Role::Customer => "product-name",
            })?;
            let len = u8::try_from(words.len()).ok()?;
            Some(Typed { word: u32::try_from(words.start).ok()?, category, len })
        })
        .collect()
}

/// A name in the plain form of a draft's words.
fn plain_words(name: &str) -> Vec<String> {
    let draft = Draft::read(name);
    (0..draft.words.len()).map(|word| draft.plain(word).to_owned()).collect()
}
