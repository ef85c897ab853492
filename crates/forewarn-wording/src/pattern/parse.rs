//! Pattern files to patterns.

use std::fmt;

use super::{Element, Group, Over, Pattern, Set};
use crate::lexicon::{Builder, sections};

/// A pattern that can't be read, for the one who wrote it.
#[derive(Debug)]
pub(crate) struct Broken(String);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Compiles a pattern file: each `[section]` is a group `file/section`, each line a pattern.
pub(crate) fn compile(
    file: &str,
    text: &str,
    words: &mut Builder,
    groups: &mut Vec<String>,
    out: &mut Vec<Pattern>,
) -> Result<(), Broken> {
    for section in sections(text) {
        let name =
            if file.is_empty() { section.title.to_owned() } else { format!("{file}/{}", section.title) };
        let group = groups.iter().position(|known| *known == name).unwrap_or_else(|| {
            groups.push(name);
            groups.len() - 1
        });
        let group = Group::try_from(group).map_err(|_| Broken("too many pattern groups".to_owned()))?;
        for line in section.lines {
            let mut elements = Vec::new();
            let mut optional = Vec::new();
            for item in line.split_whitespace() {
                if item.ends_with('?') {
                    optional.push(elements.len());
                }
                elements.push(element(item, words).map_err(|why| Broken(format!("{file}: {line}: {why}")))?);
            }
            without_optional(&elements, &optional, &mut |elements| {
                if leads(&elements) {
                    out.push(Pattern { group, elements });
                }
            });
        }
    }
    Ok(())
}

/// Every way of leaving optional elements out.
fn without_optional(elements: &[Element], optional: &[usize], each: &mut impl FnMut(Vec<Element>)) {
    for leave in 0..1_usize << optional.len() {
        let kept = elements.iter().enumerate().filter(|(index, _)| {
            optional.iter().position(|at| at == index).is_none_or(|bit| leave & (1 << bit) == 0)
        });
        each(kept.map(|(_, element)| element.clone()).collect());
    }
}

/// A pattern has to begin with words, so that it can be looked up by them.
fn leads(elements: &[Element]) -> bool {
    let first = elements.iter().find(|e| {
        !matches!(e, Element::First | Element::NotBefore(_) | Element::NotNext(_) | Element::MarkFrom)
    });
    matches!(first, Some(Element::One(_)))
}

fn element(item: &str, words: &mut Builder) -> Result<Element, &'static str> {
    Ok(match item {
        "^" => Element::First,
        "$" => Element::Last,
        "{" => Element::MarkFrom,
        "}" => Element::MarkTo,
        _ => {
            if let Some(item) = item.strip_prefix('!') {
                return Ok(Element::NotNext(set(item, words)?));
            }
            if let Some(item) = item.strip_prefix('~') {
                return Ok(Element::NotBefore(set(item, words)?));
            }
            for (mark, over) in [("...", Over::Anything), ("..", Over::Words), (",,", Over::Commas)] {
                if let Some(gap) = item.strip_prefix(mark) {
                    let (most, never) = gap.split_once('-').unwrap_or((gap, ""));
                    let most = most.parse().map_err(|_| "a gap needs a number of words")?;
                    let never = if never.is_empty() { Set::default() } else { set(never, words)? };
                    return Ok(Element::Gap { most, over, never });
                }
            }
            if let Some(item) = item.strip_suffix('*') {
                return Ok(Element::Many(set(item, words)?));
            }
            Element::One(set(item.strip_suffix('?').unwrap_or(item), words)?)
        }
    })
}

fn set(item: &str, words: &mut Builder) -> Result<Set, &'static str> {
    let categories: Result<Vec<_>, _> = item
        .split('|')
        .map(|part| match part.strip_prefix('<') {
            Some(name) => name
                .strip_suffix('>')
                .map(|name| words.category(name))
                .ok_or("a category needs its closing bracket"),
            None if part.is_empty() => Err("an empty alternative"),
            None => Ok(words.literal(&part.replace('_', " "))),
        })
        .collect();
    categories.map(Set::new)
}
