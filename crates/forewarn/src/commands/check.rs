//! `forewarn check`.

use crate::cli::Check;
use anyhow::{Context as _, Result, anyhow};
use forewarn_wording::{Context, Report, check, render};
use std::io::{Read as _, Write as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Checks drafts: exits with 0 when nothing must be mended, 1 when something must.
pub(crate) fn run(arguments: &Check) -> Result<ExitCode> {
    let context = context(arguments)?;
    let files = if arguments.files.is_empty() { vec!["-".into()] } else { arguments.files.clone() };
    let drafts = check_all(&files, &context)?;
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

/// A file's name, its text, and what there is to say of it.
type Checked = (String, String, Report);

/// Checks all files, on all cores where there are many; the answers come in the order of the files.
fn check_all(files: &[PathBuf], context: &Context) -> Result<Vec<Checked>> {
    const WORTH_A_THREAD: usize = 16;
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let threads = cores.min(files.len() / WORTH_A_THREAD).max(1);
    let mut parts = files.chunks(files.len().div_ceil(threads).max(1));
    let mine = parts.next().unwrap_or_default();
    std::thread::scope(|scope| {
        let others: Vec<_> = parts.map(|part| scope.spawn(move || check_each(part, context))).collect();
        let mut drafts = check_each(mine, context)?;
        for other in others {
            let more = other.join().map_err(|_| anyhow!("A check stopped halfway; please report this."))?;
            drafts.extend(more?);
        }
        Ok(drafts)
    })
}

fn check_each(files: &[PathBuf], context: &Context) -> Result<Vec<Checked>> {
    let one = |file: &PathBuf| {
        let text = read(file)?;
        let report = check(&text, context);
        Ok((file.to_string_lossy().into_owned(), text, report))
    };
    files.iter().map(one).collect()
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
