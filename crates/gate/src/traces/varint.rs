//! Small numbers in few bytes: seven bits a byte, the lowest first.

/// Writes a number.
pub(super) fn write(mut number: u64, to: &mut Vec<u8>) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            to.push(low);
            return;
        }
        to.push(low | 0x80);
    }
}

/// Writes a number that may be below zero.
pub(super) fn write_signed(number: i64, to: &mut Vec<u8>) {
    let folded = (number << 1) ^ (number >> 63);
    write(u64::from_ne_bytes(folded.to_ne_bytes()), to);
}

/// Reads a number and moves on; `None` where the bytes end or it is too long.
pub(super) fn read(from: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = from.split_first()?;
        *from = rest;
        let low = u64::from(byte & 0x7f);
        if shift == 63 && low > 1 {
            return None;
        }
        number |= low << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// Reads a number that may be below zero.
pub(super) fn read_signed(from: &mut &[u8]) -> Option<i64> {
    let folded = read(from)?;
    let half = i64::try_from(folded >> 1).ok()?;
    Some(if folded & 1 == 0 { half } else { !half })
}

/// Reads a number of at most 32 bits.
pub(super) fn read_u32(from: &mut &[u8]) -> Option<u32> {
    u32::try_from(read(from)?).ok()
}

/// Reads a size of at most `most`.
pub(super) fn read_size(from: &mut &[u8], most: usize) -> Option<usize> {
    let size = usize::try_from(read(from)?).ok()?;
    (size <= most).then_some(size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_are_read_as_written(number in any::<u64>(), signed in any::<i64>()) {
            let mut bytes = Vec::new();
            write(number, &mut bytes);
            write_signed(signed, &mut bytes);
            let mut from = bytes.as_slice();
            prop_assert_eq!(read(&mut from), Some(number));
            prop_assert_eq!(read_signed(&mut from), Some(signed));
            prop_assert!(from.is_empty());
        }

        #[test]
        fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..20)) {
            let mut from = bytes.as_slice();
            while read(&mut from).is_some() {}
        }
    }
}
