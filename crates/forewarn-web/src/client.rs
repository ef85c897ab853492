//! From where and with what somebody asks.

use crate::state::AppState;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use forewarn_outreach::http::Network;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// The proxies whose word on where a request comes from is taken. None by default: anybody can write a header.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Arc<[Network]>);

/// Whoever asks, as far as it can be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Client {
    /// Their network address; `None` in a test without a network.
    pub(crate) ip: Option<IpAddr>,
    /// "Firefox on Windows"; empty if nobody knows.
    pub(crate) device: String,
}

impl TrustedProxies {
    /// Those in these networks.
    #[must_use]
    pub fn within(networks: Vec<Network>) -> Self {
        Self(networks.into())
    }

    /// The address that a request comes from: the peer's own, unless that is one of these proxies. Then the last
    /// address in `X-Forwarded-For` that is none of them: what stands before it, the client may have made up.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut nearest = peer.to_canonical();
        let said = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let said: Vec<&str> = said.flat_map(|value| value.split(',')).map(str::trim).collect();
        for hop in said.iter().rev() {
            if !self.has(nearest) {
                break;
            }
            let Some(hop) = address(hop) else { break };
            nearest = hop;
        }
        nearest
    }

    fn has(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.has(address))
    }
}

/// An address as proxies write it: bare, with a port, or in brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = || text.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    bare().or_else(with_port).map(|address| address.to_canonical())
}

impl Client {
    /// The address in words; empty if there is none.
    pub(crate) fn address(&self) -> String {
        self.ip.map_or_else(String::new, |ip| ip.to_string())
    }

    /// What limits count by: of version 6 the network that one household or office gets (64 bits), because each
    /// of them has more addresses than anybody can count.
    pub(crate) fn counted_as(&self) -> String {
        match self.ip {
            None => String::new(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }
}

impl FromRequestParts<AppState> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let ip = peer.map(|ConnectInfo(peer)| state.proxies.client(peer.ip(), &parts.headers));
        let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        Ok(Self { ip, device: agent.map(device).unwrap_or_default() })
    }
}

/// What somebody would call the program and the machine: "Firefox on Windows".
fn device(agent: &str) -> String {
    let first = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (first(BROWSERS), first(MACHINES)) {
        (Some(browser), Some(machine)) => format!("{browser} on {machine}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => {
            let name = agent.split(['/', ' ']).next().unwrap_or_default();
            name.chars().filter(char::is_ascii_alphanumeric).take(40).collect()
        }
    }
}

/// The more special first: most browsers also name those whose sites they want to be served.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const MACHINES: &[(&str, &str)] = &[
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(trusted: &[&str], peer: &str, forwarded: &[&str]) -> String {
        let networks = trusted.iter().map(|network| network.parse().unwrap()).collect();
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        TrustedProxies::within(networks).client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_its_own_word() {
        let proxies = ["10.0.0.0/8", "::1"];
        assert_eq!(seen(&[], "192.0.2.7", &["198.51.100.1"]), "192.0.2.7", "nobody is trusted");
        assert_eq!(seen(&proxies, "192.0.2.7", &["198.51.100.1"]), "192.0.2.7", "not this one");
        assert_eq!(seen(&proxies, "10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen(&proxies, "::ffff:10.0.0.1", &["198.51.100.1:4711"]), "198.51.100.1");
        assert_eq!(seen(&proxies, "::1", &["[2001:db8::1]"]), "2001:db8::1");
        assert_eq!(seen(&proxies, "10.0.0.1", &["6.6.6.6, 198.51.100.1"]), "198.51.100.1", "made up before");
        assert_eq!(seen(&proxies, "10.0.0.1", &["6.6.6.6", "198.51.100.1, 10.0.0.2"]), "198.51.100.1");
        assert_eq!(seen(&proxies, "10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(seen(&proxies, "10.0.0.1", &["198.51.100.1, unknown"]), "10.0.0.1", "no guessing");
    }

    #[test]
    fn a_whole_network_of_version_6_counts_as_one() {
        let counted = |ip: &str| Client { ip: ip.parse().ok(), device: String::new() }.counted_as();
        assert_eq!(counted("2001:db8:1:2::1"), counted("2001:db8:1:2:ffff::9"));
        assert_ne!(counted("2001:db8:1:2::1"), counted("2001:db8:1:3::1"));
        assert_ne!(counted("192.0.2.1"), counted("192.0.2.2"));
    }

    #[test]
    fn a_device_is_called_what_people_call_it() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0";
        assert_eq!(device(windows), "Firefox on Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like \
                     Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(device(phone), "Safari on iPhone");
        assert_eq!(device("curl/8.5.0"), "curl");
        assert_eq!(device("<b>x"), "bx");
    }
}
