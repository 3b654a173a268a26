//! What somebody gets who uses the filter as a web proxy, with `curl` as the client.

use crate::{
    client::{Running, now, run, write_plan},
    given::Lists,
};
use gate::proxy::{Authority, Listening, Options, PageAddress, Pages, Proxy, say_plainly};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Command, Output},
    sync::Arc,
    time::{Duration, Instant},
};

const LISTS: Lists<'_> = &[
    ("illegal", &["bad.web.example"]),
    ("adult", &["adult.web.example"]),
];

const STAFF: &str = r#"
strangers = "staff"
at_home = ["web.example"]
[[profile]]
name = "staff"
closed = ["adult"]
clause = "Nothing that is for adults only"
"#;

const CHILDREN: &str = r#"
strangers = "children"
at_home = ["web.example"]
[[profile]]
name = "children"
children = true
closed = ["adult"]
"#;

/// A site on this machine: it says which path was asked for, and under which host.
struct Site {
    plain: SocketAddr,
    tls: SocketAddr,
    root: rustls::pki_types::CertificateDer<'static>,
}

fn answer(mut stream: impl Read + Write) {
    let mut reader = BufReader::new(&mut stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        if line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_ascii_lowercase());
    }
    let path = lines[0].split(' ').nth(1).unwrap_or_default().to_owned();
    if path == "/endless" {
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n";
        if stream.write_all(head.as_bytes()).is_err() {
            return;
        }
        while stream.write_all(b"5\r\nmore\n\r\n").is_ok() && stream.flush().is_ok() {
            std::thread::park_timeout(Duration::from_millis(30));
        }
        return;
    }
    let body = lines.join("\n");
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    drop(stream.write_all(format!("{head}{body}").as_bytes()));
    drop(stream.flush());
}

impl Site {
    fn begin() -> Site {
        let plain = TcpListener::bind("127.0.0.1:0").unwrap();
        let tls = TcpListener::bind("127.0.0.1:0").unwrap();
        let made = rcgen::generate_simple_self_signed(vec!["*.web.example".to_owned()]).unwrap();
        let root = made.cert.der().clone();
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![root.clone()], PrivateKeyDer::Pkcs8(key))
            .unwrap();
        let config = Arc::new(config);
        let site = Site {
            plain: plain.local_addr().unwrap(),
            tls: tls.local_addr().unwrap(),
            root,
        };
        std::thread::spawn(move || {
            for stream in plain.incoming() {
                std::thread::spawn(move || answer(stream.unwrap()));
            }
        });
        std::thread::spawn(move || {
            for stream in tls.incoming() {
                let config = Arc::clone(&config);
                std::thread::spawn(move || {
                    let connection = rustls::ServerConnection::new(config).unwrap();
                    answer(rustls::StreamOwned::new(connection, stream.unwrap()));
                });
            }
        });
        site
    }
}

fn pem(der: &[u8]) -> String {
    let text = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, der);
    format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
}

struct World {
    filter: Running,
    site: Site,
    at: SocketAddr,
    led: SocketAddr,
    authority: PathBuf,
    _kept: tempfile::TempDir,
}

fn world(plan: &str, pages: &[&str]) -> World {
    let site = Site::begin();
    let mut listed = Pages::default();
    for page in pages {
        let page = page
            .replace("PLAIN", &site.plain.port().to_string())
            .replace("TLS", &site.tls.port().to_string());
        listed.add(&PageAddress::read(&page).unwrap());
    }
    let kept = tempfile::tempdir().unwrap();
    let file = kept.path().join("pages");
    listed.write(&file, &[1; 32]).unwrap();
    let root = kept.path().join("root.pem");
    std::fs::write(&root, pem(&site.root)).unwrap();
    let filter = run(LISTS, plan, |options| {
        options.files.pages = Some((file.clone(), [1; 32]));
    });
    let path = filter.folder.path().join("authority");
    let authority = Authority::begin(&path, &[1; 32], "Larch Nursery", now()).unwrap();
    let certificate = filter.folder.path().join("authority.der");
    std::fs::write(&certificate, authority.certificate()).unwrap();
    let options = Options {
        name: "filter.example:3128".to_owned(),
        authority: Some(authority),
        say_closed: Box::new(say_plainly),
        authorities: Some(root),
        further_ports: vec![site.plain.port(), site.tls.port()],
        learned: None,
        scanner: None,
    };
    let proxy = Proxy::new(Arc::clone(filter.serving.filter()), options).unwrap();
    let any = ["127.0.0.1:0".parse().unwrap()];
    let open = |door| filter.serving.open(&proxy, door, &any).unwrap()[0];
    let (at, led) = (open(Listening::Requests), open(Listening::Led));
    World {
        filter,
        site,
        at,
        led,
        authority: certificate,
        _kept: kept,
    }
}

