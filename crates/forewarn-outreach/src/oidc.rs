//! Signing in through a company's own provider (OpenID Connect): discovery, the code flow with PKCE, state and
//! nonce, every answer checked. It goes out through the guard of [`crate::http`], like everything over HTTP.

use crate::http::{Guard, Http, HttpTrouble, Network};
use chrono::{DateTime, Utc};
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreJwsSigningAlgorithm, CoreUserInfoClaims,
};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, OAuth2TokenResponse as _,
    PkceCodeChallenge, PkceCodeVerifier, ProviderMetadataWithLogout, RedirectUrl, Scope, TokenResponse as _,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use thiserror::Error;

/// How long a provider has for one answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long what a provider says about itself, and its keys, are taken as they were.
const KNOWN_FOR: SignedDuration = SignedDuration::from_mins(10);

/// Signatures that only the provider can make: none, and those made with our own secret, prove nothing.
const SIGNED_WITH: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What a company says about its provider.
#[derive(Clone, PartialEq, Eq)]
pub struct ProviderSettings {
    /// Its address, exactly as it calls itself: `https://login.example.com`.
    pub issuer: String,
    /// Who we are to it.
    pub client_id: String,
    /// Our secret with it; `None` for a client without one.
    pub client_secret: Option<String>,
    /// Where it sends people back to.
    pub back_to: String,
    /// Networks of our own that it may be in; otherwise it has to be public.
    pub allowed: Vec<Network>,
}

/// A company's provider of sign-ins.
#[derive(Debug)]
pub struct Provider {
    settings: ProviderSettings,
    http: Http,
    known: Mutex<Option<(Timestamp, ProviderMetadataWithLogout)>>,
}

/// One sign-in under way: three numbers that nobody can guess, made for it and kept with the browser's session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Comes back in the address: the answer belongs to this browser.
    pub state: String,
    /// Comes back in the signed token: it was made for this sign-in.
    pub nonce: String,
    /// Shown only when the code is exchanged: a code that was caught on its way is worth nothing. 43 to 128
    /// letters and digits.
    pub verifier: String,
}

/// What comes back in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// To be exchanged for the token, once.
    pub code: String,
    /// What we sent.
    pub state: String,
    /// Who answers, where the provider says so (RFC 9207).
    pub iss: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
}

/// Who somebody is, as the provider says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Which provider.
    pub issuer: String,
    /// Who it is there, for ever.
    pub subject: String,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Whether the provider has made sure that it is theirs.
    pub email_verified: bool,
    /// Their name.
    pub name: Option<String>,
}

/// An answer that is on its way.
pub type Asked<'a, T> = Pin<Box<dyn Future<Output = Result<T, OidcTrouble>> + Send + 'a>>;

/// Why nobody came of it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OidcTrouble {
    /// The provider can't be reached, or doesn't speak OpenID Connect.
    #[error("the provider can't be used: {0}")]
    Unusable(String),
    /// The provider, or the person there, said no.
    #[error("the provider said no: {0}")]
    Refused(String),
    /// The answer is for another browser, or for no sign-in of ours.
    #[error("the answer belongs to another sign-in")]
    NotOurs,
    /// What came back proves nothing.
    #[error("the answer can't be trusted: {0}")]
    Untrusted(String),
}

impl Provider {
    /// One with these settings. Nothing is asked of it yet.
    ///
    /// # Errors
    /// [`OidcTrouble::Unusable`], when an address is none, or this machine can't do TLS.
    pub fn new(settings: ProviderSettings) -> Result<Self, OidcTrouble> {
        IssuerUrl::new(settings.issuer.clone()).map_err(|error| unusable(&error))?;
        RedirectUrl::new(settings.back_to.clone()).map_err(|error| unusable(&error))?;
        let http = Http::new(Guard::allowing(settings.allowed.clone()), PATIENCE);
        let http = http.map_err(|error| unusable(&error))?;
        Ok(Self { settings, http, known: Mutex::default() })
    }

    /// Where somebody goes to sign in.
    ///
    /// # Errors
    /// [`OidcTrouble::Unusable`].
    pub fn begin<'a>(&'a self, ticket: &'a Ticket, now: Timestamp) -> Asked<'a, String> {
        Box::pin(self.address(ticket, now))
    }

    async fn address(&self, ticket: &Ticket, now: Timestamp) -> Result<String, OidcTrouble> {
        let verifier = PkceCodeVerifier::new(ticket.verifier.clone());
        let client = self.client(self.metadata(now).await?)?;
        let (state, nonce) = (ticket.state.clone(), ticket.nonce.clone());
        let (address, _, _) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(address.into())
    }

