//! Connections: how many at once, how long a browser may take to say what it wants, and how long a
//! connection lasts. Whoever holds lines open or sends slowly takes nothing from others.

use super::{app::App, attempts, routes};
use axum::body::Body;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    collections::HashMap,
    convert::Infallible,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
};

/// How many connections are open at once; more wait in line.
const CONNECTIONS_MAX: usize = 800;
/// How many of them one address may hold.
const CONNECTIONS_OF_ONE_MAX: usize = 400;
/// How long the head of a request may take, and how long a connection may be idle.
const HEAD_WAIT: Duration = Duration::from_secs(20);
/// How long a connection lasts before it is asked to end.
const CONNECTION_LASTS: Duration = Duration::from_secs(600);
/// How long what is still being answered may take when a connection or the program ends.
const ENDING_LASTS: Duration = Duration::from_secs(10);
/// The largest head of a request, in bytes.
const HEAD_BYTES_MAX: usize = 64 << 10;
/// The most header lines of a request.
const HEADERS_MAX: usize = 100;

/// How many connections each address holds.
#[derive(Clone, Default)]
struct Held(Arc<Mutex<HashMap<String, usize>>>);

/// One connection of an address; given back when dropped.
struct Holds {
    all: Held,
    of: String,
}

impl Held {
    /// One more for this address; `None` when it has enough.
    fn one_more(&self, of: &str) -> Option<Holds> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(of.to_owned()).or_default();
        if *count >= CONNECTIONS_OF_ONE_MAX {
            return None;
        }
        *count = count.saturating_add(1);
        Some(Holds {
            all: self.clone(),
            of: of.to_owned(),
        })
    }
}

impl Drop for Holds {
    fn drop(&mut self) {
        let mut held = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&self.of) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                held.remove(&self.of);
            }
        }
    }
}

/// Answers whoever connects, until `stop` is done.
pub(crate) async fn listen(app: Arc<App>, listener: TcpListener, stop: impl Future<Output = ()>) {
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let held = Held::default();
    let (end, ended) = watch::channel(());
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener, &room) => accepted,
        };
        let Some((stream, from, place)) = accepted else {
            continue;
        };
        // Behind a server for HTTPS everybody comes from one address.
        let holds = held.one_more(&attempts::network(from.ip()));
        if holds.is_none() && !app.secure {
            continue;
        }
        let talk = converse(Arc::clone(&app), stream, from, ended.clone());
        tokio::spawn(async move {
            talk.await;
            drop((holds, place));
        });
    }
    drop(ended);
    end.send_replace(());
    // `closed` is done when no connection listens for the end any more.
    drop(tokio::time::timeout(ENDING_LASTS, end.closed()).await);
}

/// The next connection, once there is room for it.
async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(room).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, from)) => Some((stream, from, place)),
        Err(error) => {
            // Too many open files, most likely: others have to end first.
            tracing::warn!(%error, "a connection could not be taken");
            tokio::time::sleep(Duration::from_millis(200)).await;
            None
        }
    }
}

async fn converse(
    app: Arc<App>,
    stream: TcpStream,
    from: SocketAddr,
    mut ended: watch::Receiver<()>,
) {
    drop(stream.set_nodelay(true));
    let answer = service_fn(move |request: hyper::Request<Incoming>| {
        let app = Arc::clone(&app);
        async move {
            let request = request.map(Body::new);
            Ok::<_, Infallible>(routes::respond(&app, from, request).await)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WAIT)
        .max_buf_size(HEAD_BYTES_MAX)
        .max_headers(HEADERS_MAX)
        .serve_connection(TokioIo::new(stream), answer);
    let mut connection = std::pin::pin!(connection);
    // Who connected may be gone or talk nonsense; that is no fault of ours, and nothing to log.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = ended.changed() => {}
        () = tokio::time::sleep(CONNECTION_LASTS) => {}
    }
    connection.as_mut().graceful_shutdown();
    drop(tokio::time::timeout(ENDING_LASTS, connection).await);
}
