//! A digest at the very end of a file, over all before it. It stands where a zip has its comment, so that the file
//! stays a zip.

use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::io::{self, Read, Write};

/// Bytes of the digest, in hexadecimal digits.
pub(super) const LENGTH: usize = 64;
/// What stands in its place until all is written.
pub(super) const BLANK: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Hands on what is written, but for the last [`LENGTH`] bytes, which the digest replaces.
pub(super) struct Sealing<W> {
    inner: W,
    sha: Sha256,
    last: Vec<u8>,
}

impl<W: Write> Sealing<W> {
    pub(super) fn new(inner: W) -> Self {
        Self { inner, sha: Sha256::new(), last: Vec::new() }
    }

    /// Writes the digest; gives it, and what was written to.
    pub(super) fn seal(mut self) -> io::Result<(String, W)> {
        let digest = hex(self.sha);
        self.inner.write_all(digest.as_bytes())?;
        self.inner.flush()?;
        Ok((digest, self.inner))
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.last.extend_from_slice(bytes);
        let settled = self.last.len().saturating_sub(LENGTH);
        if let Some(settled) = self.last.get(..settled) {
            self.inner.write_all(settled)?;
            self.sha.update(settled);
        }
        self.last.drain(..settled);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Whether a file of `length` bytes ends with the digest over all before it.
pub(super) fn is_whole(mut file: impl Read, length: u64) -> io::Result<bool> {
    let Some(sealed) = length.checked_sub(LENGTH as u64) else { return Ok(false) };
    let mut sha = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut sealed_part = file.by_ref().take(sealed);
    loop {
        match sealed_part.read(&mut buffer)? {
            0 => break,
            read => sha.update(buffer.get(..read).unwrap_or_default()),
        }
    }
    let mut digest = String::new();
    // What is no text is no digest.
    Ok(file.read_to_string(&mut digest).is_ok() && digest == hex(sha))
}

fn hex(sha: Sha256) -> String {
    let mut text = String::with_capacity(LENGTH);
    for byte in sha.finalize() {
        // Writing to a String never fails.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(parts: &[&str]) -> Vec<u8> {
        let mut sealing = Sealing::new(Vec::new());
        parts.iter().for_each(|part| sealing.write_all(part.as_bytes()).unwrap());
        sealing.write_all(BLANK.as_bytes()).unwrap();
        sealing.seal().unwrap().1
    }

    fn whole(bytes: &[u8]) -> bool {
        is_whole(bytes, bytes.len() as u64).unwrap()
    }

    #[test]
    fn every_flipped_bit_and_every_missing_byte_is_noticed() {
        let file = sealed(&[
            "some",
            " ",
            "data that is longer than the digest itself, so that it has to be held back",
        ]);
        assert!(whole(&file));
        for at in 0..file.len() {
            let mut flipped = file.clone();
            flipped[at] ^= 1;
            assert!(!whole(&flipped), "byte {at}");
            assert!(!whole(&file[..at]), "cut at {at}");
        }
        assert!(!whole(&[file.as_slice(), b"\n"].concat()));
    }

    #[test]
    fn how_it_is_cut_into_writes_makes_no_difference() {
        assert_eq!(sealed(&["a", "bc"]), sealed(&["ab", "c"]));
    }
}
