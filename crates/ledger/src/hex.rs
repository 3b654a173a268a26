//! Hashes as lowercase hexadecimal, there and back.

/// 32 bytes as 64 lowercase digits.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(u32::from(four), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// 64 lowercase digits as 32 bytes; anything else is `None`, capitals too.
#[must_use]
pub fn decode(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *byte = (value(*high)? << 4) | value(*low)?;
    }
    Some(bytes)
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_survives_being_written_in_digits() {
        let mut hash = [0; 32];
        (0_u8..)
            .zip(&mut hash)
            .for_each(|(i, byte)| *byte = i.wrapping_mul(37));
        assert_eq!(decode(&encode(&hash)), Some(hash));
    }

    #[test]
    fn capitals_and_wrong_lengths_are_no_hash() {
        let text = encode(&[0xab; 32]);
        assert_eq!(decode(&text.to_uppercase()), None);
        assert_eq!(decode(text.trim_start_matches('a')), None);
        assert_eq!(decode(&text.replace('a', "g")), None);
    }
}
