//! An upload: streamed to the disk, counted and fingerprinted on the way, and put on the list of imports.

use super::stages::json;
use super::{must_import, upload_page};
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::import::UploadPage;
use crate::routes::wall::wall;
use crate::state::AppState;
use axum::extract::State;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use forewarn_domain::ids::ImportId;
use forewarn_feeds::{Coverage, Profile};
use forewarn_store::importing::{Door, ImportState, NewImport};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};
use std::io;
use std::path::PathBuf;
use std::time::Duration;
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt as _;
use uuid::Uuid;

/// The largest file that is taken.
const LARGEST: u64 = 256 << 20;
pub(super) const LARGEST_IN_WORDS: &str = "256 MB";
/// A file that is too large is read and thrown away up to here, so that the browser hears why.
const GIVE_UP: u64 = 4 * LARGEST;
/// More fields than any form of ours has.
const MOST_FIELDS: usize = 20;
/// Bytes that a field beside the file may have.
const LONGEST_FIELD: usize = 1_000;

/// What came with the form.
#[derive(Debug, Default)]
struct Received {
    entry: Option<Uuid>,
    profile: String,
    as_of: String,
    file: Option<Stored>,
}

/// A file that lies on the disk, whole, under a passing name.
#[derive(Debug)]
struct Stored {
    name: String,
    part: Part,
    bytes: u64,
    sha256: String,
}

/// A file under a passing name: gone with whoever had it, unless it was moved to its place.
#[derive(Debug)]
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // What has been moved is not there any more; what can't be removed is cleared away after hours.
        let _moved_or_left = std::fs::remove_file(&self.0);
    }
}

/// Why a file was not taken.
enum NotTaken {
    /// The person can mend it.
    Wrong(StatusCode, String),
    /// They can't.
    Ours(AppError),
}

impl NotTaken {
    fn wrong(why: &str) -> Self {
        Self::Wrong(StatusCode::UNPROCESSABLE_ENTITY, why.to_owned())
    }
}

/// `POST /imports`
pub(super) async fn receive(
    State(state): State<AppState>,
    me: Me,
    mut form: Multipart,
) -> Result<Response, AppError> {
    must_import(&state, &me).await?;
    let received = match read(&state, &mut form).await {
        Ok(received) => received,
        Err(NotTaken::Wrong(status, why)) => return again(&state, &me, status, why).await,
        Err(NotTaken::Ours(error)) => return Err(error),
    };
    let Received { entry, profile, as_of, file } = received;
    let Some(file) = file else {
        return again(&state, &me, StatusCode::UNPROCESSABLE_ENTITY, NO_FILE.to_owned()).await;
    };
    let report = Report { entry, file, profile, as_of };
    if let Some(why) = report.misunderstood(&state, &me).await? {
        return again(&state, &me, StatusCode::UNPROCESSABLE_ENTITY, why.to_owned()).await;
    }
    let id = report.keep(&state, &me).await?;
    Ok(Redirect::to(&format!("/imports/{id}")).into_response())
}

const ONE_FILE: &str = "Choose one file: each report is an import of its own.";
const NO_FILE: &str = "Choose a file first: the open-order report of your ERP, as CSV or XLSX.";

/// A report that has come in whole, and is not on the list yet.
pub(crate) struct Report {
    entry: Option<Uuid>,
    file: Stored,
    profile: String,
    as_of: String,
}

/// Takes in what a program sends that may import.
///
/// # Errors
/// What is wrong with it, for whoever sent it.
pub(crate) async fn take(state: &AppState, me: &Me, form: &mut Multipart) -> Result<Report, AppError> {
    let received = read(state, form).await.map_err(|not_taken| match not_taken {
        NotTaken::Wrong(StatusCode::PAYLOAD_TOO_LARGE, why) => AppError::TooLarge(why),
        NotTaken::Wrong(StatusCode::INSUFFICIENT_STORAGE, why) => AppError::Ours(why),
        NotTaken::Wrong(_, why) => AppError::invalid(why),
        NotTaken::Ours(error) => error,
    })?;
    let Received { entry, profile, as_of, file } = received;
    let file = file.ok_or_else(|| AppError::invalid(NO_FILE))?;
    let report = Report { entry, file, profile, as_of };
    match report.misunderstood(state, me).await? {
        None => Ok(report),
        Some(why) => Err(AppError::invalid(why)),
    }
}

