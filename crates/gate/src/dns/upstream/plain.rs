//! Asking as it always was: one packet from a port that the system draws by chance, and a stream
//! where the answer was cut off.

use crate::dns::kept::{answers, is_cut_off};
use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, UdpSocket},
};

/// How long before the packet is sent again.
const AGAIN: Duration = Duration::from_millis(500);

const PACKET_BYTES_MAX: usize = 4096;

pub(super) async fn ask(at: SocketAddr, question: &[u8]) -> io::Result<Vec<u8>> {
    let any = match at {
        SocketAddr::V4(_) => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
        SocketAddr::V6(_) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
    };
    let socket = UdpSocket::bind(any).await?;
    // What others send to this port is dropped by the system.
    socket.connect(at).await?;
    let mut bytes = vec![0; PACKET_BYTES_MAX];
    loop {
        socket.send(question).await?;
        let answer = tokio::time::timeout(AGAIN, listen(&socket, question, &mut bytes)).await;
        let Ok(length) = answer else {
            continue;
        };
        bytes.truncate(length?);
        if is_cut_off(&bytes) {
            let mut stream = TcpStream::connect(at).await?;
            return exchange(&mut stream, question).await;
        }
        return Ok(bytes);
    }
}

/// Waits for the answer to this question; others are let go by.
async fn listen(socket: &UdpSocket, question: &[u8], bytes: &mut [u8]) -> io::Result<usize> {
    loop {
        let length = socket.recv(bytes).await?;
        if answers(bytes.get(..length).unwrap_or_default(), question) {
            return Ok(length);
        }
    }
}

/// Sends a question over a stream and reads one answer.
pub(super) async fn exchange(
    stream: &mut (impl AsyncReadExt + AsyncWriteExt + Unpin),
    question: &[u8],
) -> io::Result<Vec<u8>> {
    let length = u16::try_from(question.len()).map_err(io::Error::other)?;
    let mut all = length.to_be_bytes().to_vec();
    all.extend_from_slice(question);
    stream.write_all(&all).await?;
    stream.flush().await?;
    let length = stream.read_u16().await?;
    let mut answer = vec![0; usize::from(length)];
    stream.read_exact(&mut answer).await?;
    Ok(answer)
}
