//! Makes UTF-8 of what comes: takes off byte order marks and decodes UTF-16.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE};

/// How a member's text was encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, or bytes that are taken for it and passed on as they are.
    Utf8,
    /// UTF-8 with a byte order mark, which is taken off.
    Utf8Bom,
    /// UTF-16, little endian: what PowerShell 5.1 writes.
    Utf16Le,
    /// UTF-16, big endian.
    Utf16Be,
}

/// How many bytes are looked at to tell the encoding.
pub(super) const LOOK_BYTES: usize = 512;

impl Encoding {
    /// Tells the encoding from the first bytes, and how many of them are its mark. Without a
    /// mark, UTF-16 is recognised by a NUL in every second byte.
    #[must_use]
    pub fn of(start: &[u8]) -> (Self, usize) {
        match start {
            [0xEF, 0xBB, 0xBF, ..] => return (Self::Utf8Bom, 3),
            [0xFF, 0xFE, ..] => return (Self::Utf16Le, 2),
            [0xFE, 0xFF, ..] => return (Self::Utf16Be, 2),
            _ => {}
        }
        let pairs = start.len() / 2;
        let nuls = |offset: usize| {
            start
                .chunks_exact(2)
                .filter(|pair| pair[offset] == 0)
                .count()
        };
        if pairs < 2 {
            return (Self::Utf8, 0);
        }
        match (nuls(0), nuls(1)) {
            (first, second) if second * 10 >= pairs * 7 && first * 10 <= pairs => {
                (Self::Utf16Le, 0)
            }
            (first, second) if first * 10 >= pairs * 7 && second * 10 <= pairs => {
                (Self::Utf16Be, 0)
            }
            _ => (Self::Utf8, 0),
        }
    }
}

/// A reader of UTF-8 made of a reader of UTF-16. Halves of surrogate pairs become the
/// replacement character.
pub(super) struct Utf16Reader<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    raw_len: usize,
    text: Vec<u8>,
    text_at: usize,
    text_len: usize,
    inner_ended: bool,
    done: bool,
}

impl<R: Read> Utf16Reader<R> {
    /// Decodes from `inner`, which stands behind the byte order mark.
    pub(super) fn new(inner: R, big_endian: bool) -> Self {
        let encoding = if big_endian { UTF_16BE } else { UTF_16LE };
        Self {
            inner,
            decoder: encoding.new_decoder_without_bom_handling(),
            raw: vec![0; 1 << 16],
            raw_at: 0,
            raw_len: 0,
            text: vec![0; 1 << 17],
            text_at: 0,
            text_len: 0,
            inner_ended: false,
            done: false,
        }
    }

    /// Decodes more text; `text` is empty afterwards only at the end.
    fn decode(&mut self) -> io::Result<()> {
        while self.text_at == self.text_len && !self.done {
            if self.raw_at == self.raw_len && !self.inner_ended {
                self.raw_at = 0;
                self.raw_len = 0;
                self.raw_len = self.inner.read(&mut self.raw)?;
                self.inner_ended = self.raw_len == 0;
            }
            let raw = &self.raw[self.raw_at..self.raw_len];
            let (result, read, written, _) =
                self.decoder
                    .decode_to_utf8(raw, &mut self.text, self.inner_ended);
            self.raw_at += read;
            self.text_at = 0;
            self.text_len = written;
            self.done = self.inner_ended && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf16Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        self.decode()?;
        let ready = &self.text[self.text_at..self.text_len];
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.text_at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bytes_of(text: &str, big_endian: bool) -> Vec<u8> {
        let pair = |unit: u16| {
            if big_endian {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(pair).collect()
    }

    proptest! {
        #[test]
        fn utf16_comes_back_as_it_was(text in any::<String>(), big_endian: bool) {
            let mut out = String::new();
            Utf16Reader::new(bytes_of(&text, big_endian).as_slice(), big_endian).read_to_string(&mut out).unwrap();
            prop_assert_eq!(out, text);
        }

        #[test]
        fn any_bytes_become_text(bytes: Vec<u8>) {
            let mut out = String::new();
            prop_assert!(Utf16Reader::new(bytes.as_slice(), false).read_to_string(&mut out).is_ok());
        }
    }

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(Encoding::of(b"\xEF\xBB\xBF{}"), (Encoding::Utf8Bom, 3));
        assert_eq!(Encoding::of(b"\xFF\xFE{\0"), (Encoding::Utf16Le, 2));
        assert_eq!(Encoding::of(b"\xFE\xFF\0{"), (Encoding::Utf16Be, 2));
        assert_eq!(
            Encoding::of(&bytes_of("[{\"a\":1}]", false)),
            (Encoding::Utf16Le, 0)
        );
        assert_eq!(
            Encoding::of(&bytes_of("[{\"a\":1}]", true)),
            (Encoding::Utf16Be, 0)
        );
        assert_eq!(Encoding::of(b"[{\"a\":1}]"), (Encoding::Utf8, 0));
        assert_eq!(Encoding::of(b"\0\0\0\0\0\0"), (Encoding::Utf8, 0));
    }
}
