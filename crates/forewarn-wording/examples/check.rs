//! `forewarn check` without the binary: `check [FILE…|-] --format text|json|sarif --fault F --channel C --case FILE`.
//!
//! For measuring: `score.py DATA target/release/examples/check check`.

use std::error::Error;
use std::io::{Read as _, Write as _};
use std::process::ExitCode;

use forewarn_wording::{Context, check, render};
use serde::de::DeserializeOwned;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let (mut files, mut format, mut context) = (Vec::new(), "text".to_owned(), Context::default());
    let mut args = std::env::args().skip(1).peekable();
    args.next_if(|arg| arg == "check");
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--format" => format = args.next().unwrap_or_default(),
            "--fault" => context.fault = word(args.next())?,
            "--channel" => context.channel = word(args.next())?,
            "--case" => {
                context = serde_json::from_str(&std::fs::read_to_string(args.next().unwrap_or_default())?)?;
            }
            _ => files.push(arg),
        }
    }
    let mut texts = Vec::new();
    for file in &files {
        let mut text = String::new();
        if file == "-" {
            std::io::stdin().read_to_string(&mut text)?;
        } else {
            text = String::from_utf8_lossy(&std::fs::read(file)?).into_owned();
        }
        texts.push(text);
    }
    let reports: Vec<_> = texts.iter().map(|text| check(text, &context)).collect();
    let checked: Vec<_> = (0..files.len())
        .map(|at| render::Checked { file: &files[at], text: &texts[at], report: &reports[at] })
        .collect();
    let out = match format.as_str() {
        "json" => render::json(&checked)?,
        "sarif" => render::sarif(&checked)?,
        _ => render::text(&checked),
    };
    std::io::stdout().write_all(out.as_bytes())?;
    Ok(ExitCode::from(u8::from(reports.iter().any(forewarn_wording::Report::must_fix))))
}

fn word<T: DeserializeOwned>(arg: Option<String>) -> Result<T, Box<dyn Error>> {
    Ok(serde_json::from_value(serde_json::Value::String(arg.unwrap_or_default()))?)
}
