//! Requests to addresses that people typed in: checked when the connection is made, never redirected, never
//! through a proxy.

mod exchange;
mod guard;
mod network;

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};
use thiserror::Error;
use url::Host;

use crate::tls;
pub use guard::Guard;
pub use network::{BadNetwork, Network};

/// Sends requests through a [`Guard`].
#[derive(Clone, Debug)]
pub struct Http {
    client: Client,
    guard: Arc<Guard>,
}

/// What a server said that did what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its status: 2xx.
    pub status: u16,
    /// Its words, at most 200 characters of them.
    pub text: String,
}

/// Why a request did not do what it should.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HttpTrouble {
    /// Not an address on the web.
    #[error("{0:?} is not a web address; one begins with https://")]
    Address(String),
    /// The guard said no.
    #[error("{0} is inside of a private network; an admin can allow that network under Settings, Chat")]
    Private(String),
    /// The server said no, with the beginning of its words.
    #[error("the server said {status}{}{text}", if .text.is_empty() { "" } else { ": " })]
    Answered {
        /// Its status.
        status: u16,
        /// Its words, at most 200 characters of them.
        text: String,
    },
    /// No connection, no answer in time, a certificate that is not trusted.
    #[error("{0}")]
    Network(String),
    /// This machine can't do it.
    #[error("{0}")]
    Setup(String),
}

impl HttpTrouble {
    /// Whether the same request may work later. What somebody has to mend first may not.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Address(_) | Self::Private(_) | Self::Setup(_) => false,
            Self::Answered { status, .. } => *status >= 500 || matches!(status, 408 | 425 | 429),
            Self::Network(_) => true,
        }
    }
}

impl Http {
    /// A client that goes where `guard` lets it, and waits for at most `patience` for a whole request.
    ///
    /// # Errors
    /// When this machine can't do TLS.
    pub fn new(guard: Guard, patience: Duration) -> Result<Self, HttpTrouble> {
        let guard = Arc::new(guard);
        let trust = tls::client_config(&[]).map_err(HttpTrouble::Setup)?;
        let client = Client::builder()
            .dns_resolver(Arc::clone(&guard))
            .redirect(Policy::none())
            .no_proxy()
            .tls_backend_preconfigured(trust)
            .timeout(patience)
            // A name is looked up, and checked, for each request.
            .pool_max_idle_per_host(0)
            .user_agent(concat!("forewarn/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| HttpTrouble::Setup(error.to_string()))?;
        Ok(Self { client, guard })
    }

    /// Posts `json` with these headers, and gives what the other side says.
    ///
    /// # Errors
    /// Anything but a 2xx, a redirect too.
    pub async fn post_with(
        &self,
        address: &str,
        headers: &[(&'static str, String)],
        json: String,
    ) -> Result<Answer, HttpTrouble> {
        let url = self.checked(address)?;
        let request = self.client.post(url).header(CONTENT_TYPE, "application/json").body(json);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
        answer(request.send().await).await
    }

    /// Posts `json`.
    ///
    /// # Errors
    /// Anything but a 2xx, a redirect too.
    pub async fn post_json(&self, address: &str, json: String) -> Result<(), HttpTrouble> {
        let url = self.checked(address)?;
        let request = self.client.post(url).header(CONTENT_TYPE, "application/json").body(json);
        finish(request.send().await).await
    }

    /// Asks for `address` and throws the answer away.
    ///
    /// # Errors
    /// Anything but a 2xx, a redirect too.
    pub async fn get(&self, address: &str) -> Result<(), HttpTrouble> {
        let url = self.checked(address)?;
        finish(self.client.get(url).send().await).await
    }

    /// An address in figures never comes to the resolver, so it is looked at here.
    fn checked(&self, address: &str) -> Result<Url, HttpTrouble> {
        let not_one = || HttpTrouble::Address(address.to_owned());
        let url = Url::parse(address).map_err(|_| not_one())?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(not_one());
        }
        let figures = match url.host().ok_or_else(not_one)? {
            Host::Domain(_) => return Ok(url),
            Host::Ipv4(address) => address.into(),
            Host::Ipv6(address) => address.into(),
        };
        if self.guard.lets_through(figures) {
            Ok(url)
        } else {
            Err(HttpTrouble::Private(figures.to_string()))
        }
    }
}

async fn finish(sent: reqwest::Result<Response>) -> Result<(), HttpTrouble> {
    match sent {
        // Nobody reads what is said with a success.
        Ok(response) if response.status().is_success() => Ok(()),
        sent => answer(sent).await.map(|_answer| ()),
    }
}

async fn answer(sent: reqwest::Result<Response>) -> Result<Answer, HttpTrouble> {
    let mut response = sent.map_err(|error| of(&error))?;
    let status = response.status();
    let mut text = Vec::new();
    while text.len() < 1_000
        && let Ok(Some(piece)) = response.chunk().await
    {
        text.extend_from_slice(&piece);
    }
    let (text, success) = (told(status, &text), status.is_success());
    let status = status.as_u16();
    if success { Ok(Answer { status, text }) } else { Err(HttpTrouble::Answered { status, text }) }
}

fn told(status: StatusCode, text: &[u8]) -> String {
    if status.is_redirection() {
        return "it points elsewhere, and redirects are not followed; enter the address it points to"
            .to_owned();
    }
    let text = String::from_utf8_lossy(text);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().filter(|letter| !letter.is_control()).take(200).collect()
}

/// The guard's no, if it was that; else the innermost reason, without the address: it holds the secret.
fn of(error: &reqwest::Error) -> HttpTrouble {
    let mut inner: &(dyn std::error::Error + 'static) = error;
    loop {
        if let Some(guarded) = inner.downcast_ref::<guard::Refused>() {
            return HttpTrouble::Private(guarded.0.clone());
        }
        match inner.source() {
            Some(source) => inner = source,
            None if error.is_timeout() => return HttpTrouble::Network("no answer in time".to_owned()),
            None => return HttpTrouble::Network(inner.to_string()),
        }
    }
}
