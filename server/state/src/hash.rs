//! Hashes under which secrets are kept.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Under what a secret is kept. It has to be long and random, as those of sessions, tokens and recovery codes are: then
/// a quick hash is enough. Passwords are neither.
pub fn hash_of_secret(secret: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(secret))
}

/// Bytes as small hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a text does not fail.
            write!(text, "{byte:02x}").ok();
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_that_were_kept_before() {
        assert_eq!(
            hash_of_secret("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(hex(&[0, 15, 255]), "000fff");
    }
}
