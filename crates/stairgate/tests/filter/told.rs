//! What the filter keeps and tells: traces that outlive a kill, alerts within two seconds, and news that
//! becomes an act of the setting exactly once, whichever side is killed.

use crate::program::{prepare, serve, stairgate, upstream};
use gate::{
    news::{Asked, News, Severity, Spool},
    traces::{Known, Query, Reader, explain},
};
use jiff::civil::{Date, date};
use kernel::moment::Moment;
use std::{
    io::{BufRead, BufReader},
    net::{SocketAddr, UdpSocket},
    path::Path,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

const PLAN: &str = r#"
strangers = "staff"
[[profile]]
name = "staff"
closed = ["adult"]
clause = "Unsuitable sites are blocked."
[[device]]
name = "device-3"
addresses = ["127.0.0.1"]
profile = "staff"
held_by = "person-7"
room = "room-2"
[[alerts.theme]]
name = "sexual"
categories = ["adult"]
severity = "high"
"#;

const ALWAYS: (Date, Date) = (date(2020, 1, 1), date(2999, 1, 1));

fn question(name: &str) -> Vec<u8> {
    let mut bytes = vec![0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    for label in name.split('.') {
        bytes.push(u8::try_from(label.len()).unwrap());
        bytes.extend_from_slice(label.as_bytes());
    }
    bytes.extend_from_slice(&[0, 0, 1, 0, 1]);
    bytes
}

/// Asks for a name; the code of the answer.
pub(crate) fn ask(at: SocketAddr, name: &str) -> Option<u8> {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(2)))
        .unwrap();
    socket.send_to(&question(name), at).ok()?;
    let mut room = [0; 512];
    socket.recv(&mut room).ok()?;
    Some(room[3] & 15)
}

/// Tries again and again until something is there.
fn wait<T>(patience: Duration, mut what: impl FnMut() -> Option<T>) -> (T, Duration) {
    let begun = Instant::now();
    loop {
        if let Some(found) = what() {
            return (found, begun.elapsed());
        }
        assert!(begun.elapsed() < patience, "it never came");
        std::thread::park_timeout(Duration::from_millis(10));
    }
}

fn key(folder: &Path) -> [u8; 32] {
    let text = std::fs::read_to_string(folder.join("secret")).unwrap();
    let bytes: Vec<u8> = (0..32)
        .map(|at| u8::from_str_radix(text.get(2 * at..2 * at + 2).unwrap(), 16).unwrap())
        .collect();
    bytes.try_into().unwrap()
}

fn now() -> Moment {
    Moment::from_micros(4_000_000_000_000_000)
}

fn keeping(folder: &Path) -> Vec<String> {
    let path = |name: &str| folder.join(name).display().to_string();
    [
        ("--traces", path("traces")),
        ("--news", path("news")),
        ("--secret", path("secret")),
    ]
    .into_iter()
    .flat_map(|(flag, path)| [flag.to_owned(), path])
    .collect()
}

