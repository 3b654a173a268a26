//! What happens inside of pages: they are judged by what they say, on the way through the proxy, in
//! the open and under TLS; downloads are scanned; people log in; devices come to trust the proxy.

use crate::{
    client::{Running, now, run},
    given::Lists,
};
use flate2::{Compression, write::GzEncoder};
use gate::proxy::{Authority, Listening, Options, Proxy, ScannerAt, say_plainly};
use http_body_util::{BodyExt, combinators::BoxBody};
use hyper::{
    Request, Response,
    body::{Bytes, Frame, Incoming},
    service::service_fn,
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::{
    convert::Infallible,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Command, Output},
    sync::Arc,
    time::Duration,
};

const LISTS: Lists<'_> = &[("adult", &["adult.web.example"])];

const HARM: &str = "<p>How to kill yourself: the painless way to die.</p>";

/// A child's tablet is this machine; whoever has a code is staff.
const PLAN: &str = r#"
at_home = ["web.example"]
never_looked_into = ["bank.web.example"]
[[profile]]
name = "children"
children = true
looks_into = "everything"
clause = "Children see what is right for their age"
content = { suicide = 100, sexual = 100 }
[[profile]]
name = "staff"
content = { suicide = 100 }
[[device]]
name = "device-1"
addresses = ["127.0.0.1"]
profile = "children"
"#;

/// The same machine, which nobody knows.
const STRANGERS: &str = r#"
at_home = ["web.example"]
log_in = true
[[profile]]
name = "staff"
content = { suicide = 100 }
[[person]]
name = "person-1"
profile = "staff"
key = "quiet-otter-4711"
"#;

type Answer = Response<BoxBody<Bytes, Infallible>>;

fn say(kind: &str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(http_body_util::Full::new(body.into()).boxed());
    answer
        .headers_mut()
        .insert("content-type", kind.parse().unwrap());
    answer
}

/// What the site shows at a path.
async fn shown(mut request: Request<Incoming>) -> Result<Answer, Infallible> {
    let version = format!("{:?}", request.version());
    let filler = "<p>Fields of barley in the wind, and a duck.</p>";
    Ok(match request.uri().path() {
        "/harm" => say("text/html", HARM),
        "/packed" => {
            let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
            gzip.write_all(HARM.as_bytes()).unwrap();
            let mut answer = say("text/html", gzip.finish().unwrap());
            answer
                .headers_mut()
                .insert("content-encoding", "gzip".parse().unwrap());
            answer
        }
        "/unknown" => {
            let mut answer = say("text/html", "whatever");
            answer
                .headers_mut()
                .insert("content-encoding", "xpress".parse().unwrap());
            answer
        }
        "/bomb" => {
            let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
            for _ in 0..256 {
                gzip.write_all(&[b'a'; 1 << 20]).unwrap();
            }
            let mut answer = say("text/html", gzip.finish().unwrap());
            answer
                .headers_mut()
                .insert("content-encoding", "gzip".parse().unwrap());
            answer
        }
        "/late" => {
            // Harm behind so much else that it is not held back any more.
            let parts = (0..600).map(move |number| match number {
                500 => HARM.to_owned(),
                _ => filler.repeat(20),
            });
            let mut answer = Response::new(Iterated(parts.map(Bytes::from)).boxed());
            answer
                .headers_mut()
                .insert("content-type", "text/html".parse().unwrap());
            answer
        }
        "/help" => say(
            "text/html",
            "<p>If you want to die, you are not alone. Our helpline is free and confidential: call 116 123. Talk to your GP. In an emergency call 999.</p>",
        ),
        "/clean.zip" => say("application/zip", vec![7_u8; 200_000]),
        "/harmful.zip" => say(
            "application/zip",
            [vec![7_u8; 200_000], b"HARMFUL".to_vec()].concat(),
        ),
        "/large.zip" => say("application/zip", vec![7_u8; 26 << 20]),
        "/socket" => {
            let upgrade = hyper::upgrade::on(&mut request);
            tokio::spawn(async move {
                let mut stream = TokioIo::new(upgrade.await.unwrap());
                let mut bytes = [0; 64];
                while let Ok(read @ 1..) =
                    tokio::io::AsyncReadExt::read(&mut stream, &mut bytes).await
                {
                    tokio::io::AsyncWriteExt::write_all(&mut stream, &bytes[..read])
                        .await
                        .unwrap();
                }
            });
            let mut answer = say("text/plain", "");
            *answer.status_mut() = hyper::StatusCode::SWITCHING_PROTOCOLS;
            for (name, value) in [("connection", "upgrade"), ("upgrade", "websocket")] {
                answer.headers_mut().insert(name, value.parse().unwrap());
            }
            answer
        }
        _ => say(
            "text/html",
            format!("<p>A pond with ducks, by {version}</p>"),
        ),
    })
}