impl World {
    fn curl(&self, words: &[&str]) -> Output {
        let at = format!("http://{}", self.at);
        let plain = self.site.plain.port().to_string();
        let tls = self.site.tls.port().to_string();
        let words = words
            .iter()
            .map(|word| word.replace("PLAIN", &plain).replace("TLS", &tls));
        Command::new("curl")
            .args(["-sS", "-m", "10", "--noproxy", "", "-x", &at])
            .args(words)
            .output()
            .unwrap()
    }

    /// What is shown, with the number of the answer before it.
    fn get(&self, words: &[&str]) -> String {
        let done = self.curl(&[words, &["-w", "\n%{http_code}"]].concat());
        let out = String::from_utf8(done.stdout).unwrap();
        let (shown, code) = out.rsplit_once('\n').unwrap();
        format!("{code} {shown}")
    }

    fn der(&self) -> [String; 4] {
        let path = self.authority.with_extension("pem");
        let der = std::fs::read(&self.authority).unwrap();
        let words = pem(&der);
        std::fs::write(&path, words).unwrap();
        [
            "--cacert".to_owned(),
            path.to_string_lossy().into_owned(),
            "-m".to_owned(),
            "10".to_owned(),
        ]
    }

    /// Asks for a page under TLS as a device that trusts the setting's authority.
    fn trusting(&self, page: &str) -> String {
        let der = self.der();
        let mut words: Vec<&str> = der.iter().map(String::as_str).collect();
        words.push(page);
        self.get(&words)
    }

    fn told(&self) -> String {
        self.filter.told.lock().unwrap().join("\n")
    }
}

#[test]
fn a_page_that_is_open_is_handed_on() {
    let world = world(STAFF, &[]);
    let shown = world.get(&[
        "http://open.web.example:PLAIN/a/page?of=this",
        "-H",
        "X-Own: yes",
    ]);
    assert!(
        shown.starts_with("200 get /a/page?of=this http/1.1"),
        "{shown}"
    );
    assert!(shown.contains("x-own: yes") && shown.contains("via: 1.1 stairgate"));
    assert!(!shown.contains("proxy-"), "{shown}");
    // Posted, and under TLS in a tunnel whose certificate is the site's own.
    let shown = world.get(&["-k", "https://open.web.example:TLS/b", "-d", "words"]);
    assert!(shown.starts_with("200 post /b http/1.1"), "{shown}");
    assert!(!shown.contains("via:"));
    assert!(world.told().contains("Page open.web.example/a/page Open"));
    assert!(world.told().contains("Tunnel open.web.example Open"));
}

#[test]
fn what_is_closed_is_closed_and_says_by_which_words() {
    let world = world(STAFF, &[]);
    let shown = world.get(&["http://adult.web.example:PLAIN/"]);
    assert!(shown.starts_with("403 "), "{shown}");
    assert!(shown.contains("Nothing that is for adults only"), "{shown}");
    let shown = world.get(&["http://bad.web.example:PLAIN/"]);
    assert!(
        shown.starts_with("451 ") && !shown.contains("adults only"),
        "{shown}"
    );
    for closed in [
        "https://adult.web.example:TLS/",
        "https://bad.web.example:TLS/",
    ] {
        assert!(!world.curl(&["-k", closed]).status.success());
    }
    assert!(world.told().contains("Tunnel adult.web.example Closed"));
}

