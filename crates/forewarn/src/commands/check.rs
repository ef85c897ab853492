//! `forewarn check`.

use crate::cli::Check;
use anyhow::{Context as _, Result};
use forewarn_wording::{Context, Report, check, render};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

/// Checks drafts: exits with 0 when nothing must be mended, 1 when something must.
pub(crate) fn run(arguments: &Check) -> Result<ExitCode> {
    let context = context(arguments)?;
    let files = if arguments.files.is_empty() { vec!["-".into()] } else { arguments.files.clone() };
    let mut drafts: Vec<(String, String, Report)> = Vec::with_capacity(files.len());
    for file in &files {
        let text = read(file)?;
        let report = check(&text, &context);
        drafts.push((file.to_string_lossy().into_owned(), text, report));
    }
    let checked: Vec<_> =
        drafts.iter().map(|(file, text, report)| render::Checked { file, text, report }).collect();
    let shown = match arguments.format {
        crate::cli::CheckFormat::Text => render::text(&checked),
        crate::cli::CheckFormat::Json => render::json(&checked)?,
        crate::cli::CheckFormat::Sarif => render::sarif(&checked)?,
    };
    std::io::stdout().write_all(shown.as_bytes())?;
    let must_fix = drafts.iter().any(|(.., report)| report.must_fix());
    Ok(ExitCode::from(u8::from(must_fix)))
}

/// The case, with what the arguments say on top.
fn context(arguments: &Check) -> Result<Context> {
    let mut context = match &arguments.case {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("The case {} can't be read", path.display()))?;
            serde_json::from_str(&text).with_context(|| {
                format!("The case {} is not what `forewarn check --help` asks for", path.display())
            })?
        }
        None => Context::default(),
    };
    if let Some(fault) = arguments.fault {
        context.fault = fault.into();
    }
    if let Some(channel) = arguments.channel {
        context.channel = Some(channel.into());
    }
    Ok(context)
}

fn read(file: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes).context("Standard input can't be read")?;
    } else {
        bytes = std::fs::read(file).with_context(|| format!("{} can't be read", file.display()))?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
