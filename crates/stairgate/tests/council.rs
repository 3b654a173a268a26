//! Two programs on one setting, as a council runs it: one PostgreSQL, two machines with a data folder
//! each, in both the same folder `keys`. (`cfg(test)` tells the lints that these are tests.)

#[cfg(test)]
#[expect(dead_code, reason = "the ledger's tests ask for more of their server")]
#[path = "../../ledger/tests/whole/local_postgres.rs"]
mod local_postgres;
#[cfg(test)]
mod memory {
    /// A setting of the environment; the tests' own, never the product's.
    #[expect(clippy::disallowed_methods, reason = "tests are set from outside")]
    pub(crate) fn setting(name: &str) -> Option<String> {
        std::env::var(name).ok()
    }
}
#[cfg(test)]
#[expect(
    dead_code,
    reason = "the other tests of the program ask for more of it"
)]
#[path = "site/program.rs"]
mod program;

#[cfg(test)]
#[expect(dead_code, reason = "the post's own tests ask for more of them")]
#[path = "../../post/tests/whole/servers.rs"]
mod servers;

#[cfg(test)]
mod tests {
    use super::{
        local_postgres,
        program::{Browser, PASSWORD, Program, shell},
        servers::Running,
    };
    use std::{
        path::Path,
        time::{Duration, Instant},
    };

    /// What one did is to be seen on the other within this time.
    const SEEN_WITHIN: Duration = Duration::from_secs(2);
    /// After this time it does not come at all.
    const NEVER_AFTER: Duration = Duration::from_secs(20);

    /// Gives a folder the other's `keys`: the same files, as on a disk that both machines reach.
    fn share_keys(from: &Path, to: &Path) {
        std::os::unix::fs::symlink(from.join("keys"), to.join("keys")).unwrap();
    }

    /// Waits until a page says these words.
    fn sees(browser: &mut Browser, path: &str, words: &str) -> Duration {
        let asked = Instant::now();
        while !browser.get(path).body.contains(words) {
            assert!(asked.elapsed() <= NEVER_AFTER, "{words} is not on {path}");
        }
        asked.elapsed()
    }

    fn done(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) {
        let answer = browser.send(path, fields);
        assert_eq!(answer.status, 303, "{path}: {}", answer.body);
    }

    fn add(browser: &mut Browser, name: &str) {
        let new = [("name", name), ("groups", "staff"), ("since", "2020-09-01")];
        done(browser, "/people/add", &new);
    }

    fn open_room(browser: &mut Browser, name: &str) {
        done(browser, "/rooms/open", &[("name", name)]);
    }

    #[test]
    fn two_programs_on_one_server_show_each_other_s_acts_within_two_seconds() {
        let Some(url) = local_postgres::url("council") else {
            return;
        };
        let run = tempfile::tempdir().unwrap();
        let name = format!("council {}", run.path().display());
        let on_server = ["--database", &url, "--setting", &name];
        let one = Program::start_with(&on_server, |_| ());
        let mut manager = one.set_up_here();
        let two = Program::start_with(&on_server, |folder| share_keys(one.folder.path(), folder));
        let mut elsewhere = two.browser();
        elsewhere.sign_in("maya", PASSWORD);

        open_room(&mut manager, "Ducklings");
        let there = sees(&mut elsewhere, "/rooms", "Ducklings");
        open_room(&mut elsewhere, "Otters");
        let here = sees(&mut manager, "/rooms", "Otters");
        // A machine that is busy elsewhere may miss it once.
        assert!(there.min(here) <= SEEN_WITHIN, "{there:?}, {here:?}");
        // Sealed words, too: a name that one wrote is read by the other.
        add(&mut elsewhere, "Idris Vane");
        sees(&mut manager, "/people", "Idris Vane");
        // And erased by one, the name is gone on the other, which goes on.
        let leave = [("person", "2"), ("last", "2020-09-30")];
        done(&mut manager, "/people/2/leaving", &leave);
        let erase = [("person", "2"), ("why", "asked-for"), ("understood", "yes")];
        done(&mut manager, "/people/2/erase", &erase);
        add(&mut elsewhere, "Petra Quill");
        sees(&mut manager, "/people", "Petra Quill");
        for browser in [&mut manager, &mut elsewhere] {
            assert!(!browser.get("/people/2").body.contains("Idris Vane"));
        }
        // At once, in turns: neither loses an act, and none is done twice.
        for round in 0..5 {
            open_room(&mut manager, &format!("North {round}"));
            open_room(&mut elsewhere, &format!("South {round}"));
        }
        sees(&mut manager, "/rooms", "South 4");
        sees(&mut elsewhere, "/rooms", "North 4");

        let folder = two.folder.path().display().to_string();
        let check = [&["ledger", "check", "--data", &folder], &on_server[..]].concat();
        let (well, words) = shell(&check);
        assert!(well, "{words}");
    }

