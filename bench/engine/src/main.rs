//! Answers the eighteen queries of the explorer's benchmark, one JSON line for each line asked.
//!
//! bench/explorer/queries.py says what the queries are and how answers look; docs/BENCHMARKS.md how
//! they are measured.

mod asks;
mod export;
mod held;
mod limit;

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::Parser;
use serde::Deserialize;
use serde_json::{Value, json};

use asks::Parameters;
use held::Held;
use limit::Limit;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What goes wrong ends the benchmark, with its reason.
type Failure = Box<dyn std::error::Error>;

#[derive(Parser)]
struct Options {
    /// Data folder of Vestibule
    #[arg(long)]
    data: PathBuf,
    /// What time it is taken to be
    #[arg(long)]
    now: String,
}

#[derive(Deserialize)]
#[serde(tag = "ask", rename_all = "lowercase")]
enum Line {
    Files,
    Facts,
    Parameters { parameters: Box<Parameters> },
    Run { query: String, engine: Engine },
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Engine {
    Explorer,
    Limit,
}

fn main() -> Result<(), Failure> {
    let options = Options::parse();
    let now = model::time::read(&options.now).ok_or("--now is no moment")?;
    let runtime = tokio::runtime::Runtime::new()?;
    let mut held: Option<Held> = None;
    let mut parameters: Option<Parameters> = None;
    let mut limit: Option<Limit> = None;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let answer = match serde_json::from_str(&line?)? {
            Line::Files => runtime.block_on(held::files(&options.data))?,
            Line::Parameters { parameters: given } => {
                parameters = Some(*given);
                json!({"ok": true})
            }
            other => {
                if held.is_none() {
                    held = Some(runtime.block_on(Held::load(&options.data))?);
                }
                let held = held.as_ref().ok_or("nothing is loaded")?;
                match (other, &parameters) {
                    (Line::Facts, _) => held.facts(),
                    (
                        Line::Run {
                            query,
                            engine: Engine::Explorer,
                        },
                        Some(parameters),
                    ) => run(|| asks::run(&held.view, &query, parameters, now))?,
                    (
                        Line::Run {
                            query,
                            engine: Engine::Limit,
                        },
                        Some(parameters),
                    ) => {
                        let limit = limit
                            .get_or_insert_with(|| Limit::new(std::sync::Arc::clone(&held.view)));
                        match limit.run(&query, parameters) {
                            Some(ms) => json!({"ms": ms, "answer": null}),
                            None => json!({"ms": null, "answer": null}),
                        }
                    }
                    _ => return Err("the parameters come first".into()),
                }
            }
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

/// Times the making of an answer, without turning it into JSON.
fn run(answer: impl FnOnce() -> Result<asks::Found, Failure>) -> Result<Value, Failure> {
    let begun = Instant::now();
    let found = answer()?;
    let ms = begun.elapsed().as_secs_f64() * 1_000.0;
    Ok(json!({"ms": ms, "answer": found.json()}))
}