impl Report {
    /// What was sent, in a few words: the same report says the same, however it was packed.
    pub(crate) fn said(&self) -> String {
        format!("{} {} {} {}", self.file.sha256, self.file.name, self.profile, self.as_of)
    }

    /// What stands beside the file and can't be taken at its word, and what to do.
    async fn misunderstood(&self, state: &AppState, me: &Me) -> Result<Option<&'static str>, AppError> {
        if !self.as_of.is_empty() {
            match moment(&self.as_of, &wall(state, me).await?.zone) {
                None => return Ok(Some("Write when it was exported as 2026-11-09T06:12, or leave it out.")),
                Some(at) if at > me.now => {
                    return Ok(Some(
                        "It can't have been exported in the future. Say when it was, or leave it out.",
                    ));
                }
                Some(_) => {}
            }
        }
        if !self.profile.is_empty() && state.store.profile::<Profile>(&self.profile).await?.is_none() {
            return Ok(Some("There is no profile of this name. Choose another one, or none."));
        }
        Ok(None)
    }

    /// Puts it on the list, and wakes the job that looks into it. The same form once more is the same import.
    ///
    /// # Errors
    /// When the database or the disk fails.
    pub(crate) async fn keep(self, state: &AppState, me: &Me) -> Result<ImportId, AppError> {
        let as_of = moment(&self.as_of, &wall(state, me).await?.zone);
        let id = register(state, me, &self.file, as_of.unwrap_or(me.now), self.entry).await?;
        self.put(state, id).await?;
        Ok(id)
    }

    /// Brings the file to its place on the list, unless one lies there already: of a report that was put on the
    /// list before, the file may not have come that far.
    ///
    /// # Errors
    /// When the database or the disk fails.
    pub(crate) async fn put(self, state: &AppState, id: ImportId) -> Result<(), AppError> {
        if !waits_for_its_file(state, id).await? {
            return Ok(());
        }
        read_as(state, id, &self.profile).await?;
        let put = put_in_place(state, id, &self.file).await;
        put.map_err(|error| AppError::Ours(error.to_string()))?;
        state.wake.notify_one();
        Ok(())
    }
}

/// The page once more, with what was wrong.
async fn again(state: &AppState, me: &Me, status: StatusCode, why: String) -> Result<Response, AppError> {
    let shown = UploadPage { wrong: Some(why), ..upload_page(state, me).await? };
    Ok((status, page(&shown)?).into_response())
}

async fn read(state: &AppState, form: &mut Multipart) -> Result<Received, NotTaken> {
    let mut received = Received::default();
    let mut fields = 0;
    while let Some(field) = in_time(form.next_field()).await? {
        fields += 1;
        if fields > MOST_FIELDS {
            return Err(NotTaken::wrong("This form has too many fields. Reload the page and try again."));
        }
        match field.name().unwrap_or_default() {
            "file" if received.file.is_some() => return Err(NotTaken::wrong(ONE_FILE)),
            "file" => received.file = store(state, field).await?,
            "entry" => received.entry = text(field).await?.parse().ok(),
            "profile" => received.profile = text(field).await?,
            "as_of" => received.as_of = text(field).await?,
            _ => {}
        }
    }
    Ok(received)
}

/// What comes next of the form. A report may be large, and a connection slow; one on which nothing comes is over.
async fn in_time<T>(next: impl Future<Output = Result<T, MultipartError>>) -> Result<T, NotTaken> {
    match tokio::time::timeout(PATIENCE, next).await {
        Ok(next) => next.map_err(broken),
        Err(_elapsed) => Err(NotTaken::wrong("The file stopped on its way. Send it again.")),
    }
}

/// How long nothing may come.
const PATIENCE: Duration = Duration::from_secs(60);

