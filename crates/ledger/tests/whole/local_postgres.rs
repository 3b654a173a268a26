//! A PostgreSQL server of the tests' own: in a temporary folder, on a free port of this machine,
//! for as long as the tests run. `STAIRGATE_TEST_POSTGRES` names another server to ask instead;
//! `STAIRGATE_WITHOUT_POSTGRES=1` leaves these tests out.

use crate::memory::setting;
use std::{
    io::{BufRead, BufReader, Lines, Write},
    net::TcpListener,
    os::unix::fs::MetadataExt,
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
    sync::{Mutex, OnceLock},
};

/// Runs until its input ends, which is when the tests end, however they do. At the word `crash`
/// the server stops at once, as if the power had gone, and starts again.
const SCRIPT: &str = r#"
folder=$(mktemp -d) || exit 1
fail() { cat "$folder/said"; rm -rf "$folder"; exit 1; }
run() {
    "$1/postgres" -D "$folder/data" -p "$2" -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories= -c "synchronous_commit=$3" >"$folder/said" 2>&1 &
    server=$!
    until "$1/pg_isready" -q -h 127.0.0.1 -p "$2"; do
        kill -0 $server 2>/dev/null || fail
        sleep 0.1
    done
    echo ready
}
"$1/initdb" -D "$folder/data" -U stairgate -A trust -E UTF8 --no-sync >"$folder/said" 2>&1 || fail
run "$@"
while read -r word; do
    kill -QUIT $server
    wait $server
    run "$@"
done
kill -INT $server
wait $server
rm -rf "$folder"
"#;

const MISSING: &str = "PostgreSQL is not installed: no initdb and postgres in \
    /usr/lib/postgresql/*/bin. Install the Debian package `postgresql`, or set \
    STAIRGATE_WITHOUT_POSTGRES=1 to leave these tests out";

/// A running server. It stops when this is dropped.
pub(crate) struct Running {
    pub(crate) url: String,
    child: Child,
    said: Lines<BufReader<ChildStdout>>,
}

/// The server's address; `None` when these tests are to be left out.
pub(crate) fn url(test: &str) -> Option<String> {
    if let Some(url) = setting("STAIRGATE_TEST_POSTGRES") {
        return Some(url);
    }
    // Never dropped: its input ends with this process.
    static RUNNING: OnceLock<Mutex<Running>> = OnceLock::new();
    if is_left_out(test) {
        return None;
    }
    let running = RUNNING.get_or_init(|| Mutex::new(Running::start("on")));
    Some(running.lock().unwrap().url.clone())
}

/// A server of the test's own, with this setting of `synchronous_commit`.
pub(crate) fn own(test: &str, synchronous_commit: &str) -> Option<Running> {
    (!is_left_out(test)).then(|| Running::start(synchronous_commit))
}

fn is_left_out(test: &str) -> bool {
    let is_asked = setting("STAIRGATE_WITHOUT_POSTGRES").as_deref() == Some("1");
    if is_asked {
        writeln!(std::io::stderr(), "left out, as was asked: {test}").unwrap();
    }
    is_asked
}

impl Running {
    fn start(synchronous_commit: &str) -> Running {
        let programs = programs().expect(MISSING);
        let port = free_port().to_string();
        // The server refuses to run as root.
        let is_root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
        let mut command = Command::new(if is_root { "setpriv" } else { "sh" });
        if is_root {
            command.args([
                "--reuid=postgres",
                "--regid=postgres",
                "--init-groups",
                "sh",
            ]);
        }
        let mut child = command
            .args(["-c", SCRIPT, "sh"])
            .arg(programs)
            .args([&port, synchronous_commit])
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("PostgreSQL can't be started as the user postgres");
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = format!("postgres://stairgate@127.0.0.1:{port}/postgres");
        let mut running = Running { url, child, said };
        running.wait_until_ready();
        running
    }

    /// Stops the server at once, whatever it has not written, and starts it again.
    pub(crate) fn crash(&mut self) {
        let stdin = self.child.stdin.as_mut().unwrap();
        stdin.write_all(b"crash\n").unwrap();
        self.wait_until_ready();
    }

    fn wait_until_ready(&mut self) {
        let mut said = Vec::new();
        for line in self.said.by_ref().map_while(Result::ok) {
            if line == "ready" {
                return;
            }
            said.push(line);
        }
        panic!("PostgreSQL did not start: {}", said.join("\n"));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        self.child.wait().unwrap();
    }
}

/// A port that nobody uses: it was just given, and given back.
fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// The folder with the programs of the newest version.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists() && bin.join("postgres").exists())
        .max()
}
