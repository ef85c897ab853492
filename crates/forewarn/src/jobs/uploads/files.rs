//! The files of uploads: `<id>.upload` as it came, `<id>.rejected.csv` beside it. Kept for 25 hours: as long
//! as the import can be undone, and an hour more; no longer than until a contact is erased, whom they may name.

use anyhow::Result;
use forewarn_domain::ids::ImportId;
use forewarn_store::importing::RegisteredImport;
use jiff::{SignedDuration, Timestamp};
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The folder of uploads.
#[derive(Debug, Clone)]
pub(super) struct Files {
    folder: PathBuf,
}

/// The file of an import isn't there any more.
#[derive(Debug, thiserror::Error)]
#[error(
    "The uploaded file is not here any more: files are kept for 25 hours, or until a contact is erased. Upload the report again; nothing was imported."
)]
pub(super) struct Gone;

const KEPT_FOR: SignedDuration = SignedDuration::from_hours(25);
/// A file may come into its place a moment after its import is on the list.
const ARRIVES_WITHIN: SignedDuration = SignedDuration::from_secs(60);

impl Files {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The uploaded file.
    pub(super) fn upload(&self, import: ImportId) -> Result<PathBuf, Gone> {
        let path = self.place(import);
        if path.is_file() { Ok(path) } else { Err(Gone) }
    }

    /// Whether the import is so new that its file may still be on its way into its place.
    pub(super) fn is_arriving(&self, upload: &RegisteredImport, now: Timestamp) -> bool {
        !self.place(upload.id).is_file() && now.duration_since(upload.created_at) < ARRIVES_WITHIN
    }

    /// A folder for the sheet of a workbook, gone when it is dropped.
    pub(super) fn scratch(&self) -> Result<TempDir> {
        Ok(tempfile::Builder::new().prefix("sheet-").tempdir_in(&self.folder)?)
    }

    /// Writes the file of rejected rows; it appears whole or not at all.
    pub(super) fn write_rejected(
        &self,
        import: ImportId,
        write: impl FnOnce(&mut BufWriter<File>) -> Result<()>,
    ) -> Result<()> {
        let part = self.folder.join(format!("{import}.rejected.part"));
        let mut out = BufWriter::new(File::create(&part)?);
        write(&mut out)?;
        out.into_inner()?.sync_all()?;
        Ok(fs::rename(part, self.folder.join(format!("{import}.rejected.csv")))?)
    }

    /// Clears away what has lain here for longer than anybody can need it.
    pub(super) fn clear_old(&self, now: Timestamp) {
        self.clear(|path| {
            age(path, now).is_some_and(|age| age > if is_passing(path) { A_WHILE } else { KEPT_FOR })
        });
    }

    /// Clears away everything that came in until then.
    pub(super) fn clear_until(&self, until: Timestamp) {
        self.clear(|path| age(path, until).is_some_and(|age| !age.is_negative()));
    }

    fn clear(&self, goes: impl Fn(&Path) -> bool) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            if goes(&path) {
                let cleared = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
                if let Err(error) = cleared {
                    tracing::warn!(%error, "an old upload could not be cleared away");
                }
            }
        }
    }

    fn place(&self, import: ImportId) -> PathBuf {
        self.folder.join(format!("{import}.upload"))
    }
}

/// Nobody works on what lies under a passing name for as long as that: whoever did was killed.
const A_WHILE: SignedDuration = SignedDuration::from_hours(3);

/// What is on its way in, or a workbook being read.
fn is_passing(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.ends_with(".part") || name.starts_with("sheet-")
}

fn age(path: &Path, now: Timestamp) -> Option<SignedDuration> {
    let changed = fs::metadata(path).and_then(|about| about.modified()).ok()?;
    Some(now.duration_since(Timestamp::try_from(changed).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_kept_for_25_hours_and_no_longer() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(folder.path().to_owned());
        let path = folder.path().join("7.upload");
        fs::write(&path, "Order").unwrap();
        let written: Timestamp = fs::metadata(&path).unwrap().modified().unwrap().try_into().unwrap();
        files.clear_old(written + SignedDuration::from_hours(25));
        assert!(files.upload(ImportId(7)).is_ok());
        files.clear_old(written + SignedDuration::from_hours(25) + SignedDuration::from_secs(1));
        assert!(files.upload(ImportId(7)).unwrap_err().to_string().contains("25 hours"));
    }

    #[test]
    fn what_came_in_before_a_contact_was_erased_goes_and_what_came_later_stays() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(folder.path().to_owned());
        let path = folder.path().join("7.upload");
        fs::write(&path, "Order").unwrap();
        let written: Timestamp = fs::metadata(&path).unwrap().modified().unwrap().try_into().unwrap();
        files.clear_until(written - SignedDuration::from_secs(1));
        assert!(files.upload(ImportId(7)).is_ok());
        files.clear_until(written);
        assert!(files.upload(ImportId(7)).is_err());
    }
}
