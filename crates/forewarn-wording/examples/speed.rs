//! How long a check takes on one core: `speed FILE…` checks each file by itself and prints three numbers, in
//! milliseconds: start-up (the first check reads the word lists), p50 and p99 of a file. Each file counts with the
//! fastest of five tries, so that what else the machine does isn't counted.
//!
//! Without files it checks a megabyte of one phrase after another: time must grow with length and not faster.

use std::error::Error;
use std::io::Write as _;
use std::time::{Duration, Instant};

use forewarn_wording::{Context, check};

fn main() -> Result<(), Box<dyn Error>> {
    let start_up = timed("One word.");
    let mut out = std::io::stdout().lock();
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        for piece in ["sorry ", "our warehouse ", "because a storm then "] {
            writeln!(out, "1 MB of {piece:?}: {:?}", timed(&piece.repeat(1_000_000 / piece.len())))?;
        }
        return Ok(());
    }
    let mut times = Vec::with_capacity(files.len());
    for file in files {
        let text = std::fs::read_to_string(file)?;
        times.extend((0..5).map(|_| timed(&text)).min());
    }
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    writeln!(out, "{} {} {}", start_up.as_secs_f64() * 1e3, at(50), at(99))?;
    Ok(())
}

fn timed(text: &str) -> Duration {
    let context = Context::default();
    let start = Instant::now();
    std::hint::black_box(check(text, &context));
    start.elapsed()
}
