//! IP addresses and networks, read leniently as logs write them.

use std::net::{IpAddr, Ipv6Addr};

/// All addresses from one to another: a network, a stretch of one, or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: u128,
    last: u128,
}

impl Network {
    /// Reads `203.0.113.0/24`, `2001:db8::/32`, `203.0.113.5-203.0.113.9`, or a single address.
    pub fn parse(text: &str) -> Option<Network> {
        match text.split_once('-') {
            Some((first, last)) => Network::from_to(first, last),
            None => Network::of_prefix(text.trim()),
        }
    }

    /// Whether the text says several addresses, in one of the ways that [`Network::parse`] reads.
    pub fn is_written(text: &str) -> bool {
        text.contains(['/', '-']) && Network::parse(text).is_some()
    }

    /// Both ends are of one family, and in their order: other stretches are mistakes.
    fn from_to(first: &str, last: &str) -> Option<Network> {
        let end = |text: &str| Some(canonical(text.trim().parse().ok()?));
        let (first, last) = (end(first)?, end(last)?);
        let network = Network {
            first: bits(first),
            last: bits(last),
        };
        let fits = first.is_ipv4() == last.is_ipv4() && network.first <= network.last;
        fits.then_some(network)
    }

    fn of_prefix(text: &str) -> Option<Network> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let (most, offset) = if address.is_ipv4() {
            (32, 96)
        } else {
            (128, 0)
        };
        let length = length.unwrap_or(most);
        (length <= most).then(|| {
            let rest = u128::MAX.checked_shr(length + offset).unwrap_or(0);
            Network {
                first: bits(address) & !rest,
                last: bits(address) | rest,
            }
        })
    }

    /// Whether the address lies in the network. IPv4 networks also hold IPv4-mapped IPv6 addresses.
    pub fn holds(&self, address: IpAddr) -> bool {
        (self.first..=self.last).contains(&bits(address))
    }
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_ipv6_mapped()),
        IpAddr::V6(address) => u128::from(address),
    }
}

/// The address in a log's text: also with a port (`10.11.12.13:12345`, `[2001:db8::abcd]:12345`), in
/// brackets, and IPv4 mapped into IPv6, which comes back as IPv4. `None` when it is no address.
pub fn read_address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.0,
        None => text,
    };
    let address = match bare.parse::<IpAddr>() {
        Ok(address) => address,
        Err(_) => {
            let (address, port) = bare.rsplit_once(':')?;
            port.parse::<u16>().ok()?;
            IpAddr::V4(address.parse().ok()?)
        }
    };
    Some(canonical(address))
}

/// IPv4 mapped into IPv6 as IPv4.
fn canonical(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => mapped(v6),
        v4 => v4,
    }
}

fn mapped(address: Ipv6Addr) -> IpAddr {
    address
        .to_ipv4_mapped()
        .map_or(IpAddr::V6(address), IpAddr::V4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spellings_of_logs_are_read() {
        for (text, expected) in [
            ("203.0.113.9", Some("203.0.113.9")),
            ("::ffff:10.11.12.13", Some("10.11.12.13")),
            ("10.11.12.13:12345", Some("10.11.12.13")),
            ("[2001:db8::abcd]:12345", Some("2001:db8::abcd")),
            ("[10.11.12.13]", Some("10.11.12.13")),
            (
                "2001:0db8:0000:0000:0000:0000:0000:0001",
                Some("2001:db8::1"),
            ),
            ("localhost", None),
            ("::2a02:cf40:1:2:3:4:5:6:7", None),
            ("", None),
        ] {
            assert_eq!(
                read_address(text),
                expected.map(|text| text.parse().expect("an address")),
                "{text}"
            );
        }
    }

    #[test]
    fn networks_hold_their_addresses() {
        let network = Network::parse("203.0.113.0/24").expect("a network");
        assert!(network.holds("203.0.113.255".parse().expect("an address")));
        assert!(!network.holds("203.0.114.0".parse().expect("an address")));
        let six = Network::parse("2001:db8::/32").expect("a network");
        assert!(six.holds("2001:db8:1::9".parse().expect("an address")));
        assert!(!six.holds("203.0.113.1".parse().expect("an address")));
        let all = Network::parse("0.0.0.0/0").expect("a network");
        assert!(all.holds("8.8.8.8".parse().expect("an address")));
        assert!(!all.holds("2001:db8::1".parse().expect("an address")));
        assert_eq!(Network::parse("203.0.113.0/33"), None);
        assert_eq!(Network::parse("oslo"), None);
    }

    fn holds(network: &str, address: &str) -> bool {
        let network = Network::parse(network).expect("a network");
        network.holds(address.parse().expect("an address"))
    }

    #[test]
    fn a_single_address_holds_itself() {
        assert!(holds("203.0.113.9", "203.0.113.9"));
        assert!(holds("203.0.113.9", "::ffff:203.0.113.9"));
        assert!(!holds("203.0.113.9", "203.0.113.10"));
        assert!(holds("2001:db8::9", "2001:db8::9"));
        assert!(!holds("2001:db8::9", "2001:db8::a"));
        assert!(holds("::/0", "203.0.113.9"));
    }

    #[test]
    fn a_stretch_holds_both_its_ends() {
        for address in ["10.0.0.5", "10.0.0.7", "10.0.0.9"] {
            assert!(holds("10.0.0.5-10.0.0.9", address), "{address}");
            assert!(holds(" 10.0.0.5 - 10.0.0.9 ", address), "{address}");
        }
        assert!(!holds("10.0.0.5-10.0.0.9", "10.0.0.4"));
        assert!(!holds("10.0.0.5-10.0.0.9", "10.0.0.10"));
        assert!(!holds("10.0.0.5-10.0.0.9", "2001:db8::7"));
        assert!(holds("2001:db8::5-2001:db8::1:0", "2001:db8::ffff"));
        assert!(!holds("2001:db8::5-2001:db8::1:0", "2001:db8::1:1"));
        assert!(holds("::ffff:10.0.0.5-10.0.0.9", "10.0.0.6"));
        for wrong in [
            "10.0.0.9-10.0.0.5",
            "10.0.0.5-2001:db8::1",
            "10.0.0.0/8-10.0.0.9",
            "10.0.0.5-",
            "-",
        ] {
            assert_eq!(Network::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_several_addresses_are_written_as_a_network() {
        assert!(Network::is_written("10.0.0.0/8"));
        assert!(Network::is_written("10.0.0.5-10.0.0.9"));
        assert!(!Network::is_written("10.0.0.5"));
        assert!(!Network::is_written("not-a/network"));
    }
}
