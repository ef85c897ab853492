//! How long a check takes: start-up (the first check builds the automata), then p50 and p99 for 300 words.

use std::error::Error;
use std::io::Write as _;
use std::time::Instant;

use forewarn_wording::{Context, check};

fn main() -> Result<(), Box<dyn Error>> {
    let texts = include_str!("../tests/heldout/a.txt");
    let words: Vec<&str> = texts.split_inclusive(char::is_whitespace).collect();
    let context = Context::default();
    let start = Instant::now();
    std::hint::black_box(check("One word.", &context));
    let first = start.elapsed();
    let mut times = Vec::new();
    for round in 0..2_000 {
        let from = round * 37 % words.len().saturating_sub(300);
        let text: String = words[from..from + 300].concat();
        let start = Instant::now();
        std::hint::black_box(check(&text, &context));
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let mut out = std::io::stdout().lock();
    writeln!(out, "start-up {first:?}, 300 words: p50 {:?}, p99 {:?}", times[1_000], times[1_980])?;
    for piece in ["sorry ", "our warehouse ", "because a storm then "] {
        let text = piece.repeat(1_000_000 / piece.len());
        let start = Instant::now();
        std::hint::black_box(check(&text, &context));
        writeln!(out, "1 MB of {piece:?}: {:?}", start.elapsed())?;
    }
    Ok(())
}
