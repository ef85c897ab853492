//! A message to another program, signed as [Standard Webhooks](https://www.standardwebhooks.com) has it: whoever has the
//! secret can tell that it is ours, whole, and new.

use crate::http::{Answer, Http, HttpTrouble};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// The same on every try.
    pub id: &'a str,
    /// When this try is made: what is older than five minutes is not believed.
    pub at: Timestamp,
    /// JSON text.
    pub payload: &'a str,
    /// What it is signed with, `whsec_…`; a signature for each.
    pub secrets: &'a [String],
}

/// What a secret begins with.
const PREFIX: &str = "whsec_";

/// A secret from bytes that nobody can guess.
pub fn secret(bytes: [u8; 32]) -> String {
    format!("{PREFIX}{}", STANDARD.encode(bytes))
}

/// Posts a message, and gives what the other side says.
///
/// # Errors
/// Anything but a 2xx, a redirect too; an address that must not be reached; a secret that is none.
pub async fn post(http: &Http, address: &str, message: &Message<'_>) -> Result<Answer, HttpTrouble> {
    let signatures: Option<Vec<String>> =
        message.secrets.iter().map(|secret| signature(secret, message)).collect();
    let signatures = signatures.filter(|all| !all.is_empty());
    let signatures =
        signatures.ok_or_else(|| HttpTrouble::Setup("the secret is none; make a new one".to_owned()))?;
    let headers = [
        ("webhook-id", message.id.to_owned()),
        ("webhook-timestamp", message.at.as_second().to_string()),
        ("webhook-signature", signatures.join(" ")),
    ];
    http.post_with(address, &headers, message.payload.to_owned()).await
}

/// `v1,` and the signature of "id.timestamp.payload"; `None` if the secret is none.
fn signature(secret: &str, message: &Message<'_>) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    let Message { id, at, payload, .. } = message;
    mac.update(format!("{id}.{}.{payload}", at.as_second()).as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}
