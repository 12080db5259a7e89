//! CSV and the tables of the query API.

use super::*;

fn rows(found: &Found) -> Vec<(Vec<&str>, u64)> {
    found
        .rows
        .iter()
        .map(|(cells, line)| (cells.iter().map(String::as_str).collect(), *line))
        .collect()
}

#[test]
fn csv_with_all_its_quotes() {
    let text = "\u{FEFF}\"Date (UTC)\",Application ID ,Type,Type\r\n1,\"a,\"\"b\"\"\nc\",\"\",x\r\n\r\n2,3,4,5";
    let found = split_text(text);
    assert_eq!(found.shape, "CSV");
    assert_eq!(
        found.headers,
        [["Date (UTC)", "Application ID ", "Type", "Type"]]
    );
    assert_eq!(
        rows(&found),
        [
            (vec!["1", "a,\"b\"\nc", "", "x"], 2),
            (vec!["2", "3", "4", "5"], 5)
        ]
    );
    assert_eq!(found.faults, []);
}

#[test]
fn other_delimiters() {
    for delimiter in [";", "\t"] {
        let found = split_text(["a", "b,c", "d\n1", "2", "3"].join(delimiter));
        assert_eq!(found.headers, [["a", "b,c", "d"]]);
        assert_eq!(rows(&found), [(vec!["1", "2", "3"], 2)]);
    }
}

#[test]
fn rows_of_another_width() {
    let found = split_text("a,b,c\n1,2,3,,\n1,2\n1\n1,2,3,4\na,b,c\n5,6,7\n1,2");
    assert_eq!(
        rows(&found),
        [
            (vec!["1", "2", "3"], 2),
            (vec!["1", "2"], 3),
            (vec!["5", "6", "7"], 7)
        ]
    );
    assert_eq!(
        found.faulty(),
        [
            (4, "1".to_owned()),
            (5, "1,2,3,4".to_owned()),
            (8, "1,2".to_owned())
        ]
    );
    assert_eq!(found.reasons()[0], "row has 1 cells where the header has 3");
    assert_eq!(found.reasons()[2], "file ends inside a record");
}

#[test]
fn a_stray_quote_costs_the_lines_it_spoils_only() {
    let found = split_text("a,b\n1,2\n\"3,4\n5,6\n7,8\n");
    assert_eq!(
        rows(&found),
        [
            (vec!["1", "2"], 2),
            (vec!["5", "6"], 4),
            (vec!["7", "8"], 5)
        ]
    );
    assert_eq!(found.faulty(), [(3, "\"3,4".to_owned())]);
    let found = split_text("a,b\n1,\"x\"y\n5,6\n");
    assert_eq!(
        (rows(&found), found.faulty()),
        (vec![(vec!["5", "6"], 3)], vec![(2, "1,\"x\"y".to_owned())])
    );
}

#[test]
fn a_row_cut_inside_a_long_cell_is_one_fault() {
    let found = split_text("a,b,c\n1,2,3\n4,\"{\n \"\"x\"\": 1\n");
    assert_eq!(rows(&found), [(vec!["1", "2", "3"], 2)]);
    assert_eq!(found.faulty(), [(3, "4,\"{\n \"\"x\"\": 1".to_owned())]);
    assert_eq!(found.reasons(), ["file ends inside a record"]);
}

#[test]
fn raw_rows_are_kept() {
    let mut raw = Vec::new();
    let text = "a,b\r\n\"1\",\"\"\"\"\r\n";
    split(
        &mut text.as_bytes(),
        &SplitOptions::default(),
        &mut |event| {
            if let Event::Block(Block::Rows(rows)) = event {
                raw.extend(rows.rows.iter().map(|row| rows.raw(row).to_vec()));
            }
            ControlFlow::Continue(())
        },
    )
    .unwrap();
    assert_eq!(raw, [b"\"1\",\"\"\"\""]);
}

#[test]
fn query_tables() {
    let text = r#"{"tables":[{"name":"P","columns":[{"name":"A","type":"string"},{"name":"B"}],
"rows":[["x,]\"",null],[{"y":[1]},-2.5]]},{"rows":[[1],
[2]],"columns":["C"]}],"statistics":{}}"#;
    let found = split_text(text);
    assert_eq!(found.shape, "query API tables");
    assert_eq!(found.headers, [vec!["A", "B"], vec!["C"]]);
    assert_eq!(
        rows(&found),
        [
            (vec![r#""x,]\"""#, "null"], 2),
            (vec![r#"{"y":[1]}"#, "-2.5"], 2),
            (vec!["1"], 2),
            (vec!["2"], 3)
        ]
    );
    assert_eq!(found.faults, []);
}

#[test]
fn tables_with_something_missing() {
    let found = split_text(
        r#"{"tables":[{"rows":[[1]]},{"columns":[{"name":"A"}],"rows":[[1,2],{"x":1},[3]]},{"x":1}]}"#,
    );
    assert_eq!(rows(&found), [(vec!["3"], 1)]);
    assert_eq!(found.texts(), [r#"{"x":1}"#]);
    let faults: Vec<String> = found.faulty().into_iter().map(|(_, bytes)| bytes).collect();
    assert_eq!(faults, ["[[1]]", "[1,2]", "{\"x\":1}"]);
    insta::assert_snapshot!(found.reasons().join("\n"), @r"
    the table's columns are missing or cannot be read
    row has 2 cells where the header has 1
    not json: expected a row in brackets at line 1 column 67
    ");
}