#[test]
fn an_alert_is_told_within_two_seconds_and_its_trace_outlives_a_kill_and_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    std::fs::write(folder.path().join("plan.toml"), format!("{PLAN}# end\n")).unwrap();
    let (_upstream, at) = upstream();
    let more = keeping(folder.path());
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    let mut filter = serve(folder.path(), &at, &more).unwrap();
    let spool = Spool::open(&folder.path().join("news")).unwrap();
    assert_eq!(ask(filter.plain, "www.adult.example"), Some(3));
    let (told, after) = wait(Duration::from_secs(2), || {
        spool.waiting(9, now()).unwrap().news.into_iter().next()
    });
    println!("event to news: {} ms", after.as_millis());
    let News::Alert(alert) = &told.news else {
        panic!("{told:?}");
    };
    let seat = &alert.seated;
    assert_eq!(seat.device.as_deref(), Some("device-3"));
    assert_eq!(seat.person.as_deref(), Some("person-7"));
    assert_eq!(seat.room.as_deref(), Some("room-2"));
    assert_eq!((alert.severity, alert.count), (Severity::High, 1));
    assert_eq!(alert.asked, Asked::Name("www.adult.example".to_owned()));
    // The trace is in the system's hands within half a second; then the filter is killed.
    let key = key(folder.path());
    let traces = folder.path().join("traces");
    let query = Query {
        device: Some(3),
        most: 9,
        ..Query::default()
    };
    let ask_store = || {
        let reader = Reader::of_folder(&traces, &key);
        let report = query.ask(&reader, ALWAYS.0, ALWAYS.1);
        (report.total.all > 0).then_some(report)
    };
    wait(Duration::from_secs(5), ask_store);
    filter.child.kill().unwrap();
    filter.child.wait().unwrap();
    let report = ask_store().unwrap();
    assert!(report.broken.is_empty(), "{:?}", report.broken);
    let row = &report.rows[0];
    assert_eq!((row.who.person, row.who.room), (7, 2));
    let known = Known::open(&traces, &key).unwrap();
    let explained = explain(row, &known);
    assert_eq!(explained.category.as_deref(), Some("adult"));
    assert_eq!(explained.list.as_deref(), Some("adult.txt"));
    assert_eq!(explained.line, Some(1));
    assert_eq!(
        explained.clause.as_deref(),
        Some("Unsuitable sites are blocked.")
    );
    assert!(explained.plan_since.is_some() && explained.lists_since.is_some());
    // It goes on where it was, and nothing of the names is to be read on the disk.
    let filter = serve(folder.path(), &at, &more).unwrap();
    assert_eq!(ask(filter.plain, "www.adult.example"), Some(3));
    wait(Duration::from_secs(5), || {
        ask_store().filter(|report| report.total.all == 2)
    });
    for file in std::fs::read_dir(&traces).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        let has = bytes.windows(13).any(|part| part == b"adult.example");
        assert!(!has, "{}", path.display());
    }
}

#[test]
fn a_full_disk_loses_traces_and_says_so_and_never_opens_anything() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    std::fs::write(folder.path().join("plan.toml"), format!("{PLAN}# end\n")).unwrap();
    // No file may become larger than 16 kB, as on a disk without room.
    let mut child = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 32; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_stairgate"))
        .args(["filter", "serve", "--listen", "127.0.0.1:0"])
        .args(["--upstream", "127.0.0.1:9", "--plan"])
        .arg(folder.path().join("plan.toml"))
        .arg("--file")
        .arg(folder.path().join("names"))
        .args(keeping(folder.path()))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = said.next().unwrap().unwrap();
    let at: SocketAddr = first.rsplit(' ').next().unwrap().parse().unwrap();
    for number in 0_u32..9_000 {
        let name = format!("{:08x}.adult.example", number.wrapping_mul(2_654_435_761));
        assert_eq!(ask(at, &name), Some(3), "{number}");
    }
    let mut complaints = BufReader::new(child.stderr.take().unwrap()).lines();
    let told = complaints
        .by_ref()
        .map_while(Result::ok)
        .any(|line| line.contains("could not be kept"));
    assert!(told);
    assert_eq!(ask(at, "www.adult.example"), Some(3));
    child.kill().unwrap();
    child.wait().unwrap();
    for file in std::fs::read_dir(folder.path().join("traces")).unwrap() {
        let file = file.unwrap();
        let bytes = file.metadata().unwrap().len();
        assert!(bytes <= 32 << 10, "{} bytes in {:?}", bytes, file.path());
    }
}

/// A setting with the filter beside it.
struct Whole {
    child: Child,
    dns: SocketAddr,
}

