use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context as _, Result, anyhow};

use crate::cluster::start_for_many;

/// The cluster that plain `cargo test` runs share: started by whoever comes first, found by the others.
pub(crate) fn url() -> Result<String> {
    static URL: OnceLock<Result<String, String>> = OnceLock::new();
    let url = URL.get_or_init(|| find_or_start().map_err(|error| format!("{error:#}")));
    url.clone().map_err(|message| anyhow!(message))
}

fn find_or_start() -> Result<String> {
    let folder = target_folder().join("test-postgres");
    std::fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    let lock = File::create(folder.join("lock"))?;
    lock.lock().context("waiting for another test that starts PostgreSQL")?;

    let note = folder.join("running");
    if let Some(url) = running(&note) {
        return Ok(url);
    }
    let (url, last_used) = start_for_many()?;
    std::fs::write(&note, format!("{url}\n{}\n", last_used.display()))?;
    Ok(url)
}

/// The cluster that the note names, if it still takes connections; says there that it is in use.
fn running(note: &Path) -> Option<String> {
    let text = std::fs::read_to_string(note).ok()?;
    let mut lines = text.lines();
    let (url, last_used) = (lines.next()?, lines.next()?);
    // Writing the file is what the keeper looks for; it is gone when the cluster is.
    let file = File::options().write(true).open(last_used).ok()?;
    file.set_len(0).ok()?;
    std::io::Write::write_all(&mut &file, b"in use").ok()?;
    let port = url.rsplit(':').next()?.split('/').next()?.parse::<u16>().ok()?;
    std::net::TcpStream::connect(("127.0.0.1", port)).ok()?;
    Some(url.to_owned())
}

fn target_folder() -> PathBuf {
    let ours = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(ours, PathBuf::from)
}
