//! Every line of every form is used or skipped for a reason, whatever is in the file.
#![expect(clippy::unwrap_used, reason = "what a test of its own is made of")]

use gate::lists::{Entry, Form, Tally, Why, read};
use proptest::prelude::*;

fn read_text(form: Form, name: &str, text: &[u8]) -> (Tally, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let mut said = Vec::new();
    let tally = read(&path, form, |line, entry| {
        said.push(match entry {
            Entry::Name(name) => format!("{line} {name}"),
            Entry::Except(name) => format!("{line} not {name}"),
            Entry::Hash(hash) => format!("{line} #{:02x}", hash[0]),
        });
    });
    let tally = tally.unwrap();
    assert!(tally.adds_up(), "{tally:?}");
    (tally, said)
}

fn says(form: Form, text: &str, wanted: &[&str], skipped: &[(&str, u64)]) {
    let (tally, said) = read_text(form, "list", text.as_bytes());
    assert_eq!(said, wanted, "{form:?}");
    let own: Vec<(&str, u64)> = tally
        .skipped
        .iter()
        .map(|(why, skipped)| (why.as_str(), skipped.count))
        .collect();
    let mut skipped = skipped.to_vec();
    skipped.sort_unstable();
    assert_eq!(own, skipped, "{form:?}");
}

const COMMENT: (&str, u64) = ("a comment", 1);

#[test]
fn plain_names_are_taken_and_whole_endings_are_not() {
    says(
        Form::Plain,
        "# one\nExample.COM\n\nco.uk\ncom\nexample.org # why\n192.0.2.1\na/b\nhttps://example.net/\n\u{e9}t\u{e9}.example\n",
        &[
            "2 example.com",
            "6 example.org",
            "9 example.net",
            "10 xn--t-9fab.example",
        ],
        &[
            COMMENT,
            ("blank", 1),
            (Why::WholeEnding.words(), 2),
            (Why::Page.words(), 1),
            ("an address in numbers, not a name", 1),
        ],
    );
}

#[test]
fn hosts_files_close_names_and_nothing_else() {
    says(
        Form::Hosts,
        "# one\n127.0.0.1 localhost\n0.0.0.0 a.example b.example # two\n:: c.example\n192.0.2.7 d.example\nwords\n",
        &["3 a.example", "3 b.example", "4 c.example"],
        &[
            COMMENT,
            (Why::OwnMachine.words(), 1),
            (Why::Answer.words(), 1),
            (Why::NotInForm.words(), 1),
        ],
    );
}

#[test]
fn lists_of_ad_blockers_close_whole_sites_only() {
    says(
        Form::Adblock,
        "! one\n||a.example^\n||b.example^$important\n||c.example^$third-party\n||d.example/x\n@@||e.example^\nf.example##.ad\n/ad[0-9]/\n||*.g.example^\n||ads*.example^\n",
        &[
            "2 a.example",
            "3 b.example",
            "6 not e.example",
            "9 g.example",
        ],
        &[
            COMMENT,
            (Why::Conditional.words(), 1),
            (Why::Page.words(), 1),
            (Why::PartOfPage.words(), 1),
            (Why::Pattern.words(), 2),
        ],
    );
}

#[test]
fn settings_of_name_servers_are_read() {
    says(
        Form::Dnsmasq,
        "# one\naddress=/a.example/b.example/#\nserver=/c.example/\nserver=/d.example/#\nserver=/e.example/192.0.2.1\naddress=/f.example/192.0.2.1\nno-resolv\ncache-size=1\n",
        &[
            "2 a.example",
            "2 b.example",
            "3 c.example",
            "4 not d.example",
        ],
        &[
            COMMENT,
            (Why::Setting.words(), 2),
            (Why::Answer.words(), 1),
            (Why::NotInForm.words(), 1),
        ],
    );
    says(
        Form::Unbound,
        "server:\nlocal-zone: \"a.example.\" always_nxdomain\n\tlocal-zone: b.example transparent\nlocal-data: \"c.example A 0.0.0.0\"\nlocal-data: \"d.example A 192.0.2.1\"\n",
        &["2 a.example", "3 not b.example", "4 c.example"],
        &[(Why::Setting.words(), 1), (Why::Answer.words(), 1)],
    );
    says(
        Form::Rpz,
        "$TTL 60\n@ SOA a b 1 2 3 4 5\n; one\na.example CNAME .\n*.b.example 300 IN CNAME *.\nc.example CNAME rpz-passthru.\nd.example CNAME wall.example.\n32.1.2.0.192.rpz-ip CNAME .\n$ORIGIN rpz.test.\ne.example.rpz.test. CNAME .\n",
        &[
            "4 a.example",
            "5 b.example",
            "6 not c.example",
            "10 e.example",
        ],
        &[
            COMMENT,
            (Why::Setting.words(), 3),
            (Why::Answer.words(), 1),
            (Why::Conditional.words(), 1),
        ],
    );
}