impl Whole {
    fn begin(folder: &Path, dns: SocketAddr) -> Whole {
        let mut child = stairgate(&["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .args(["--filter", &dns.to_string()])
            .args(["--filter-upstream", "127.0.0.1:9"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines.by_ref().map_while(Result::ok);
        let mut seen = Vec::new();
        for line in ready {
            let is_ready = line.contains("DNS is answered at");
            seen.push(line);
            if is_ready {
                break;
            }
        }
        assert!(
            seen.iter().any(|line| line.contains("DNS is answered at")),
            "{seen:?}"
        );
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Whole { child, dns }
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        // It is asked to end, so that the filter beside it ends too.
        let asked = std::process::Command::new("kill")
            .arg(self.child.id().to_string())
            .stderr(Stdio::null())
            .status();
        drop(asked);
        drop(self.child.wait());
    }
}

pub(crate) fn free() -> SocketAddr {
    UdpSocket::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
}

/// How many lines of the ledger are of a kind.
fn lines(folder: &Path, kind: &str) -> usize {
    let done = stairgate(&["ledger", "export", "--data"])
        .arg(folder)
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    let text = String::from_utf8(done.stdout).unwrap();
    text.lines().filter(|line| line.contains(kind)).count()
}

#[test]
fn news_becomes_an_act_exactly_once_whichever_side_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let filter = folder.path().join("filter");
    std::fs::create_dir(&filter).unwrap();
    let list = folder.path().join("list.txt");
    std::fs::write(&list, "illegal.example\n").unwrap();
    let done = stairgate(&["filter", "compile"])
        .arg(format!("illegal={}", list.display()))
        .arg("-o")
        .arg(filter.join("stairgate.names"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    let mut whole = Whole::begin(folder.path(), free());
    // An address that nobody knows, and something illegal that it asked for.
    assert_eq!(ask(whole.dns, "illegal.example"), Some(3));
    let spool = Spool::open(&filter.join("news")).unwrap();
    let (_, after) = wait(Duration::from_secs(5), || {
        (lines(folder.path(), "devices.unknown-seen") == 1).then_some(())
    });
    println!("event to entry: {} ms", after.as_millis());
    wait(Duration::from_secs(5), || {
        (spool.count().unwrap() == 0).then_some(())
    });
    // It is killed while news comes in; whatever was heard is not heard again.
    for round in 1..=6_u64 {
        whole.child.kill().unwrap();
        whole.child.wait().unwrap();
        let told = 3;
        for one in 0..told {
            let unknown = gate::news::Unknown {
                at: now(),
                address: format!("192.0.2.{}", round * 10 + one).parse().unwrap(),
            };
            spool
                .tell(News::Unknown(unknown), now(), round * 10 + one)
                .unwrap();
        }
        whole = Whole::begin(folder.path(), whole.dns);
        // Between hearing the first and the last of them.
        let patience = Duration::from_millis(60 * round);
        std::thread::park_timeout(patience);
    }
    wait(Duration::from_secs(10), || {
        (spool.count().unwrap() == 0).then_some(())
    });
    assert_eq!(lines(folder.path(), "devices.unknown-seen"), 1 + 6 * 3);
}

#[test]
fn the_filter_is_started_again_when_it_is_killed_and_what_is_closed_stays_closed() {
    let folder = tempfile::tempdir().unwrap();
    let whole = Whole::begin(folder.path(), free());
    let held = folder.path().join("filter/traces/running");
    for _ in 0..3 {
        let number = std::fs::read_to_string(&held).unwrap();
        let killed = std::process::Command::new("kill")
            .args(["-9", number.trim()])
            .status()
            .unwrap();
        assert!(killed.success());
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        socket
            .set_read_timeout(Some(Duration::from_millis(100)))
            .unwrap();
        let mut room = [0; 512];
        wait(Duration::from_secs(20), || {
            socket
                .send_to(&question("www.facebook.com"), whole.dns)
                .ok()?;
            let length = socket.recv(&mut room).ok()?;
            // Closed for strangers, who are as children here: never an address.
            assert_ne!(room[3] & 15, 0, "{:?}", &room[..length]);
            let again = std::fs::read_to_string(&held).ok()?;
            (again != number).then_some(())
        });
    }
}
