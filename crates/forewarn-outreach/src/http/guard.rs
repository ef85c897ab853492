use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;

use super::network::{Network, is_public};

/// Decides which addresses may be connected to: public ones, and the networks that an admin allowed. It sits where
/// names become addresses, and the connection goes to exactly those it let through, so that a name that answers
/// differently the second time gains nothing.
#[derive(Clone)]
pub struct Guard {
    allowed: Vec<Network>,
    names: Arc<Names>,
}

/// What looks up a name.
type Names = dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync;

/// The guard's no: which host. Found again inside the client's error.
#[derive(Debug, Error)]
#[error("{0} is not public")]
pub(super) struct Refused(pub(super) String);

impl Guard {
    /// Public addresses and `allowed`, names as this machine looks them up.
    pub fn allowing(allowed: Vec<Network>) -> Self {
        let names = |name: &str| Ok((name, 0).to_socket_addrs()?.map(|found| found.ip()).collect());
        Self { allowed, names: Arc::new(names) }
    }

    /// Looks names up elsewhere.
    #[must_use]
    pub fn with_names(self, names: impl Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync + 'static) -> Self {
        Self { names: Arc::new(names), ..self }
    }

    /// Whether a connection may go there.
    pub fn lets_through(&self, address: IpAddr) -> bool {
        is_public(address) || self.allowed.iter().any(|network| network.has(address))
    }

    fn look_up(&self, name: &str) -> Result<Addrs, Box<dyn std::error::Error + Send + Sync>> {
        let found = (self.names)(name)?;
        let through: Vec<SocketAddr> = found
            .into_iter()
            .filter(|address| self.lets_through(*address))
            .map(|address| SocketAddr::new(address, 0))
            .collect();
        if through.is_empty() {
            return Err(Box::new(Refused(name.to_owned())));
        }
        Ok(Box::new(through.into_iter()))
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        let looking = tokio::task::spawn_blocking(move || guard.look_up(name.as_str()));
        Box::pin(async { looking.await? })
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("allowed", &self.allowed).finish_non_exhaustive()
    }
}
