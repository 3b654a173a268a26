//! A question as it comes from the network, read by hand: this is on the way of every answer, and a
//! question has one form only. What is not well formed is answered in words or not at all.

use crate::seam::{Fault, broken};

/// Bytes before the question.
pub(super) const HEAD_BYTES: usize = 12;

/// The most bytes of a question that anybody needs to send.
pub(super) const QUESTION_BYTES_MAX: usize = 4096;

/// The most records after the question that are looked at.
const MORE_MAX: u16 = 8;

/// Types that the filter knows.
pub(super) mod kind {
    pub(in crate::dns) const A: u16 = 1;
    pub(in crate::dns) const SOA: u16 = 6;
    pub(in crate::dns) const PTR: u16 = 12;
    pub(in crate::dns) const AAAA: u16 = 28;
    pub(in crate::dns) const OPT: u16 = 41;
    pub(in crate::dns) const SVCB: u16 = 64;
    pub(in crate::dns) const HTTPS: u16 = 65;
    /// Whole zones and all types at once: 251 to 255.
    pub(in crate::dns) const WHOLE: std::ops::RangeInclusive<u16> = 251..=255;
}

/// What a question is answered with when it can't be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum No {
    /// It is not well formed.
    Form,
    /// It asks for something else than names.
    NotKnown,
    /// It asks for what nobody gets here.
    Refused,
    /// It speaks a later version.
    Version,
}

/// A question.
#[derive(Clone)]
pub(super) struct Question {
    /// The number that it is answered with.
    pub(super) id: [u8; 2],
    /// Whether more than our own knowledge is asked for.
    pub(super) recursion: bool,
    /// Whether whoever asks checks signatures.
    pub(super) checking_disabled: bool,
    /// The type.
    pub(super) kind: u16,
    /// Where the question ends.
    pub(super) end: usize,
    /// How large an answer may be, where it says so.
    pub(super) room: Option<u16>,
    /// Whether it has only letters that names have.
    is_name: bool,
    text: [u8; 254],
    length: usize,
}

/// What came.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all that comes is a question, and a place on the heap costs more than a copy"
)]
pub(super) enum Came {
    /// A question.
    Question(Question),
    /// Something that is answered with no.
    No(No),
    /// Something that is not answered: an answer, or no message at all.
    Nothing,
}

