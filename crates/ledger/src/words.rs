//! A root as twelve plain words, to be printed on a committee's report and read out over the
//! telephone: paper that nobody can rewrite is a witness too. Twelve words of 2048 are the first
//! 132 bits of the root; nobody can make another ledger with the same twelve.

use crate::tree::Hash;

/// 2048 words in the order of the alphabet, none that sounds like another.
const LIST: &str = include_str!("words.txt");

/// How many words say a root.
pub const COUNT: usize = 12;

/// Bits that a word says.
const BITS: usize = 11;

/// The first 132 bits of `root` as twelve words with spaces between.
#[must_use]
pub fn words(root: &Hash) -> String {
    let said: Vec<&str> = (0..COUNT)
        .filter_map(|place| word(number(root, place)))
        .collect();
    said.join(" ")
}

/// The eleven bits that the word at `place` says.
fn number(root: &Hash, place: usize) -> usize {
    (place * BITS..(place + 1) * BITS).fold(0, |number, bit| {
        let byte = root.get(bit / 8).copied().unwrap_or(0);
        (number << 1) | usize::from((byte >> (7 - bit % 8)) & 1)
    })
}

fn word(number: usize) -> Option<&'static str> {
    LIST.split_ascii_whitespace().nth(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_list_has_2048_different_plain_words_in_order() {
        let list: Vec<&str> = LIST.split_ascii_whitespace().collect();
        let sorted: BTreeSet<&str> = list.iter().copied().collect();
        assert_eq!((list.len(), sorted.len()), (2048, 2048));
        assert!(list.is_sorted());
        assert!(
            list.iter()
                .all(|w| w.len() <= 8 && w.bytes().all(|b| b.is_ascii_lowercase()))
        );
    }

    #[test]
    fn twelve_words_say_the_first_132_bits() {
        let list: Vec<&str> = LIST.split_ascii_whitespace().collect();
        assert_eq!(words(&[0; 32]), [list[0]; 12].join(" "));
        assert_eq!(words(&[0xff; 32]), [list[2047]; 12].join(" "));
        let mut root = [0; 32];
        root[1] = 0b0010_0000;
        assert_eq!(words(&root).split(' ').next(), Some(list[1]));
        for bit in 0..132 {
            let mut other = root;
            other[bit / 8] ^= 0x80 >> (bit % 8);
            assert_ne!(words(&other), words(&root), "bit {bit}");
        }
    }
}
