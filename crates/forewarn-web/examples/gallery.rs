//! Writes every sample page and the assets to a folder, to look at without a server:
//! `cargo run -p forewarn-web --example gallery -- /tmp/gallery`

use forewarn_web::{assets, pages};
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).map_or_else(|| PathBuf::from("gallery"), PathBuf::from);
    let pages = pages::gallery()?;
    for (name, html) in &pages {
        write(&folder.join(format!("{name}.html")), html.as_bytes())?;
    }
    for name in assets::names() {
        if let Some(asset) = assets::get(&name) {
            write(&folder.join(assets::url(&name).trim_start_matches('/')), &asset.body)?;
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, bytes)?)
}
