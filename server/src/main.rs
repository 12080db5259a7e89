//! Vestibule: the program. Every command is a file in [`cli`].

mod access;
mod answering;
mod api;
mod assets;
mod backend;
mod cli;
mod config;
mod connections;
mod folding;
mod groups;
mod jobs;
mod keeping;
mod limits;
mod logging;
mod middleware;
mod pace;
mod registrations;
mod remembered;
mod router;
mod sight;
mod tenant_name;

use std::process::ExitCode;

/// Records are many small texts; this allocator hands them out much faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
