//! Lakes made before some columns were thought of.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use chrono::Utc;
use model::{Column, Query, Value};

use super::tests::{DAY, FIRST, Version, lake_for_test, row, sound, state};
use super::*;
use crate::parquet_file::{self, DataFile, day_of_number};
use crate::table::Table;
use crate::{LakeError, schema};

/// Columns that the older lake lacks: one of each way to be stored.
const LATER: [&str; 4] = ["network_names", "user_agent", "latency_ms", "compliant"];

fn without_later(schema: &SchemaRef) -> SchemaRef {
    let kept = schema.fields().iter();
    let kept = kept.filter(|field| !LATER.contains(&field.name().as_str()));
    Arc::new(Schema::new(kept.cloned().collect::<Vec<_>>()))
}

/// A row of such a lake in a file of its own, as it was written then.
async fn put(table: &Table, rows: &RecordBatch) {
    let columns = without_later(&schema::sign_in_files());
    let kept = columns.fields().iter();
    let kept: Vec<usize> = kept
        .map(|field| rows.schema().index_of(field.name()).expect("a column"))
        .collect();
    let mut file = DataFile::begin(&columns).expect("a file");
    file.push(rows.project(&kept).expect("columns"))
        .expect("rows");
    let file = file.finish().expect("a file");
    let day = Some(day_of_number(DAY));
    let add = parquet_file::put(&table.store().await, file, day)
        .await
        .expect("written");
    table
        .commit(vec![Action::Add(add)])
        .await
        .expect("committed");
}

async fn make_older(folder: &std::path::Path) {
    let columns = without_later(&schema::sign_ins());
    for name in ["sign_ins", "sign_in_versions"] {
        let table = Table::open(folder, name, &columns, &[schema::DAY])
            .await
            .expect("a table");
        if name == "sign_ins" {
            for id in ["old 1", "old 2"] {
                put(&table, &row(id, FIRST).rows).await;
            }
        }
    }
}

async fn found(lake: &Lake, query: &str) -> Vec<(String, Value)> {
    let (query, problems) = Query::parse(query);
    assert!(problems.is_empty(), "{problems:?}");
    let columns = [Column::named("network_names")];
    let page = lake.page(&query, &columns, 10, Utc::now()).await;
    let rows = page.expect("readable").rows.into_iter();
    rows.map(|mut row| (row.request_id, row.values.remove(0)))
        .collect()
}

#[test]
fn a_lake_without_later_columns_takes_them_up() {
    let (_folder, runtime, _) = lake_for_test();
    let folder = tempfile::tempdir().expect("a folder");
    runtime.block_on(async {
        make_older(folder.path()).await;
        let lake = Lake::open(folder.path()).await.expect("a lake");
        let version = lake.version().await;
        let again = Lake::open(folder.path()).await.expect("a lake");
        assert_eq!(again.version().await, version, "taken up once");
        assert_eq!(lake.row_count().await.expect("readable"), 2);

        let files = lake.data_files().await.expect("readable").files;
        let plain = ["latency_ms", "date", "compliant"];
        let numbered = ["user_agent", "network_names", "user"];
        let batches = lake.read_columns(&files[0], &plain, &numbered).await;
        let batches = batches.expect("readable");
        let batch = batches.first().expect("rows");
        assert_eq!((batch.num_rows(), batch.num_columns()), (1, 6));
        for (name, data_type) in [
            ("latency_ms", DataType::Int64),
            ("compliant", DataType::Boolean),
        ] {
            let column = batch.column_by_name(name).expect("a column");
            assert_eq!((column.data_type(), column.null_count()), (&data_type, 1));
        }
        let column = batch.column_by_name("network_names").expect("a column");
        assert!(column.as_any_dictionary_opt().is_some() && column.is_null(0));
        let only_missing = lake.read_columns(&files[0], &["latency_ms"], &[]).await;
        assert_eq!(only_missing.expect("readable")[0].num_rows(), 1);

        // One of the old rows is replaced, which writes its file anew.
        let mut importer = Importer::begin(&lake, 100).await.expect("a writer");
        let later = Version {
            content: 2,
            emitted_seconds: 200,
            ..FIRST
        };
        importer.add(row("old 1", later)).await.expect("added");
        importer.add(row("new", FIRST)).await.expect("added");
        let committed = importer.flush().await.expect("stored");
        assert_eq!((committed.new, committed.updated), (1, 1));
        drop(importer);
        let nothing = |id: &str| (id.to_owned(), Value::Empty);
        let all = [nothing("new"), nothing("old 1"), nothing("old 2")];
        assert_eq!(found(&lake, "from=&f=network_names:empty").await, all);
        assert_eq!(found(&lake, "from=&f=network_names:ne:Home").await, all);
        assert_eq!(found(&lake, "from=&f=latency_ms:ge:0").await, []);
        assert_eq!(found(&lake, "from=&q=OLD&sort=user_agent").await, all[1..]);
        assert_eq!(state(&lake, "old 1").await.1, 1);

        lake.compact().await.expect("merged");
        assert_eq!(found(&lake, "from=&f=user_agent:empty").await, all);
        sound(&lake).await;
    });
}

#[test]
fn a_column_that_must_have_values_is_not_made_up() {
    let (folder, runtime, _) = lake_for_test();
    runtime.block_on(async {
        let mut fields = schema::rejects().fields().to_vec();
        fields.push(Arc::new(Field::new("size_of_line", DataType::Int64, false)));
        let wanted = Arc::new(Schema::new(fields));
        let opened = Table::open(folder.path(), "rejects", &wanted, &[]).await;
        match opened.map(|_| ()) {
            Err(LakeError::Schema { column, .. }) => assert_eq!(column, "size_of_line"),
            other => panic!("{other:?}"),
        }
    });
}
