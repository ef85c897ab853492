//! Styles and scripts, inside the program. Their addresses carry a digest of all of them together
//! (`/assets/3f9a…/app.css`): browsers may keep them for ever, a new version is a new address, and
//! one module can still import its neighbour by a relative name.

use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::sync::LazyLock;

/// What to answer for one asset.
#[derive(Debug)]
pub struct Asset {
    /// The bytes.
    pub body: Cow<'static, [u8]>,
    /// The media type, with its charset.
    pub media_type: &'static str,
}

/// The address of the asset `name` (`"app.css"`, `"js/app.js"`), for templates.
#[must_use]
pub fn url(name: &str) -> String {
    format!("/assets/{}/{name}", *DIGEST)
}

/// The digest in every address: 16 hexadecimal digits over all names and contents.
#[must_use]
pub fn digest() -> &'static str {
    &DIGEST
}

/// The asset `name`, without the digest. `app.css` is all style sheets in the order of their file
/// names, which is the order of the tiers: raw values, meanings, components.
#[must_use]
pub fn get(name: &str) -> Option<Asset> {
    if name == "app.css" {
        return Some(Asset { body: Cow::Borrowed(STYLES.as_bytes()), media_type: "text/css; charset=utf-8" });
    }
    let media_type = media_type(name)?;
    Files::get(name).map(|file| Asset { body: file.data, media_type })
}

/// Every name that [`get`] answers.
#[must_use]
pub fn names() -> Vec<String> {
    let scripts = sorted().into_iter().filter(|name| media_type(name).is_some());
    std::iter::once("app.css".to_owned()).chain(scripts).collect()
}

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

static STYLES: LazyLock<String> = LazyLock::new(|| {
    let sheets = sorted().into_iter().filter(|name| name.starts_with("css/"));
    sheets.filter_map(|name| Files::get(&name)).map(|file| text(&file)).collect::<Vec<_>>().join("\n")
});

static DIGEST: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for name in sorted() {
        hash.update(name.as_bytes());
        if let Some(file) = Files::get(&name) {
            hash.update(&file.data);
        }
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
});

fn sorted() -> Vec<String> {
    let mut names: Vec<String> = Files::iter().map(Cow::into_owned).collect();
    names.sort();
    names
}

fn text(file: &EmbeddedFile) -> String {
    String::from_utf8_lossy(&file.data).into_owned()
}

fn media_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml; charset=utf-8"),
        "webmanifest" => Some("application/manifest+json"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheets_come_as_one_in_the_order_of_their_tiers() {
        let styles = &*STYLES;
        let raw = styles.find("--paper-1:").unwrap();
        let meaning = styles.find("--page:").unwrap();
        let component = styles.find(".button").unwrap();
        assert!(raw < meaning && meaning < component);
    }

    #[test]
    fn components_use_meanings_and_never_raw_colours() {
        for name in sorted() {
            let tier = name.trim_start_matches("css/").get(..2).and_then(|n| n.parse::<u8>().ok());
            if tier.is_none_or(|tier| tier < 30) {
                continue;
            }
            let sheet = text(&Files::get(&name).unwrap());
            for raw in
                ["var(--paper", "var(--ink", "var(--teal", "var(--rust", "var(--amber", "var(--moss", "#"]
            {
                let found = sheet.lines().find(|line| line.contains(raw) && !line.contains("url("));
                assert!(found.is_none(), "{name} uses the raw value {raw}: {found:?}");
            }
        }
    }

    #[test]
    fn every_asset_has_an_address_with_the_digest() {
        assert_eq!(digest().len(), 16);
        assert!(url("app.css").starts_with("/assets/") && url("app.css").ends_with("/app.css"));
        for name in names() {
            assert!(get(&name).is_some(), "{name} is listed and can't be read");
        }
        assert!(get("css/10-raw.css").is_none() && get("../Cargo.toml").is_none());
    }
}
