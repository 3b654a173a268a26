//! What the domain of the setting’s mail says about who may send mail for it, in plain words: what is
//! there, what is missing, and what to ask whoever keeps the domain for.

use super::entries::evidence::{Dmarc, MailLookedAt, Spf};

/// A part of it, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is called.
    pub name: &'static str,
    /// Whether it is as it should be.
    pub fine: bool,
    /// How it is.
    pub is: String,
    /// What to do; empty: nothing.
    pub ask: &'static str,
}

/// Everything that was found, in words.
#[must_use]
pub fn parts(found: &MailLookedAt) -> Vec<Part> {
    let (fine, is, ask) = spf(found.spf);
    let spf = part("SPF: which machines may send", fine, is, ask);
    let dkim = if found.dkim.is_empty() {
        part(
            "DKIM: a seal on each mail",
            false,
            "No key was found under the names that are known here",
            "Ask the mail provider to seal mail, and under which name the key stands; write that name down here.",
        )
    } else {
        let names = found.dkim.join(", ");
        let is = format!("There is a key: {names}");
        Part {
            is,
            ..part("DKIM: a seal on each mail", true, "", "")
        }
    };
    let (fine, is, ask) = dmarc(found.dmarc);
    let dmarc = part("DMARC: what others do with the rest", fine, is, ask);
    vec![spf, dkim, dmarc]
}

/// What was found, in one line.
#[must_use]
pub fn in_short(found: &MailLookedAt) -> String {
    let missing: Vec<&str> = parts(found)
        .into_iter()
        .filter(|part| !part.fine)
        .map(|part| part.name.split(':').next().unwrap_or_default())
        .collect();
    if missing.is_empty() {
        return "All is there".to_owned();
    }
    format!("To be put right: {}", missing.join(", "))
}

fn part(name: &'static str, fine: bool, is: &str, ask: &'static str) -> Part {
    Part {
        name,
        fine,
        is: is.to_owned(),
        ask,
    }
}

fn spf(found: Spf) -> (bool, &'static str, &'static str) {
    match found {
        Spf::Strict => (
            true,
            "The domain says which machines may, and no others",
            "",
        ),
        Spf::Soft => (
            true,
            "The domain says which machines may; others are doubted",
            "",
        ),
        Spf::Anybody => (
            false,
            "The domain lets everybody send in its name",
            "Ask whoever keeps the domain to end the line of SPF with -all or ~all.",
        ),
        Spf::Twice => (
            false,
            "There are several lines of SPF, so that none of them counts",
            "Ask whoever keeps the domain to make one line of them.",
        ),
        Spf::None => (
            false,
            "The domain does not say it: anybody can write in our name",
            "Ask whoever keeps the domain for a line of SPF with the machines of the mail provider.",
        ),
    }
}

fn dmarc(found: Dmarc) -> (bool, &'static str, &'static str) {
    match found {
        Dmarc::Reject => (true, "Mail that only pretends to be from us is refused", ""),
        Dmarc::Quarantine => (
            true,
            "Mail that only pretends to be from us goes to the junk",
            "",
        ),
        Dmarc::Watch => (
            false,
            "Others are asked only to tell about mail that pretends to be from us; it is delivered",
            "When SPF and DKIM have been right for some weeks, ask whoever keeps the domain to set DMARC to quarantine.",
        ),
        Dmarc::None => (
            false,
            "The domain does not say it",
            "Ask whoever keeps the domain for a line of DMARC. Begin with one that only watches.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(spf: Spf, dkim: &[&str], dmarc: Dmarc) -> MailLookedAt {
        MailLookedAt {
            domain: "larkrise.example".to_owned(),
            spf,
            dkim: dkim.iter().map(|name| (*name).to_owned()).collect(),
            dmarc,
        }
    }

    #[test]
    fn what_is_missing_is_said_with_what_to_ask_for() {
        let bad = found(Spf::Anybody, &[], Dmarc::Watch);
        assert_eq!(in_short(&bad), "To be put right: SPF, DKIM, DMARC");
        assert!(parts(&bad).iter().all(|part| !part.ask.is_empty()));
        let good = found(Spf::Soft, &["mail"], Dmarc::Reject);
        assert_eq!(in_short(&good), "All is there");
        assert!(parts(&good).iter().all(|part| part.ask.is_empty()));
    }
}
