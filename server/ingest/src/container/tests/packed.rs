//! Gzip, zip and UTF-16, and what must not come out of them.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

use super::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn texts(members: &[(String, Result<Found, String>)]) -> Vec<(&str, Vec<&str>)> {
    members
        .iter()
        .map(|(name, found)| (name.as_str(), found.as_ref().unwrap().texts()))
        .collect()
}

#[test]
fn gzip_of_several_parts() {
    let bytes = [gzip(b"{\"id\":1}\n"), gzip(b"{\"id\":2}\n")].concat();
    let members = open_bytes("log.json", &bytes, &Limits::default());
    assert_eq!(
        texts(&members),
        [("log.json", vec!["{\"id\":1}", "{\"id\":2}"])]
    );
}

#[test]
fn zips_with_folders_gzip_and_another_zip() {
    let inner = zip_of(&[("c.json", b"[{\"id\":3}]")]);
    let outer = zip_of(&[
        ("a/1.json", b"{\"id\":1}"),
        ("b.json.gz", &gzip(b"{\"id\":2}")),
        ("in.zip", &inner),
        ("\n.txt", b"\n"),
    ]);
    let members = open_bytes("x.zip", &outer, &Limits::default());
    let expected = [
        ("x.zip/a/1.json", vec!["{\"id\":1}"]),
        ("x.zip/b.json.gz", vec!["{\"id\":2}"]),
        ("x.zip/in.zip/c.json", vec!["{\"id\":3}"]),
        ("x.zip/\u{FFFD}.txt", vec![]),
    ];
    assert_eq!(texts(&members), expected);
}

#[test]
fn files_are_opened_like_streams() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.zip");
    std::fs::write(&path, zip_of(&[("a.json", b"{\"id\":1}")])).unwrap();
    let mut names = Vec::new();
    let end = open(&path, &Limits::default(), &mut |member, reader| {
        let found = split_reader(reader.unwrap(), &SplitOptions::default()).unwrap();
        names.push((member.name.clone(), found.texts().len()));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(end.is_continue());
    assert_eq!(names, [("x.zip/a.json".to_owned(), 1)]);
    let missing = open(
        &folder.path().join("none"),
        &Limits::default(),
        &mut |_, _| ControlFlow::Break(()),
    );
    assert!(matches!(missing, Err(ContainerError::Unreadable { .. })));
}

#[test]
fn deeper_zips_are_refused_and_the_rest_goes_on() {
    let deep = zip_of(&[(
        "2.zip",
        &zip_of(&[("3.zip", &zip_of(&[("x.json", b"{}")]))]),
    )]);
    let outer = zip_of(&[("1.zip", &deep), ("y.json", b"{}")]);
    let members = open_bytes("0.zip", &outer, &Limits::default());
    let names: Vec<_> = members
        .iter()
        .map(|(name, found)| (name.as_str(), found.is_ok()))
        .collect();
    assert_eq!(
        names,
        [("0.zip/1.zip/2.zip", false), ("0.zip/y.json", true)]
    );
}

#[test]
fn utf16_with_and_without_a_mark() {
    let text = "[{\"id\":\"é😀\"},\r\n{\"id\":2}]";
    for big_endian in [false, true] {
        for mark in ["", "\u{FEFF}"] {
            let units: Vec<u16> = format!("{mark}{text}").encode_utf16().collect();
            let pair = |unit: &u16| {
                if big_endian {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            };
            let bytes: Vec<u8> = units.iter().flat_map(pair).collect();
            let members = open_bytes("x", &bytes, &Limits::default());
            assert_eq!(
                texts(&members),
                [("x", vec!["{\"id\":\"é😀\"}", "{\"id\":2}"])]
            );
        }
    }
}

/// Zeros as NDJSON would never be: a gigabyte in a megabyte.
fn bomb(megabytes: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let line = format!("{{\"id\":\"{}\"}}\n", "0".repeat(1 << 20));
    for _ in 0..megabytes {
        encoder.write_all(line.as_bytes()).unwrap();
    }
    encoder.finish().unwrap()
}

#[test]
fn gzip_bombs_are_refused_by_name() {
    let limits = Limits {
        ratio: 50,
        free_bytes: 4 << 20,
        ..Limits::default()
    };
    let members = open_bytes("bomb.gz", &bomb(32), &limits);
    let error = members[0].1.as_ref().unwrap_err();
    assert!(
        error.starts_with("bomb.gz is too large: it unpacks to more than 50 times its size"),
        "{error}"
    );
    assert!(open_bytes("small.gz", &bomb(2), &limits)[0].1.is_ok());
}

#[test]
fn zip_bombs_are_refused_by_name() {
    let limits = Limits {
        ratio: 50,
        free_bytes: 4 << 20,
        ..Limits::default()
    };
    let zeros = [b"[\"".to_vec(), vec![b'0'; 8 << 20]].concat();
    let members = open_bytes("b.zip", &zip_of(&[("bomb.json", &zeros)]), &limits);
    assert!(
        members[0]
            .1
            .as_ref()
            .unwrap_err()
            .starts_with("b.zip/bomb.json is too large")
    );
    let layered = zip_of(&[("bomb.gz", &gzip(&bomb(32)))]);
    let members = open_bytes("b.zip", &layered, &limits);
    assert!(members[0].1.as_ref().unwrap_err().contains("is too large"));
    let many = zip_of(&[("1", b"{}"), ("2", b"{}")]);
    let members = open_bytes(
        "m.zip",
        &many,
        &Limits {
            members: 1,
            ..limits
        },
    );
    assert!(
        members[0]
            .1
            .as_ref()
            .unwrap_err()
            .contains("more than 1 members")
    );
    let members = open_bytes(
        "m.zip",
        &many,
        &Limits {
            member_bytes: 1,
            ..limits
        },
    );
    assert!(members.iter().all(|(_, found)| {
        found
            .as_ref()
            .is_err_and(|e| e.contains("more than 1 bytes"))
    }));
    let members = open_bytes(
        "m.zip",
        &many,
        &Limits {
            spool_bytes: 10,
            ..limits
        },
    );
    assert!(members[0].1.as_ref().unwrap_err().contains("10 bytes"));
}

#[test]
fn damage_keeps_what_came_before() {
    let whole = gzip(b"{\"id\":1}\n{\"id\":2}\n");
    let members = open_bytes("cut.gz", &whole[..whole.len() - 6], &Limits::default());
    let found = members[0].1.as_ref().unwrap();
    assert_eq!(found.texts(), ["{\"id\":1}", "{\"id\":2}"]);
    assert!(
        found.reasons()[0].starts_with("the source broke off"),
        "{:?}",
        found.reasons()
    );
    let zipped = zip_of(&[("a.json", b"{\"id\":1}")]);
    let members = open_bytes("cut.zip", &zipped[..zipped.len() - 9], &Limits::default());
    assert!(
        members[0]
            .1
            .as_ref()
            .unwrap_err()
            .starts_with("cannot unpack cut.zip")
    );
}

#[test]
fn workbooks_are_named() {
    let book = zip_of(&[
        ("xl/workbook.xml", b"<x/>"),
        ("[Content_Types].xml", b"<x/>"),
    ]);
    let members = open_bytes("b.xlsx", &book, &Limits::default());
    assert!(
        members[0]
            .1
            .as_ref()
            .unwrap_err()
            .contains("an Excel workbook")
    );
    assert_eq!(members.len(), 1);
}
