use std::fmt::Debug;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::tls;

/// Anything that bytes go through: a socket, or TLS over one.
pub(crate) trait Wire: AsyncRead + AsyncWrite + Debug + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Debug + Send + Unpin> Wire for T {}

/// A plain connection.
///
/// # Errors
/// The system's words.
pub(crate) async fn connect(host: &str, port: u16) -> Result<TcpStream, String> {
    let socket = TcpStream::connect((host, port)).await.map_err(|error| error.to_string())?;
    // Only speed is lost where this does not work.
    let _ = socket.set_nodelay(true);
    Ok(socket)
}

/// The same wire under TLS: whoever is there must be `host`, vouched for by what this machine trusts or by `trust`
/// (certificates in DER).
///
/// # Errors
/// Why not, in words.
pub(crate) async fn protect(
    host: &str,
    trust: &[Vec<u8>],
    wire: Box<dyn Wire>,
) -> Result<Box<dyn Wire>, String> {
    let connector = tls::connector(trust)?;
    let name = ServerName::try_from(host.to_owned()).map_err(|error| error.to_string())?;
    let protected = connector.connect(name, wire).await.map_err(|error| error.to_string())?;
    Ok(Box::new(protected))
}
