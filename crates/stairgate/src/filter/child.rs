//! The filter as a program that is watched: started with the files of the data folder, and started
//! again when it ends, sooner at first and later when it ends again and again. While it is down nobody
//! is answered: there is no way past it. One that an earlier run left behind is ended first.

use super::{Asked, Folder};
use crate::commands::{complain, filter::traces::HELD, say};
use anyhow::Context;
use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// How often it is looked whether it runs.
const LOOK: Duration = Duration::from_millis(200);

/// How long is waited before it is started again: at first, and at most.
const AGAIN_FIRST: Duration = Duration::from_millis(200);
const AGAIN_MAX: Duration = Duration::from_secs(10);

/// Whoever ran so long had begun well: the next start is a first one.
const WELL: Duration = Duration::from_secs(60);

/// How long one of before may take to end.
const ENDING: Duration = Duration::from_secs(5);

/// The most lines of what it said that are kept.
const LINES_MAX: usize = 50;

/// How the filter is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    /// It answers.
    pub(super) runs: bool,
    /// What it said last, in plain words.
    pub(super) said: Vec<String>,
    /// How often it had to be started again.
    pub(super) again: u32,
}

/// A filter that is watched; dropping this ends it.
pub(super) struct Watched {
    stop: Arc<AtomicBool>,
    state: Arc<Mutex<State>>,
    thread: Option<JoinHandle<()>>,
}

impl Watched {
    /// How it is, as it changes.
    pub(super) fn state(&self) -> Arc<Mutex<State>> {
        Arc::clone(&self.state)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            drop(thread.join());
        }
    }
}

/// Starts it and watches it.
pub(super) fn watch(folder: &Folder, asked: &Asked) -> anyhow::Result<Watched> {
    let program = std::env::current_exe().context("this program can’t be found")?;
    let upstream = match asked.filter_upstream.is_empty() {
        true => resolvers(Path::new("/etc/resolv.conf")),
        false => asked.filter_upstream.clone(),
    };
    let words = words(folder, asked, &upstream);
    let stop = Arc::new(AtomicBool::new(false));
    let state = Arc::default();
    let watching = Watching {
        program,
        words,
        folder: folder.clone(),
        stop: Arc::clone(&stop),
        state: Arc::clone(&state),
    };
    let thread = std::thread::Builder::new().name("filter".to_owned());
    Ok(Watched {
        stop,
        state,
        thread: Some(thread.spawn(move || watching.run())?),
    })
}

/// What it is started with.
fn words(folder: &Folder, asked: &Asked, upstream: &[String]) -> Vec<String> {
    let path = |path: std::path::PathBuf| path.display().to_string();
    let mut words = vec!["filter".to_owned(), "serve".to_owned()];
    let mut add = |flag: &str, value: String| words.extend([flag.to_owned(), value]);
    add("--plan", path(folder.plan()));
    add("--file", path(folder.names()));
    add("--secret", path(folder.secret()));
    add("--traces", path(folder.traces()));
    add("--news", path(folder.news()));
    let megabytes = asked.filter_traces_megabytes.max(1);
    add("--traces-megabytes", megabytes.to_string());
    if asked.filter_ends_too {
        words.push("--ends-with-input".to_owned());
    }
    let mut add = |flag: &str, value: String| words.extend([flag.to_owned(), value]);
    for address in &asked.filter {
        add("--listen", address.to_string());
    }
    for address in &asked.filter_proxy {
        add("--proxy", address.to_string());
    }
    for resolver in upstream {
        add("--upstream", resolver.clone());
    }
    words
}

/// The resolvers that this machine uses itself.
fn resolvers(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let all = text.lines().filter_map(|line| {
        let address = line.trim().strip_prefix("nameserver")?.trim();
        let address: std::net::IpAddr = address.parse().ok()?;
        Some(address.to_string())
    });
    let mut all: Vec<String> = all.take(4).collect();
    if all.is_empty() {
        // Nobody can be asked: what is closed is closed, and what is open fails.
        all.push("127.0.0.1".to_owned());
    }
    all
}

struct Watching {
    program: std::path::PathBuf,
    words: Vec<String>,
    folder: Folder,
    stop: Arc<AtomicBool>,
    state: Arc<Mutex<State>>,
}

