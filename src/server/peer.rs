//! Who a request really comes from. Behind a proxy every connection comes from the proxy, which says in `X-Forwarded-For` for whom;
//! anybody can write that header, so it counts only when the one who hands it to us is a proxy that the operator named.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};
use ipnet::IpNet;

/// Where a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Peer {
    pub address: IpAddr,
    /// It came over TLS, here or at the proxy.
    pub tls: bool,
}

/// How requests reach us.
#[derive(Clone, Debug)]
pub(super) struct Front {
    pub tls: bool,
    pub trusted: Vec<IpNet>,
}

impl Front {
    /// Where a request comes from; `None` for one that came over no connection.
    pub(super) fn peer(&self, extensions: &Extensions, headers: &HeaderMap) -> Option<Peer> {
        let ConnectInfo(socket) = extensions.get::<ConnectInfo<SocketAddr>>()?;
        let nearest = socket.ip().to_canonical();
        if !self.trusts(nearest) {
            return Some(Peer { address: nearest, tls: self.tls });
        }
        let proto = headers.get("x-forwarded-proto").is_some_and(|proto| proto.as_bytes().eq_ignore_ascii_case(b"https"));
        Some(Peer { address: self.behind(nearest, headers), tls: self.tls || proto })
    }

    /// The nearest address that is not one of our proxies; each proxy adds the one that it sees at the end.
    fn behind(&self, nearest: IpAddr, headers: &HeaderMap) -> IpAddr {
        let said: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
        let mut address = nearest;
        for hop in said.join(",").rsplit(',') {
            // What does not read as an address was not written by one of ours.
            let Ok(hop) = hop.trim().parse::<IpAddr>() else { break };
            address = hop.to_canonical();
            if !self.trusts(address) {
                break;
            }
        }
        address
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(&address))
    }
}

/// `10.0.0.0/8`, or one address.
pub(super) fn network(text: &str) -> Result<IpNet, String> {
    let network = IpNet::from_str(text).or_else(|_| IpAddr::from_str(text).map(IpNet::from));
    network.map_err(|_| "not an address, nor a network such as 10.0.0.0/8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(from: &str, headers: &[(&'static str, &'static str)]) -> (String, bool) {
        let front = Front { tls: false, trusted: vec![network("10.0.0.0/8").unwrap(), network("::1").unwrap()] };
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(from.parse().unwrap(), 1)));
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        let peer = front.peer(&extensions, &map).unwrap();
        (peer.address.to_string(), peer.tls)
    }

    #[test]
    fn only_a_trusted_proxy_says_for_whom() {
        type Case = (&'static str, &'static [(&'static str, &'static str)], &'static str, bool);
        let table: &[Case] = &[
            ("192.0.2.1", &[], "192.0.2.1", false),
            ("192.0.2.1", &[("x-forwarded-for", "198.51.100.7"), ("x-forwarded-proto", "https")], "192.0.2.1", false),
            ("10.1.2.3", &[], "10.1.2.3", false),
            ("10.1.2.3", &[("x-forwarded-for", "198.51.100.7"), ("x-forwarded-proto", "https")], "198.51.100.7", true),
            // What the client wrote before the proxy added its address.
            ("10.1.2.3", &[("x-forwarded-for", "203.0.113.9, 198.51.100.7")], "198.51.100.7", false),
            (
                "10.1.2.3",
                &[("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "198.51.100.7, 10.9.9.9")],
                "198.51.100.7",
                false,
            ),
            ("10.1.2.3", &[("x-forwarded-for", "198.51.100.7, nonsense")], "10.1.2.3", false),
            ("::ffff:10.1.2.3", &[("x-forwarded-for", "::ffff:198.51.100.7")], "198.51.100.7", false),
            ("::1", &[("x-forwarded-for", "2001:db8::1")], "2001:db8::1", false),
        ];
        for (from, headers, address, tls) in table {
            assert_eq!(seen(from, headers), ((*address).to_owned(), *tls), "{from} {headers:?}");
        }
    }

    #[test]
    fn a_network_is_one_or_is_refused() {
        assert!(network("10.0.0.0/8").is_ok() && network("2001:db8::/32").is_ok() && network("127.0.0.1").is_ok());
        assert!(network("10.0.0.0/33").is_err() && network("proxy").is_err() && network("").is_err());
    }
}
