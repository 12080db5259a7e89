//! Numbers and texts as bytes, least significant byte first, with a checksum behind.

use xxhash_rust::xxh3::xxh3_64;

/// Bytes that are being written.
#[derive(Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
}

/// Bytes that are being read. Everything that does not fit gives `None`.
pub(crate) struct Reader<'b> {
    rest: &'b [u8],
}

/// A number of fixed size.
pub(crate) trait Number: Copy {
    /// Writes numbers one behind the other.
    fn write(numbers: &[Self], out: &mut Vec<u8>);
    /// Reads as many as there are.
    fn read(bytes: &[u8]) -> Box<[Self]>;
}

macro_rules! number {
    ($($type:ty),*) => {$(
        impl Number for $type {
            fn write(numbers: &[Self], out: &mut Vec<u8>) {
                out.reserve(size_of_val(numbers));
                for number in numbers {
                    out.extend_from_slice(&number.to_le_bytes());
                }
            }

            fn read(bytes: &[u8]) -> Box<[Self]> {
                let (numbers, _) = bytes.as_chunks::<{ size_of::<$type>() }>();
                numbers.iter().map(|bytes| <$type>::from_le_bytes(*bytes)).collect()
            }
        }
    )*};
}

number!(u8, u16, u32, u64, i64, u128);

impl Writer {
    /// Writes one number.
    pub fn number<T: Number>(&mut self, number: T) {
        T::write(&[number], &mut self.bytes);
    }

    /// Writes a length or a place.
    pub fn length(&mut self, length: usize) {
        self.number(length as u64);
    }

    /// Writes numbers and how many there are.
    pub fn numbers<T: Number>(&mut self, numbers: &[T]) {
        self.length(numbers.len());
        T::write(numbers, &mut self.bytes);
    }

    /// Writes a text and its length.
    pub fn text(&mut self, text: &str) {
        self.numbers(text.as_bytes());
    }

    /// What was written.
    pub fn bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// What was written, with its checksum behind.
    pub fn sealed(mut self) -> Vec<u8> {
        self.number(xxh3_64(&self.bytes));
        self.bytes
    }
}

impl<'b> Reader<'b> {
    /// Reads these bytes.
    pub fn new(bytes: &'b [u8]) -> Reader<'b> {
        Reader { rest: bytes }
    }

    /// Reads bytes that end with their checksum, when it is right.
    pub fn of_sealed(bytes: &'b [u8]) -> Option<Reader<'b>> {
        let (rest, seal) = bytes.split_last_chunk::<8>()?;
        (u64::from_le_bytes(*seal) == xxh3_64(rest)).then_some(Reader { rest })
    }

    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// Reads one number.
    pub fn number<T: Number>(&mut self) -> Option<T> {
        T::read(self.take(size_of::<T>())?).first().copied()
    }

    /// Reads a length or a place.
    pub fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number::<u64>()?).ok()
    }

    /// Reads numbers.
    pub fn numbers<T: Number>(&mut self) -> Option<Box<[T]>> {
        let length = self.length()?;
        Some(T::read(self.take(length.checked_mul(size_of::<T>())?)?))
    }

    /// Reads a text.
    pub fn text(&mut self) -> Option<&'b str> {
        let length = self.length()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// Reads bytes, and the number behind them.
    pub fn counted(&mut self) -> Option<(&'b [u8], u64)> {
        let length = self.length()?;
        Some((self.take(length)?, self.number()?))
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// Whether nothing is left.
    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(numbers: &[u16], text: &str, wide: u128) -> Writer {
        let mut writer = Writer::default();
        writer.numbers(numbers);
        writer.text(text);
        writer.number(wide);
        writer
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(numbers in prop::collection::vec(any::<u16>(), 0..40), text in "\\PC{0,20}", wide: u128) {
            let bytes = written(&numbers, &text, wide).sealed();
            let mut reader = Reader::of_sealed(&bytes).expect("sealed");
            prop_assert_eq!(&*reader.numbers::<u16>().expect("numbers"), numbers.as_slice());
            prop_assert_eq!(reader.text(), Some(text.as_str()));
            prop_assert_eq!(reader.number(), Some(wide));
            prop_assert!(reader.is_at_end());
            prop_assert_eq!(reader.number::<u8>(), None);
        }

        #[test]
        fn a_flipped_bit_and_a_missing_end_are_seen(place: prop::sample::Index, bit in 0..8u32) {
            let bytes = written(&[1, 2, 3], "text", 7).sealed();
            let mut flipped = bytes.clone();
            let place = place.index(bytes.len());
            flipped[place] ^= 1 << bit;
            prop_assert!(Reader::of_sealed(&flipped).is_none());
            prop_assert!(Reader::of_sealed(&bytes[..place]).is_none());
        }
    }
}
