//! The uploads job: looks into reports that came in over the pages, checks them, imports them, and clears
//! their files away.
//!
//! It goes by what the list of imports says, never by what it remembers: a program that was killed finds
//! the same work again at its next start. An import that was under way has left nothing behind, since it is
//! one transaction, and is begun again. Dropping the job at any moment is therefore safe.

mod files;

use crate::clock;
use crate::jobs::import::{self, Meant};
use crate::jobs::rejected;
use anyhow::{Context as _, Result};
use files::Files;
use forewarn_domain::ids::ImportId;
use forewarn_feeds::{Profile, Source, survey_with_headings_in, xlsx::Workbooks};
use forewarn_store::Store;
use forewarn_store::importing::{ImportOutcome, ImportRequest, ImportState, RegisteredImport};
use forewarn_web::{AppState, ImportProgress};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// Works until `stopped` says so.
pub(crate) async fn run(state: AppState, mut stopped: watch::Receiver<bool>) {
    let uploads = match Uploads::new(&state) {
        Ok(uploads) => uploads,
        Err(error) => return tracing::error!(error = format!("{error:#}"), "uploads are not worked off"),
    };
    tokio::select! {
        () = uploads.run() => {}
        // An error means that nobody can say it any more, which says it as well.
        _told = stopped.wait_for(|stopped| *stopped) => {}
    }
}

/// What the job works with.
struct Uploads {
    store: Store,
    files: Files,
    progress: ImportProgress,
    wake: Arc<Notify>,
    workbooks: Workbooks,
}

/// How often it looks for work that nobody rang for: left by a program that was killed, or by another server.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often old files are cleared away.
const CLEAR_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// What a person is told when the cause lies with us or the machine.
const OURS: &str =
    "This was not the file’s fault. Try again; if it happens twice, tell whoever runs Forewarn.";

impl Uploads {
    fn new(state: &AppState) -> Result<Self> {
        let this_program = std::env::current_exe().context("this program can't find itself on the disk")?;
        Ok(Self {
            store: state.store().clone(),
            files: Files::new(state.uploads().to_owned()),
            progress: state.progress(),
            wake: state.wake(),
            workbooks: Workbooks::with(this_program),
        })
    }

    async fn run(&self) {
        let mut cleared = None;
        loop {
            let now = clock::now();
            if let Err(error) = self.work_off(now).await {
                tracing::error!(error = format!("{error:#}"), "uploads can't be worked off at present");
            }
            if cleared.is_none_or(|at| now.duration_since(at) >= CLEAR_EVERY) {
                self.files.clear_old(now);
                cleared = Some(now);
            }
            self.forget_erased().await;
            // Whichever comes first; both mean: look again.
            let _rung = tokio::time::timeout(LOOK_EVERY, self.wake.notified()).await;
        }
    }

    /// A report that came in before a contact was erased may still name them.
    async fn forget_erased(&self) {
        match self.store.last_erasure().await {
            Ok(Some(erased_at)) => self.files.clear_until(erased_at),
            Ok(None) => {}
            Err(error) => {
                tracing::error!(%error, "whether a contact was erased can't be looked at at present");
            }
        }
    }

    /// Takes every import that waits for the job one step on, the oldest first.
    async fn work_off(&self, now: Timestamp) -> Result<()> {
        for state in [ImportState::Importing, ImportState::Checking, ImportState::Uploaded] {
            for listed in self.store.imports_in(&[state]).await? {
                if self.files.is_arriving(&listed, now) {
                    continue;
                }
                // The profile is noted before the file comes into its place: what was read before may be without it.
                let upload = self.store.import(listed.id).await?;
                let Some(upload) = upload.filter(|upload| upload.state == state) else { continue };
                self.step(&upload, now).await?;
                self.progress.end(upload.id);
            }
        }
        Ok(())
    }

    /// One step. What goes wrong with it becomes a sentence beside the import.
    async fn step(&self, upload: &RegisteredImport, now: Timestamp) -> Result<()> {
        let done = match upload.state {
            ImportState::Uploaded => self.survey(upload).await,
            ImportState::Checking => self.check(upload, now).await,
            ImportState::Importing => self.import(upload, now).await,
            _ => Ok(()),
        };
        let Err(error) = done else { return Ok(()) };
        tracing::warn!(import = upload.id.0, error = format!("{error:#}"), "an import has failed");
        Ok(self.store.note_import_failed(upload.id, upload.state, &for_people(&error)).await?)
    }

