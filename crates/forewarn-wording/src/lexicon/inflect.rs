//! English forms of a dictionary word, so that lists hold one form each.

use rustc_hash::{FxHashMap, FxHashSet};

use super::sections;

/// What a form of a verb can be.
pub(super) const FORMS: [&str; 4] = ["base", "s", "ed", "ing"];
const BASE: usize = 0;
const S: usize = 1;
const ED: usize = 2;
const ING: usize = 3;

/// The verbs whose forms no rule gives.
#[derive(Default)]
pub(super) struct Irregular {
    /// Base form → past forms.
    past: FxHashMap<String, Vec<String>>,
    /// Verbs of several syllables that double their last letter ("refer", "occur").
    doubling: FxHashSet<String>,
}

impl Irregular {
    /// Reads `irregular.txt`: `[past]` with "break broke broken", `[doubling]` with one verb each.
    pub(super) fn read(text: &str) -> Self {
        let mut out = Self::default();
        for section in sections(text) {
            for line in section.lines {
                if section.title == "past" {
                    let mut forms = line.split_whitespace().map(str::to_owned);
                    if let Some(base) = forms.next() {
                        out.past.insert(base, forms.collect());
                    }
                } else {
                    out.doubling.extend(line.split([',', ' ']).filter(|w| !w.is_empty()).map(str::to_owned));
                }
            }
        }
        out
    }

    /// All forms of a verb or a phrase that begins with one, each with its place in [`FORMS`].
    pub(super) fn verb(&self, phrase: &str) -> Vec<(String, usize)> {
        let (verb, rest) = phrase.split_at(phrase.find(' ').unwrap_or(phrase.len()));
        let mut out = vec![(verb.to_owned(), BASE), (third_person(verb), S), (self.joined(verb, "ing"), ING)];
        match self.past.get(verb) {
            Some(forms) => out.extend(forms.iter().map(|form| (form.clone(), ED))),
            None => out.push((self.joined(verb, "ed"), ED)),
        }
        if verb == "be" {
            out.extend(["am", "are", "is"].map(|form| (form.to_owned(), S)));
        }
        for (form, _) in &mut out {
            form.push_str(rest);
        }
        out
    }

    /// A verb with "ing" or "ed" joined to it.
    fn joined(&self, verb: &str, ending: &str) -> String {
        if ending == "ing" && verb.ends_with("ie") {
            return format!("{}ying", &verb[..verb.len() - 2]);
        }
        if let Some(stem) = verb.strip_suffix('e').filter(|s| !s.ends_with(['e', 'o', 'y']) && s.len() > 1) {
            return format!("{stem}{ending}");
        }
        if ending == "ed" {
            if verb.ends_with('e') {
                return format!("{verb}d");
            }
            if let Some(stem) = verb.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u'])) {
                return format!("{stem}ied");
            }
        }
        let last = verb.chars().next_back().filter(char::is_ascii).unwrap_or('e');
        if self.doubling.contains(verb) || doubles(verb) {
            return format!("{verb}{last}{ending}");
        }
        format!("{verb}{ending}")
    }
}

/// Whether a verb of one syllable doubles its last letter: consonant, one vowel, consonant.
fn doubles(verb: &str) -> bool {
    let letters: Vec<char> = verb.chars().collect();
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let [.., before, middle, last] = letters.as_slice() else { return false };
    let syllables = letters.iter().filter(|c| vowel(**c)).count();
    syllables == 1
        && !vowel(*before)
        && vowel(*middle)
        && !vowel(*last)
        && !matches!(last, 'w' | 'x' | 'y' | 'h')
}

fn third_person(verb: &str) -> String {
    match verb {
        "be" => "is".to_owned(),
        "have" => "has".to_owned(),
        _ => with_s(verb),
    }
}

/// A noun or noun phrase in the plural.
pub(super) fn plural(phrase: &str) -> String {
    let (head, last) = phrase.split_at(phrase.rfind(' ').map_or(0, |space| space + 1));
    let many = match last {
        "man" | "salesman" | "foreman" | "woman" | "craftsman" | "workman" => last.replace("man", "men"),
        "person" => "people".to_owned(),
        "child" => "children".to_owned(),
        _ => with_s(last),
    };
    format!("{head}{many}")
}

fn with_s(word: &str) -> String {
    if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") {
        return format!("{word}es");
    }
    if let Some(stem) = word.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u'])) {
        return format!("{stem}ies");
    }
    if word.ends_with('o')
        && matches!(word, "go" | "do" | "undergo" | "redo" | "forego" | "hero" | "echo" | "undo")
    {
        return format!("{word}es");
    }
    format!("{word}s")
}

/// Words in "-ise" that Americans don't write with a z.
const NEVER_Z: &[&str] = &[
    "advis",
    "promis",
    "exercis",
    "compromis",
    "surpris",
    "supervis",
    "revis",
    "otherwis",
    "premis",
    "expertis",
    "enterpris",
    "arise",
    "comprise",
    "disguis",
    "devis",
    "improvis",
    "likewis",
    "franchis",
    "merchandis",
    "precis",
    "rais",
    "prais",
    "nois",
    "pois",
    "rise",
    "wise",
];

/// British stems and their American form.
const AMERICAN: &[(&str, &str)] = &[
    ("favour", "favor"),
    ("honour", "honor"),
    ("labour", "labor"),
    ("colour", "color"),
    ("endeavour", "endeavor"),
    ("neighbour", "neighbor"),
    ("behaviour", "behavior"),
    ("rumour", "rumor"),
    ("centre", "center"),
    ("programme", "program"),
    ("cancelled", "canceled"),
    ("cancelling", "canceling"),
    ("defence", "defense"),
    ("licence", "license"),
    ("labelled", "labeled"),
    ("modelled", "modeled"),
    ("travelled", "traveled"),
    ("catalogue", "catalog"),
    ("grey", "gray"),
    ("haulier", "hauler"),
];

/// The American way of writing a word, where it is another one.
pub(super) fn american(word: &str) -> Option<String> {
    // Asked of each word of each list at every start: two letters rule most of them out.
    let lead = word.as_bytes().get(..2);
    let known = |british: &str| british.as_bytes().get(..2) == lead && word.starts_with(british);
    if let Some((british, american)) = AMERICAN.iter().find(|(british, _)| known(british)) {
        return Some(word.replacen(british, american, 1));
    }
    if !word.ends_with(['e', 'd', 's', 'g', 'n']) {
        return None;
    }
    for ending in ["ise", "ised", "ises", "ising", "isation", "isations", "yse", "ysed", "ysing"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 2) {
            let never = NEVER_Z.iter().any(|never| word.contains(never));
            return (!never).then(|| format!("{stem}{}", ending.replacen('s', "z", 1)));
        }
    }
    None
}