#[test]
fn wildcards_squid_and_geosite_are_read() {
    says(
        Form::Wildcard,
        "*.a.example\n=b.example\nads.*\n",
        &["1 a.example", "2 b.example"],
        &[(Why::Pattern.words(), 1)],
    );
    says(
        Form::Squid,
        ".a.example\nb.example\n",
        &["1 a.example", "2 b.example"],
        &[],
    );
    says(
        Form::Geosite,
        "# one\na.example\nfull:b.example @ads # why\ndomain:c.example\nkeyword:d\nregexp:^e\ninclude:f\n",
        &["2 a.example", "3 b.example", "4 c.example"],
        &[
            COMMENT,
            (Why::Pattern.words(), 2),
            (Why::OtherList.words(), 1),
        ],
    );
}

#[test]
fn folders_of_lists_are_read_by_the_names_of_their_files() {
    let one = |form, name, text: &str| read_text(form, name, text.as_bytes());
    assert_eq!(one(Form::Ut1, "domains", "a.example\n").1, ["1 a.example"]);
    let (urls, said) = one(Form::Ut1, "urls", "a.example/x\nb.example/\n");
    assert_eq!(
        (said, urls.skipped[Why::Page.words()].count),
        (vec!["2 b.example".to_owned()], 1)
    );
    let (patterns, _) = one(Form::Ut1, "expressions", "(a|b)\n");
    assert_eq!(patterns.skipped[Why::Pattern.words()].count, 1);
    let (sites, said) = one(
        Form::E2guardian,
        "bannedsitelist",
        "#x\na.example\n.Include</y>\n*ip\n",
    );
    assert_eq!(said, ["2 a.example"]);
    assert_eq!(sites.skipped[Why::OtherList.words()].count, 1);
    let (phrases, _) = one(Form::E2guardian, "bannedphraselist", "<a b>\n");
    assert_eq!(phrases.skipped[Why::Phrase.words()].count, 1);
}

#[test]
fn tables_json_and_hashes_are_read() {
    says(
        Form::Csv,
        "category,domain\nadult,\"a.example\"\nadult,b.example\nshort\n",
        &["2 a.example", "3 b.example"],
        &[(Why::Setting.words(), 1), (Why::NotInForm.words(), 1)],
    );
    says(
        Form::Json,
        "[\"a.example\", {\"domain\": \"b.example\"}, 7, \"c.example/x\"]",
        &["1 a.example", "2 b.example"],
        &[(Why::NotInForm.words(), 1), (Why::Page.words(), 1)],
    );
    says(
        Form::Hashed,
        &format!("{}\n{}\nwords\n", "ab".repeat(32), "ab".repeat(16)),
        &["1 #ab"],
        &[(Why::OtherHash.words(), 1), (Why::NotInForm.words(), 1)],
    );
}

#[test]
fn lines_of_any_length_and_of_no_text_are_skipped() {
    let mut text = b"a.example\n".to_vec();
    text.extend(vec![b'x'; 3_000_000]);
    text.extend(b"\nb.example\r\n\xff\xfe\nc.example");
    let (tally, said) = read_text(Form::Plain, "list", &text);
    assert_eq!(said, ["1 a.example", "3 b.example", "5 c.example"]);
    assert_eq!(tally.skipped[Why::LongLine.words()].count, 1);
    assert_eq!(tally.skipped[Why::NotText.words()].count, 1);
}

proptest! {
    #[test]
    fn no_text_breaks_a_list(
        form in prop::sample::select(Form::ALL),
        text in prop::collection::vec(prop_oneof![
            any::<String>(),
            "[-|@^$#!*./:=<>\" a-c0-2]{0,30}",
            "(\\|\\||address=/|local-zone: |@@|0.0.0.0 |include:|\\$ORIGIN )[a-c.*/^ ]{0,12}",
        ], 0..20),
        name in prop::sample::select(&["list", "urls", "domains", "bannedphraselist"][..]),
    ) {
        let text = text.join("\n");
        // A document that is not JSON at all is the one thing that is refused whole.
        if form != Form::Json {
            let (tally, said) = read_text(form, name, text.as_bytes());
            let normal = |said: &String| {
                let name = said.rsplit(' ').next().unwrap_or_default();
                name.starts_with('#') || gate::names::normal(name).is_ok_and(|own| own == name)
            };
            prop_assert!(said.iter().all(normal));
            prop_assert!(tally.used <= tally.names + tally.exceptions);
        }
    }
}
