//! What somebody is answered who asks the filter as a name server.
use crate::{
    client::{Running, now, packet, question, run, stream, words, write_plan},
    given::Lists,
    upstream::Upstream,
};
use hickory_proto::{op::Message, rr::RecordType};

const LISTS: Lists<'_> = &[("illegal", &["bad.example"]), ("adult", &["adult.example"])];

const STAFF: &str = r#"
strangers = "staff"
at_home = ["home.example"]
[[profile]]
name = "staff"
closed = ["adult", "ways-round"]
"#;

const CHILDREN: &str = r#"
strangers = "children"
[closing]
answer = "page"
page4 = "192.0.2.80"
page6 = "2001:db8::80"
[[profile]]
name = "children"
children = true
closed = ["adult"]
"#;

fn staff() -> Running {
    run(LISTS, STAFF, |_| {})
}

#[test]
fn what_is_open_is_answered_from_upstream_and_asked_once() {
    let filter = staff();
    for _ in 0..3 {
        assert_eq!(
            filter.told("wWw.Open.example", RecordType::A),
            "198.51.100.1 (300)"
        );
    }
    assert_eq!(filter.upstream.asked("www.open.example"), 1);
    let message = filter.ask("wWw.Open.example", RecordType::A);
    assert_eq!(message.queries[0].name.to_ascii(), "wWw.Open.example.");
    assert_eq!(
        filter.told("none.example", RecordType::A),
        "no such name; nothing (9)"
    );
    assert_eq!(
        filter.told("www.open.example", RecordType::MX),
        "nothing (9)"
    );
    assert_eq!(filter.told("broken.example", RecordType::A), "failed");
}

#[test]
fn what_is_closed_is_answered_here_and_never_asked_upstream() {
    let filter = staff();
    for name in ["adult.example", "a.b.adult.example", "x.bad.example"] {
        for kind in [
            RecordType::A,
            RecordType::AAAA,
            RecordType::HTTPS,
            RecordType::TXT,
        ] {
            assert_eq!(filter.told(name, kind), "no such name; nothing (60)");
        }
    }
    assert_eq!(filter.upstream.all(), 0);
    let told = filter.told.lock().unwrap();
    assert_eq!(
        told[0],
        "Dns adult.example Closed Some((1, 1)) 'adult' is closed for 'staff'"
    );
    assert_eq!(
        told[8],
        "Dns x.bad.example Closed Some((0, 1)) illegal for everybody: nothing opens it"
    );
}

#[test]
fn children_are_shown_the_page_and_forget_it_soon() {
    let filter = run(LISTS, CHILDREN, |_| {});
    assert_eq!(
        filter.told("adult.example", RecordType::A),
        "192.0.2.80 (5)"
    );
    assert_eq!(
        filter.told("adult.example", RecordType::AAAA),
        "2001:db8::80 (5)"
    );
    assert_eq!(
        filter.told("adult.example", RecordType::HTTPS),
        "nothing (5)"
    );
    assert_eq!(
        filter.told("www.open.example", RecordType::A),
        "198.51.100.1 (5)"
    );
}

#[test]
fn searches_are_made_safe_for_children_and_engines_that_cannot_be_are_closed() {
    let filter = run(LISTS, CHILDREN, |_| {});
    let safe = "-> forcesafesearch.google.com. (5); 203.0.113.7 (5)";
    for _ in 0..2 {
        assert_eq!(filter.told("www.google.co.uk", RecordType::A), safe);
    }
    assert_eq!(filter.upstream.asked("www.google.co.uk"), 0);
    assert_eq!(
        filter.told("www.google.co.uk", RecordType::HTTPS),
        "nothing (5)"
    );
    assert_eq!(
        filter.told("search.yahoo.com", RecordType::A),
        "192.0.2.80 (5)"
    );
    let told = filter.told.lock().unwrap();
    assert!(
        told[0].starts_with("Dns www.google.co.uk MadeSafe"),
        "{told:?}"
    );
    // Nobody asked for it there.
    let filter = staff();
    assert_eq!(
        filter.told("www.google.co.uk", RecordType::A),
        "198.51.100.1 (300)"
    );
}

