//! How characters are written in a file, found over the whole of it, and the way to UTF-8.

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};
use std::io::{self, Read};

/// How characters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextEncoding {
    /// UTF-8 (plain ASCII too).
    Utf8,
    /// UTF-8 that starts with a byte order mark.
    Utf8Bom,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// Windows-1252: Western European text of older Windows programs.
    Windows1252,
}

impl TextEncoding {
    /// The name to show: "Windows-1252".
    pub const fn label(self) -> &'static str {
        match self {
            TextEncoding::Utf8 => "UTF-8",
            TextEncoding::Utf8Bom => "UTF-8 with byte order mark",
            TextEncoding::Utf16Le | TextEncoding::Utf16Be => "UTF-16",
            TextEncoding::Windows1252 => "Windows-1252",
        }
    }

    fn coder(self) -> &'static Encoding {
        match self {
            TextEncoding::Utf8 | TextEncoding::Utf8Bom => UTF_8,
            TextEncoding::Utf16Le => UTF_16LE,
            TextEncoding::Utf16Be => UTF_16BE,
            TextEncoding::Windows1252 => WINDOWS_1252,
        }
    }
}

/// How many bytes are read at a time.
const CHUNK: usize = 64 * 1024;

/// Finds the encoding of `input` by its first bytes and, where they leave it open, by all of it.
pub(crate) fn detect(mut input: impl Read) -> io::Result<TextEncoding> {
    let mut chunk = vec![0; CHUNK];
    let mut filled = fill(&mut input, &mut chunk)?;
    if let Some(encoding) = by_first_bytes(&chunk[..filled]) {
        return Ok(encoding);
    }
    let mut tally = Utf8Tally::default();
    while filled > 0 {
        tally.add(&chunk[..filled]);
        filled = fill(&mut input, &mut chunk)?;
    }
    Ok(if tally.is_utf8() { TextEncoding::Utf8 } else { TextEncoding::Windows1252 })
}

fn by_first_bytes(head: &[u8]) -> Option<TextEncoding> {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => return Some(TextEncoding::Utf8Bom),
        [0xFF, 0xFE, ..] => return Some(TextEncoding::Utf16Le),
        [0xFE, 0xFF, ..] => return Some(TextEncoding::Utf16Be),
        _ => {}
    }
    // UTF-16 without a mark: Western text has a zero in every other byte.
    let head = &head[..head.len().min(4096)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = head.len() / 2 * 7 / 10;
    if odd > most && even * 10 < odd {
        Some(TextEncoding::Utf16Le)
    } else if even > most && odd * 10 < even {
        Some(TextEncoding::Utf16Be)
    } else {
        None
    }
}

/// Counts what is well-formed UTF-8 and what isn't.
#[derive(Default)]
struct Utf8Tally {
    /// The beginning of a character whose rest is in the next chunk.
    carried: Vec<u8>,
    wide: u64,
    broken: u64,
}

impl Utf8Tally {
    fn add(&mut self, chunk: &[u8]) {
        let joined;
        let mut rest = if self.carried.is_empty() {
            chunk
        } else {
            joined = [&self.carried, chunk].concat();
            &joined
        };
        let mut carried = Vec::new();
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.count_wide(text);
                    break;
                }
                Err(error) => {
                    let (valid, after) = rest.split_at(error.valid_up_to());
                    self.wide += valid.iter().filter(|b| **b >= 0xC0).count() as u64;
                    let Some(len) = error.error_len() else {
                        carried = after.to_vec();
                        break;
                    };
                    self.broken += 1;
                    rest = &after[len..];
                }
            }
        }
        self.carried = carried;
    }

    fn count_wide(&mut self, text: &str) {
        if !text.is_ascii() {
            self.wide += text.bytes().filter(|b| *b >= 0xC0).count() as u64;
        }
    }

    /// UTF-8 by accident is so unlikely that a few broken characters among many good ones are damage.
    fn is_utf8(&self) -> bool {
        let broken = self.broken + u64::from(!self.carried.is_empty());
        broken == 0 || self.wide > broken * 10
    }
}

/// Reads until `buffer` is full or the input ends; says how much was read.
pub(crate) fn fill(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Any encoding in, UTF-8 out, a chunk at a time. What isn't well-formed becomes `U+FFFD`.
pub(crate) struct Utf8Input<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    decoded: Vec<u8>,
    /// Bytes of the file read so far.
    pub(crate) read: u64,
    ended: bool,
}

impl<R: Read> Utf8Input<R> {
    pub(crate) fn new(input: R, encoding: TextEncoding) -> Self {
        let decoder = encoding.coder().new_decoder_with_bom_removal();
        let longest = decoder.max_utf8_buffer_length(CHUNK).unwrap_or(CHUNK * 3);
        Self { input, decoder, raw: vec![0; CHUNK], decoded: vec![0; longest], read: 0, ended: false }
    }

    /// Appends the next chunk to `out`; `false` at the end of the file.
    pub(crate) fn append(&mut self, out: &mut Vec<u8>) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let filled = fill(&mut self.input, &mut self.raw)?;
        self.read += filled as u64;
        self.ended = filled < self.raw.len();
        let mut rest = &self.raw[..filled];
        loop {
            let (result, used, written, _) = self.decoder.decode_to_utf8(rest, &mut self.decoded, self.ended);
            out.extend_from_slice(&self.decoded[..written]);
            rest = &rest[used..];
            if result == CoderResult::InputEmpty {
                return Ok(true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (TextEncoding, String) {
        let encoding = detect(bytes).unwrap();
        let mut out = Vec::new();
        let mut input = Utf8Input::new(bytes, encoding);
        while input.append(&mut out).unwrap() {}
        (encoding, String::from_utf8(out).unwrap())
    }

    #[test]
    fn every_encoding_is_found_and_read() {
        let text = "Müller;Zürich;5 €\r\n".repeat(10_000);
        let utf16 = |wide: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(wide).collect::<Vec<u8>>();
        let with = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), TextEncoding::Utf8),
            (with(b"\xEF\xBB\xBF", text.as_bytes()), TextEncoding::Utf8Bom),
            (with(b"\xFF\xFE", &utf16(u16::to_le_bytes)), TextEncoding::Utf16Le),
            (with(b"\xFE\xFF", &utf16(u16::to_be_bytes)), TextEncoding::Utf16Be),
            (utf16(u16::to_le_bytes), TextEncoding::Utf16Le),
            (utf16(u16::to_be_bytes), TextEncoding::Utf16Be),
            (WINDOWS_1252.encode(&text).0.into_owned(), TextEncoding::Windows1252),
        ] {
            assert_eq!(decoded(&bytes), (encoding, text.clone()));
        }
    }

    #[test]
    fn an_umlaut_in_the_last_row_decides_over_a_megabyte_of_ascii() {
        let mut bytes = vec![b'a'; 1 << 20];
        bytes.push(0xFC);
        assert_eq!(detect(&bytes[..]).unwrap(), TextEncoding::Windows1252);
        bytes.pop();
        bytes.extend("ü".bytes());
        assert_eq!(detect(&bytes[..]).unwrap(), TextEncoding::Utf8);
    }
}
