//! The demo: an invented setting.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

pub(crate) fn run(_data: Option<PathBuf>, _listen: SocketAddr) -> anyhow::Result<ExitCode> {
    anyhow::bail!("being written")
}
