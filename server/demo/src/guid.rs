//! Identifiers in the form of GUIDs, and the token identifiers made from them.

/// Sixteen bytes, written as `8-4-4-4-12` hexadecimal digits in the order they are kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Guid([u8; 16]);

const HEX: &[u8; 16] = b"0123456789abcdef";
const BASE64_URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

impl Guid {
    /// Marked as a version 4 GUID; 122 of the bits are used.
    pub(crate) fn random(high: u64, low: u64) -> Self {
        let high = (high & !0xF000) | 0x4000;
        let low = (low & !(0b11 << 62)) | (0b10 << 62);
        Self::from_halves(high, low)
    }

    /// A request id. It keeps all 64 bits of `unique`, so different values give different ids.
    /// Real request ids end in `00` to `0f`, so these do too.
    pub(crate) fn request(unique: u64, extra: u64) -> Self {
        let high = (unique & !0xFFFF) | 0x4000 | (extra & 0x0FFF);
        let low = (0b10 << 62)
            | ((extra >> 12 & 0x3FFF) << 48)
            | ((unique & 0xFFFF) << 32)
            | ((extra >> 26 & 0xFF_FFFF) << 8)
            | (extra >> 60 & 0x3);
        Self::from_halves(high, low)
    }

    fn from_halves(high: u64, low: u64) -> Self {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&high.to_be_bytes());
        bytes[8..].copy_from_slice(&low.to_be_bytes());
        Self(bytes)
    }

    /// Appends the 36 characters.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let mut text = [b'-'; 36];
        let mut position = 0;
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                position += 1;
            }
            text[position] = HEX[usize::from(byte >> 4)];
            text[position + 1] = HEX[usize::from(byte & 15)];
            position += 2;
        }
        out.extend_from_slice(&text);
    }

    pub(crate) fn text(&self) -> String {
        let mut out = Vec::with_capacity(36);
        self.write(&mut out);
        out.into_iter().map(char::from).collect()
    }

    /// Appends the unique token identifier: the bytes in the order of the .NET structure (first three
    /// groups little-endian) as base64url without padding, 22 characters.
    pub(crate) fn write_token_identifier(&self, out: &mut Vec<u8>) {
        let b = &self.0;
        let ordered = [
            b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6], b[8], b[9], b[10], b[11], b[12], b[13],
            b[14], b[15],
        ];
        let mut text = [0; 24];
        for (group, chunk) in ordered.chunks(3).enumerate() {
            let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for digit in 0..4 {
                text[group * 4 + digit] = BASE64_URL[(bits >> (18 - 6 * digit) & 63) as usize];
            }
        }
        out.extend_from_slice(&text[..22]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let guid = Guid::from_halves(0x0011_2233_4455_6677, 0x8899_AABB_CCDD_EEFF);
        assert_eq!(guid.text(), "00112233-4455-6677-8899-aabbccddeeff");
        let mut out = Vec::new();
        guid.write_token_identifier(&mut out);
        assert_eq!(out, b"MyIRAFVEd2aImaq7zN3u_w");
    }

    #[test]
    fn request_ids_keep_every_bit_of_the_unique_part() {
        for bit in 0..64 {
            assert_ne!(Guid::request(1 << bit, 7), Guid::request(0, 7), "bit {bit}");
        }
        assert_eq!(Guid::request(0, 0).text().chars().nth(14), Some('4'));
    }
}
