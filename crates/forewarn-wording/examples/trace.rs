//! Which patterns match where in a text from standard input: for whoever writes rules.

use std::io::{Read as _, Write as _};

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut out = std::io::stdout().lock();
    for (group, words) in forewarn_wording::trace(&text) {
        writeln!(out, "{group:28} {}", words.replace('\n', " "))?;
    }
    Ok(())
}
