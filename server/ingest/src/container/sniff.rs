//! Tells files that are no logs from their first bytes, so that the message can name them.

/// How many bytes decide whether something is text.
const SAMPLE_BYTES: usize = 4096;

/// First bytes of well-known formats.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PAR1", "a Parquet file"),
    (b"ORC", "an ORC file"),
    (b"Obj\x01", "an Avro file"),
    (b"ARROW1", "an Arrow file"),
    (b"ElfFile\0", "a Windows event log (EVTX)"),
    (b"SQLite format 3\0", "an SQLite database"),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "an old Office document or Outlook message",
    ),
    (
        b"7z\xBC\xAF\x27\x1C",
        "a 7z archive, which must be unpacked first",
    ),
    (
        b"Rar!\x1a\x07",
        "a RAR archive, which must be unpacked first",
    ),
    (b"\xFD7zXZ\0", "an xz archive, which must be unpacked first"),
    (b"BZh", "a bzip2 archive, which must be unpacked first"),
    (
        b"\x28\xB5\x2F\xFD",
        "a zstd archive, which must be unpacked first",
    ),
    (b"\x7FELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"RIFF", "a media file"),
];

/// What the bytes seem to be when they are not text that could hold a log.
pub(super) fn not_a_log(start: &[u8]) -> Option<&'static str> {
    let known = MAGIC.iter().find(|(magic, _)| start.starts_with(magic));
    if let Some((_, what)) = known {
        return Some(what);
    }
    if start.get(257..262) == Some(b"ustar") {
        return Some("a tar archive, which must be unpacked first");
    }
    let lower = start
        .get(..64)
        .unwrap_or(start)
        .trim_ascii_start()
        .to_ascii_lowercase();
    if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") {
        return Some("a web page");
    }
    if lower.starts_with(b"<?xml") {
        return Some("an XML document");
    }
    let sample = &start[..start.len().min(SAMPLE_BYTES)];
    let control = sample
        .iter()
        .filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31))
        .count();
    let opens_json = matches!(start.trim_ascii_start().first(), Some(b'{' | b'['));
    (!opens_json && control * 20 > sample.len()).then_some("binary data")
}

/// Whether a line of this text, not only its first byte, opens a JSON value.
pub(super) fn has_json_line(text: &[u8]) -> bool {
    if matches!(text.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return true;
    }
    let after_comma = text
        .trim_ascii_start()
        .strip_prefix(b",")
        .map(<[u8]>::trim_ascii_start);
    if matches!(after_comma.and_then(<[u8]>::first), Some(b'{' | b'[')) {
        return true;
    }
    memchr::memchr_iter(b'\n', text).any(|at| {
        let line = text[at + 1..]
            .get(..64)
            .unwrap_or(&text[at + 1..])
            .trim_ascii_start();
        line.starts_with(b"{\"")
            || line == b"{"
            || line.starts_with(b"{\r")
            || line.starts_with(b"{\n")
    })
}

#[cfg(test)]
mod tests {
    use super::{has_json_line, not_a_log};

    #[test]
    fn other_files_are_named() {
        assert_eq!(not_a_log(b"%PDF-1.7\n"), Some("a PDF document"));
        assert_eq!(not_a_log(b"PAR1\x15\x04"), Some("a Parquet file"));
        assert_eq!(not_a_log(&[0, 1, 2, 3, 200]), Some("binary data"));
        assert_eq!(not_a_log(b" <!DOCTYPE html><html>"), Some("a web page"));
    }

    #[test]
    fn text_is_let_through() {
        for text in [
            &b"{\"a\":\"\0\0\0\"}"[..],
            b"Date,User\n",
            "Fecha,Dirección\n".as_bytes(),
            b"[]",
        ] {
            assert_eq!(not_a_log(text), None);
        }
    }

    #[test]
    fn json_after_a_damaged_start_is_noticed() {
        assert!(has_json_line(b"id\":1}\n{\"a\":2}\n"));
        assert!(has_json_line(b" ,\n{}"));
        assert!(!has_json_line(b"Date,User\n1,2\n"));
    }
}
