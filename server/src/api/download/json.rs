//! Whole records: as a JSON array, one a line, or as Graph writes them.

use std::io::{self, Write};

use ingest::record::graph_of;
use model::download::Format;

use super::task::Task;

/// Writes the file.
pub fn write(task: &Task, format: Format, out: &mut impl Write) -> io::Result<()> {
    let (begin, between, end): (&[u8], &[u8], &[u8]) = match format {
        Format::Ndjson => (b"", b"\n", b"\n"),
        _ => (b"[\n", b",\n", b"\n]\n"),
    };
    out.write_all(begin)?;
    let mut is_first = true;
    task.part.records(&task.reception, |record| {
        if !is_first {
            out.write_all(between)?;
        }
        is_first = false;
        if format == Format::Graph {
            let written = graph_of(record.raw, record.tab).map_err(io::Error::other)?;
            one_line(&written, out)?;
        } else {
            one_line(record.raw, out)?;
        }
        task.progress.add(1);
        Ok(())
    })?;
    match (is_first, format) {
        (true, Format::Ndjson) => Ok(()),
        _ => out.write_all(end),
    }
}

/// The record on one line: line breaks in JSON stand between tokens alone, where a blank says the same.
fn one_line(record: &str, out: &mut impl Write) -> io::Result<()> {
    let mut rest = record.trim().as_bytes();
    while let Some(end) = memchr::memchr2(b'\n', b'\r', rest) {
        let (line, after) = rest.split_at(end);
        out.write_all(line)?;
        out.write_all(b" ")?;
        rest = after.get(1..).unwrap_or_default();
    }
    out.write_all(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_one_line() {
        let mut out = Vec::new();
        one_line("{\r\n  \"a\": \"b\\n\"\n}\n", &mut out).expect("written");
        assert_eq!(out, b"{    \"a\": \"b\\n\" }");
    }
}