#[test]
fn an_illegal_page_is_closed_and_its_neighbours_are_open() {
    let world = world(
        STAFF,
        &[
            "mixed.web.example:PLAIN/bad/page",
            "mixed.web.example:TLS/bad/page",
        ],
    );
    for ways in [
        "http://mixed.web.example:PLAIN/bad/page",
        "http://mixed.web.example:PLAIN/bad/./%70age?x=1",
        "http://MIXED.web.example:PLAIN//bad/page#part",
    ] {
        let shown = world.get(&["--path-as-is", ways]);
        assert!(shown.starts_with("451 "), "{ways}: {shown}");
    }
    let shown = world.get(&["http://mixed.web.example:PLAIN/bad/other"]);
    assert!(shown.starts_with("200 get /bad/other"), "{shown}");
    let shown = world.trusting("https://mixed.web.example:TLS/bad/page");
    assert!(shown.starts_with("451 "), "{shown}");
    let shown = world.trusting("https://mixed.web.example:TLS/good?x=1");
    assert!(shown.starts_with("200 get /good?x=1"), "{shown}");
    let der = world.der();
    let mut words: Vec<&str> = der.iter().map(String::as_str).collect();
    words.extend([
        "-w",
        "%{http_version}",
        "-o",
        "/dev/null",
        "https://mixed.web.example:TLS/good",
    ]);
    let done = world.curl(&words);
    assert_eq!(String::from_utf8_lossy(&done.stdout), "2");
    // Who does not trust the authority gets nothing of the host; other hosts are not looked into.
    assert!(
        !world
            .curl(&["https://mixed.web.example:TLS/good"])
            .status
            .success()
    );
    assert!(
        !world
            .trusting("https://open.web.example:TLS/")
            .starts_with("200")
    );
    // What page it was is not written down.
    assert!(!world.told().contains("bad/page"), "{}", world.told());
}

#[test]
fn a_device_that_was_led_here_is_served_the_host_that_it_was_led_for_and_no_other() {
    let world = world(STAFF, &["mixed.web.example/bad"]);
    let der = world.der();
    let get = |host: &str, path: &str| {
        let done = Command::new("curl")
            .args(["-sS", "-m", "5", "-o", "/dev/null", "-w", "%{http_code}"])
            .args(&der[..2])
            .arg("--connect-to")
            .arg(format!("{host}:443:{}", world.led))
            .arg(format!("https://{host}{path}"))
            .output()
            .unwrap();
        String::from_utf8(done.stdout).unwrap()
    };
    assert_eq!(get("mixed.web.example", "/bad"), "451");
    // Its neighbour is asked for outside, where nobody answers in this test.
    assert_eq!(get("mixed.web.example", "/good"), "502");
    assert_eq!(get("open.web.example", "/"), "000");
}

#[test]
fn an_open_tunnel_and_a_page_under_way_are_cut_when_it_is_closed() {
    for page in [
        "http://open.web.example:PLAIN/endless",
        "https://open.web.example:TLS/endless",
    ] {
        let world = world(STAFF, &[]);
        let plan = format!(
            "{STAFF}[[exception]]\nname = \"open.web.example\"\nopen = false\nreason = \"closed now\"\n"
        );
        let folder = world.filter.folder.path().to_owned();
        let closing = std::thread::spawn(move || {
            std::thread::park_timeout(Duration::from_millis(700));
            write_plan(&folder, &plan);
            Instant::now()
        });
        let shown = world.curl(&["-k", "-m", "20", page]);
        let took = closing.join().unwrap().elapsed();
        assert!(shown.stdout.len() > 20, "{page}");
        assert!(took < Duration::from_secs(4), "{page}: {took:?}");
    }
}

#[test]
fn a_child_s_device_gets_no_tunnel_that_is_something_else_than_it_says() {
    let world = world(CHILDREN, &[]);
    let tunnel = |first: &[u8]| {
        let mut stream = TcpStream::connect(world.at).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(3)))
            .unwrap();
        let port = world.site.tls.port();
        let asked = format!("CONNECT open.web.example:{port} HTTP/1.1\r\nhost: x\r\n\r\n");
        stream.write_all(asked.as_bytes()).unwrap();
        let mut head = [0; 1024];
        let read = stream.read(&mut head).unwrap();
        assert!(head[..read].starts_with(b"HTTP/1.1 200"));
        stream.write_all(first).unwrap();
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        answer
    };
    assert_eq!(tunnel(b"SSH-2.0-anything\r\n"), b"");
    // A name in the beginning that is closed, behind a host that is open.
    let shown = world.curl(&[
        "-k",
        "--connect-to",
        "adult.web.example:443:open.web.example:TLS",
        "https://adult.web.example/",
    ]);
    assert!(!shown.status.success());
    // An address in the place of a name is a way round.
    let shown = world.get(&["http://127.0.0.1:PLAIN/"]);
    assert!(shown.starts_with("403 "), "{shown}");
    let shown = world.get(&["http://open.web.example:PLAIN/"]);
    assert!(shown.starts_with("200 "), "{shown}");
}

