//! Questions that are made here: for those upstream, and for tests.

use super::question::HEAD_BYTES;

/// A question with the number 0; nothing is checked, as the name was before.
pub(super) fn question(name: &str, kind: u16, room: Option<u16>) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEAD_BYTES + name.len() + 17);
    out.extend_from_slice(&[0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, u8::from(room.is_some())]);
    for label in name.split('.').filter(|label| !label.is_empty()) {
        // INVARIANT: a label of a name has at most 63 bytes.
        out.push(u8::try_from(label.len()).unwrap_or(0));
        out.extend_from_slice(label.as_bytes());
    }
    out.push(0);
    out.extend_from_slice(&kind.to_be_bytes());
    out.extend_from_slice(&[0, 1]);
    if let Some(room) = room {
        let [r0, r1] = room.to_be_bytes();
        out.extend_from_slice(&[0, 0, 41, r0, r1, 0, 0, 0, 0, 0, 0]);
    }
    out
}

/// Gives a question a number and letters of random size, so that nobody can answer it unseen.
pub(super) fn disguise(question: &mut [u8], chance: &[u8; 34]) {
    let (id, sizes) = chance.split_at(2);
    let Some((head, name)) = question.split_at_mut_checked(HEAD_BYTES) else {
        return;
    };
    for (place, byte) in head.iter_mut().zip(id) {
        *place = *byte;
    }
    for (at, byte) in name.iter_mut().take_while(|byte| **byte != 0).enumerate() {
        // Lengths of labels are below the letters, and stay.
        let bits = sizes.get(at / 8).copied().unwrap_or(0);
        if byte.is_ascii_lowercase() && bits & (1 << (at % 8)) != 0 {
            *byte = byte.to_ascii_uppercase();
        }
    }
}