    /// Waits until so many messages have come, each with another name.
    fn come(mail: &Running, count: usize) {
        let began = Instant::now();
        while mail.got("received.jsonl").len() < count {
            let waited = began.elapsed();
            assert!(waited < Duration::from_secs(20), "{count} did not come");
            std::thread::yield_now();
        }
    }

    #[test]
    fn of_two_programs_one_sends_and_when_it_ends_the_other_goes_on() {
        let Some(url) = local_postgres::url("council post") else {
            return;
        };
        let run = tempfile::tempdir().unwrap();
        let name = format!("post {}", run.path().display());
        let on_server = ["--database", &url, "--setting", &name];
        let mut one = Program::start_with(&on_server, |_| ());
        let mut manager = one.set_up_here();
        let two = Program::start_with(&on_server, |folder| share_keys(one.folder.path(), folder));
        let mut elsewhere = two.browser();
        elsewhere.sign_in("maya", PASSWORD);
        let mail = Running::mail("plain");
        let port = mail.port.to_string();
        let set = [
            ("host", "localhost"),
            ("port", port.as_str()),
            ("security", "none"),
            ("from", "office@larkrise.example"),
            ("address", "https://stairgate.larkrise.example"),
            ("hour", "8"),
        ];
        done(&mut manager, "/settings/mail/set", &set);
        let contact = [("email", "maya@larkrise.example")];
        done(&mut manager, "/people/1/contact", &contact);
        let ask = [("act", "notices.ask-test")];
        for round in 1..=3 {
            done(&mut manager, "/settings/mail", &ask);
            sees(&mut elsewhere, "/settings/mail", "office@larkrise.example");
            done(&mut elsewhere, "/settings/mail", &ask);
            come(&mail, 2 * round);
        }
        // Killed before it has noted what it sent, the last one would come twice.
        let began = Instant::now();
        while elsewhere.get("/activity").body.matches("by mail").count() < 6 {
            assert!(began.elapsed() < Duration::from_secs(20), "not noted");
        }
        one.kill();
        done(&mut elsewhere, "/settings/mail", &ask);
        come(&mail, 7);
        let mut names: Vec<String> = mail.got("received.jsonl");
        names.iter_mut().for_each(|message| {
            let after = message.split("Message-ID: ").nth(1).unwrap_or_default();
            *message = after.split("\\r").next().unwrap_or_default().to_owned();
        });
        names.sort();
        names.dedup();
        assert_eq!((names.len(), mail.got("received.jsonl").len()), (7, 7));
    }

    #[test]
    fn a_second_program_without_the_keys_does_not_start_and_says_what_it_needs() {
        let Some(url) = local_postgres::url("council without keys") else {
            return;
        };
        let run = tempfile::tempdir().unwrap();
        let name = format!("without {}", run.path().display());
        let on_server = ["--database", &url, "--setting", &name];
        let one = Program::start_with(&on_server, |_| ());
        drop(one.set_up_here());
        let data = run.path().display().to_string();
        let serve = ["serve", "--listen", "127.0.0.1:0", "--data", &data];
        let (well, words) = shell(&[&serve, &on_server[..]].concat());
        assert!(!well);
        assert!(words.contains("wrapping"), "{words}");
    }
}
