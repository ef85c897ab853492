use std::fmt;
use std::sync::Arc;

use anyhow::Result;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::fake_smtp::Wire;

/// A certificate for `localhost` and 127.0.0.1 that nobody but a test trusts.
#[derive(Clone)]
pub struct Certificate {
    der: Vec<u8>,
    pem: String,
    key_der: Vec<u8>,
    key_pem: String,
}

impl Certificate {
    /// A new one.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn for_localhost() -> Result<Self> {
        let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        let made = rcgen::generate_simple_self_signed(names)?;
        let (key_der, key_pem) = (made.signing_key.serialize_der(), made.signing_key.serialize_pem());
        Ok(Self { der: made.cert.der().to_vec(), pem: made.cert.pem(), key_der, key_pem })
    }

    /// What a client has to trust.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate, as servers read it.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// Its key, as servers read it.
    pub fn key_pem(&self) -> &str {
        &self.key_pem
    }

    /// Speaks TLS as a server over `wire`.
    ///
    /// # Errors
    /// When the certificate does not fit its key.
    pub(crate) fn serve(&self, wire: Box<dyn Wire>) -> Result<StreamOwned<ServerConnection, Box<dyn Wire>>> {
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(self.key_der.clone()));
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(self.der.clone())], key)?;
        Ok(StreamOwned::new(ServerConnection::new(Arc::new(config))?, wire))
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Certificate for localhost")
    }
}
