//! A provider of sign-ins that says what a test tells it to: a real HTTP server with a key of its own.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What the provider says of whoever signs in.
#[derive(Clone)]
pub(crate) struct Says {
    pub(crate) subject: &'static str,
    pub(crate) email: &'static str,
    pub(crate) verified: bool,
    /// Claims of the token that are set otherwise than they should be.
    pub(crate) instead: Vec<(&'static str, Value)>,
    /// Signed with a key that is not the provider's.
    pub(crate) with_another_key: bool,
}

/// The provider; it goes on until the test ends.
pub(crate) struct Provider {
    shared: Arc<Shared>,
}

struct Shared {
    issuer: String,
    says: Mutex<Says>,
    /// Nonce and challenge of each code that was given out and not yet exchanged.
    codes: Mutex<HashMap<String, (String, String)>>,
    now: i64,
}

impl Provider {
    /// One whose clock stands at `now`.
    pub(crate) fn start(now: i64) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let says = Says {
            subject: "anna-4711",
            email: "jon@norpump.example",
            verified: true,
            instead: Vec::new(),
            with_another_key: false,
        };
        let shared = Arc::new(Shared { issuer, says: Mutex::new(says), codes: Mutex::default(), now });
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                serving.serve(socket);
            }
        });
        Self { shared }
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.shared.issuer
    }

    pub(crate) fn says(&self, change: impl FnOnce(&mut Says)) {
        change(&mut self.shared.says.lock().unwrap());
    }

    /// The person signs in there: what the provider sends back for the address that we sent them to.
    pub(crate) fn signs_in(&self, address: &str) -> (String, String) {
        let asked = query(address.split_once('?').unwrap().1);
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["code_challenge_method"], "S256");
        let mut codes = self.shared.codes.lock().unwrap();
        let code = format!("code{}", codes.len());
        codes.insert(code.clone(), (asked["nonce"].clone(), asked["code_challenge"].clone()));
        (code, asked["state"].clone())
    }
}

impl Shared {
    fn serve(&self, socket: TcpStream) {
        let mut wire = BufReader::new(socket);
        let (mut first, mut length) = (String::new(), 0);
        wire.read_line(&mut first).unwrap();
        loop {
            let mut line = String::new();
            wire.read_line(&mut line).unwrap();
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        wire.read_exact(&mut body).unwrap();
        let path = first.split(' ').nth(1).unwrap_or_default();
        let (status, answer) = self.answer(path, &String::from_utf8(body).unwrap());
        let text = answer.to_string();
        let head = format!(
            "HTTP/1.1 {status} As told\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
            text.len()
        );
        // A client that breaks off is the client's business.
        let _ = wire.get_mut().write_all(format!("{head}\r\n{text}").as_bytes());
    }

    fn answer(&self, path: &str, body: &str) -> (u16, Value) {
        let issuer = &self.issuer;
        match path {
            "/.well-known/openid-configuration" => (
                200,
                json!({
                    "issuer": issuer,
                    "authorization_endpoint": format!("{issuer}/auth"),
                    "token_endpoint": format!("{issuer}/token"),
                    "jwks_uri": format!("{issuer}/jwks"),
                    "end_session_endpoint": format!("{issuer}/end"),
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["EdDSA"],
                }),
            ),
            "/jwks" => {
                let x = URL_SAFE_NO_PAD.encode(key(7).verifying_key().as_bytes());
                (
                    200,
                    json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "use": "sig", "kid": "k", "x": x }] }),
                )
            }
            "/token" => self.token(&query(body)),
            _ => (404, json!({})),
        }
    }

    fn token(&self, asked: &HashMap<String, String>) -> (u16, Value) {
        let taken = self.codes.lock().unwrap().get(&asked["code"]).cloned();
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(asked["code_verifier"].as_bytes()));
        let Some((nonce, _)) = taken.filter(|(_, expected)| *expected == challenge) else {
            return (400, json!({ "error": "invalid_grant" }));
        };
        let says = self.says.lock().unwrap().clone();
        let mut claims = json!({
            "iss": self.issuer,
            "sub": says.subject,
            "aud": "forewarn",
            "iat": self.now,
            "exp": self.now + 60,
            "nonce": nonce,
            "email": says.email,
            "email_verified": says.verified,
        });
        for (claim, value) in says.instead {
            claims[claim] = value;
        }
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&json!({ "alg": "EdDSA", "kid": "k" })), part(&claims));
        let signature = key(if says.with_another_key { 8 } else { 7 }).sign(signed.as_bytes());
        let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()));
        (200, json!({ "access_token": "a", "token_type": "Bearer", "id_token": token }))
    }
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// Names and values; none of ours needs decoding but the address we are sent back to, which nobody reads.
fn query(text: &str) -> HashMap<String, String> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
