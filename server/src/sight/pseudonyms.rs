//! What stands for names and addresses: always the same for the same value, and not to be turned back without the key.

use std::net::IpAddr;

use model::column::Personal;
use model::network::read_address;
use uuid::Uuid;

/// Bits of the networks that stand for addresses.
const V4_BITS: u32 = 24;
const V6_BITS: u32 = 48;
/// Letters that are not taken for one another, five bits each.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// How many of them stand for a name: 60 bits, so that no two people in a million share one.
const NAME_LETTERS: usize = 12;
const ACCOUNT_END: &str = "@masked";
const NAME_BEGIN: &str = "Person ";
const DEVICE_BEGIN: &str = "Device ";

/// Makes pseudonyms.
#[derive(Clone)]
pub struct Pseudonyms {
    key: [u8; 32],
}

impl Pseudonyms {
    /// With a secret of the portal.
    pub fn new(secret: &str) -> Pseudonyms {
        Pseudonyms {
            key: blake3::derive_key(
                "Vestibule 2026-11-30 names that are masked",
                secret.as_bytes(),
            ),
        }
    }

    /// What stands for a value; `None` where nothing does. Letter case does not count, as it does not in filters.
    pub fn of(&self, personal: Personal, value: &str) -> Option<String> {
        if value.is_empty() {
            return None;
        }
        let letters = || letters(&self.digest(personal, value));
        Some(match personal {
            Personal::Name => format!("{NAME_BEGIN}{}", letters()),
            Personal::Device => format!("{DEVICE_BEGIN}{}", letters()),
            Personal::Account => format!("{}{ACCOUNT_END}", letters()),
            Personal::ObjectId => {
                let digest = self.digest(personal, value);
                let mut bytes = [0; 16];
                bytes.copy_from_slice(digest.split_at(16).0);
                // Of the version for anything at all, so that no object ID of Entra ID is one.
                uuid::Builder::from_custom_bytes(bytes)
                    .into_uuid()
                    .to_string()
            }
            Personal::Address => return network_of(value),
            Personal::Reached => return None,
        })
    }

    /// By what a value is known that somebody sees in spite of the mask. It names nobody.
    pub fn mark(&self, personal: Personal, value: &str) -> String {
        let address = read_address(value).filter(|_| personal == Personal::Address);
        let digest = match address {
            Some(address) => self.digest(personal, &address.to_string()),
            None => self.digest(personal, value),
        };
        digest
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    fn digest(&self, personal: Personal, value: &str) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(&[personal as u8]);
        hasher.update(value.to_lowercase().as_bytes());
        *hasher.finalize().as_bytes()
    }
}

fn letters(digest: &[u8; 32]) -> String {
    let bytes = digest.iter().take(NAME_LETTERS);
    bytes
        .map(|byte| char::from(LETTERS[usize::from(byte & 31)]))
        .collect()
}

/// Whether a text has the form of something that stands for a name. A filter by it tells nothing.
pub fn is_pseudonym(text: &str) -> bool {
    let is_name = |letters: &str| {
        letters.len() == NAME_LETTERS && letters.bytes().all(|letter| LETTERS.contains(&letter))
    };
    let names = [
        text.strip_prefix(NAME_BEGIN),
        text.strip_prefix(DEVICE_BEGIN),
        text.strip_suffix(ACCOUNT_END),
    ];
    names.into_iter().flatten().any(is_name)
        || Uuid::parse_str(text).is_ok_and(|id| id.get_version_num() == 8)
}

/// The network that stands for an address; `None` for what is none.
fn network_of(address: &str) -> Option<String> {
    Some(match read_address(address)? {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/{V4_BITS}")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            let network = std::net::Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0);
            format!("{network}/{V6_BITS}")
        }
    })
}

/// Whether a text names a network that is no smaller than those that stand for addresses.
pub fn is_wide_network(text: &str) -> bool {
    let Some((address, bits)) = text.trim().split_once('/') else {
        return false;
    };
    match (address.parse(), bits.parse::<u32>()) {
        (Ok(IpAddr::V4(_)), Ok(bits)) => bits <= V4_BITS,
        // Within it lie the addresses of the fourth version too, whose last bits are the last of these.
        (Ok(IpAddr::V6(_)), Ok(bits)) => bits <= V6_BITS,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pseudonyms() -> Pseudonyms {
        Pseudonyms::new("secret")
    }

    #[test]
    fn the_same_person_is_the_same_and_nobody_else() {
        let of = |value| pseudonyms().of(Personal::Account, value);
        assert_eq!(of("Ann@x.example"), of("ann@X.example"));
        assert_ne!(of("ann@x.example"), of("bo@x.example"));
        assert_ne!(
            pseudonyms().of(Personal::Account, "ann@x.example"),
            Pseudonyms::new("another").of(Personal::Account, "ann@x.example")
        );
        assert_eq!(of(""), None);
    }

    #[test]
    fn what_stands_for_something_is_known_by_its_form() {
        for personal in [
            Personal::Name,
            Personal::Account,
            Personal::Device,
            Personal::ObjectId,
        ] {
            let pseudonym = pseudonyms().of(personal, "Ann Berg").expect("a pseudonym");
            assert!(is_pseudonym(&pseudonym), "{pseudonym}");
            assert!(!pseudonym.contains("Ann"), "{pseudonym}");
        }
        for other in [
            "Ann Berg",
            "Person Ann",
            "ann@masked",
            "ann@x.example",
            "5e1f0c4e-6f0e-4c2c-9a3f-0d5b8e2a7c11",
            "",
        ] {
            assert!(!is_pseudonym(other), "{other}");
        }
    }

    #[test]
    fn addresses_become_networks() {
        for (address, network) in [
            ("198.51.100.77", Some("198.51.100.0/24")),
            ("::ffff:198.51.100.77", Some("198.51.100.0/24")),
            ("198.51.100.77:443", Some("198.51.100.0/24")),
            ("2001:db8:1:2:3::4", Some("2001:db8:1::/48")),
            ("nonsense", None),
        ] {
            let masked = pseudonyms().of(Personal::Address, address);
            assert_eq!(masked.as_deref(), network);
            assert!(masked.is_none_or(|network| is_wide_network(&network)));
        }
        for narrow in [
            "198.51.100.0/25",
            "198.51.100.77",
            "2001:db8::/64",
            "198.51.100.1-198.51.100.2",
            "::/x",
        ] {
            assert!(!is_wide_network(narrow), "{narrow}");
        }
        assert!(is_wide_network("0.0.0.0/0") && is_wide_network("2001:db8::/32"));
    }

    #[test]
    fn a_mark_is_that_of_one_address() {
        let mark = |address| pseudonyms().mark(Personal::Address, address);
        assert_eq!(mark("198.51.100.77"), mark("::ffff:198.51.100.77"));
        assert_ne!(mark("198.51.100.77"), mark("198.51.100.78"));
    }
}
