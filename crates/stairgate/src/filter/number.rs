//! The numbers of the register in the names of the plan: `device-3` is the third device.

/// The number in a name of this kind.
pub(super) fn of(name: Option<&String>, kind: &str) -> Option<u32> {
    let digits = name?.strip_prefix(kind)?.strip_prefix('-')?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_the_kind_have_a_number() {
        let name = |text: &str| Some(text.to_owned());
        assert_eq!(of(name("device-3").as_ref(), "device"), Some(3));
        assert_eq!(of(name("session-3").as_ref(), "device"), None);
        assert_eq!(of(name("tablet").as_ref(), "device"), None);
        assert_eq!(of(None, "device"), None);
    }
}
