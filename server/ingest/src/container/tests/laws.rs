//! Laws that hold for every input.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;

/// Any JSON value, a few levels deep.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((any::<String>(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// An object that is a record: it has an id, first.
fn record() -> impl Strategy<Value = Value> {
    vec(("[a-z]{1,8}", value()), 0..4).prop_map(|members| {
        let mut map: Map<String, Value> = members
            .into_iter()
            .filter(|(key, _)| !["event", "input", "records", "tables"].contains(&key.as_str()))
            .collect();
        map.insert("!".to_owned(), Value::Null);
        map.insert("ID".to_owned(), json!(1));
        map.into()
    })
}

/// Text that looks like JSON or CSV in places.
fn nearly() -> impl Strategy<Value = Vec<u8>> {
    let token = prop_oneof![
        8 => proptest::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", " ", "\r\n", "1", "null", "true", "{\"id\":1}", "{\"id\":\"",
            "\"value\":", "\"records\":[", "{\"events\":[", "\"tables\":[{", "\"columns\":[\"a\"],", "\"rows\":[[1],",
            "{\"message\":\"{\\\"a\\\":1}\"}", "{\"event\":{\"original\":\"{", "a,b\n", "1,2\n", "\"x\"\"y\",", "\u{FEFF}", "é",
        ]).prop_map(|token| token.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..4),
    ];
    let start = proptest::sample::select(vec![
        "{\"id\":0}\n",
        "[{\"id\":0}\n",
        "a,b\n1,2\n",
        "{\"value\":[",
    ]);
    (start, vec(token, 0..60))
        .prop_map(|(start, tokens)| [start.as_bytes(), &tokens.concat()].concat())
}

/// Enough to see the starts that [`nearly`] makes.
const LOOK_BYTES: usize = 12;

fn small(block_bytes: usize) -> SplitOptions {
    SplitOptions {
        block_bytes,
        record_bytes: 64,
        fault_bytes: 1000,
        look_bytes: LOOK_BYTES,
    }
}

