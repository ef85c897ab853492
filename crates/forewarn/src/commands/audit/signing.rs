//! The key that signs exports: a file beside the data, or wherever `FOREWARN_HISTORY_KEY_FILE` says. Whoever can
//! change the database should not be able to read it.

use crate::clock;
use anyhow::{Context as _, Result, bail};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// The key of this installation; made when there is none.
pub(super) fn key(data: &Path) -> Result<SigningKey> {
    let named = std::env::var_os("FOREWARN_HISTORY_KEY_FILE").map(PathBuf::from);
    let path = named.unwrap_or_else(|| data.join("history.key"));
    let cant = || format!("The key {} that signs exports can't be used", path.display());
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let bytes: [u8; 32] = unhex(text.trim()).with_context(cant)?;
            Ok(SigningKey::from_bytes(&bytes))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let bytes = clock::random_bytes();
            std::fs::create_dir_all(data).with_context(cant)?;
            let mut file =
                OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).with_context(cant)?;
            writeln!(file, "{}", hex(&bytes)).and_then(|()| file.sync_all()).with_context(cant)?;
            Ok(SigningKey::from_bytes(&bytes))
        }
        Err(error) => Err(error).with_context(cant),
    }
}

/// The signature of `text`, as hexadecimal digits.
pub(super) fn sign(key: &SigningKey, text: &str) -> String {
    hex(&key.sign(text.as_bytes()).to_bytes())
}

/// Whether `signature` is that of `text` by the key whose public half is `key`.
pub(super) fn is_signed(text: &str, signature: &str, key: &str) -> bool {
    let checked = || -> Result<bool> {
        let key = VerifyingKey::from_bytes(&unhex(key)?)?;
        Ok(key.verify_strict(text.as_bytes(), &Signature::from_bytes(&unhex(signature)?)).is_ok())
    };
    checked().unwrap_or(false)
}

/// The public half, as hexadecimal digits.
pub(super) fn public(key: &SigningKey) -> String {
    hex(key.verifying_key().as_bytes())
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string never fails.
        let _written = write!(text, "{byte:02x}");
        text
    })
}

fn unhex<const N: usize>(text: &str) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.is_ascii() {
        bail!("{} hexadecimal digits are expected", 2 * N);
    }
    for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).context("It has to be hexadecimal digits")?;
    }
    Ok(bytes)
}