impl Question {
    /// Its name in small letters, without a dot at the end; empty for the root.
    pub(super) fn text(&self) -> &str {
        let bytes = self.text.get(..self.length).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// Whether it has only letters that names have.
    pub(super) fn is_name(&self) -> bool {
        self.is_name && self.length > 0
    }

    /// Reads a message.
    pub(super) fn read(bytes: &[u8]) -> Came {
        let Some((head, _)) = bytes.split_first_chunk::<HEAD_BYTES>() else {
            return Came::Nothing;
        };
        let [id0, id1, flags, more, q0, q1, a0, a1, n0, n1, r0, r1] = *head;
        if flags & 0x80 != 0 {
            return Came::Nothing;
        }
        if flags & 0x78 != 0 {
            return Came::No(No::NotKnown);
        }
        if [q0, q1, a0, a1, n0, n1] != [0, 1, 0, 0, 0, 0] || bytes.len() > QUESTION_BYTES_MAX {
            return Came::No(No::Form);
        }
        let mut question = Question {
            id: [id0, id1],
            recursion: flags & 1 != 0,
            checking_disabled: more & 0x10 != 0,
            kind: 0,
            end: 0,
            room: None,
            is_name: true,
            text: [0; 254],
            length: 0,
        };
        match question.read_rest(bytes, u16::from_be_bytes([r0, r1])) {
            Ok(()) => Came::Question(question),
            Err(no) => Came::No(no),
        }
    }

    fn read_rest(&mut self, bytes: &[u8], more: u16) -> Result<(), No> {
        let mut at = self.read_name(bytes)?;
        let tail = bytes.get(at..).and_then(|left| left.first_chunk::<4>());
        let [k0, k1, c0, c1] = *tail.ok_or(No::Form)?;
        at += 4;
        (self.kind, self.end) = (u16::from_be_bytes([k0, k1]), at);
        if more > MORE_MAX {
            return Err(No::Form);
        }
        for _ in 0..more {
            at = self.read_record(bytes, at)?;
        }
        if [c0, c1] != [0, 1] || kind::WHOLE.contains(&self.kind) || self.kind == kind::OPT {
            return Err(No::Refused);
        }
        Ok(())
    }

    /// Reads the name in small letters; the place after it.
    fn read_name(&mut self, bytes: &[u8]) -> Result<usize, No> {
        let mut at = HEAD_BYTES;
        loop {
            let length = usize::from(*bytes.get(at).ok_or(No::Form)?);
            at += 1;
            if length == 0 {
                return Ok(at);
            }
            // No pointer: there is nothing before a question that it could point to.
            if length > 63 {
                return Err(No::Form);
            }
            let label = bytes.get(at..at + length).ok_or(No::Form)?;
            if self.length > 0 {
                self.put(b'.')?;
            }
            for byte in label {
                let mut small = byte.to_ascii_lowercase();
                if broken(|| Fault::CapitalsDiffer) {
                    small = *byte;
                }
                let fits = matches!(small, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
                self.is_name &= fits;
                self.put(if fits { small } else { b'?' })?;
            }
            at += length;
        }
    }

    fn put(&mut self, byte: u8) -> Result<(), No> {
        *self.text.get_mut(self.length).ok_or(No::Form)? = byte;
        self.length += 1;
        if self.length > 253 {
            return Err(No::Form);
        }
        Ok(())
    }

    /// Reads a record after the question: only what it says of the room for an answer counts.
    fn read_record(&mut self, bytes: &[u8], at: usize) -> Result<usize, No> {
        let is_root = bytes.get(at) == Some(&0);
        let at = skip_name(bytes, at).ok_or(No::Form)?;
        let head = bytes.get(at..).and_then(|left| left.first_chunk::<10>());
        let [k0, k1, s0, s1, _, version, _, _, l0, l1] = *head.ok_or(No::Form)?;
        let end = at + 10 + usize::from(u16::from_be_bytes([l0, l1]));
        if end > bytes.len() {
            return Err(No::Form);
        }
        if u16::from_be_bytes([k0, k1]) == kind::OPT {
            if !is_root || self.room.is_some() {
                return Err(No::Form);
            }
            self.room = Some(u16::from_be_bytes([s0, s1]));
            if version != 0 {
                return Err(No::Version);
            }
        }
        Ok(end)
    }
}

/// The place after a name that may end in a pointer.
pub(super) fn skip_name(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = *bytes.get(at)?;
        match length {
            0 => return Some(at + 1),
            1..=63 => at += 1 + usize::from(length),
            192.. => return bytes.get(at + 1).map(|_| at + 2),
            64..=191 => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::made::question;

    fn read(bytes: &[u8]) -> Result<Question, Option<No>> {
        match Question::read(bytes) {
            Came::Question(question) => Ok(question),
            Came::No(no) => Err(Some(no)),
            Came::Nothing => Err(None),
        }
    }

    #[test]
    fn a_question_is_read_with_its_name_in_small_letters() {
        let bytes = question("WwW.Example.COM", kind::AAAA, Some(1232));
        let read = read(&bytes).unwrap();
        assert_eq!(read.text(), "www.example.com");
        assert!(read.is_name());
        assert_eq!((read.kind, read.room), (kind::AAAA, Some(1232)));
        assert_eq!(read.end, bytes.len() - 11);
    }

    #[test]
    fn what_is_not_a_question_is_told_or_left() {
        let whole = question("www.example.com", kind::A, Some(4096));
        for length in 0..whole.len() {
            let no = read(&whole[..length]).err().unwrap();
            assert_eq!(no, (length >= 12).then_some(No::Form), "{length} bytes");
        }
        let change = |at: usize, to: u8| {
            let mut bytes = whole.clone();
            bytes[at] = to;
            read(&bytes).err().flatten()
        };
        assert!(
            read(&{
                let mut bytes = whole.clone();
                bytes[2] |= 0x80;
                bytes
            })
            .is_err()
        );
        assert_eq!(change(2, 0x29), Some(No::NotKnown));
        assert_eq!(change(5, 2), Some(No::Form));
        assert_eq!(change(12, 0xc0), Some(No::Form));
        assert_eq!(change(30, 255), Some(No::Refused), "all types at once");
        assert_eq!(change(32, 3), Some(No::Refused), "another class");
        assert_eq!(change(39, 1), Some(No::Version));
    }

    #[test]
    fn letters_that_no_name_has_are_noticed() {
        let mut bytes = question("www.example.com", kind::A, None);
        bytes[13] = b'.';
        let read = read(&bytes).unwrap();
        assert!(!read.is_name());
        assert_eq!(read.text(), "?ww.example.com");
    }
}
