//! The limit: plain loops on one thread over the same codes, as whoever writes the query by hand would
//! write them. Dictionaries are decided once; nothing is skipped, kept or shared between rows.

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use explorer::View;
use model::{Column, Value};
use serde_json::{Map, Value as Json};

use crate::asks::Parameters;

/// Codes in as few bytes as they need.
enum Codes {
    One(Vec<u8>),
    Two(Vec<u16>),
    Four(Vec<u32>),
}

struct Flat {
    codes: Codes,
    values: Vec<Value>,
}

/// The columns that queries asked for so far.
pub struct Limit {
    view: Arc<View>,
    dates: Vec<i64>,
    columns: HashMap<String, Flat>,
}

/// Calls with the codes as a slice of their type.
macro_rules! with_codes {
    ($codes:expr, $name:ident => $body:expr) => {
        match $codes {
            Codes::One($name) => $body,
            Codes::Two($name) => $body,
            Codes::Four($name) => $body,
        }
    };
}

impl Limit {
    pub fn new(view: Arc<View>) -> Limit {
        Limit {
            dates: view.flat_dates(),
            view,
            columns: HashMap::new(),
        }
    }

    /// Milliseconds of a query; `None` where a loop over all rows is not what anybody would write.
    pub fn run(&mut self, name: &str, asked: &Parameters) -> Option<f64> {
        self.prepare(asked);
        let begun = Instant::now();
        let windows = &asked.from_micros;
        let month = self.since(windows.month);
        match name {
            "page24" => {
                let rows = self.since(windows.day).min(asked.page_rows);
                black_box(self.page((0..rows).collect(), asked));
            }
            "page30f" => {
                let marks = self.marks(&asked.filters30);
                let rows = self.matching(&marks, month, asked.page_rows);
                black_box(self.page(rows, asked));
            }
            "count30f" => {
                let marks = self.marks(&asked.filters30);
                black_box(self.count(&marks, month));
            }
            "count4" => {
                let marks = self.marks(&asked.filters4);
                black_box(self.count(&marks, self.dates.len()));
            }
            "contains" => {
                let text = asked.contains.text.to_lowercase();
                let marks = [self.marked(&asked.contains.column, |held| {
                    held.to_lowercase().contains(&text)
                })];
                black_box(self.count(&marks, self.dates.len()));
                let rows = self.matching(&marks, self.dates.len(), asked.page_rows);
                black_box(self.page(rows, asked));
            }
            "ippfx" => {
                let marks =
                    [self.marked("ip_address", |held| held.starts_with(&asked.address_prefix))];
                black_box(self.count(&marks, self.dates.len()));
                let rows = self.matching(&marks, self.dates.len(), asked.page_rows);
                black_box(self.page(rows, asked));
            }
            "user_all" => {
                let marks = [self.marked("username", |held| held == asked.username)];
                black_box(self.count(&marks, self.dates.len()));
                let rows = self.matching(&marks, self.dates.len(), asked.page_rows);
                black_box(self.page(rows, asked));
            }
            "sort30" => {
                let rows = self.sorted(&asked.sort_column, month, asked.page_rows);
                black_box(self.page(rows, asked));
            }
            "facets30" => {
                let marks = [self.marked("status", |held| held == "failure")];
                black_box(self.facets(&asked.facet_columns, Some(&marks), month));
            }
            "facetsAll" => {
                black_box(self.facets(&asked.facet_columns, None, self.dates.len()));
            }
            "hist7" => {
                black_box(self.histogram(&asked.hour_edges, self.since(windows.week)));
            }
            "hist90" => {
                black_box(self.histogram(&asked.day_edges, self.dates.len()));
            }
            "byapp30" => {
                black_box(self.groups("application", month));
            }
            "byuser30" => {
                black_box(self.groups("username", month));
            }
            "bymeth90" => {
                black_box(self.groups(&asked.methods_column, self.dates.len()));
            }
            _ => return None,
        }
        Some(begun.elapsed().as_secs_f64() * 1_000.0)
    }

    /// Brings the columns into one array each.
    fn prepare(&mut self, asked: &Parameters) {
        let pages = asked.page_columns.iter().chain(&asked.facet_columns);
        let filters = asked
            .filters4
            .keys()
            .chain([&asked.contains.column, &asked.methods_column]);
        let others = ["username", "status", "application", "ip_address"].map(str::to_owned);
        for id in pages
            .chain(filters)
            .chain(&others)
            .cloned()
            .collect::<Vec<_>>()
        {
            if self.columns.contains_key(&id) {
                continue;
            }
            let Some(flat) = Column::find(&id).and_then(|column| self.view.flat(column)) else {
                continue;
            };
            let narrow = |most: usize| flat.values.len() <= most;
            let codes = if narrow(1 << 8) {
                Codes::One(
                    flat.codes
                        .iter()
                        .filter_map(|code| u8::try_from(*code).ok())
                        .collect(),
                )
            } else if narrow(1 << 16) {
                Codes::Two(
                    flat.codes
                        .iter()
                        .filter_map(|code| u16::try_from(*code).ok())
                        .collect(),
                )
            } else {
                Codes::Four(flat.codes)
            };
            self.columns.insert(
                id,
                Flat {
                    codes,
                    values: flat.values,
                },
            );
        }
    }

    fn since(&self, micros: i64) -> usize {
        self.dates.partition_point(|date| *date >= micros)
    }

