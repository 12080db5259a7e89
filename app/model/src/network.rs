//! IP addresses and networks, read leniently as logs write them.

use std::net::{IpAddr, Ipv6Addr};

/// A network in prefix notation: all addresses that share its first bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    bits: u128,
    prefix_bits: u32,
}

impl Network {
    /// Reads `203.0.113.0/24`, `2001:db8::/32`, or a single address.
    pub fn parse(text: &str) -> Option<Network> {
        let text = text.trim();
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
        (length <= most).then(|| Network {
            bits: bits(address),
            prefix_bits: length + offset,
        })
    }

    /// Whether the address lies in the network. IPv4 networks also hold IPv4-mapped IPv6 addresses.
    pub fn holds(&self, address: IpAddr) -> bool {
        let mask = u128::MAX.checked_shl(128 - self.prefix_bits).unwrap_or(0);
        (bits(address) ^ self.bits) & mask == 0
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
    Some(match address {
        IpAddr::V6(v6) => mapped(v6),
        v4 => v4,
    })
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
}
