//! Random texts that people type or machines keep.

/// How many random bytes one of them is made of: 160 bits.
const BYTES: usize = 20;

/// Random bytes, from where the system has them.
pub(crate) fn bytes() -> [u8; BYTES] {
    let random = [uuid::Uuid::new_v4(), uuid::Uuid::new_v4()];
    // Some bits of these bytes say the version, and are no random ones.
    let found = random.iter().flat_map(|uuid| {
        uuid.as_bytes()
            .iter()
            .take(6)
            .chain(&uuid.as_bytes()[9..13])
    });
    let mut bytes = [0; BYTES];
    for (place, byte) in bytes.iter_mut().zip(found) {
        *place = *byte;
    }
    bytes
}

/// Twenty letters and digits that cannot be taken for one another, in groups of five: 100 random bits.
pub(crate) fn words() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letters = bytes().map(|byte| char::from(LETTERS[usize::from(byte & 31)]));
    let groups: Vec<String> = letters
        .chunks(5)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_are_alike_and_every_byte_has_every_value() {
        let made: Vec<[u8; BYTES]> = (0..20_000).map(|_| bytes()).collect();
        for place in 0..BYTES {
            let values: BTreeSet<u8> = made.iter().map(|bytes| bytes[place]).collect();
            assert_eq!(values.len(), 256, "byte {place}");
        }
        let words: BTreeSet<String> = (0..1_000).map(|_| words()).collect();
        assert_eq!(words.len(), 1_000);
        assert!(words.iter().all(|word| word.len() == 23), "{words:?}");
    }
}
