//! Any text as a record: reading it never panics, gives the same each time, and what was read as a
//! sign-in can be read again for the blade.

#![no_main]

use bumpalo::Bump;
use fuzz::record::{KindHint, RecordKind, Resolver, sign_in_of};
use libfuzzer_sys::fuzz_target;
use model::Column;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let memory = Bump::new();
    let mut resolver = Resolver::default();
    let resolved = match resolver.resolve(&text, KindHint::default(), &memory) {
        Ok(resolved) => resolved,
        Err(refusal) => {
            assert!(!refusal.to_string().is_empty(), "a refusal says why");
            return;
        }
    };
    let RecordKind::SignIn(tab) = resolved.kind else {
        return;
    };
    assert_eq!(
        resolved.cells.len(),
        Column::recorded().count(),
        "one cell for each column"
    );

    // One resolver reads many records: nothing of one may show in the next.
    let again = resolver
        .resolve(&text, KindHint(Some(tab)), &memory)
        .expect("it was readable before");
    assert_eq!(
        again.kind, resolved.kind,
        "its own kind as the hint changes the kind"
    );
    assert_eq!(again.key, resolved.key, "the same text has another key");

    let (_, values) = sign_in_of(&text, tab).expect("it was readable before");
    assert_eq!(
        values.len(),
        resolved.cells.len(),
        "one value for each column"
    );
});