/// Something that comes one by one, for a body.
struct Iterated<I>(I);

impl<I: Iterator<Item = Bytes> + Unpin> hyper::body::Body for Iterated<I> {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        std::task::Poll::Ready(self.0.next().map(|bytes| Ok(Frame::data(bytes))))
    }
}

struct Site {
    plain: SocketAddr,
    tls: SocketAddr,
    root: CertificateDer<'static>,
    _runtime: tokio::runtime::Runtime,
}

impl Site {
    fn begin() -> Site {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let made = rcgen::generate_simple_self_signed(vec!["*.web.example".to_owned()]).unwrap();
        let root = made.cert.der().clone();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![root.clone()], key)
            .unwrap();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
        let listen = || {
            let bound = TcpListener::bind("127.0.0.1:0").unwrap();
            bound.set_nonblocking(true).unwrap();
            let at = bound.local_addr().unwrap();
            let _inside = runtime.enter();
            (tokio::net::TcpListener::from_std(bound).unwrap(), at)
        };
        let ((plain, plain_at), (tls, tls_at)) = (listen(), listen());
        runtime.spawn(async move {
            while let Ok((stream, _)) = plain.accept().await {
                tokio::spawn(serve(TokioIo::new(stream)));
            }
        });
        runtime.spawn(async move {
            while let Ok((stream, _)) = tls.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        serve(TokioIo::new(stream)).await;
                    }
                });
            }
        });
        Site {
            plain: plain_at,
            tls: tls_at,
            root,
            _runtime: runtime,
        }
    }
}

async fn serve(stream: impl hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static) {
    let builder = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
    drop(
        builder
            .serve_connection_with_upgrades(stream, service_fn(shown))
            .await,
    );
}

fn pem(der: &[u8]) -> String {
    let text = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, der);
    format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
}

struct World {
    filter: Running,
    site: Site,
    proxy: Arc<Proxy>,
    at: SocketAddr,
}

fn world(plan: &str, scanner: Option<ScannerAt>) -> World {
    let site = Site::begin();
    let filter = run(LISTS, plan, |_| {});
    let folder = filter.folder.path();
    let root = folder.join("site.pem");
    std::fs::write(&root, pem(&site.root)).unwrap();
    let authority =
        Authority::begin(&folder.join("authority"), &[1; 32], "Larch Nursery", now()).unwrap();
    std::fs::write(folder.join("authority.pem"), pem(authority.certificate())).unwrap();
    let options = Options {
        name: "filter.example:3128".to_owned(),
        authority: Some(authority),
        say_closed: Box::new(say_plainly),
        authorities: Some(root),
        further_ports: vec![site.plain.port(), site.tls.port()],
        learned: Some(folder.join("learned")),
        scanner,
    };
    let proxy = Proxy::new(Arc::clone(filter.serving.filter()), options).unwrap();
    let any = ["127.0.0.1:0".parse().unwrap()];
    let at = filter
        .serving
        .open(&proxy, Listening::Requests, &any)
        .unwrap()[0];
    World {
        filter,
        site,
        proxy,
        at,
    }
}

impl World {
    fn curl(&self, words: &[&str]) -> Output {
        let at = format!("http://{}", self.at);
        let (plain, tls) = (
            self.site.plain.port().to_string(),
            self.site.tls.port().to_string(),
        );
        let folder = self.filter.folder.path().display().to_string();
        let words = words.iter().map(|word| {
            word.replace("PLAIN", &plain)
                .replace("TLS", &tls)
                .replace("FOLDER", &folder)
        });
        let mut curl = Command::new("curl");
        curl.args(["-sS", "-m", "20", "--noproxy", "", "-x", &at])
            .args(words);
        curl.output().unwrap()
    }

    /// What is shown, with the number and version of the answer before it.
    fn get(&self, words: &[&str]) -> String {
        let done = self.curl(&[words, &["-w", "\n%{http_code}/%{http_version}"]].concat());
        let out = String::from_utf8_lossy(&done.stdout).into_owned();
        let (shown, code) = out.rsplit_once('\n').unwrap();
        format!("{code} {shown}")
    }

