//! Percent-encoding, for what goes into an address.

/// `text` for the query of an address, or the fields of a `mailto:`.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() + text.len() / 4);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn everything_that_means_something_in_an_address_is_encoded() {
        assert_eq!(encode("PO 4471: å&b=c?\n"), "PO%204471%3A%20%C3%A5%26b%3Dc%3F%0A");
        assert_eq!(encode("/today"), "/today");
    }
}
