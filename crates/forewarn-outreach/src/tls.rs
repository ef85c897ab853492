use std::sync::{Arc, OnceLock};

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Trusts what this machine trusts, and `extra` (certificates in DER).
///
/// # Errors
/// A sentence, when there is nothing to trust or a certificate can't be read.
pub(crate) fn connector(extra: &[Vec<u8>]) -> Result<TlsConnector, String> {
    client_config(extra).map(|config| TlsConnector::from(Arc::new(config)))
}

/// As [`connector`], for other clients.
///
/// # Errors
/// As [`connector`].
pub(crate) fn client_config(extra: &[Vec<u8>]) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(of_this_machine().iter().cloned());
    for certificate in extra {
        let certificate = CertificateDer::from(certificate.clone());
        roots
            .add(certificate)
            .map_err(|error| format!("a root certificate of the settings can't be read: {error}"))?;
    }
    if roots.is_empty() {
        return Err(
            "this machine trusts no certificate authority; install the package ca-certificates".to_owned()
        );
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// Read once: there are about 140, and they change with the system.
fn of_this_machine() -> &'static [CertificateDer<'static>] {
    static CERTIFICATES: OnceLock<Vec<CertificateDer<'static>>> = OnceLock::new();
    CERTIFICATES.get_or_init(|| rustls_native_certs::load_native_certs().certs)
}
