//! The six files of the portal's CSV download as one zip, sent while it is written.

use std::io::{self, Write};

use model::download::PortalFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::portal_csv;
use super::task::Task;

/// From so many sign-ins on a file may be longer than 4 GiB, which takes a newer form of the archive.
const LARGE_ROWS: u64 = 500_000;

/// Writes the archive of these files, each under its name.
pub fn write(files: &[(PortalFile, String, Task)], out: &mut impl Write) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(out);
    for (file, name, task) in files {
        let is_large = task.part.rows() > LARGE_ROWS;
        let options = SimpleFileOptions::default().large_file(is_large);
        zip.start_file(name.as_str(), options)?;
        portal_csv::write(task, *file, &mut zip)?;
    }
    zip.finish()?;
    Ok(())
}
