//! The front of a file as memory. The one place of the program that is not checked by the compiler.
#![expect(
    unsafe_code,
    reason = "a mapped file is what keeps five million names in few pages, shared and dropped by the system"
)]

use std::{fs::File, io};

/// The first bytes of a file, read by the system when they are touched.
pub(super) struct Mapped(memmap2::Mmap);

impl Mapped {
    /// Maps so many bytes of a file.
    ///
    /// A mapped file must not change while it is used. Files of lists never do: they are written
    /// under another name, synced, renamed, and made read-only; a file that is replaced stays
    /// whole for whoever has it open.
    pub(super) fn front(file: &File, bytes: usize) -> io::Result<Mapped> {
        // SAFETY: the file is opened for reading, is never written in place (see above), and its
        // length was checked by the caller. Should somebody cut it short all the same, the system
        // ends the program, and then no name is answered at all.
        let map = unsafe { memmap2::MmapOptions::new().len(bytes).map(file) }?;
        Ok(Mapped(map))
    }

    /// The bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}