async fn text(mut field: Field<'_>) -> Result<String, NotTaken> {
    let mut bytes = Vec::new();
    while let Some(chunk) = in_time(field.chunk()).await? {
        if bytes.len() + chunk.len() > LONGEST_FIELD {
            return Err(NotTaken::wrong("A field of the form is too long. Reload the page and try again."));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// Streams the file to the disk, and makes sure that it is there. `None` for a field left empty.
async fn store(state: &AppState, mut field: Field<'_>) -> Result<Option<Stored>, NotTaken> {
    let name = file_name(field.file_name().unwrap_or_default());
    let part = Part(state.uploads.join(format!("{}.part", state.fresh())));
    let mut file = File::create(&part.0).await.map_err(unkept)?;
    let (mut hash, mut bytes) = (Sha256::new(), 0_u64);
    while let Some(chunk) = in_time(field.chunk()).await? {
        bytes += chunk.len() as u64;
        if bytes > GIVE_UP {
            break;
        }
        if bytes <= LARGEST {
            hash.update(&chunk);
            file.write_all(&chunk).await.map_err(unkept)?;
        }
    }
    if bytes == 0 || bytes > LARGEST {
        return if bytes == 0 { Ok(None) } else { Err(too_large(&name)) };
    }
    file.sync_all().await.map_err(unkept)?;
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Some(Stored { name, part, bytes, sha256 }))
}

fn too_large(name: &str) -> NotTaken {
    let why = format!(
        "“{name}” is larger than {LARGEST_IN_WORDS}. Export the open lines only, or import it on the server: forewarn import FILE"
    );
    NotTaken::Wrong(StatusCode::PAYLOAD_TOO_LARGE, why)
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
fn broken(error: MultipartError) -> NotTaken {
    let why = format!("The file did not arrive whole ({error}). Send it again.");
    NotTaken::Wrong(StatusCode::BAD_REQUEST, why)
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
fn unkept(error: io::Error) -> NotTaken {
    if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
        let why = "The server’s disk is full, so the file could not be kept. Tell whoever runs Forewarn; nothing was imported.";
        return NotTaken::Wrong(StatusCode::INSUFFICIENT_STORAGE, why.to_owned());
    }
    NotTaken::Ours(AppError::Ours(format!("an upload could not be kept: {error}")))
}

/// Puts it on the list; the same form once more is the same import.
async fn register(
    state: &AppState,
    me: &Me,
    file: &Stored,
    as_of: Timestamp,
    entry: Option<Uuid>,
) -> Result<ImportId, AppError> {
    let new = NewImport {
        by: Some(me.person.id),
        door: Door::Upload,
        file_name: file.name.clone(),
        sha256: file.sha256.clone(),
        bytes: file.bytes,
        as_of,
        full_report: true,
        now: me.now,
    };
    Ok(match entry {
        Some(entry) => state.store.register_upload(&new, entry).await?,
        None => state.store.register_import(&new).await?,
    })
}

/// Not if this very form has brought its file before.
async fn waits_for_its_file(state: &AppState, id: ImportId) -> Result<bool, AppError> {
    let import = state.store.import(id).await?;
    let waits = import.is_some_and(|import| import.state == ImportState::Uploaded);
    Ok(waits && !fs::metadata(place(state, id)).await.is_ok_and(|about| about.is_file()))
}

/// With a saved profile, nothing is left to ask.
async fn read_as(state: &AppState, id: ImportId, profile: &str) -> Result<(), AppError> {
    let Some(saved) = state.store.profile::<Profile>(profile).await? else { return Ok(()) };
    let full_report = saved.coverage == Coverage::Full;
    let store = state.store.outside_of_calls();
    Ok(store.note_profile(id, &json(&saved)?, profile, full_report).await?)
}

/// The job takes an import up once its file lies in its place.
async fn put_in_place(state: &AppState, id: ImportId, file: &Stored) -> io::Result<()> {
    fs::rename(&file.part.0, place(state, id)).await?;
    let folder: PathBuf = state.uploads.to_path_buf();
    File::open(folder).await?.sync_all().await
}

fn place(state: &AppState, id: ImportId) -> PathBuf {
    state.uploads.join(format!("{id}.upload"))
}

/// The last part of the name that the browser sent, without signs that can't be shown.
fn file_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    if name.trim().is_empty() { "report".to_owned() } else { name.trim().to_owned() }
}

/// A date and time as the browser sends it, on the clock of whoever typed it.
fn moment(typed: &str, zone: &TimeZone) -> Option<Timestamp> {
    let local: DateTime = typed.parse().ok()?;
    Some(local.to_zoned(zone.clone()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_as_its_person_calls_it_and_leads_nowhere() {
        assert_eq!(file_name("open orders.csv"), "open orders.csv");
        assert_eq!(file_name("C:\\Users\\ada\\open.xlsx"), "open.xlsx");
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("a\nb\u{7}.csv"), "ab.csv");
        assert_eq!(file_name("../"), "report");
    }

    #[test]
    fn the_time_of_a_report_is_on_the_clock_of_whoever_typed_it() {
        let oslo = TimeZone::get("Europe/Oslo").unwrap();
        assert_eq!(moment("2026-11-09T06:12", &oslo), Some("2026-11-09T05:12:00Z".parse().unwrap()));
        assert_eq!(moment("", &oslo), None);
    }
}
