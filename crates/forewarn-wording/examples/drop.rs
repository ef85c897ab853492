//! How much the check falls from texts its rules were written with to texts they were not.
//!
//! `cargo run --release --example drop` prints precision, recall and F0.5 for each text file of `tests/heldout`
//! (see its README: some are looked at while rules are written, some are only ever scored) and for the examples
//! of the pages; with `--show`, each miss of the files that may be looked at.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::Path;

use forewarn_wording::{Context, Fault, Part, RULES, Report, check};

#[path = "../tests/heldout/read.rs"]
mod read;

/// The files of `tests/heldout`, and whether their misses may be looked at.
const FILES: [(&str, bool); 10] = [
    ("a", true),
    ("b", false),
    ("c", true),
    ("d", true),
    ("e", true),
    ("f", false),
    ("g", true),
    ("h", true),
    ("i", true),
    ("j", false),
];

/// Spans found rightly, found wrongly, there, and there and found.
#[derive(Clone, Copy, Default)]
struct Count {
    right: usize,
    wrong: usize,
    there: usize,
    hit: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let show = std::env::args().nth(1).is_some_and(|arg| arg == "--show");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/heldout");
    let mut out = std::io::stdout().lock();
    let mut means = Vec::new();
    for (name, open) in FILES {
        let texts =
            read::texts(&std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap_or_default());
        let mut rules: BTreeMap<&str, Count> = BTreeMap::new();
        let mut parts: BTreeMap<&str, Count> = BTreeMap::new();
        for text in &texts {
            score(text, &mut rules, &mut parts, show && open, &mut out)?;
        }
        let scored: Vec<f64> =
            RULES.iter().filter_map(|rule| rules.get(rule.id)).filter(|c| c.there > 0).map(f05).collect();
        let mean = scored.iter().sum::<f64>() / f64::from(u32::try_from(scored.len().max(1))?);
        let clean: Vec<_> = texts.iter().filter(|text| text.flaws.is_empty()).collect();
        let silent = clean.iter().filter(|text| findings(text).findings.is_empty()).count();
        writeln!(
            out,
            "{name}: {} texts, mean F0.5 {mean:.2}, {silent} of {} clean ones silent",
            texts.len(),
            clean.len()
        )?;
        for (rule, count) in &rules {
            line(&mut out, rule, count)?;
        }
        for (part, count) in &parts {
            line(&mut out, &format!("missing {part}"), count)?;
        }
        means.push(mean);
    }
    let pages = pages();
    writeln!(
        out,
        "pages: F0.5 {:.2} over {} flagged and fine examples",
        f05(&pages),
        pages.there + pages.wrong
    )?;
    let mean_of = |wanted: bool| {
        let some: Vec<f64> = FILES
            .iter()
            .zip(&means)
            .filter(|((_, open), _)| *open == wanted)
            .map(|(_, mean)| *mean)
            .collect();
        some.iter().sum::<f64>() / some.len() as f64
    };
    writeln!(
        out,
        "drop from texts that were looked at to texts that were not: {:.2}",
        mean_of(true) - mean_of(false)
    )?;
    Ok(())
}

fn line(out: &mut impl std::io::Write, name: &str, count: &Count) -> std::io::Result<()> {
    let (p, r) = (ratio(count.right, count.right + count.wrong), ratio(count.hit, count.there));
    writeln!(
        out,
        "  {name:26} P {p:.2}  R {r:.2}  F0.5 {:.2}  of {}  false {}",
        f05(count),
        count.there,
        count.wrong
    )
}

fn score<'t>(
    text: &'t read::Text,
    rules: &mut BTreeMap<&'t str, Count>,
    parts: &mut BTreeMap<&'static str, Count>,
    show: bool,
    out: &mut impl std::io::Write,
) -> std::io::Result<()> {
    let report = findings(text);
    for finding in &report.findings {
        let right = text.flaws.iter().any(|flaw| {
            flaw.rule == finding.rule && flaw.bytes.start < finding.end && finding.start < flaw.bytes.end
        });
        let count = rules.entry(finding.rule).or_default();
        if right {
            count.right += 1;
        } else {
            count.wrong += 1;
            if show {
                writeln!(out, "false {} {}: {}", text.id, finding.rule, finding.quote)?;
            }
        }
    }
    for flaw in &text.flaws {
        let hit = report
            .findings
            .iter()
            .any(|f| f.rule == flaw.rule && flaw.bytes.start < f.end && f.start < flaw.bytes.end);
        let count = rules.entry(flaw.rule.as_str()).or_default();
        count.there += 1;
        count.hit += usize::from(hit);
        if show && !hit {
            writeln!(out, "miss {} {}: {}", text.id, flaw.rule, &text.text[flaw.bytes.clone()])?;
        }
    }
    for part in Part::ALL {
        let (said, truly) = (!report.parts.has(part), !text.parts.iter().any(|there| there == part.name()));
        let count = parts.entry(part.name()).or_default();
        count.there += usize::from(truly);
        count.hit += usize::from(said && truly);
        count.right += usize::from(said && truly);
        count.wrong += usize::from(said && !truly);
        if show && said != truly {
            writeln!(
                out,
                "part {} {}: {}",
                text.id,
                part.name(),
                if said { "not seen" } else { "seen, not there" }
            )?;
        }
    }
    Ok(())
}

fn findings(text: &read::Text) -> Report {
    let fault = match text.fault.as_str() {
        "ours" => Fault::Ours,
        "outside" => Fault::Outside,
        _ => Fault::Unknown,
    };
    check(&text.text, &Context { fault, ..Context::default() })
}

/// All examples of all pages, as one count.
fn pages() -> Count {
    let mut count = Count::default();
    for rule in RULES {
        for example in forewarn_wording::pages::examples(rule.page) {
            let case =
                example.case.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
            let found = check(&example.text, &case).findings.iter().any(|finding| finding.rule == rule.id);
            count.there += usize::from(example.flagged);
            count.hit += usize::from(example.flagged && found);
            count.right += usize::from(example.flagged && found);
            count.wrong += usize::from(!example.flagged && found);
        }
    }
    count
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        f64::from(u32::try_from(part).unwrap_or(0)) / f64::from(u32::try_from(whole).unwrap_or(1))
    }
}

fn f05(count: &Count) -> f64 {
    let (p, r) = (ratio(count.right, count.right + count.wrong), ratio(count.hit, count.there));
    if p + r == 0.0 { 0.0 } else { 1.25 * p * r / (0.25 * p + r) }
}