#[test]
fn devices_that_ask_whether_they_may_go_round_hear_no() {
    let filter = staff();
    for name in [
        "use-application-dns.net",
        "mask.icloud.com",
        "mask-h2.icloud.com",
    ] {
        assert_eq!(
            filter.told(name, RecordType::A),
            "no such name; nothing (60)"
        );
    }
    assert_eq!(
        filter.told("_dns.resolver.arpa", RecordType::SVCB),
        "nothing (60)"
    );
    assert_eq!(
        filter.told("printer.local", RecordType::A),
        "no such name; nothing (60)"
    );
    assert_eq!(filter.told("localhost", RecordType::A), "127.0.0.1 (60)");
    assert_eq!(filter.upstream.all(), 0);
}

#[test]
fn names_that_lead_to_closed_ones_are_closed() {
    let filter = staff();
    for _ in 0..2 {
        assert_eq!(
            filter.told("alias.example", RecordType::A),
            "no such name; nothing (60)"
        );
    }
    assert_eq!(
        filter.told("alias.example", RecordType::HTTPS),
        "no such name; nothing (60)"
    );
    assert_eq!(
        filter.told("fine-alias.example", RecordType::A),
        "-> edge.example.net. (60); 198.51.100.10 (7)"
    );
    assert_eq!(filter.told("loop.example", RecordType::A), "failed");
    let told = filter.told.lock().unwrap();
    assert!(
        told[0].contains("AnswerClosed Some((1, 1)) 'adult' is closed"),
        "{told:?}"
    );
}

#[test]
fn addresses_of_private_networks_and_of_ways_round_are_not_told() {
    let filter = staff();
    assert_eq!(filter.told("rebind.example", RecordType::A), "nothing (60)");
    assert_eq!(
        filter.told("rebind.example", RecordType::AAAA),
        "nothing (60)"
    );
    assert_eq!(
        filter.told("box.home.example", RecordType::A),
        "192.168.1.1 (60)"
    );
    assert_eq!(
        filter.told("round.example", RecordType::A),
        "no such name; nothing (60)"
    );
    let told = filter.told.lock().unwrap();
    assert!(
        told.iter()
            .any(|one| one.ends_with("its address is a way round the filter"))
    );
}

#[test]
fn keys_that_would_hide_the_name_are_taken_out() {
    let filter = staff();
    let told = filter.told("www.open.example", RecordType::HTTPS);
    assert!(
        told.contains("h2") && told.contains("198.51.100.20"),
        "{told}"
    );
    assert!(!told.contains("ech"), "{told}");
}

#[test]
fn an_answer_that_does_not_fit_is_asked_for_again_in_a_stream() {
    let filter = staff();
    let bytes = question("big.example", RecordType::TXT);
    let cut = Message::from_vec(&packet(filter.at(), &bytes).unwrap()).unwrap();
    assert!(cut.metadata.truncation && cut.answers.is_empty());
    let whole = stream(filter.at(), &[bytes]);
    let whole = Message::from_vec(&whole[0]).unwrap();
    assert_eq!(whole.answers.len(), 40);
    // Without saying how much fits, little does.
    let mut small = question("www.open.example", RecordType::TXT);
    small.truncate(small.len() - 11);
    small[11] = 0;
    let answer = packet(filter.at(), &small).unwrap();
    assert!(Message::from_vec(&answer).unwrap().edns.is_none());
}

#[test]
fn many_questions_in_one_stream_are_all_answered() {
    let filter = staff();
    let names = (0..100).map(|number| format!("n{number}.example"));
    let all: Vec<Vec<u8>> = names.map(|name| question(&name, RecordType::A)).collect();
    let answers = stream(filter.at(), &all);
    assert_eq!(answers.len(), 100);
    let mut names: Vec<String> = answers
        .iter()
        .map(|answer| {
            Message::from_vec(answer).unwrap().queries[0]
                .name
                .to_ascii()
        })
        .collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 100);
}

#[test]
fn answers_that_somebody_else_made_up_are_not_believed() {
    let filter = staff();
    filter.upstream.add_lies();
    for number in 0..20 {
        let name = format!("a-name-with-letters-{number}.example");
        assert_eq!(filter.told(&name, RecordType::A), "198.51.100.1 (300)");
    }
}