    /// As a device that trusts the setting's own authority, and no other.
    fn trusting(&self, page: &str) -> String {
        self.get(&["--cacert", "FOLDER/authority.pem", page])
    }

    /// As a device that trusts the site only.
    fn refusing(&self, page: &str) -> String {
        self.get(&["--cacert", "FOLDER/site.pem", page])
    }

    fn enrolled(self) -> World {
        let shown = self.trusting("https://stairgate.internal/");
        assert!(
            shown.starts_with("200") && shown.contains("This device is set up"),
            "{shown}"
        );
        self
    }

    fn told(&self) -> String {
        self.filter.told.lock().unwrap().join("\n")
    }
}

#[test]
fn a_page_of_harm_is_closed_by_what_it_says_and_help_stays_open() {
    let world = world(PLAN, None);
    for path in ["harm", "packed"] {
        let shown = world.get(&[
            "--compressed",
            &format!("http://pond.web.example:PLAIN/{path}"),
        ]);
        assert!(shown.starts_with("403/1.1"), "{path}: {shown}");
        assert!(
            shown.contains("about suicide") && shown.contains("116 123"),
            "{shown}"
        );
        assert!(
            shown.contains("Children see what is right for their age"),
            "{shown}"
        );
        assert!(!shown.contains("kill"), "{shown}");
    }
    for path in ["", "help"] {
        let shown = world.get(&[&format!("http://pond.web.example:PLAIN/{path}")]);
        assert!(shown.starts_with("200"), "{shown}");
    }
    let told = world.told();
    assert!(told.contains("Page pond.web.example/harm Closed"), "{told}");
}

#[test]
fn what_can_t_be_read_is_closed_for_children_and_fills_no_memory() {
    let world = world(PLAN, None);
    for path in ["unknown", "bomb"] {
        let shown = world.get(&[&format!("http://pond.web.example:PLAIN/{path}")]);
        assert!(
            shown.starts_with("403"),
            "{path}: {}",
            shown.chars().take(200).collect::<String>()
        );
        assert!(shown.contains("nobody could look into"), "{path}");
    }
}

#[test]
fn harm_that_comes_late_does_not_come_through() {
    let world = world(PLAN, None);
    let done = world.curl(&["http://pond.web.example:PLAIN/late"]);
    assert!(!done.status.success());
    let shown = String::from_utf8_lossy(&done.stdout);
    assert!(
        shown.len() > 100_000 && !shown.contains("painless"),
        "{}",
        shown.len()
    );
    assert!(world.told().contains("what it says is about suicide"));
}

#[test]
fn pages_under_tls_are_judged_on_devices_that_trust_us_in_both_versions_on_both_sides() {
    let world = world(PLAN, None).enrolled();
    let shown = world.trusting("https://pond.web.example:TLS/");
    assert!(
        shown.starts_with("200/2 ") && shown.contains("by HTTP/2.0"),
        "{shown}"
    );
    let shown = world.get(&[
        "--http1.1",
        "--cacert",
        "FOLDER/authority.pem",
        "https://pond.web.example:TLS/",
    ]);
    assert!(
        shown.starts_with("200/1.1 ") && shown.contains("by HTTP/2.0"),
        "{shown}"
    );
    let shown = world.trusting("https://pond.web.example:TLS/harm");
    assert!(
        shown.starts_with("403/2 ") && shown.contains("about suicide"),
        "{shown}"
    );
}

#[test]
fn banks_and_devices_that_do_not_trust_us_are_not_looked_into() {
    let world = world(PLAN, None);
    // Nobody has set the device up.
    let shown = world.refusing("https://pond.web.example:TLS/harm");
    assert!(shown.starts_with("200"), "{shown}");
    let world = world.enrolled();
    let shown = world.refusing("https://bank.web.example:TLS/harm");
    assert!(shown.starts_with("200"), "{shown}");
    assert!(
        !world
            .trusting("https://bank.web.example:TLS/")
            .starts_with("200")
    );
    assert!(world.proxy.not_covered().is_empty());
}

#[test]
fn a_program_that_refuses_our_certificate_is_led_on_and_said_to_be_not_covered() {
    let world = world(PLAN, None).enrolled();
    assert!(
        world
            .refusing("https://pinned.web.example:TLS/")
            .starts_with("000")
    );
    let shown = world.refusing("https://pinned.web.example:TLS/");
    assert!(shown.starts_with("200"), "{shown}");
    let not_covered = world.proxy.not_covered();
    assert_eq!(not_covered.len(), 1, "{not_covered:?}");
    assert_eq!(not_covered[0].host, "pinned.web.example");
    // Others are looked into as before.
    assert!(
        world
            .trusting("https://pond.web.example:TLS/harm")
            .starts_with("403")
    );
}

