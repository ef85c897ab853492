//! `forewarn import`.

use super::{say, tell};
use crate::cli::{Common, Import};
use crate::clock;
use crate::jobs::import::{self as job, Meant};
use crate::settings::Settings;
use anyhow::{Context as _, Result, bail};
use forewarn_domain::ids::ImportId;
use forewarn_feeds::{Answers, Coverage, DateOrder, Map, Profile, Source, survey, xlsx::Workbooks};
use forewarn_store::Store;
use forewarn_store::importing::{Door, ImportOutcome, ImportRequest, NewImport};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Imports a report, or says what that would do.
pub(crate) async fn run(common: &Common, mut import: Import) -> Result<ExitCode> {
    let file = file_of(&mut import)?;
    let settings = Settings::read(common)?;
    let store = super::open(common).await?;
    let zone = store.company().await?.calendar.zone().clone();
    let as_of = import.as_of.as_deref().map(|text| moment(text, &zone)).transpose()?;
    let now = clock::now();
    let as_of = as_of.unwrap_or(now);

    let scratch = Scratch::new(&settings.data_folder(common))?;
    let program = std::env::current_exe().context("This program can't find itself on the disk")?;
    let workbooks = Workbooks::with(program);
    let source = Source::open(&file, import.sheet.as_deref(), &workbooks, &scratch.csv)?;
    let profile = profile(&store, &import, &source).await?;
    if let Some(name) = &import.save_profile {
        store.save_profile(name, &profile, now).await?;
    }
    let (sha256, bytes) = fingerprint(&file)?;
    let new = NewImport {
        by: None,
        door: Door::CommandLine,
        file_name: file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        sha256,
        bytes,
        as_of,
        full_report: profile.coverage == Coverage::Full,
        now,
    };
    let id = store.register_import(&new).await?;
    let outcome = take_in(&store, &import, id, &new, source.clone(), profile.clone()).await;
    if import.dry_run || outcome.is_err() {
        store.forget_import(id).await?;
    }
    let outcome = outcome?;
    if let Some(path) = &import.rejected {
        write_rejected(&source, &profile, &outcome, path)?;
    }
    if import.json {
        say(&serde_json::to_string(&outcome)?);
    } else {
        report(&outcome, &profile, import.dry_run);
    }
    Ok(exit_code(&outcome))
}

async fn take_in(
    store: &Store,
    import: &Import,
    id: ImportId,
    new: &NewImport,
    source: Source,
    profile: Profile,
) -> Result<ImportOutcome> {
    let request = ImportRequest {
        import: id,
        file_name: new.file_name.clone(),
        as_of: new.as_of,
        full_report: new.full_report,
        by: None,
        now: new.now,
    };
    let meant = if import.dry_run { Meant::Rehearsal } else { Meant::Real };
    let bar = progress_bar();
    let outcome = job::run(store, source, profile, request, meant, |rows| bar.set_position(rows)).await;
    bar.finish_and_clear();
    outcome
}

/// The profile by its name, or by what the columns look like and the arguments say.
async fn profile(store: &Store, import: &Import, source: &Source) -> Result<Profile> {
    let coverage = if import.partial { Coverage::Partial } else { Coverage::Full };
    if let Some(name) = &import.profile {
        let Some(profile) = store.profile::<Profile>(name).await? else {
            let known = store.profile_names().await?.join(", ");
            let known = if known.is_empty() { "none is saved yet".to_owned() } else { known };
            bail!("There is no profile “{name}”. Profiles: {known}. Save one with --save-profile.");
        };
        let coverage = if import.partial { Coverage::Partial } else { profile.coverage };
        return Ok(Profile { coverage, ..profile });
    }
    let maps = import.map.iter().map(|argument| Map::parse(argument)).collect::<Result<Vec<_>, _>>()?;
    let date_order = import.dates.as_deref().map(str::parse::<DateOrder>).transpose()?;
    let answers = Answers { maps, date_order, coverage, ..Answers::default() };
    let survey = survey(source)?;
    survey.problems.iter().for_each(|problem| tell(problem));
    Ok(survey.profile(&answers)?)
}

