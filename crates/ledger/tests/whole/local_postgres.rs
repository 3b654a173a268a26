//! A PostgreSQL server of the tests' own: in a temporary folder, on a free port of this machine,
//! for as long as the tests run. `STAIRGATE_TEST_POSTGRES` names another server to ask instead;
//! `STAIRGATE_WITHOUT_POSTGRES=1` leaves these tests out.

use crate::memory::setting;
use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    os::unix::fs::MetadataExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

/// Runs until its input ends, which is when the tests end, however they do.
const SCRIPT: &str = r#"
folder=$(mktemp -d) || exit 1
"$1/initdb" -D "$folder/data" -U stairgate -A trust -E UTF8 --no-sync >"$folder/said" 2>&1 ||
    { cat "$folder/said"; rm -rf "$folder"; exit 1; }
"$1/postgres" -D "$folder/data" -p "$2" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= >"$folder/said" 2>&1 &
server=$!
until "$1/pg_isready" -q -h 127.0.0.1 -p "$2"; do
    kill -0 $server 2>/dev/null || { cat "$folder/said"; rm -rf "$folder"; exit 1; }
    sleep 0.1
done
echo ready
read -r _
kill -INT $server
wait $server
rm -rf "$folder"
"#;

const MISSING: &str = "PostgreSQL is not installed: no initdb and postgres in \
    /usr/lib/postgresql/*/bin. Install the Debian package `postgresql`, or set \
    STAIRGATE_WITHOUT_POSTGRES=1 to leave these tests out";

/// The server's address; `None` when these tests are to be left out.
pub(crate) fn url(test: &str) -> Option<String> {
    if let Some(url) = setting("STAIRGATE_TEST_POSTGRES") {
        return Some(url);
    }
    if setting("STAIRGATE_WITHOUT_POSTGRES").as_deref() == Some("1") {
        writeln!(std::io::stderr(), "left out, as was asked: {test}").unwrap();
        return None;
    }
    static RUNNING: OnceLock<(Child, String)> = OnceLock::new();
    Some(RUNNING.get_or_init(start).1.clone())
}

fn start() -> (Child, String) {
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
        .arg(&port)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("PostgreSQL can't be started as the user postgres");
    let out = BufReader::new(child.stdout.take().unwrap());
    let mut said = Vec::new();
    for line in out.lines().map_while(Result::ok) {
        if line == "ready" {
            return (
                child,
                format!("postgres://stairgate@127.0.0.1:{port}/postgres"),
            );
        }
        said.push(line);
    }
    child.wait().unwrap();
    panic!("PostgreSQL did not start: {}", said.join("\n"));
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
