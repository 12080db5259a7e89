//! The dictionaries as a log: what comes new is written behind what is there.
//!
//! Each record's checksum covers the one before it, so a checksum names everything up to there.
//! Segments say which checksum they were made with, and hold only where the log has it.

use std::collections::HashSet;

use model::Value;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::bytes::{Reader, Writer};
use crate::dictionary::{Code, Growing};

/// The checksum of everything up to some record.
pub(super) type Chain = u64;

/// What the log says of the dictionaries.
pub(super) struct Replayed {
    /// The checksums at the ends of the records.
    pub chains: HashSet<Chain>,
    /// The last of them.
    pub chain: Chain,
    /// How many bytes are sound.
    pub length_bytes: usize,
}

/// One record: values of one column, from the one after `written` on; and its checksum.
pub(super) fn record(
    column: usize,
    dictionary: &Growing,
    written: usize,
    before: Chain,
) -> (Vec<u8>, Chain) {
    let mut values = Writer::default();
    values.length(column);
    let view = dictionary.view();
    let first = Code::try_from(written + 1).unwrap_or(Code::MAX);
    let codes = view.each().skip_while(|code| *code < first);
    values.length(view.codes() - 1 - written);
    for code in codes {
        match (view.text(code), view.other(code)) {
            (Some(text), _) => {
                values.number(0u8);
                values.text(text);
            }
            (None, Some(Value::Integer(number))) => {
                values.number(1u8);
                values.number(*number);
            }
            (None, Some(Value::Decimal(number))) => {
                values.number(2u8);
                values.number(number.to_bits());
            }
            (None, Some(Value::Boolean(flag))) => values.number(if *flag { 4u8 } else { 3u8 }),
            (None, Some(Value::Instant(moment))) => {
                values.number(5u8);
                values.number(moment.timestamp_micros());
            }
            (None, _) => values.number(6u8),
        }
    }
    let values = values.bytes();
    let chain = xxh3_64_with_seed(&values, before);
    let mut record = Writer::default();
    record.numbers(&values);
    record.number(chain);
    (record.bytes(), chain)
}

/// Reads the log, up to where it is sound, into empty dictionaries. `None` when a sound record says
/// what no record can say.
pub(super) fn replay(bytes: &[u8], begin: Chain, dictionaries: &mut [Growing]) -> Option<Replayed> {
    let mut replayed = Replayed {
        chains: HashSet::from([begin]),
        chain: begin,
        length_bytes: 0,
    };
    let mut rest = Reader::new(bytes);
    while let Some((values, chain)) = rest.counted() {
        if xxh3_64_with_seed(values, replayed.chain) != chain {
            break;
        }
        take(values, dictionaries)?;
        replayed.chains.insert(chain);
        replayed.chain = chain;
        replayed.length_bytes = bytes.len() - rest.left();
    }
    Some(replayed)
}

fn take(values: &[u8], dictionaries: &mut [Growing]) -> Option<()> {
    let mut values = Reader::new(values);
    let dictionary = dictionaries.get_mut(values.length()?)?;
    for _ in 0..values.length()? {
        let value = match values.number::<u8>()? {
            0 => Value::Text(values.text()?.to_owned()),
            1 => Value::Integer(values.number()?),
            2 => Value::Decimal(f64::from_bits(values.number()?)),
            3 => Value::Boolean(false),
            4 => Value::Boolean(true),
            5 => Value::Instant(chrono::DateTime::from_timestamp_micros(values.number()?)?),
            _ => return None,
        };
        dictionary.restore(value);
    }
    Some(())
}