#[test]
fn devices_learn_how_to_use_it_and_there_is_no_way_past() {
    let world = world(STAFF, &[]);
    let own = |path: &str| {
        let done = Command::new("curl")
            .args([
                "-sS",
                "--noproxy",
                "*",
                &format!("http://{}{path}", world.at),
            ])
            .output()
            .unwrap();
        done.stdout
    };
    let pac = String::from_utf8(own("/proxy.pac")).unwrap();
    assert!(
        pac.contains("PROXY filter.example:3128") && !pac.contains("; DIRECT"),
        "{pac}"
    );
    let certificate = std::fs::read(&world.authority).unwrap();
    assert_eq!(own("/stairgate-authority.crt"), certificate);
}

#[test]
fn nonsense_is_answered_in_words_and_harms_nobody() {
    let world = world(STAFF, &[]);
    let long = format!(
        "GET http://open.web.example/{} HTTP/1.1\r\n\r\n",
        "a".repeat(100_000)
    );
    for bytes in [
        b"\0\0\0\0".as_slice(),
        b"GET / HTTP/9.9\r\n\r\n",
        b"CONNECT :443 HTTP/1.1\r\n\r\n",
        b"CONNECT mail.example:25 HTTP/1.1\r\n\r\n",
        b"GET http:///x HTTP/1.1\r\n\r\n",
        b"GET http://a@b.example/ HTTP/1.1\r\nhost: c.example\r\n\r\n",
        b"POST http://open.web.example/ HTTP/1.1\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        long.as_bytes(),
    ] {
        let mut stream = TcpStream::connect(world.at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(3))).unwrap();
        drop(stream.write_all(bytes));
        let mut answer = [0; 4096];
        let read = stream.read(&mut answer).unwrap_or(0);
        let words = String::from_utf8_lossy(&answer[..read]);
        let no = words.starts_with("HTTP/1.1 4") || words.starts_with("HTTP/1.1 5");
        assert!(read == 0 || no, "{words}");
    }
    let shown = world.get(&["http://open.web.example:PLAIN/still"]);
    assert!(shown.starts_with("200 get /still"), "{shown}");
}

#[test]
fn a_host_with_an_illegal_page_leads_to_the_proxy_and_is_closed_where_there_is_none() {
    use hickory_proto::rr::RecordType;
    let led = format!("{STAFF}[closing]\nproxy4 = \"192.0.2.80\"\n");
    for (plan, told) in [
        (led.as_str(), "192.0.2.80 (60)"),
        (STAFF, "no such name; nothing (60)"),
    ] {
        let world = world(plan, &["mixed.web.example/bad"]);
        assert_eq!(world.filter.told("mixed.web.example", RecordType::A), told);
        let open = world.filter.told("open.web.example", RecordType::A);
        assert!(open.starts_with("127.0.0.1"), "{open}");
    }
}

#[test]
fn tunnels_are_counted_until_they_end() {
    let world = world(STAFF, &[]);
    let port = world.site.tls.port();
    let asked = format!("CONNECT open.web.example:{port} HTTP/1.1\r\nhost: x\r\n\r\n");
    let open = || {
        let mut stream = TcpStream::connect(world.at).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(5)))
            .unwrap();
        drop(stream.write_all(asked.as_bytes()));
        let mut head = [0; 512];
        let read = stream.read(&mut head).unwrap_or(0);
        (stream, read > 0)
    };
    let mut all: Vec<(TcpStream, bool)> = (0..64).map(|_| open()).collect();
    assert!(all.iter().all(|(_, opened)| *opened));
    assert!(!open().1, "one address has no end of tunnels");
    all.clear();
    let again = (0..100).any(|_| {
        std::thread::park_timeout(Duration::from_millis(50));
        open().1
    });
    assert!(again);
}
