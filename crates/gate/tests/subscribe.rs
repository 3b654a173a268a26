//! Lists that are fetched, from a place that lies in every way that it can: what was there stays.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test of its own is made of"
)]

use flate2::{Compression, write::GzEncoder};
use gate::{
    compiled::Compiled,
    lists::{Bounds, Fetching, Round, Subscribed, Subscription},
};
use jiff::civil::date;
use kernel::moment::Moment;
use std::{
    collections::HashSet,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

/// What a place answers: a head and a body.
type Answer = (String, Vec<u8>);

/// A place on this machine that answers what it is told, and keeps what it was asked.
struct Lies {
    at: SocketAddr,
    says: Arc<Mutex<Answer>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Lies {
    fn begin() -> Lies {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let lies = Lies {
            at: listener.local_addr().unwrap(),
            says: Arc::default(),
            asked: Arc::default(),
        };
        let (says, asked) = (Arc::clone(&lies.says), Arc::clone(&lies.asked));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                asked.lock().unwrap().push(head(&mut stream));
                let (head, body) = says.lock().unwrap().clone();
                if head == "slow" {
                    std::thread::park_timeout(Duration::from_secs(2));
                    continue;
                }
                // Whoever had enough hangs up.
                drop(
                    stream
                        .write_all(head.as_bytes())
                        .and_then(|()| stream.write_all(&body)),
                );
            }
        });
        lies
    }

    fn says(&self, head: &str, body: &[u8]) {
        *self.says.lock().unwrap() = (head.to_owned(), body.to_vec());
    }

    /// A list in full.
    fn says_list(&self, text: &str, more: &str) {
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: {}\r\n{more}\r\n",
            text.len()
        );
        self.says(&head, text.as_bytes());
    }

    fn last_asked(&self) -> String {
        self.asked
            .lock()
            .unwrap()
            .last()
            .unwrap()
            .to_ascii_lowercase()
    }
}

fn head(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count == 1) {
        bytes.push(byte[0]);
    }
    String::from_utf8(bytes).unwrap()
}

/// A folder of one list, and the file that is made of it.
struct Folder {
    folder: tempfile::TempDir,
    lies: Lies,
    list: Subscription,
    used: HashSet<String>,
    day: i64,
}

fn names(count: usize) -> String {
    (0..count)
        .map(|number| format!("adult-{number}.example\n"))
        .collect()
}

impl Folder {
    /// A list of a hundred names, fetched once.
    fn begin() -> Folder {
        let lies = Lies::begin();
        let list = Subscription {
            name: "adult.txt".to_owned(),
            url: format!("http://{}/list", lies.at),
            category: "adult".to_owned(),
            form: None,
            licence: Some("CC0-1.0".to_owned()),
            attribution: Some("The people of the list".to_owned()),
            every_hours: 24,
            shrink_percent: 20,
            let_through: None,
        };
        let mut folder = Folder {
            folder: tempfile::tempdir().unwrap(),
            lies,
            list,
            used: HashSet::from(["www.songs.example".to_owned()]),
            day: 0,
        };
        folder.lies.says_list(&names(100), "etag: \"one\"\r\n");
        let round = folder.look();
        assert_eq!(round.lists[0].held, None);
        assert!(round.made.is_some());
        folder
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("names")
    }

    /// Two days later.
    fn look(&mut self) -> Round {
        self.day += 2;
        self.look_at(Moment::on(date(2026, 9, 1), 8, 0).plus_hours(24 * self.day))
    }

    fn look_at(&self, now: Moment) -> Round {
        let bounds = Bounds {
            bytes_max: 100_000,
            silence: Duration::from_millis(300),
            patience: Duration::from_secs(5),
        };
        let fetching = Fetching::new(None, bounds).unwrap();
        let (lists, file) = (self.folder.path().join("lists"), self.file());
        let subscribed = Subscribed {
            folder: &lists,
            file: &file,
            used: &self.used,
        };
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_all().build().unwrap();
        let all = std::slice::from_ref(&self.list);
        runtime
            .block_on(subscribed.look(all, &fetching, now))
            .unwrap()
    }

    fn closes(&self, name: &str) -> bool {
        let file = Compiled::open(&self.file()).unwrap();
        !file.look(name).unwrap().categories.is_empty()
    }

    /// What is said why the list of before stays.
    fn held(&mut self) -> String {
        let round = self.look();
        assert!(round.made.is_none());
        assert_eq!(round.lists[0].names, 100);
        assert!(self.closes("adult-99.example"));
        round.lists[0].held.clone().unwrap_or_default()
    }
}

#[test]
fn a_list_is_asked_for_by_what_is_known_of_it_and_only_when_it_is_due() {
    let mut folder = Folder::begin();
    folder.lies.says("HTTP/1.1 304 Not Modified\r\n\r\n", b"");
    let round = folder.look();
    assert!(folder.lies.last_asked().contains("if-none-match: \"one\""));
    assert!(round.made.is_none());
    let asked = folder.lies.asked.lock().unwrap().len();
    let soon = Moment::on(date(2026, 9, 1), 8, 0).plus_hours(24 * folder.day + 12);
    folder.look_at(soon);
    assert_eq!(folder.lies.asked.lock().unwrap().len(), asked);
    folder.look_at(soon.plus_hours(15));
    assert_eq!(folder.lies.asked.lock().unwrap().len(), asked + 1);
}