    async fn survey(&self, upload: &RegisteredImport) -> Result<()> {
        let wanted = profile(upload).unwrap_or_default();
        let heading_row = wanted.heading_row;
        let source = self.open(upload, &wanted).await?;
        let survey = {
            let source = source.clone();
            tokio::task::spawn_blocking(move || survey_with_headings_in(&source.0, heading_row)).await??
        };
        // With a saved profile nothing is left to ask before the check.
        let next = if wanted.columns.is_empty() { ImportState::Surveyed } else { ImportState::Checking };
        self.store.note_survey(upload.id, &serde_json::to_string(&survey)?, next).await?;
        self.wake.notify_one();
        Ok(())
    }

    async fn check(&self, upload: &RegisteredImport, now: Timestamp) -> Result<()> {
        let profile = profile(upload).context("nobody has said what the columns mean")?;
        let outcome = self.take_in(upload, &profile, Meant::Rehearsal, now).await?;
        Ok(self.store.note_checked(upload.id, &outcome).await?)
    }

    async fn import(&self, upload: &RegisteredImport, now: Timestamp) -> Result<()> {
        let profile = profile(upload).context("nobody has said what the columns mean")?;
        self.take_in(upload, &profile, Meant::Real, now).await?;
        Ok(())
    }

    async fn take_in(
        &self,
        upload: &RegisteredImport,
        profile: &Profile,
        meant: Meant,
        now: Timestamp,
    ) -> Result<ImportOutcome> {
        let source = self.open(upload, profile).await?;
        let request = ImportRequest {
            import: upload.id,
            file_name: upload.file_name.clone(),
            as_of: upload.as_of,
            full_report: upload.full_report,
            by: upload.by,
            now,
        };
        let report = |rows| self.progress.report(upload.id, rows);
        let outcome =
            import::run(&self.store, source.0.clone(), profile.clone(), request, meant, report).await?;
        if outcome.rejected > 0 {
            self.keep_rejected(upload.id, source, profile.clone(), &outcome, meant).await;
        }
        Ok(outcome)
    }

    /// Writes the rejected rows to a file that can be fetched. The import stands without it.
    async fn keep_rejected(
        &self,
        import: ImportId,
        source: Opened,
        profile: Profile,
        outcome: &ImportOutcome,
        meant: Meant,
    ) {
        // Once imported, the store has every error; before, the outcome has the first of them.
        let errors = match meant {
            Meant::Real => self.store.import_errors(import).await.unwrap_or_default(),
            Meant::Rehearsal => outcome.errors.clone(),
        };
        let files = self.files.clone();
        let written = tokio::task::spawn_blocking(move || {
            files.write_rejected(import, |out| rejected::write(&source.0, &profile, &errors, out))
        });
        if let Ok(Err(error)) = written.await {
            tracing::warn!(import = import.0, error = format!("{error:#}"), "no file of rejected rows");
        }
    }

    async fn open(&self, upload: &RegisteredImport, profile: &Profile) -> Result<Opened> {
        let (path, scratch) = (self.files.upload(upload.id)?, self.files.scratch()?);
        let (sheet, workbooks) = (profile.sheet.clone(), self.workbooks.clone());
        let opened = tokio::task::spawn_blocking(move || {
            let csv = scratch.path().join("sheet.csv");
            let source = Source::open(&path, sheet.as_deref(), &workbooks, &csv)?;
            anyhow::Ok(Opened(source, Arc::new(scratch)))
        });
        opened.await?
    }
}

/// A report made ready to read, and the folder that it may lie in: gone when nobody reads any more.
#[derive(Clone)]
struct Opened(Source, #[expect(dead_code, reason = "kept for its end")] Arc<tempfile::TempDir>);

fn profile(upload: &RegisteredImport) -> Option<Profile> {
    serde_json::from_str(upload.mapping.as_deref()?).ok()
}

/// The sentence that a person reads: about the file in its own words, about ourselves in short.
fn for_people(error: &anyhow::Error) -> String {
    let about_the_file = error.downcast_ref::<forewarn_feeds::Unreadable>().map(ToString::to_string);
    let gone = || error.downcast_ref::<files::Gone>().map(ToString::to_string);
    let too_many = || error.downcast_ref::<import::TooManyRejected>().map(ToString::to_string);
    about_the_file.or_else(gone).or_else(too_many).unwrap_or_else(|| OURS.to_owned())
}