fn significant(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| b.is_ascii_alphanumeric()).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn records_come_out_whole_and_in_order(records in vec(record(), 1..6), pretty: bool, block in 1_usize..200) {
        let write = |value: &Value| {
            if pretty { serde_json::to_string_pretty(value).unwrap() } else { value.to_string() }
        };
        let list = Value::from(records.clone());
        let carriers: Vec<String> = vec![
            write(&list),
            records.iter().map(&write).collect::<Vec<_>>().join("\n"),
            records.iter().map(&write).collect::<Vec<_>>().join(","),
            records.iter().map(|record| write(&json!([record]))).collect::<Vec<_>>().join("\r\n"),
            write(&json!({"@odata.context": "[{", "value": list, "z": [{"id": 2}]})),
            write(&json!([{"records": list}])),
            write(&json!({"events": list})),
            records.iter().map(|record| write(&json!({"value": record}))).collect(),
            write(&json!({"records": records.iter().map(|r| json!({"event": {"original": write(r)}})).collect::<Vec<_>>()})),
            records.iter().map(|r| json!({"input": {"message": write(r)}}).to_string()).collect::<Vec<_>>().join("\n"),
            json!({"message": write(&json!({"records": list}))}).to_string(),
        ];
        for text in carriers {
            let options = SplitOptions { block_bytes: block, look_bytes: 1, ..SplitOptions::default() };
            let found = split_reader(&mut text.as_bytes(), &options).unwrap();
            prop_assert_eq!(&found.faults, &[], "{}", text);
            let out: Vec<Value> = found.texts().iter().map(|text| serde_json::from_str(text).unwrap()).collect();
            prop_assert_eq!(&out, &records, "{}", text);
        }
    }

    #[test]
    fn tables_come_out_whole(rows in vec((value(), value()), 1..6), block in 1_usize..200, early: bool) {
        let list: Vec<Value> = rows.iter().map(|(a, b)| json!([a, b])).collect();
        let (list, columns) = (Value::from(list), json!([{"name": "A"}, {"name": "B"}]));
        let table = if early { format!(r#"{{"rows":{list},"columns":{columns}}}"#) } else { format!(r#"{{"columns":{columns},"rows":{list}}}"#) };
        let options = SplitOptions { block_bytes: block, look_bytes: 1, ..SplitOptions::default() };
        let found = split_reader(&mut format!("{{\"tables\":[{table}]}}").as_bytes(), &options).unwrap();
        prop_assert_eq!(&found.faults, &[]);
        let out: Vec<(Value, Value)> = found.rows.iter()
            .map(|(cells, _)| (serde_json::from_str(&cells[0]).unwrap(), serde_json::from_str(&cells[1]).unwrap()))
            .collect();
        prop_assert_eq!(out, rows);
    }

    #[test]
    fn csv_comes_out_as_the_csv_crate_reads_it(rows in vec(vec("([^\\p{C}]|[\",;\n\r])*", 3), 1..6), block in 1_usize..200) {
        let mut writer = ::csv::WriterBuilder::new().quote_style(::csv::QuoteStyle::Always).from_writer(Vec::new());
        writer.write_record(["A", "B", "C"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let text = writer.into_inner().unwrap();
        let options = SplitOptions { block_bytes: block, look_bytes: LOOK_BYTES, ..SplitOptions::default() };
        let found = split_reader(&mut text.as_slice(), &options).unwrap();
        prop_assert_eq!(&found.shape, "CSV");
        let out: Vec<Vec<String>> = found.rows.into_iter().map(|(cells, _)| cells).collect();
        let blank = |row: &Vec<String>| row.iter().all(|cell| cell.trim_ascii().is_empty());
        let expected: Vec<Vec<String>> = rows.into_iter().filter(|row| !blank(row) && *row != ["A", "B", "C"]).collect();
        prop_assert_eq!(out, expected);
    }

    #[test]
    fn reading_byte_by_byte_changes_nothing(text in nearly(), block in 1_usize..100) {
        let whole = split_reader(&mut text.as_slice(), &small(block)).unwrap();
        let bytewise = split_reader(&mut OneByte(&text), &small(block)).unwrap();
        prop_assert_eq!(whole, bytewise);
    }

    #[test]
    fn the_size_of_blocks_changes_nothing_but_blocks(text in nearly(), block in 1_usize..100) {
        let options = SplitOptions { record_bytes: 1 << 20, ..small(block) };
        let cut = split_reader(&mut text.as_slice(), &options).unwrap();
        let whole = split_reader(&mut text.as_slice(), &SplitOptions { block_bytes: 1 << 20, ..options }).unwrap();
        prop_assume!(!cut.shape.starts_with("not a log") && !whole.shape.starts_with("not a log"));
        // Runs of stray values and brackets are cut where blocks end, their bytes are the same.
        let faulty = |found: &Found| -> Vec<u8> {
            let bytes = found.faults.iter().flat_map(|fault| fault.bytes.clone());
            bytes.filter(u8::is_ascii_alphanumeric).collect()
        };
        prop_assert_eq!(faulty(&cut), faulty(&whole), "{:?} {:?} {:?}", String::from_utf8_lossy(&text), cut, whole);
        prop_assert_eq!(cut.pieces, whole.pieces);
        prop_assert_eq!(cut.rows, whole.rows);
    }

    #[test]
    fn any_bytes_are_survived(bytes in vec(any::<u8>(), 0..300), block in 1_usize..50) {
        prop_assert!(split_reader(&mut bytes.as_slice(), &small(block)).is_ok());
        open_bytes("x", &bytes, &Limits::default());
    }

    #[test]
    fn no_text_is_lost(text in nearly(), block in 1_usize..100) {
        // Members of objects that carry records are dropped, and escapes are undone: leave those out.
        let words = [&b"value"[..], b"records", b"events", b"tables", b"rows", b"columns", b"event", b"message"];
        let mut text = text;
        for word in words {
            while let Some(at) = text.windows(word.len()).position(|window| window == word) {
                text[at] = b'x';
            }
        }
        // Headers that come again are dropped too.
        while let Some(at) = text.windows(3).skip(1).position(|window| window == b"a,b") {
            text[at + 1] = b'x';
        }
        let options = SplitOptions { record_bytes: 1 << 20, ..small(block) };
        let found = split_reader(&mut text.as_slice(), &options).unwrap();
        prop_assume!(!found.shape.starts_with("not a log"));
        let pieces = found.pieces.iter().map(|(text, ..)| significant(text.as_bytes()));
        let rows = found.rows.iter().flat_map(|(cells, _)| cells).map(|cell| significant(cell.as_bytes()));
        let faults = found.faults.iter().map(|fault| significant(&fault.bytes));
        let header: usize = found.headers.first().into_iter().flatten().map(|name| significant(name.as_bytes())).sum();
        let kept = pieces.chain(rows).chain(faults).sum::<usize>() + header;
        prop_assert_eq!(kept, significant(&text), "{:?}", found);
    }

    #[test]
    fn damaged_archives_are_survived(at in 0_usize..200, byte: u8) {
        let mut zipped = {
            let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
            writer.start_file("a.json", zip::write::SimpleFileOptions::default()).unwrap();
            io::Write::write_all(&mut writer, b"[{\"id\":1},{\"id\":2}]").unwrap();
            writer.finish().unwrap().into_inner()
        };
        let at = at % zipped.len();
        zipped[at] = byte;
        open_bytes("x.zip", &zipped, &Limits::default());
    }
}
