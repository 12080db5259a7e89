//! The reading thread: opens sources, splits them, and numbers what comes.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use super::progress::Progress;
use super::source::Source;
use super::steps::StepBook;
use crate::container::{
    self, Block, ContainerError, Event, Fault, Limits, Member, Split, SplitOptions,
};
use crate::record::KindHint;

/// Something with its place in the order of the input.
pub(super) struct Numbered<T> {
    pub number: u64,
    pub item: T,
}

/// What the reader hands to the workers.
pub(super) enum Job {
    /// A file begins.
    Begin { name: Arc<str>, size_bytes: u64 },
    /// Records of the file that began last.
    Block {
        name: Arc<str>,
        hint: KindHint,
        block: Block,
    },
    /// A stretch that is no record.
    Fault(Fault),
    /// The file ends: what it was, or why it could not be read.
    End(Result<Split, ContainerError>),
}

/// Names of files that hold authentication steps.
fn holds_steps(name: &str) -> bool {
    name.to_ascii_lowercase().contains("authdetails")
}

pub(super) struct Reader {
    pub jobs: SyncSender<Numbered<Job>>,
    /// Takes one token for each block and fault; waits while too many are under way.
    pub begun: SyncSender<()>,
    pub steps: Arc<StepBook>,
    pub limits: Limits,
    pub kind: KindHint,
    pub progress: Arc<Progress>,
    pub next_number: u64,
}

impl Reader {
    /// Reads all sources; ends early when nobody takes the jobs any more.
    ///
    /// Files with authentication steps are read before all others, so that the steps are at hand
    /// when their sign-ins come by.
    pub fn run(mut self, sources: &[Source]) {
        for steps_first in [true, false] {
            for source in sources {
                let zip = source.is_zip();
                if !zip && holds_steps(source.name()) != steps_first {
                    continue;
                }
                if self.read(source, zip, steps_first).is_break() {
                    return;
                }
            }
            if steps_first && self.wait_until_idle().is_break() {
                return;
            }
        }
    }

    fn read(&mut self, source: &Source, zip: bool, steps_first: bool) -> ControlFlow<()> {
        self.progress.set_current(source.name());
        let limits = self.limits;
        let mut stopped = false;
        let progress = Arc::clone(&self.progress);
        let mut each = |member: &Member, reader: Result<&mut dyn Read, ContainerError>| {
            if zip && holds_steps(&member.name) != steps_first {
                return ControlFlow::Continue(());
            }
            let flow = self.member(source, member, reader, zip);
            stopped = flow.is_break();
            flow
        };
        let opened = match source {
            Source::File { path, .. } if zip => {
                container::open(path, &limits, &mut each).map(|_| ())
            }
            Source::File { path, name } => open(path, &progress)
                .map(|mut file| {
                    // Whether it was stopped is known from `stopped`.
                    let _flow = container::open_reader(name, &mut file, &limits, &mut each);
                })
                .map_err(|cause| ContainerError::Unreadable {
                    name: name.clone(),
                    cause,
                }),
            Source::Stream { name, reader } => {
                if let Some(reader) = reader.lock().ok().and_then(|mut reader| reader.take()) {
                    let mut reader = Counting {
                        inner: reader,
                        progress,
                    };
                    let _flow = container::open_reader(name, &mut reader, &limits, &mut each);
                }
                Ok(())
            }
        };
        if stopped {
            return ControlFlow::Break(());
        }
        match opened {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => self.unreadable(source, error),
        }
    }

    fn unreadable(&mut self, source: &Source, error: ContainerError) -> ControlFlow<()> {
        self.send(Job::Begin {
            name: Arc::from(source.name()),
            size_bytes: source.size_bytes(),
        })?;
        self.send(Job::End(Err(error)))
    }

    fn member(
        &mut self,
        source: &Source,
        member: &Member,
        reader: Result<&mut dyn Read, ContainerError>,
        zip: bool,
    ) -> ControlFlow<()> {
        // A zip's member is called `<file>/<member>` by the container; the file may have another name here.
        let name: Arc<str> = match (zip, member.name.split_once('/')) {
            (true, Some((_, inner))) => Arc::from(format!("{}/{inner}", source.name())),
            _ => Arc::from(source.name()),
        };
        let size_bytes = if zip {
            member.size_bytes.unwrap_or_default()
        } else {
            source.size_bytes()
        };
        self.progress.set_current(&name);
        if zip {
            self.progress.add_total(size_bytes);
        }
        self.send(Job::Begin {
            name: Arc::clone(&name),
            size_bytes,
        })?;
        let reader = match reader {
            Ok(reader) => reader,
            Err(error) => return self.send(Job::End(Err(error))),
        };
        let hint = KindHint(KindHint::of_file_name(&name).0.or(self.kind.0));
        let mut stopped = false;
        let outcome = container::split(reader, &SplitOptions::default(), &mut |event| {
            let job = match event {
                Event::Block(block) => Job::Block {
                    name: Arc::clone(&name),
                    hint,
                    block,
                },
                Event::Fault(fault) => Job::Fault(fault),
            };
            let flow = self.send(job);
            stopped = flow.is_break();
            flow
        });
        if stopped {
            return ControlFlow::Break(());
        }
        if zip {
            self.progress.add_read(size_bytes);
        }
        self.send(Job::End(outcome))
    }

    fn send(&mut self, item: Job) -> ControlFlow<()> {
        let takes_token = matches!(item, Job::Block { .. } | Job::Fault(_));
        if takes_token && self.begun.send(()).is_err() {
            return ControlFlow::Break(());
        }
        if let Job::Block { .. } = item {
            self.steps.block_sent();
        }
        let number = self.next_number;
        self.next_number += 1;
        match self.jobs.send(Numbered { number, item }) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    /// Waits until all blocks sent so far are resolved.
    fn wait_until_idle(&self) -> ControlFlow<()> {
        self.steps.wait_until_idle()
    }
}

fn open(path: &Path, progress: &Arc<Progress>) -> io::Result<Counting<std::fs::File>> {
    Ok(Counting {
        inner: std::fs::File::open(path)?,
        progress: Arc::clone(progress),
    })
}

/// Counts the bytes that are read, as they lie on the disk.
struct Counting<R> {
    inner: R,
    progress: Arc<Progress>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.progress.add_read(read as u64);
        Ok(read)
    }
}