/// `--map` takes several values, and may have swallowed the file behind them.
fn file_of(import: &mut Import) -> Result<PathBuf> {
    if let Some(file) = import.file.take() {
        return Ok(file);
    }
    match import.map.iter().rposition(|argument| !argument.contains('=')) {
        Some(at) => Ok(PathBuf::from(import.map.remove(at))),
        None => bail!("Which file? Example: forewarn import open-orders.csv"),
    }
}

/// A moment as typed: with its offset, or on the clock of the company; a day is its start.
fn moment(text: &str, zone: &TimeZone) -> Result<Timestamp> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let local: jiff::civil::DateTime = text.parse().with_context(|| {
        format!("“{text}” is not a time: write 2026-11-20T05:12:00Z, 2026-11-20T05:12 or 2026-11-20")
    })?;
    Ok(local.to_zoned(zone.clone())?.timestamp())
}

fn fingerprint(file: &Path) -> Result<(String, u64)> {
    let mut reader = std::fs::File::open(file)?;
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        match reader.read(&mut buffer)? {
            0 => break,
            read => {
                hash.update(buffer.get(..read).unwrap_or_default());
                bytes += read as u64;
            }
        }
    }
    let hex = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((hex, bytes))
}

fn write_rejected(source: &Source, profile: &Profile, outcome: &ImportOutcome, path: &Path) -> Result<()> {
    let file = std::fs::File::create(path)
        .with_context(|| format!("The rejected rows can't be written to {}", path.display()))?;
    crate::jobs::rejected::write(source, profile, &outcome.errors, file)
}

fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {human_pos} rows read, {elapsed}");
    ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

fn report(outcome: &ImportOutcome, profile: &Profile, dry_run: bool) {
    let columns: Vec<String> =
        profile.columns.iter().map(|(field, column)| format!("{field} = “{column}”")).collect();
    say(&format!("Read as: {}", columns.join(", ")));
    let ImportOutcome { read, added, moved, delivered, unchanged, missing, rejected, .. } = outcome;
    let verb = if dry_run { "would be" } else { "were" };
    say(&format!(
        "{read} rows read: {added} {verb} added, {moved} moved, {delivered} delivered, {unchanged} unchanged, \
         {rejected} rejected; {missing} lines are missing from the report."
    ));
    let ImportOutcome { quiet, slips, news, cases_opened, .. } = outcome;
    say(&format!(
        "{slips} slips ({news} fit to tell), {quiet} quiet changes; {cases_opened} conversations opened. No mail \
         goes to any customer."
    ));
    if outcome.erased_contacts > 0 {
        say(&format!(
            "The report still names contacts who were erased, of {} customers: they are left out. Take them out of the \
             report, too.",
            outcome.erased_contacts
        ));
    }
    for error in &outcome.errors {
        say(&format!(
            "Row {}, {}: found “{}”, expected {}. {}.",
            error.row, error.column, error.found, error.expected, error.fix
        ));
    }
}

fn exit_code(outcome: &ImportOutcome) -> ExitCode {
    let taken = outcome.read - outcome.rejected;
    match (taken, outcome.rejected) {
        (_, 0) => ExitCode::SUCCESS,
        (0, _) => ExitCode::from(2),
        (_, _) => ExitCode::from(1),
    }
}

/// A place for a workbook as CSV, gone with the import.
struct Scratch {
    csv: PathBuf,
    _folder: tempfile::TempDir,
}

impl Scratch {
    fn new(data: &Path) -> Result<Self> {
        std::fs::create_dir_all(data)?;
        let folder = tempfile::Builder::new().prefix("import-").tempdir_in(data)?;
        Ok(Self { csv: folder.path().join("sheet.csv"), _folder: folder })
    }
}
