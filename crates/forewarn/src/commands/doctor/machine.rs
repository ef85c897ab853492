//! The machine: its disk and its clock.

use super::Finding;
use jiff::Timestamp;
use rustix::fs::statvfs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// Less room than this and the next import may fill the disk.
const LITTLE_ROOM: u64 = 512 << 20;
/// Fewer files than this may be made.
const FEW_FILES: u64 = 1_000;

/// Whether the folder of the data can be written.
pub(super) fn folder(folder: &Path) -> Finding {
    let shown = folder.display();
    if !folder.exists() {
        return Finding::bad(
            "folder",
            format!("The folder {shown} is not there yet."),
            "`forewarn serve` makes it; or name another one with --data.",
        );
    }
    if let Some(rights) = rights_of_others(folder) {
        return Finding::bad(
            "folder",
            format!("Everybody on this machine may look into the folder {shown} ({rights:o})."),
            format!("chmod 700 {shown}"),
        );
    }
    match tempfile::tempfile_in(folder) {
        Ok(_) => Finding::good("folder", format!("The folder {shown} can be written.")),
        Err(error) => Finding::bad(
            "folder",
            format!("The folder {shown} can't be written ({error})."),
            "Give this user the right to, or name another folder with --data.",
        ),
    }
}

/// The rights to a folder, if they let others look into it.
fn rights_of_others(folder: &Path) -> Option<u32> {
    let rights = std::fs::metadata(folder).ok()?.permissions().mode() & 0o777;
    (rights & 0o007 != 0).then_some(rights)
}

/// Whether the disk under the folder has room for more.
pub(super) fn disk(folder: &Path) -> Option<Finding> {
    let disk = statvfs(folder).ok()?;
    let room = disk.f_bavail.saturating_mul(disk.f_frsize);
    let shown = folder.display();
    // Some file systems do not count files.
    Some(if disk.f_files > 0 && disk.f_favail < FEW_FILES {
        Finding::bad(
            "disk",
            format!("The disk of {shown} takes {} more files only.", disk.f_favail),
            "Delete what is not needed there.",
        )
    } else if room < LITTLE_ROOM {
        Finding::bad(
            "disk",
            format!("The disk of {shown} has {} left.", megabytes(room)),
            "Make room: on a full disk Forewarn only shows what it has.",
        )
    } else {
        Finding::good("disk", format!("The disk of {shown} has {} left.", megabytes(room)))
    })
}

/// Whether the clock can be right, and time zones are known.
pub(super) fn clock(now: Timestamp) -> Finding {
    let made: Option<Timestamp> = "2026-01-01T00:00:00Z".parse().ok();
    let said = now.strftime("%Y-%m-%d %H:%M:%S UTC");
    if made.is_some_and(|made| now < made) {
        let found = format!("The clock says {said}, which is before this version was made.");
        return Finding::bad("clock", found, "Set it right, and let a time service keep it so.");
    }
    Finding::good("clock", format!("The clock says {said}."))
}

pub(super) fn megabytes(bytes: u64) -> String {
    match bytes {
        0..10_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{} GB", bytes / 1_000_000_000),
    }
}
