//! The filter as a name server, from a plan and a file of lists: for a council's centre, and to try it.

use super::{
    super::{complain, say},
    proxy, traces as kept, trials,
};
use crate::clock;
use anyhow::Context;
use gate::{
    dns::{Certificate, Files, NoGate, Options, Resolver, Serving, Told, Trace, Traces, Untold},
    plan::Verdict,
};
use serde::Serialize;
use std::{
    fs::File,
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Arc,
        mpsc::{SyncSender, TrySendError, sync_channel},
    },
};
use tokio::signal::unix::{SignalKind, signal};

/// Lines of the trace that may wait to be written.
const LINES_MAX: usize = 4096;

/// How to serve.
#[derive(clap::Args)]
pub(crate) struct Asked {
    /// The plan, as TOML that ends with the line '# end', or JSON. A change is live at once.
    #[arg(long)]
    plan: PathBuf,
    /// The file of lists. A new one is used once it is whole and has passed its trial.
    #[arg(long, default_value = "stairgate.names")]
    file: PathBuf,
    /// An address to answer on, over UDP and TCP.
    #[arg(long, default_value = "127.0.0.1:5353")]
    listen: Vec<SocketAddr>,
    /// An address for DNS over TLS.
    #[arg(long, requires = "certificate")]
    tls: Vec<SocketAddr>,
    /// An address for DNS over HTTPS: `/dns-query`, or `/dns-query/KEY` with the key of a device.
    #[arg(long, requires = "certificate")]
    https: Vec<SocketAddr>,
    /// The certificate for these, as PEM.
    #[arg(long, requires = "key")]
    certificate: Option<PathBuf>,
    /// The key of the certificate, as PEM.
    #[arg(long, requires = "certificate")]
    key: Option<PathBuf>,
    /// Whom to ask: 192.0.2.1, tls://dns.example@192.0.2.1 or
    /// https://dns.example/dns-query@192.0.2.1. Said more than once, the next helps when one fails.
    #[arg(long, required = true)]
    upstream: Vec<Resolver>,
    /// Further authorities that may vouch for these, as PEM.
    #[arg(long)]
    authorities: Option<PathBuf>,
    /// Memory for answers that are kept, in megabytes.
    #[arg(long, default_value = "8", value_parser = clap::value_parser!(u16).range(1..=4096))]
    cache_megabytes: u16,
    /// Threads that answer packets, for each address.
    #[arg(long, default_value = "1", value_parser = clap::value_parser!(u8).range(1..=64))]
    threads: u8,
    /// Write each answer and why to this file, one a line, as JSON. It says what people look at:
    /// keep it only while you look for a fault.
    #[arg(long)]
    trace: Option<PathBuf>,
    /// End when the input does.
    #[arg(long, hide = true)]
    ends_with_input: bool,
    #[command(flatten)]
    keep: kept::Asked,
    #[command(flatten)]
    web: proxy::Asked,
}

