//! The six files of the portal's CSV download as one zip, sent while it is written.

use std::io::{self, Write};

use model::download::PortalFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::portal_csv;
use super::task::Task;

/// Writes the archive of these files, each under its name.
pub fn write(files: &[(PortalFile, String, Task)], out: &mut impl Write) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(out);
    for (file, name, task) in files {
        zip.start_file(name.as_str(), options())?;
        portal_csv::write(task, *file, &mut zip)?;
    }
    zip.finish()?;
    Ok(())
}

/// Files may become longer than 4 GiB, however few sign-ins there are: nobody knows how long one of their texts
/// is before it is written. That has to be said in front of the file.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().large_file(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_archive_may_be_large() {
        let mut written = Vec::new();
        let mut zip = ZipWriter::new_stream(&mut written);
        zip.start_file("SignIns.csv", options()).expect("begun");
        zip.write_all(b"a,b").expect("written");
        zip.finish().expect("ended");
        let name = written.windows(11).position(|part| part == b"SignIns.csv");
        let extra = &written[name.expect("the local header") + 11..];
        // The field that holds sizes of 64 bits.
        assert_eq!(extra[..2], [1, 0]);
        let mut again = zip::ZipArchive::new(io::Cursor::new(written)).expect("an archive");
        let mut text = String::new();
        let mut file = again.by_index(0).expect("a file");
        io::Read::read_to_string(&mut file, &mut text).expect("its text");
        assert_eq!(text, "a,b");
    }
}
