//! Measures the generator; run by hand:
//! `cargo test --release -p demo --test speed -- --ignored --nocapture`

use chrono::{TimeZone, Utc};
use demo::{DemoTenant, Settings, Shape};
use std::collections::BTreeMap;
use std::time::Instant;

#[test]
#[ignore = "a measurement, not a check; needs an optimised build"]
fn rows_per_second_and_bytes_per_row() {
    let until = Utc.with_ymd_and_hms(2026, 3, 12, 14, 3, 9).unwrap();
    for (shape, rows) in [
        (Shape::Diagnostic, 1_000_000),
        (Shape::Graph, 1_000_000),
        (Shape::Diagnostic, 5_000_000),
    ] {
        let started = Instant::now();
        let mut tenant = DemoTenant::new(Settings::new(rows, 1, until));
        let prepared = started.elapsed();
        let mut out = Vec::with_capacity(1 << 20);
        let (mut made, mut size_bytes) = (0, 0);
        let started = Instant::now();
        while made < 1_000_000 && tenant.write_next(shape, &mut out) {
            made += 1;
            if out.len() > 900_000 {
                size_bytes += out.len();
                out.clear();
            }
        }
        let seconds = started.elapsed().as_secs_f64();
        size_bytes += out.len();
        println!(
            "{shape:?}, run of {rows}: {made} rows in {seconds:.2} s = {:.0} rows/s, {:.0} MB/s, {} bytes/row; prepared in {prepared:.0?}",
            f64::from(made) / seconds,
            size_bytes as f64 / seconds / 1e6,
            size_bytes / made as usize
        );
    }
    for shape in [Shape::Diagnostic, Shape::Graph] {
        let mut sizes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut tenant = DemoTenant::new(Settings::new(50_000, 1, until));
        let mut line = Vec::new();
        while tenant.write_next(shape, &mut line) {
            let text = String::from_utf8_lossy(&line);
            let kind = [
                "\"nonInteractiveUser\"",
                "\"servicePrincipal\"",
                "\"managedIdentity\"",
                "\"NonInteractiveUserSignInLogs\"",
                "\"ServicePrincipalSignInLogs\"",
                "\"ManagedIdentitySignInLogs\"",
            ]
            .into_iter()
            .find(|kind| text.contains(*kind))
            .unwrap_or("\"interactive\"");
            let (count, size_bytes) = sizes.entry(kind).or_default();
            *count += 1;
            *size_bytes += line.len();
            line.clear();
        }
        for (kind, (count, size_bytes)) in sizes {
            println!(
                "{shape:?} {kind}: {count} rows, {} bytes/row",
                size_bytes / count
            );
        }
    }
}