    /// Who came back: the answer is held against the ticket, the code exchanged, the token's signature, issuer,
    /// audience, time and nonce checked.
    ///
    /// # Errors
    /// [`OidcTrouble`] says which did not hold.
    pub fn finish<'a>(
        &'a self,
        answer: &'a Answer,
        ticket: &'a Ticket,
        now: Timestamp,
    ) -> Asked<'a, Identity> {
        Box::pin(self.identity(answer, ticket, now))
    }

    async fn identity(
        &self,
        answer: &Answer,
        ticket: &Ticket,
        now: Timestamp,
    ) -> Result<Identity, OidcTrouble> {
        if answer.state != ticket.state {
            return Err(OidcTrouble::NotOurs);
        }
        if answer.iss.as_ref().is_some_and(|issuer| *issuer != self.settings.issuer) {
            return Err(OidcTrouble::Untrusted("another provider has answered".to_owned()));
        }
        if let Some(error) = &answer.error {
            return Err(OidcTrouble::Refused(shortened(error)));
        }
        let client = self.client(self.metadata(now).await?)?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(answer.code.clone()))
            .map_err(|error| unusable(&error))?
            .set_pkce_verifier(PkceCodeVerifier::new(ticket.verifier.clone()))
            .request_async(&self.http)
            .await
            .map_err(|error| OidcTrouble::Untrusted(format!("the code is not taken: {}", causes(&error))))?;
        let token = tokens.id_token().ok_or_else(|| OidcTrouble::Untrusted("no token came".to_owned()))?;
        let mut identity = match self.read(&client, token, ticket, now) {
            // The provider may have changed its keys since we asked.
            Err(_) if self.forget_if_old(now) => {
                let client = self.client(self.metadata(now).await?)?;
                self.read(&client, token, ticket, now)?
            }
            read => read?,
        };
        if identity.email.is_none()
            && let Ok(request) = client.user_info(
                tokens.access_token().clone(),
                Some(openidconnect::SubjectIdentifier::new(identity.subject.clone())),
            )
        {
            let more: CoreUserInfoClaims = request
                .request_async(&self.http)
                .await
                .map_err(|error| OidcTrouble::Untrusted(format!("no address came: {}", causes(&error))))?;
            identity.email = more.email().map(|email| email.to_string());
            identity.email_verified = more.email_verified().unwrap_or(false);
            identity.name = more.name().and_then(|name| name.get(None)).map(|name| name.to_string());
        }
        Ok(identity)
    }

    /// Where somebody signs out at the provider, too, and comes back to `back_to`; `None` if it has no such place.
    ///
    /// # Errors
    /// [`OidcTrouble::Unusable`].
    pub fn end<'a>(&'a self, back_to: &'a str, now: Timestamp) -> Asked<'a, Option<String>> {
        Box::pin(self.way_out(back_to, now))
    }

    async fn way_out(&self, back_to: &str, now: Timestamp) -> Result<Option<String>, OidcTrouble> {
        let metadata = self.metadata(now).await?;
        let Some(place) = &metadata.additional_metadata().end_session_endpoint else { return Ok(None) };
        let mut address = place.url().clone();
        address
            .query_pairs_mut()
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("post_logout_redirect_uri", back_to);
        Ok(Some(address.into()))
    }

    async fn metadata(&self, now: Timestamp) -> Result<ProviderMetadataWithLogout, OidcTrouble> {
        if let Some((_, known)) = self.known().as_ref().filter(|(at, _)| now.duration_since(*at) < KNOWN_FOR)
        {
            return Ok(known.clone());
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(|error| unusable(&error))?;
        let found = ProviderMetadataWithLogout::discover_async(issuer, &self.http).await;
        let found = found.map_err(|error| unusable(&error))?;
        *self.known() = Some((now, found.clone()));
        Ok(found)
    }

    /// Forgets what it knows of the provider, unless it has only just asked.
    fn forget_if_old(&self, now: Timestamp) -> bool {
        let mut known = self.known();
        let old = known.as_ref().is_some_and(|(at, _)| now > *at);
        if old {
            *known = None;
        }
        old
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Option<(Timestamp, ProviderMetadataWithLogout)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn client(&self, metadata: ProviderMetadataWithLogout) -> Result<OurClient, OidcTrouble> {
        let secret = self.settings.client_secret.clone().map(ClientSecret::new);
        let back_to = RedirectUrl::new(self.settings.back_to.clone()).map_err(|error| unusable(&error))?;
        let client_id = ClientId::new(self.settings.client_id.clone());
        Ok(CoreClient::from_provider_metadata(metadata, client_id, secret).set_redirect_uri(back_to))
    }

    fn read(
        &self,
        client: &OurClient,
        token: &CoreIdToken,
        ticket: &Ticket,
        now: Timestamp,
    ) -> Result<Identity, OidcTrouble> {
        let now = DateTime::<Utc>::from_timestamp(now.as_second(), 0).unwrap_or_default();
        let verifier = client.id_token_verifier().set_allowed_algs(SIGNED_WITH).set_time_fn(move || now);
        let nonce = Nonce::new(ticket.nonce.clone());
        let claims =
            token.claims(&verifier, &nonce).map_err(|error| OidcTrouble::Untrusted(causes(&error)))?;
        Ok(Identity {
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
            email: claims.email().map(|email| email.to_string()),
            email_verified: claims.email_verified().unwrap_or(false),
            name: claims.name().and_then(|name| name.get(None)).map(|name| name.to_string()),
        })
    }
}

/// A client that knows where to send people; the rest is as the provider says.
type OurClient = CoreClient<
    openidconnect::EndpointSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointMaybeSet,
    openidconnect::EndpointMaybeSet,
>;

fn unusable(error: &dyn std::error::Error) -> OidcTrouble {
    OidcTrouble::Unusable(causes(error))
}

/// An error with what is behind it, in one line: it goes into the log.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut inner = error.source();
    while let Some(cause) = inner {
        text = format!("{text}: {}", said(cause));
        inner = cause.source();
    }
    shortened(&text)
}

/// The guard speaks of the place where chat is set up; a provider is set up elsewhere.
fn said(cause: &(dyn std::error::Error + 'static)) -> String {
    match cause.downcast_ref::<HttpTrouble>() {
        Some(HttpTrouble::Private(host)) => {
            format!("{host} is inside of a private network; allow it by oidc.allowed_networks")
        }
        _ => cause.to_string(),
    }
}

fn shortened(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(300).collect()
}

impl fmt::Debug for ProviderSettings {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderSettings").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}
