//! How long a check takes on one core: `speed FILE…` checks each file by itself and prints three numbers, in
//! milliseconds: start-up (the first check reads the word lists), p50 and p99 of a file. Each file counts with the
//! fastest of five tries, so that what else the machine does isn't counted.
//!
//! Without files it checks one phrase after another at 100 kB, 200 kB and 400 kB (`--size BYTES` for the first):
//! time must grow with length and not faster, so each number is about twice the one before.

use std::error::Error;
use std::io::Write as _;
use std::time::{Duration, Instant};

use forewarn_wording::{Context, Name, Role, check};

/// What has been slow, or could be.
const PIECES: &[&str] = &[
    ".",
    ",",
    "\"",
    ".\"",
    "(",
    ")",
    "“",
    "\n",
    " ",
    "\n ",
    "a.\n",
    "1",
    "1. ",
    "1.1.",
    "-",
    "- a. ",
    "x",
    "é",
    "e\u{301}",
    "'",
    "a'",
    "👩‍👩‍👧",
    "👩‍👩‍👧 ",
    "a. ",
    "(a.) ",
    "Re. ",
    "Hello! ",
    "> a. ",
    "Monday ",
    "27 November 2026 ",
    "27 November. ",
    "Mr. ",
    "word ",
    "sorry ",
    "soon, ",
    "our warehouse ",
    "because a storm then ",
    "The printer jammed. ",
    "unfortunately sorry 27 November. ",
    "Voltex ",
    "Voltex. ",
    "not so very sorry that we ",
];

fn main() -> Result<(), Box<dyn Error>> {
    let start_up = timed("One word.", &Context::default());
    let mut out = std::io::stdout().lock();
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let mut size = 100_000;
    if files.first().is_some_and(|first| first == "--size") {
        size = files.drain(..2).next_back().unwrap_or_default().parse()?;
    }
    if files.is_empty() {
        let voltex = Name { name: "Voltex".to_owned(), role: Role::Supplier, internal: true };
        let context = Context { names: vec![voltex], ..Context::default() };
        for piece in PIECES {
            let ms = |times: usize| {
                let text = piece.repeat(size * times / piece.len());
                (0..3).map(|_| timed(&text, &context)).min().unwrap_or_default().as_secs_f64() * 1e3
            };
            writeln!(out, "{piece:>40?} {:9.1} {:9.1} {:9.1} ms", ms(1), ms(2), ms(4))?;
        }
        return Ok(());
    }
    let mut times = Vec::with_capacity(files.len());
    for file in files {
        let text = std::fs::read_to_string(file)?;
        times.extend((0..5).map(|_| timed(&text, &Context::default())).min());
    }
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    writeln!(out, "{} {} {}", start_up.as_secs_f64() * 1e3, at(50), at(99))?;
    Ok(())
}

fn timed(text: &str, context: &Context) -> Duration {
    let start = Instant::now();
    std::hint::black_box(check(text, context));
    start.elapsed()
}