#[test]
fn another_resolver_is_asked_when_the_first_is_silent_and_old_answers_help_when_all_are() {
    let silent = Upstream::begin();
    silent.fall_silent(true);
    let filter = run(LISTS, STAFF, |options| {
        let first = format!("udp://{}", silent.at).parse().unwrap();
        options.upstream.insert(0, first);
    });
    assert_eq!(
        filter.told("short.example", RecordType::A),
        "198.51.100.12 (1)"
    );
    assert!(silent.all() > 0);
    filter.upstream.fall_silent(true);
    filter.until("an old answer", || {
        let message = filter.ask("short.example", RecordType::A);
        assert_eq!(words(&message).split(' ').next(), Some("198.51.100.12"));
        words(&message) == "198.51.100.12 (1)" && {
            let edns = format!("{:?}", message.edns);
            edns.contains("15") || edns.contains("EDE")
        }
    });
    assert_eq!(filter.told("never-asked.example", RecordType::A), "failed");
}

#[test]
fn an_answer_is_asked_for_again_before_it_ends() {
    let filter = staff();
    assert_eq!(filter.told("fine-alias.example", RecordType::A).len(), 44);
    filter.until("asked ahead of time", || {
        let told = filter.told("fine-alias.example", RecordType::A);
        assert!(told.starts_with("->"), "{told}");
        filter.upstream.asked("fine-alias.example") > 1
    });
}

#[test]
fn one_changed_line_is_live_within_a_fifth_of_a_second() {
    let filter = staff();
    assert_eq!(
        filter.told("www.news.example", RecordType::A),
        "198.51.100.1 (300)"
    );
    let more = "[[exception]]\nname = \"news.example\"\nopen = false\nreason = \"Not now\"\n";
    let begun = std::time::Instant::now();
    write_plan(filter.folder.path(), &format!("{STAFF}{more}"));
    while filter.told("www.news.example", RecordType::A) != "no such name; nothing (60)" {
        assert!(begun.elapsed().as_secs() < 5);
    }
    // Other tests run beside this one; alone it takes 60 ms.
    assert!(begun.elapsed().as_millis() < 1000, "{:?}", begun.elapsed());
}

#[test]
fn a_session_that_ends_closes_by_itself() {
    let begun = now();
    let until = kernel::moment::Moment::from_micros(begun.micros() + 1_500_000);
    let plan = format!(
        "strangers = \"children\"\n[[profile]]\nname = \"children\"\nchildren = true\n\
         [[device]]\nname = \"tablet\"\naddresses = [\"127.0.0.1\"]\nprofile = \"children\"\n\
         sessions_only = true\n[[session]]\nname = \"songs\"\ndevices = [\"tablet\"]\n\
         from = \"{}\"\nuntil = \"{}\"\nnames = [\"songs.example\"]\nlimited = true\n",
        begun.to_text(),
        until.to_text()
    );
    let filter = run(LISTS, &plan, |_| {});
    assert_eq!(
        filter.told("songs.example", RecordType::A),
        "198.51.100.1 (5)"
    );
    assert_eq!(
        filter.told("other.example", RecordType::A),
        "no such name; nothing (5)"
    );
    filter.until("the session ends", || {
        let open = filter.told("songs.example", RecordType::A) == "198.51.100.1 (5)";
        let after = now() >= until;
        assert!(!open || now().micros() < until.micros() + 500_000);
        after && !open
    });
}

#[test]
fn the_same_is_answered_over_version_6() {
    let plan = format!(
        "{STAFF}[[profile]]\nname = \"shut\"\nlimited = true\n\
         [[device]]\nname = \"six\"\naddresses = [\"::1\"]\nprofile = \"shut\"\n"
    );
    let filter = run(LISTS, &plan, |options| {
        options.listen.push("[::1]:0".parse().unwrap())
    });
    let at = filter.serving.addresses().listen[1];
    let socket = std::net::UdpSocket::bind("[::1]:0").unwrap();
    socket
        .set_read_timeout(Some(std::time::Duration::from_secs(8)))
        .unwrap();
    let mut room = [0; 512];
    for (name, told) in [
        ("www.open.example", "no such name; nothing (60)"),
        ("childline.org.uk", "198.51.100.1 (300)"),
    ] {
        socket.send_to(&question(name, RecordType::A), at).unwrap();
        let length = socket.recv(&mut room).unwrap();
        assert_eq!(words(&Message::from_vec(&room[..length]).unwrap()), told);
    }
    let whole = stream(at, &[question("childline.org.uk", RecordType::A)]);
    assert_eq!(
        words(&Message::from_vec(&whole[0]).unwrap()),
        "198.51.100.1 (300)"
    );
}