#[test]
fn a_new_version_takes_the_place_with_its_terms_and_every_line_counted() {
    let mut folder = Folder::begin();
    let text = format!("# a remark\nno name at all!\n{}", names(120));
    folder.lies.says_list(&text, "");
    let round = folder.look();
    let made = round.made.unwrap();
    let list = made
        .lists
        .iter()
        .find(|list| list.list.category == "adult")
        .unwrap();
    assert_eq!((list.lines.used, list.lines.not_used()), (120, 2));
    assert_eq!(list.list.licence.as_deref(), Some("CC0-1.0"));
    assert_eq!(
        list.list.attribution.as_deref(),
        Some("The people of the list")
    );
    assert!(folder.closes("adult-119.example"));
    assert_eq!((round.lists[0].names, round.lists[0].skipped), (120, 2));
}

#[test]
fn what_is_no_list_or_not_whole_never_takes_the_place() {
    let mut folder = Folder::begin();
    let ok = "HTTP/1.1 200 OK\r\n";
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    bomb.write_all(&vec![b'a'; 50 << 20]).unwrap();
    let bomb = bomb.finish().unwrap();
    assert!(bomb.len() < 100_000);
    let mut cut = GzEncoder::new(Vec::new(), Compression::fast());
    cut.write_all(names(100).as_bytes()).unwrap();
    let mut cut = cut.finish().unwrap();
    cut.truncate(cut.len() / 2);
    let large = names(20_000);
    let cases: Vec<(String, &[u8], &str)> = vec![
        (
            format!("{ok}content-length: 5000\r\n\r\n"),
            b"adult-1.example\n",
            "could not be fetched",
        ),
        (
            format!("{ok}transfer-encoding: chunked\r\n\r\n10\r\n"),
            b"adult-1",
            "could not be fetched",
        ),
        (
            format!("{ok}content-type: text/html\r\n\r\n"),
            b"adult-1.example",
            "no list",
        ),
        (
            format!("{ok}\r\n"),
            b"  <!DOCTYPE html><p>Please log in</p>",
            "no list",
        ),
        (format!("{ok}\r\n"), b"\x00\x01\x02\x03", "no list"),
        (format!("{ok}\r\n"), b"", "no list"),
        (
            format!("{ok}\r\n"),
            b"nothing that is a name!\n",
            "names a site",
        ),
        (
            format!("{ok}content-encoding: gzip\r\n\r\n"),
            &bomb,
            "larger than it may be",
        ),
        (
            format!("{ok}content-encoding: gzip\r\n\r\n"),
            &cut,
            "could not be fetched",
        ),
        (format!("{ok}content-encoding: br\r\n\r\n"), b"x", "no list"),
        (
            format!("{ok}\r\n"),
            large.as_bytes(),
            "larger than it may be",
        ),
        ("HTTP/1.1 500 Oh\r\n\r\n".to_owned(), b"", "answers 500"),
        (
            "HTTP/1.1 404 Not Found\r\n\r\n".to_owned(),
            b"",
            "answers 404",
        ),
        ("nonsense\r\n\r\n".to_owned(), b"", "could not be fetched"),
        ("slow".to_owned(), b"", "too slow"),
    ];
    for (head, body, words) in cases {
        folder.lies.says(&head, body);
        let held = folder.held();
        assert!(held.contains(words), "{head:?}: {held}");
    }
    // Nothing is left behind but the list and what is known of it.
    let left = std::fs::read_dir(folder.folder.path().join("lists")).unwrap();
    let mut left: Vec<String> = left
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(
        left,
        ["adult.txt", "adult.txt.held", "adult.txt.state.json"]
    );
}

#[test]
fn a_list_that_lost_much_is_held_until_two_people_let_it_through() {
    let mut folder = Folder::begin();
    folder.lies.says_list(&names(79), "");
    let held = folder.held();
    assert!(held.contains("it has 79 names and had 100"), "{held}");
    // A fifth fewer is let through.
    folder.lies.says_list(&names(80), "");
    assert!(folder.look().made.is_some());
    assert!(!folder.closes("adult-85.example"));
    folder.lies.says_list(&names(30), "");
    assert!(folder.look().lists[0].held.is_some());
    let state = folder.folder.path().join("lists/adult.txt.state.json");
    let state: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(state).unwrap()).unwrap();
    folder.list.let_through = state["held_sum"].as_str().map(str::to_owned);
    let round = folder.look();
    assert!(round.made.is_some());
    assert_eq!((round.lists[0].names, &round.lists[0].held), (30, &None));
}

#[test]
fn an_update_that_would_close_what_is_needed_or_used_is_held() {
    let mut folder = Folder::begin();
    for (name, is_held) in [
        ("childline.org.uk", true),
        ("www.nhs.uk", true),
        ("songs.example", true),
        ("www.songs.example", true),
        ("other.songs.example", false),
    ] {
        folder
            .lies
            .says_list(&format!("{}{name}\n", names(100)), "");
        let round = folder.look();
        let held = round.lists[0].held.clone().unwrap_or_default();
        assert_eq!(held.contains(name), is_held, "{name}: {held}");
        assert!(!folder.closes("www.songs.example"));
    }
    // One that was there before is no news.
    assert!(folder.closes("other.songs.example"));
}

#[test]
fn nobody_is_led_into_a_network_of_their_own() {
    let mut folder = Folder::begin();
    let other = Lies::begin();
    other.says_list(&names(120), "");
    for to in [
        format!("http://localhost:{}/list", other.at.port()),
        "http://10.0.0.1/".to_owned(),
        "http://[fd00::1]/".to_owned(),
        "http://192.168.1.1/list".to_owned(),
        "ftp://lists.example/".to_owned(),
        "http://me@lists.example/".to_owned(),
        format!("http://{}/list", folder.lies.at),
    ] {
        let head = format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\n\r\n");
        folder.lies.says(&head, b"");
        let held = folder.held();
        let why = held.contains("from where no list is taken") || held.contains("no address");
        assert!(why, "{to}: {held}");
    }
    assert_eq!(other.asked.lock().unwrap().len(), 0);
}