impl Watching {
    fn run(self) {
        let mut wait = AGAIN_FIRST;
        while !self.stop.load(Ordering::Relaxed) {
            if !self.folder.plan().exists() {
                // The plan is written within a second, once there is a device to speak of.
                std::thread::park_timeout(LOOK);
                continue;
            }
            let begun = Instant::now();
            match self.once() {
                Ok(()) => {}
                Err(error) => complain(&format!("the filter could not be started: {error:#}")),
            }
            self.change(|state| {
                state.runs = false;
                state.again = state.again.saturating_add(1);
            });
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            wait = match begun.elapsed() >= WELL {
                true => AGAIN_FIRST,
                false => wait,
            };
            complain(&format!(
                "the filter does not run; nobody is answered, and it is started again in {} ms",
                wait.as_millis()
            ));
            std::thread::park_timeout(wait);
            wait = wait.saturating_mul(2).min(AGAIN_MAX);
        }
    }

    /// Starts it and waits until it ends, or is to end.
    fn once(&self) -> anyhow::Result<()> {
        end_the_one_before(&self.folder.traces())?;
        // Its input stays open for as long as this program runs; it may look at that.
        let mut child = Command::new(&self.program)
            .args(&self.words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let outs = [
            child
                .stdout
                .take()
                .map(|out| self.listen(BufReader::new(out))),
            child
                .stderr
                .take()
                .map(|out| self.listen(BufReader::new(out))),
        ];
        let ended = self.wait(&mut child);
        for out in outs.into_iter().flatten() {
            drop(out.join());
        }
        ended
    }

    fn wait(&self, child: &mut Child) -> anyhow::Result<()> {
        loop {
            if let Some(status) = child.try_wait()? {
                anyhow::ensure!(status.success(), "it ended: {status}");
                return Ok(());
            }
            if self.stop.load(Ordering::Relaxed) {
                // It hands its traces to the disk first; if it takes long, it is ended.
                ask_to_end(child.id());
                let begun = Instant::now();
                while child.try_wait()?.is_none() {
                    if begun.elapsed() > ENDING {
                        child.kill()?;
                    }
                    std::thread::park_timeout(Duration::from_millis(20));
                }
                return Ok(());
            }
            std::thread::park_timeout(LOOK);
        }
    }

    /// Reads what it says, so that it never waits for a reader, and keeps the last of it.
    fn listen(&self, out: impl BufRead + Send + 'static) -> JoinHandle<()> {
        let state = Arc::clone(&self.state);
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                if line.starts_with("DNS is answered at") {
                    say(&format!("The filter: {line}"));
                    state.runs = true;
                } else if line.starts_with("web proxy at") {
                    say(&format!("The filter: {line}"));
                }
                if state.said.len() >= LINES_MAX {
                    state.said.remove(0);
                }
                state.said.push(line.chars().take(300).collect());
            }
        })
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Ends a filter that an earlier run of this program left behind, because it was killed. It is known
/// by the file that it holds.
fn end_the_one_before(traces: &Path) -> anyhow::Result<()> {
    let path = traces.join(HELD);
    let begun = Instant::now();
    let mut asked = false;
    loop {
        let Ok(file) = File::open(&path) else {
            return Ok(());
        };
        if file.try_lock().is_ok() {
            return Ok(());
        }
        anyhow::ensure!(
            begun.elapsed() < ENDING * 2,
            "{} is kept by another program",
            traces.display()
        );
        let number = fs::read_to_string(&path).ok();
        let number: Option<u32> = number.and_then(|text| text.trim().parse().ok());
        if let Some(number) = number.filter(|_| !asked) {
            ask_to_end(number);
            asked = true;
        }
        std::thread::park_timeout(Duration::from_millis(50));
    }
}

/// Asks a program to end.
fn ask_to_end(number: u32) {
    let Ok(number) = i32::try_from(number) else {
        return;
    };
    let process = nix::unistd::Pid::from_raw(number);
    // One that has ended by itself needs nothing.
    nix::sys::signal::kill(process, nix::sys::signal::Signal::SIGTERM).unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resolvers_of_the_machine_are_asked_and_never_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("resolv.conf");
        fs::write(
            &file,
            "# x\nnameserver 192.0.2.1\nsearch a.example\nnameserver ::1\n",
        )
        .unwrap();
        assert_eq!(resolvers(&file), ["192.0.2.1", "::1"]);
        assert_eq!(resolvers(&folder.path().join("none")), ["127.0.0.1"]);
    }
}