#[test]
fn another_name_in_the_beginning_is_no_way_not_to_be_looked_into() {
    let world = world(PLAN, None).enrolled();
    let shown = world.get(&[
        "--cacert",
        "FOLDER/site.pem",
        "--connect-to",
        "other.web.example:TLS:pond.web.example:TLS",
        "https://other.web.example:TLS/harm",
    ]);
    assert!(!shown.starts_with("200"), "{shown}");
}

#[test]
fn a_web_socket_passes_through_a_page_that_is_looked_into() {
    let world = world(PLAN, None).enrolled();
    let mut stream = TcpStream::connect(world.at).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let port = world.site.tls.port();
    write!(
        stream,
        "CONNECT pond.web.example:{port} HTTP/1.1\r\nhost: x\r\n\r\n"
    )
    .unwrap();
    let mut head = [0; 1024];
    let read = stream.read(&mut head).unwrap();
    assert!(head[..read].starts_with(b"HTTP/1.1 200"));
    let mut roots = rustls::RootCertStore::empty();
    let authority = Authority::begin(
        &world.filter.folder.path().join("authority"),
        &[1; 32],
        "Larch Nursery",
        now(),
    );
    roots
        .add(CertificateDer::from(
            authority.unwrap().certificate().to_vec(),
        ))
        .unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = "pond.web.example".try_into().unwrap();
    let client = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = rustls::StreamOwned::new(client, stream);
    write!(
        stream,
        "GET /socket HTTP/1.1\r\nhost: pond.web.example:{port}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: c29tZXRoaW5nIHJhbmRvbQ==\r\n\r\n"
    )
    .unwrap();
    let read = stream.read(&mut head).unwrap();
    let said = String::from_utf8_lossy(&head[..read]).to_ascii_lowercase();
    assert!(
        said.starts_with("http/1.1 101") && said.contains("upgrade: websocket"),
        "{said}"
    );
    for words in [b"\x81\x05ducks".as_slice(), b"\x82\x03\0\x01\x02"] {
        stream.write_all(words).unwrap();
        let read = stream.read(&mut head).unwrap();
        assert_eq!(&head[..read], words);
    }
}

/// A scanner that speaks as `clamd` does, and finds one word.
fn scanner(says: Option<&'static str>) -> ScannerAt {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            std::thread::spawn(move || {
                let mut word = [0; 10];
                stream.read_exact(&mut word).unwrap();
                assert_eq!(&word, b"zINSTREAM\0");
                let mut all = Vec::new();
                loop {
                    let mut length = [0; 4];
                    if stream.read_exact(&mut length).is_err() {
                        return;
                    }
                    let length = usize::try_from(u32::from_be_bytes(length)).unwrap();
                    if length == 0 {
                        break;
                    }
                    let start = all.len();
                    all.resize(start + length, 0);
                    stream.read_exact(&mut all[start..]).unwrap();
                }
                let found = all.windows(7).any(|part| part == b"HARMFUL");
                let own = if found {
                    "stream: Test.Word FOUND"
                } else {
                    "stream: OK"
                };
                drop(stream.write_all(format!("{}\0", says.unwrap_or(own)).as_bytes()));
            });
        }
    });
    ScannerAt::Net(at)
}

#[test]
fn downloads_are_scanned_before_they_are_handed_out() {
    let world = world(PLAN, Some(scanner(None)));
    let shown = world
        .curl(&["http://pond.web.example:PLAIN/clean.zip"])
        .stdout;
    assert_eq!(shown, vec![7_u8; 200_000]);
    let shown = world.get(&["http://pond.web.example:PLAIN/harmful.zip"]);
    assert!(
        shown.starts_with("403") && shown.contains("could harm the device"),
        "{shown}"
    );
    let shown = world.get(&["http://pond.web.example:PLAIN/large.zip"]);
    assert!(
        shown.starts_with("403") && shown.contains("nobody could look into"),
        "{shown}"
    );
}

