//! The few system calls that change a disk, behind a trait so that tests can stop between any two of them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// What `apply` may do to a disk, and nothing else.
pub trait Disk {
    /// Makes one folder; its parent is there.
    fn create_dir(&mut self, path: &Path) -> io::Result<()>;
    /// Makes a file where nothing stands.
    fn write_new(&mut self, path: &Path, text: &str) -> io::Result<()>;
    /// Puts a file in another's place, in one step.
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file, or a link but not what it points at.
    fn remove_file(&mut self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_dir(&mut self, path: &Path) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Debug)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn create_dir(&mut self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn write_new(&mut self, path: &Path, text: &str) -> io::Result<()> {
        File::create_new(path)?.write_all(text.as_bytes())
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_dir(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}