    fn marked(&self, id: &str, meets: impl Fn(&str) -> bool) -> (&Flat, Vec<bool>) {
        let flat = &self.columns[id];
        let meets = |value: &Value| match value {
            Value::Empty => false,
            Value::Text(text) => meets(text),
            other => meets(&other.to_text()),
        };
        (flat, flat.values.iter().map(meets).collect())
    }

    fn marks(&self, filters: &Map<String, Json>) -> Vec<(&Flat, Vec<bool>)> {
        let one = |(id, wanted): (&String, &Json)| {
            let text = wanted
                .as_str()
                .map_or_else(|| wanted.to_string(), str::to_owned);
            self.marked(id, |held| held == text)
        };
        filters.iter().map(one).collect()
    }

    /// Which of the first rows meet all conditions.
    fn mask(&self, marks: &[(&Flat, Vec<bool>)], rows: usize) -> Vec<bool> {
        let mut mask = vec![true; rows];
        for (flat, marks) in marks {
            with_codes!(&flat.codes, codes => {
                for (meant, code) in mask.iter_mut().zip(codes) {
                    *meant &= marks[*code as usize];
                }
            });
        }
        mask
    }

    fn count(&self, marks: &[(&Flat, Vec<bool>)], rows: usize) -> usize {
        self.mask(marks, rows)
            .into_iter()
            .filter(|meant| *meant)
            .count()
    }

    fn matching(&self, marks: &[(&Flat, Vec<bool>)], rows: usize, limit: usize) -> Vec<usize> {
        let meets = |row: &usize| {
            marks
                .iter()
                .all(|(flat, marks)| with_codes!(&flat.codes, codes => marks[codes[*row] as usize]))
        };
        (0..rows).filter(meets).take(limit).collect()
    }

    fn page(&self, rows: Vec<usize>, asked: &Parameters) -> Vec<Vec<Value>> {
        let columns: Vec<_> = asked
            .page_columns
            .iter()
            .filter_map(|id| self.columns.get(id))
            .collect();
        let value = |flat: &Flat, row: usize| with_codes!(&flat.codes, codes => flat.values[codes[row] as usize].clone());
        rows.into_iter()
            .map(|row| columns.iter().map(|flat| value(flat, row)).collect())
            .collect()
    }

    fn sorted(&self, id: &str, rows: usize, limit: usize) -> Vec<usize> {
        let flat = &self.columns[id];
        let mut order: Vec<usize> = (1..flat.values.len()).collect();
        order.sort_by_key(|code| flat.values[*code].to_text());
        let mut places = vec![u32::MAX; flat.values.len()];
        for (place, code) in (0..).zip(order) {
            places[code] = place;
        }
        let mut keyed: Vec<(u32, usize)> = with_codes!(&flat.codes, codes => {
            codes[..rows].iter().enumerate().map(|(row, code)| (places[*code as usize], row)).collect()
        });
        if keyed.len() > limit {
            keyed.select_nth_unstable(limit);
            keyed.truncate(limit);
        }
        keyed.sort_unstable();
        keyed.into_iter().map(|(_, row)| row).collect()
    }

    fn facets(
        &self,
        ids: &[String],
        marks: Option<&[(&Flat, Vec<bool>)]>,
        rows: usize,
    ) -> Vec<Vec<(u64, usize)>> {
        let mask = marks.map(|marks| self.mask(marks, rows));
        let one = |id: &String| {
            let flat = &self.columns[id];
            let mut counts = vec![0u64; flat.values.len()];
            with_codes!(&flat.codes, codes => match &mask {
                Some(mask) => {
                    for (code, meant) in codes.iter().zip(mask) {
                        if *meant {
                            counts[*code as usize] += 1;
                        }
                    }
                }
                None => {
                    for code in &codes[..rows] {
                        counts[*code as usize] += 1;
                    }
                }
            });
            largest(&counts, 10)
        };
        ids.iter().map(one).collect()
    }

    fn histogram(&self, edges: &[i64], rows: usize) -> Vec<Vec<u64>> {
        let flat = &self.columns["status"];
        let buckets = edges.windows(2).map(|edges| {
            let newest = self.since(edges[1]).min(rows);
            let oldest = self.since(edges[0]).min(rows);
            let mut counts = vec![0u64; flat.values.len()];
            with_codes!(&flat.codes, codes => {
                for code in &codes[newest..oldest] {
                    counts[*code as usize] += 1;
                }
            });
            counts
        });
        buckets.collect()
    }

    fn groups(&self, id: &str, rows: usize) -> Vec<(u64, usize)> {
        let (keys, status) = (&self.columns[id], &self.columns["status"]);
        let width = status.values.len();
        let mut counts = vec![0u64; keys.values.len() * width];
        with_codes!(&keys.codes, keys => with_codes!(&status.codes, outcomes => {
            for (key, outcome) in keys[..rows].iter().zip(outcomes) {
                counts[*key as usize * width + *outcome as usize] += 1;
            }
        }));
        let totals: Vec<u64> = counts
            .chunks(width)
            .map(|group| group.iter().sum())
            .collect();
        largest(&totals, 50)
    }
}

fn largest(counts: &[u64], limit: usize) -> Vec<(u64, usize)> {
    let mut counted: Vec<(u64, usize)> = counts
        .iter()
        .enumerate()
        .map(|(code, count)| (*count, code))
        .collect();
    if counted.len() > limit {
        counted.select_nth_unstable_by(limit, |left, right| right.cmp(left));
        counted.truncate(limit);
    }
    counted.sort_unstable_by(|left, right| right.cmp(left));
    counted
}