#[test]
fn what_nobody_could_scan_is_closed_for_children_and_as_set_for_others() {
    let away = ScannerAt::Net("127.0.0.1:9".parse().unwrap());
    let staff = PLAN.replace("profile = \"children\"\n", "profile = \"staff\"\n");
    let strict = staff.replace(
        "name = \"staff\"\n",
        "name = \"staff\"\nscanned_only = true\n",
    );
    for (plan, code) in [
        (PLAN, "403"),
        (staff.as_str(), "200"),
        (strict.as_str(), "403"),
    ] {
        let world = world(plan, Some(away.clone()));
        let shown = world.get(&["http://pond.web.example:PLAIN/clean.zip", "-o", "/dev/null"]);
        assert!(shown.starts_with(code), "{shown}");
    }
    let odd = scanner(Some("INSTREAM size limit exceeded. ERROR"));
    let world = world(PLAN, Some(odd));
    assert!(
        world
            .get(&["http://pond.web.example:PLAIN/clean.zip"])
            .starts_with("403")
    );
    let world = self::world(&staff, Some(away));
    assert_eq!(
        world
            .curl(&["http://pond.web.example:PLAIN/large.zip"])
            .stdout
            .len(),
        26 << 20
    );
}

#[test]
fn whoever_is_not_known_logs_in_with_a_code_of_their_own() {
    let world = world(STRANGERS, None);
    let page = "http://pond.web.example:PLAIN/";
    let shown = world.get(&[page]);
    assert!(
        shown.starts_with("407") && shown.contains("Log in"),
        "{shown}"
    );
    assert!(
        world
            .get(&["-U", "sam:wrong-otter-0000", page])
            .starts_with("407")
    );
    for login in ["sam:quiet-otter-4711", "quiet-otter-4711:"] {
        let shown = world.get(&["-U", login, page]);
        assert!(shown.starts_with("200"), "{shown}");
        let shown = world.get(&["-U", login, "http://pond.web.example:PLAIN/harm"]);
        assert!(shown.starts_with("403"), "{shown}");
    }
    let tunnel = world.get(&[
        "-U",
        "sam:quiet-otter-4711",
        "--cacert",
        "FOLDER/site.pem",
        "https://pond.web.example:TLS/",
    ]);
    assert!(tunnel.starts_with("200"), "{tunnel}");
    assert!(
        world
            .get(&["-k", "https://pond.web.example:TLS/"])
            .starts_with("000")
    );
}

#[test]
fn a_child_s_device_stays_one_whoever_logs_in_on_it() {
    let plan = format!(
        "{PLAN}[[person]]\nname = \"person-1\"\nprofile = \"staff\"\nkey = \"quiet-otter-4711\"\n"
    );
    let world = world(&plan, None);
    let shown = world.get(&[
        "-U",
        "sam:quiet-otter-4711",
        "http://pond.web.example:PLAIN/harm",
    ]);
    assert!(shown.contains("Children see"), "{shown}");
}

#[test]
fn a_device_is_told_in_clear_words_how_to_be_set_up() {
    let world = world(PLAN, None);
    let own = |path: &str| {
        let url = format!("http://{}{path}", world.at);
        let done = Command::new("curl")
            .args(["-sS", "--noproxy", "*", &url])
            .output()
            .unwrap();
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    let shown = own("/stairgate");
    for words in [
        "iPad",
        "Android",
        "Windows",
        "never looks into banks",
        "you don’t have to",
        "filter.example:3128/proxy.pac",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(own("/stairgate-authority.mobileconfig").contains("com.apple.security.root"));
    let shown = world.get(&["http://stairgate.internal/"]);
    assert!(shown.contains("iPad"), "{shown}");
    assert!(
        world
            .get(&["--cacert", "FOLDER/site.pem", "https://stairgate.internal/"])
            .starts_with("000")
    );
}

#[test]
fn a_search_that_is_a_worry_is_closed_where_its_theme_is() {
    let plan = PLAN
        .replace("[\"web.example\"]", "[\"web.example\", \"www.bing.com\"]")
        .replace("profile = \"children\"\n", "profile = \"staff\"\n");
    let world = world(&plan, None);
    let shown = world.get(&["http://www.bing.com:PLAIN/search?q=how+to+kill%20myself"]);
    assert!(
        shown.starts_with("403") && shown.contains("about suicide"),
        "{shown}"
    );
    let told = world.told();
    assert!(told.contains("Page www.bing.com/search Closed"), "{told}");
    assert!(
        !world
            .get(&["http://www.bing.com:PLAIN/search?q=ducks"])
            .starts_with("403")
    );
}
