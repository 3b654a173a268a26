//! Streams: TCP, and TLS over it. Many questions may be under way on one; each is answered as soon as
//! it can be. Connections are counted, and one on which nothing is asked is closed.

use super::{filter::Filter, question::QUESTION_BYTES_MAX, say::Way};
use crate::{plan::Asker, traces::Door};
use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
};
use tokio_rustls::TlsAcceptor;

/// Connections that are open at once, and of them from one address.
const OPEN_MAX: usize = 512;
const OPEN_EACH_MAX: usize = 64;

/// Questions of one connection that are under way at once.
const UNDER_WAY_MAX: usize = 32;

/// How long a connection is kept on which nothing is asked.
const IDLE: Duration = Duration::from_secs(10);

/// How long somebody may take to shake hands, or to take an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Counts the connections of each address.
#[derive(Clone, Default)]
pub(crate) struct Doors(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// A connection that is counted.
pub(crate) struct Entered {
    doors: Doors,
    from: IpAddr,
}

impl Doors {
    /// Counts one more; nothing where there are too many.
    pub(super) fn enter(&self, from: IpAddr) -> Option<Entered> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = open.values().sum();
        let own = open.get(&from).copied().unwrap_or(0);
        if all >= OPEN_MAX || own >= OPEN_EACH_MAX {
            return None;
        }
        open.insert(from, own + 1);
        let doors = self.clone();
        Some(Entered { doors, from })
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        let mut open = self.doors.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = open.get_mut(&self.from) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                open.remove(&self.from);
            }
        }
    }
}

/// Takes connections for ever.
pub(super) async fn listen(
    filter: Arc<Filter>,
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    doors: Doors,
) {
    loop {
        let Some((stream, from, entered)) = accept(&listener, &doors).await else {
            continue;
        };
        let (filter, tls) = (Arc::clone(&filter), tls.clone());
        tokio::spawn(async move {
            let done = serve(filter, stream, from, tls).await;
            if let Err(error) = done {
                tracing::debug!(%error, "a connection ended");
            }
            drop(entered);
        });
    }
}

/// The next connection, if it may come in.
pub(crate) async fn accept(
    listener: &TcpListener,
    doors: &Doors,
) -> Option<(TcpStream, SocketAddr, Entered)> {
    match listener.accept().await {
        Ok((stream, from)) => {
            let entered = doors.enter(from.ip().to_canonical())?;
            stream.set_nodelay(true).ok()?;
            Some((stream, from, entered))
        }
        Err(_) => {
            // No more files can be opened just now.
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

async fn serve(
    filter: Arc<Filter>,
    stream: TcpStream,
    from: SocketAddr,
    tls: Option<TlsAcceptor>,
) -> io::Result<()> {
    let at = from.ip().to_canonical();
    let Some(tls) = tls else {
        return talk(filter, stream, (at, None), Door::Dns).await;
    };
    let stream = tokio::time::timeout(PATIENCE, tls.accept(stream)).await??;
    let key = stream.get_ref().1.server_name().and_then(key_of);
    talk(filter, stream, (at, key), Door::Dot).await
}

/// The key of a device: the first label of the name by which it came, where that looks like one.
pub(super) fn key_of(name: &str) -> Option<String> {
    let (first, rest) = name.split_once('.')?;
    (rest.contains('.') && first.len() >= 12 && first.contains('-'))
        .then(|| first.to_ascii_lowercase())
}

async fn talk(
    filter: Arc<Filter>,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    who: (IpAddr, Option<String>),
    door: Door,
) -> io::Result<()> {
    let (mut read, mut write) = tokio::io::split(stream);
    let (tell, mut told) = mpsc::channel::<Vec<u8>>(UNDER_WAY_MAX);
    let writing = tokio::spawn(async move {
        while let Some(answer) = told.recv().await {
            let Ok(length) = u16::try_from(answer.len()) else {
                continue;
            };
            let mut all = length.to_be_bytes().to_vec();
            all.extend_from_slice(&answer);
            match tokio::time::timeout(PATIENCE, write.write_all(&all)).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) | Err(_) => break,
            }
            if told.is_empty() && write.flush().await.is_err() {
                break;
            }
        }
        drop(write.shutdown().await);
    });
    let under_way = Arc::new(Semaphore::new(UNDER_WAY_MAX));
    let who = Arc::new(who);
    while let Ok(Ok(Some(message))) = tokio::time::timeout(IDLE, next(&mut read)).await {
        let Ok(permit) = Arc::clone(&under_way).acquire_owned().await else {
            break;
        };
        if tell.is_closed() {
            break;
        }
        let (filter, who, tell) = (Arc::clone(&filter), Arc::clone(&who), tell.clone());
        tokio::spawn(async move {
            let (at, key) = who.as_ref();
            let asker = key.as_deref().map_or(Asker::At(*at), Asker::Key);
            if let Some(answer) = filter.answer(&message, asker, door, Way::Stream).await {
                drop(tell.send(answer).await);
            }
            drop(permit);
        });
    }
    drop(tell);
    writing.await.map_err(io::Error::other)
}

/// The next message; nothing at the end, or where it is longer than any question.
async fn next(read: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<Vec<u8>>> {
    let length = match read.read_u16().await {
        Ok(length) => usize::from(length),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    };
    if length > QUESTION_BYTES_MAX {
        return Ok(None);
    }
    let mut message = vec![0; length];
    read.read_exact(&mut message).await?;
    Ok(Some(message))
}
