//! All of it together: opens the files, tries them, and only then listens. Whoever holds `Serving`
//! keeps it running.

use super::{
    filter::{Filter, NotFit, Trace},
    https,
    question::{Came, Question},
    rule,
    rule::Step,
    say::Way,
    stream::{self, Doors},
    udp::{Later, Packets},
    upstream::{Resolver, Upstream},
    watched::{Asked, Files, NoGate, watch},
};
use crate::{
    news::Occasion,
    plan::{Asker, Gate},
    proxy::{Listening, Proxy},
    traces::Door,
    trial::{Depth, Doors as Asking},
};
use kernel::moment::Moment;
use rustls::{
    RootCertStore, ServerConfig,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use socket2::{Domain, Protocol, Socket, Type};
use std::{
    io,
    net::{SocketAddr, TcpListener, UdpSocket},
    path::{Path, PathBuf},
    sync::{
        Arc, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};
use tokio::{
    runtime::Runtime,
    sync::{Semaphore, mpsc},
};
use tokio_rustls::TlsAcceptor;

/// Questions that may wait to be asked upstream.
const LATER_MAX: usize = 2048;

/// How long a thread waits for a packet before it looks whether it is to stop.
const LOOK: Duration = Duration::from_millis(100);

/// Memory of the system for packets that wait.
const SOCKET_BYTES: usize = 4 << 20;

/// Makes the trace of one thread.
pub type Traces = dyn Fn() -> Box<dyn Trace>;

/// Hears when the files changed: whether the new ones are in use.
pub type Changed = dyn Fn(Result<(), NoGate>) + Send;

/// How to serve.
pub struct Options {
    /// The plan and the lists.
    pub files: Files,
    /// Addresses for packets and streams.
    pub listen: Vec<SocketAddr>,
    /// Addresses for DNS over TLS.
    pub tls: Vec<SocketAddr>,
    /// Addresses for DNS over HTTPS.
    pub https: Vec<SocketAddr>,
    /// The certificate and its key, where one of these is used.
    pub certificate: Option<Certificate>,
    /// Whom to ask, in this order.
    pub upstream: Vec<Resolver>,
    /// A file with further authorities whose certificates resolvers may show.
    pub authorities: Option<PathBuf>,
    /// The most memory for answers that are kept.
    pub cache_bytes_max: usize,
    /// Threads for packets, for each address.
    pub threads: usize,
}

/// A certificate and its key, each a file of PEM text.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The certificate, with those that it stands on.
    pub chain: PathBuf,
    /// The key.
    pub key: PathBuf,
}

/// Why it can't be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The files can't be used: nobody is answered.
    #[error(transparent)]
    NoGate(#[from] NoGate),
    /// The trial found something.
    #[error(transparent)]
    NotFit(#[from] NotFit),
    /// Nobody is there to be asked.
    #[error("no resolver is named")]
    NobodyToAsk,
    /// An address can't be listened on.
    #[error("{address} can’t be listened on")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The certificate can't be used.
    #[error("{} can’t be used: {why}", path.display())]
    Certificate {
        /// Which file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// TLS can't be spoken.
    #[error("TLS can’t be spoken")]
    Tls(#[source] rustls::Error),
    /// The system gave no threads.
    #[error("no threads could be begun")]
    Threads(#[source] io::Error),
}

/// A filter that runs, until this is dropped.
pub struct Serving {
    filter: Arc<Filter>,
    addresses: Addresses,
    asked: Arc<Asked>,
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
    runtime: Option<Runtime>,
}

/// Where it listens.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    /// For packets and streams.
    pub listen: Vec<SocketAddr>,
    /// For DNS over TLS.
    pub tls: Vec<SocketAddr>,
    /// For DNS over HTTPS.
    pub https: Vec<SocketAddr>,
}

impl Serving {
    /// Opens the files, tries them, and listens. When this returns, whoever asks is answered.
    ///
    /// # Errors
    ///
    /// Says why nobody is answered.
    pub fn begin(
        options: &Options,
        traces: &Traces,
        changed: Box<Changed>,
        clock: fn() -> Moment,
    ) -> Result<Serving, ServeError> {
        if options.upstream.is_empty() {
            return Err(ServeError::NobodyToAsk);
        }
        let gate: Gate = options.files.gate()?;
        let roots = Arc::new(roots(options.authorities.as_deref())?);
        let upstream = Upstream::new(&options.upstream, &roots);
        let filter = Filter::begin(gate, options.cache_bytes_max, upstream, traces(), clock)?;
        let tls = match &options.certificate {
            Some(certificate) => Some(acceptors(certificate)?),
            None => None,
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("filter")
            .enable_all()
            .build()
            .map_err(ServeError::Threads)?;
        let mut serving = Serving {
            filter: Arc::new(filter),
            addresses: Addresses::default(),
            asked: Arc::default(),
            stop: Arc::default(),
            threads: Vec::new(),
            runtime: None,
        };
        serving.listen(options, &runtime, tls, traces)?;
        serving.runtime = Some(runtime);
        serving.try_from_outside()?;
        serving.filter.open();
        let (filter, stop) = (Arc::clone(&serving.filter), Arc::clone(&serving.stop));
        let (files, asked) = (options.files.clone(), Arc::clone(&serving.asked));
        serving.spawn("files", move || {
            watch(&filter, (&files, &asked), &stop, &changed);
        })?;
        Ok(serving)
    }

    /// Asks itself from the network's own side, before anybody else is answered.
    fn try_from_outside(&mut self) -> Result<(), NotFit> {
        let doors = Asking {
            listen: self.addresses.listen.clone(),
            proxy: Vec::new(),
            stop: Arc::clone(&self.stop),
        };
        let found = self
            .filter
            .ask_from_outside(&doors, (Occasion::Start, Depth::Few))?;
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = doors;
        if found.wrong > 0 {
            return Err(NotFit::Wrong {
                tested: Box::new(found),
            });
        }
        self.filter.note(found);
        Ok(())
    }

    /// The filter.
    #[must_use]
    pub fn filter(&self) -> &Arc<Filter> {
        &self.filter
    }

    /// Opens doors of a web proxy that stands behind this filter. Where they are.
    ///
    /// # Errors
    ///
    /// An address can't be listened on.
    pub fn open(
        &self,
        proxy: &Arc<Proxy>,
        door: Listening,
        addresses: &[SocketAddr],
    ) -> Result<Vec<SocketAddr>, ServeError> {
        let Some(runtime) = &self.runtime else {
            return Ok(Vec::new());
        };
        let mut opened = Vec::with_capacity(addresses.len());
        for address in addresses {
            let (listener, own) = listener(*address, runtime)?;
            runtime.spawn(Arc::clone(proxy).listen(listener, door));
            if door == Listening::Requests {
                let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
                asked.proxy.push(own);
            }
            opened.push(own);
        }
        Ok(opened)
    }

    /// Where it listens.
    #[must_use]
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    fn listen(
        &mut self,
        options: &Options,
        runtime: &Runtime,
        tls: Option<(TlsAcceptor, TlsAcceptor)>,
        traces: &Traces,
    ) -> Result<(), ServeError> {
        let doors = Doors::default();
        let (later, waiting) = mpsc::channel(LATER_MAX);
        runtime.spawn(ask_later(Arc::clone(&self.filter), waiting));
        for address in &options.listen {
            let address = self.packets(*address, options.threads, &later, traces)?;
            let (listener, _) = listener(address, runtime)?;
            let filter = Arc::clone(&self.filter);
            runtime.spawn(stream::listen(filter, listener, None, doors.clone()));
            self.addresses.listen.push(address);
        }
        let Some((over_tls, over_https)) = tls else {
            return Ok(());
        };
        for address in &options.tls {
            let (listener, address) = listener(*address, runtime)?;
            let (filter, tls) = (Arc::clone(&self.filter), Some(over_tls.clone()));
            runtime.spawn(stream::listen(filter, listener, tls, doors.clone()));
            self.addresses.tls.push(address);
        }
        for address in &options.https {
            let (listener, address) = listener(*address, runtime)?;
            let (filter, tls) = (Arc::clone(&self.filter), over_https.clone());
            runtime.spawn(https::listen(filter, listener, tls, doors.clone()));
            self.addresses.https.push(address);
        }
        Ok(())
    }

    /// Threads that share one address; the system gives each its part of the packets.
    fn packets(
        &mut self,
        address: SocketAddr,
        threads: usize,
        later: &mpsc::Sender<Later>,
        traces: &Traces,
    ) -> Result<SocketAddr, ServeError> {
        let mut own = address;
        for _ in 0..threads.max(1) {
            let wrong = |source| ServeError::Listen { address, source };
            let socket = Arc::new(packet_socket(own).map_err(wrong)?);
            own = socket.local_addr().map_err(wrong)?;
            let packets = Packets::new(&self.filter, socket, later.clone(), &self.stop, traces());
            self.spawn("packets", move || packets.run())?;
        }
        Ok(own)
    }

    fn spawn(
        &mut self,
        name: &str,
        what: impl FnOnce() + Send + 'static,
    ) -> Result<(), ServeError> {
        let thread = std::thread::Builder::new().name(name.to_owned());
        self.threads
            .push(thread.spawn(what).map_err(ServeError::Threads)?);
        Ok(())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            thread.thread().unpark();
            drop(thread.join());
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_secs(1));
        }
    }
}

/// Answers packets that had to be asked upstream.
async fn ask_later(filter: Arc<Filter>, mut waiting: mpsc::Receiver<Later>) {
    let at_once = Arc::new(Semaphore::new(LATER_MAX));
    while let Some(later) = waiting.recv().await {
        let Ok(permit) = Arc::clone(&at_once).acquire_owned().await else {
            return;
        };
        let filter = Arc::clone(&filter);
        tokio::spawn(async move {
            let asker = Asker::At(later.from.ip());
            if later.ahead {
                ask_ahead(&filter, &later.message, asker).await;
            } else if let Some(answer) = filter
                .answer(&later.message, asker, Door::Dns, Way::Packet)
                .await
            {
                drop(later.socket.send_to(&answer, later.from));
            }
            drop(permit);
        });
    }
}

/// Asks again for what is kept and soon holds no more.
async fn ask_ahead(filter: &Arc<Filter>, message: &[u8], asker: Asker<'_>) {
    let Came::Question(question) = Question::read(message) else {
        return;
    };
    let (gate, at) = (filter.gate(), filter.now());
    let ruled = rule::rule(&gate, gate.seat(asker, at), &question, at);
    if let Step::Ask { safe, at_home } = ruled.step {
        let asked = rule::asked(question.text(), question.kind, safe, at_home);
        filter.renew(asked).await;
    }
}

fn packet_socket(address: SocketAddr) -> io::Result<UdpSocket> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::DGRAM,
        Some(Protocol::UDP),
    )?;
    if address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    socket.set_reuse_port(true)?;
    // More packets may wait than usual; where the system says no, fewer do.
    drop(socket.set_recv_buffer_size(SOCKET_BYTES));
    drop(socket.set_send_buffer_size(SOCKET_BYTES));
    socket.set_read_timeout(Some(LOOK))?;
    socket.bind(&address.into())?;
    Ok(socket.into())
}

fn listener(
    address: SocketAddr,
    runtime: &Runtime,
) -> Result<(tokio::net::TcpListener, SocketAddr), ServeError> {
    let begin = || -> io::Result<_> {
        let socket = Socket::new(
            Domain::for_address(address),
            Type::STREAM,
            Some(Protocol::TCP),
        )?;
        if address.is_ipv6() {
            socket.set_only_v6(true)?;
        }
        socket.set_reuse_address(true)?;
        socket.set_nonblocking(true)?;
        socket.bind(&address.into())?;
        socket.listen(1024)?;
        let listener: TcpListener = socket.into();
        let own = listener.local_addr()?;
        let _in_runtime = runtime.enter();
        Ok((tokio::net::TcpListener::from_std(listener)?, own))
    };
    begin().map_err(|source| ServeError::Listen { address, source })
}

/// The one way in which TLS is spoken here.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// For DNS over TLS and for DNS over HTTPS, which differ in what they say that they speak.
fn acceptors(certificate: &Certificate) -> Result<(TlsAcceptor, TlsAcceptor), ServeError> {
    let wrong = |path: &Path, why: String| ServeError::Certificate {
        path: path.to_path_buf(),
        why,
    };
    let (chain, key) = (&certificate.chain, &certificate.key);
    let certificates = CertificateDer::pem_file_iter(chain)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| wrong(chain, error.to_string()))?;
    let private =
        PrivateKeyDer::from_pem_file(key).map_err(|error| wrong(key, error.to_string()))?;
    let config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .and_then(|begun| {
            let begun = begun.with_no_client_auth();
            begun.with_single_cert(certificates, private)
        });
    let config = config.map_err(|error| wrong(chain, error.to_string()))?;
    let speaking = |words: &[&[u8]]| {
        let mut own = config.clone();
        own.alpn_protocols = words.iter().map(|word| word.to_vec()).collect();
        TlsAcceptor::from(Arc::new(own))
    };
    Ok((speaking(&[b"dot"]), speaking(&[b"h2", b"http/1.1"])))
}

pub(crate) fn roots(further: Option<&Path>) -> Result<RootCertStore, ServeError> {
    let mut roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let Some(path) = further else {
        return Ok(roots);
    };
    let wrong = |why: String| ServeError::Certificate {
        path: path.to_path_buf(),
        why,
    };
    let all = CertificateDer::pem_file_iter(path).map_err(|error| wrong(error.to_string()))?;
    for one in all {
        let one = one.map_err(|error| wrong(error.to_string()))?;
        roots.add(one).map_err(|error| wrong(error.to_string()))?;
    }
    Ok(roots)
}