pub(super) fn run(asked: Asked) -> anyhow::Result<ExitCode> {
    let mut keeping = asked.keep.begin(asked.web.key()?)?;
    let lines = traces(asked.trace.as_deref())?;
    let kept = keeping.traces();
    let traces = move || match (kept(), &lines) {
        (Some(trace), None) => trace,
        (Some(trace), Some(lines)) => Box::new((trace, lines())) as Box<dyn Trace>,
        (None, Some(lines)) => lines(),
        (None, None) => Box::new(Untold),
    };
    let options = Options {
        files: Files {
            plan: asked.plan,
            lists: asked.file,
            pages: asked.web.pages()?,
        },
        listen: asked.listen,
        tls: asked.tls,
        https: asked.https,
        certificate: asked
            .certificate
            .zip(asked.key)
            .map(|(chain, key)| Certificate { chain, key }),
        upstream: asked.upstream,
        authorities: asked.authorities.clone(),
        cache_bytes_max: usize::from(asked.cache_megabytes) << 20,
        threads: usize::from(asked.threads),
    };
    let serving = Serving::begin(&options, &traces, Box::new(changed), clock::now);
    let serving = serving
        .inspect_err(|error| trials::tell_failed(error, keeping.spool()))
        .context("nobody is answered")?;
    keeping.look_after(serving.filter())?;
    let telling = trials::Telling::begin(serving.filter(), keeping.spool())?;
    let addresses = serving.addresses();
    for (what, all) in [
        ("DNS", &addresses.listen),
        ("DNS over TLS", &addresses.tls),
        ("DNS over HTTPS", &addresses.https),
    ] {
        for address in all {
            say(&format!("{what} is answered at {address}"));
        }
    }
    asked.web.open(&serving, asked.authorities)?;
    let waiting = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let input = asked.ends_with_input;
    waiting.block_on(async {
        tokio::select! {
            () = told_to_stop() => {}
            () = end_of_input(), if input => {}
        }
    });
    drop(serving);
    drop(telling);
    drop(keeping);
    Ok(ExitCode::SUCCESS)
}

fn changed(done: Result<(), NoGate>) {
    match done {
        Ok(()) => say("the plan and the lists as they are now are in use"),
        Err(error) => complain(&format!("{error}; what was in use before stays in use")),
    }
}

async fn end_of_input() {
    let (tell, told) = tokio::sync::oneshot::channel();
    let reading = std::thread::Builder::new().name("input".to_owned());
    let reading = reading.spawn(move || {
        let ended = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        tell.send(ended.is_ok()).unwrap_or_default();
    });
    match reading {
        Ok(_) => drop(told.await),
        Err(_) => std::future::pending().await,
    }
}

async fn told_to_stop() {
    let asked = async {
        match signal(SignalKind::terminate()) {
            Ok(mut told) => drop(told.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = asked => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

fn traces(path: Option<&Path>) -> anyhow::Result<Option<Box<Traces>>> {
    let Some(path) = path else {
        return Ok(None);
    };
    let file = File::options().create(true).append(true).open(path);
    let file = file.with_context(|| format!("{} could not be opened", path.display()))?;
    let (to, from) = sync_channel::<String>(LINES_MAX);
    let thread = std::thread::Builder::new().name("trace".to_owned());
    thread.spawn(move || {
        let mut out = std::io::BufWriter::new(file);
        while let Ok(line) = from.recv() {
            // A full disk loses lines of the trace; it never opens anything.
            let written = writeln!(out, "{line}").and_then(|()| out.flush());
            if let Err(error) = written {
                complain(&format!("a line of the trace was lost: {error}"));
            }
        }
    })?;
    let to = Arc::new(to);
    Ok(Some(Box::new(move || Box::new(Lines(Arc::clone(&to))))))
}

/// Writes a line for each answer.
struct Lines(Arc<SyncSender<String>>);

#[derive(Serialize)]
struct Line<'a> {
    at: String,
    device: Option<&'a str>,
    session: Option<&'a str>,
    kind: u16,
    answer: String,
    #[serde(flatten)]
    verdict: Verdict,
}

impl Trace for Lines {
    fn answered(&mut self, told: &Told<'_>) {
        let plan = told.gate.plan();
        let device = told.seat.device.map(usize::from);
        let session = told.seat.session.map(usize::from);
        let line = Line {
            at: told.at.to_text(),
            device: device
                .and_then(|at| plan.devices.get(at))
                .map(|device| device.name.as_str()),
            session: session
                .and_then(|at| plan.sessions.get(at))
                .map(|session| session.name.as_str()),
            kind: told.kind,
            answer: format!("{:?}", told.answer).to_lowercase(),
            verdict: told.gate.explain_for(told.seat, told.name, told.decision),
        };
        let Ok(line) = serde_json::to_string(&line) else {
            return;
        };
        match self.0.try_send(line) {
            Ok(()) | Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {}
        }
    }
}
