//! A PostgreSQL server for the tests: started on a free port of this machine, gone afterwards.

use crate::{machine, run::answer};
use anyhow::{Context, Result, bail};
use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, Stdio},
};
use tempfile::TempDir;

const LINES_READ_MAX: usize = 200;

/// A server that runs until this is dropped.
pub(crate) struct Server {
    /// Where it answers.
    pub(crate) url: String,
    folder: TempDir,
    programs: PathBuf,
    process: Child,
}

impl Server {
    /// Starts a server with an empty database.
    pub(crate) fn start() -> Result<Server> {
        let initdb = machine::found("/usr/lib/postgresql/*/bin/initdb")
            .context("PostgreSQL is not here: cargo xtask test --only machine installs it")?;
        let programs = initdb
            .parent()
            .context("initdb has no folder")?
            .to_path_buf();
        let folder = folder()?;
        let data = folder.path().join("data");
        let made = as_server(&programs.join("initdb"))
            .args(["--username=stairgate", "--auth=trust", "--no-sync"])
            .args(["--encoding=UTF8", "--locale=C", "--pgdata"])
            .arg(&data)
            .current_dir(folder.path())
            .output()
            .context("could not start initdb")?;
        if !made.status.success() {
            bail!("initdb failed: {}", String::from_utf8_lossy(&made.stderr));
        }
        let port = free_port()?;
        let mut process = as_server(&programs.join("postgres"))
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(folder.path())
            .args(["-p", &port.to_string(), "-h", "127.0.0.1"])
            .args(["-c", "fsync=off", "-c", "max_connections=200"])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .context("could not start PostgreSQL")?;
        let said = process.stderr.take().context("PostgreSQL says nothing")?;
        wait_until_ready(said)?;
        Ok(Server {
            url: format!("postgres://stairgate@127.0.0.1:{port}/postgres"),
            folder,
            programs,
            process,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stopped = as_server(&self.programs.join("pg_ctl"))
            .args(["stop", "-m", "immediate", "-D"])
            .arg(self.folder.path().join("data"))
            .current_dir(self.folder.path())
            .output();
        if !stopped.is_ok_and(|output| output.status.success()) {
            let _gone = self.process.kill();
        }
        let _gone = self.process.wait();
    }
}

/// PostgreSQL refuses to run as root; Debian's package brings a user for it.
fn as_server(program: &Path) -> Command {
    if !machine::is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
        .arg(program);
    command
}

fn folder() -> Result<TempDir> {
    let folder = tempfile::Builder::new()
        .prefix("stairgate-postgres-")
        .tempdir()
        .context("no folder for PostgreSQL")?;
    if machine::is_root() {
        let number = |flag| -> Option<u32> { answer("id", &[flag, "postgres"])?.parse().ok() };
        let user = number("-u").context("there is no user 'postgres'")?;
        std::os::unix::fs::chown(folder.path(), Some(user), number("-g"))
            .context("could not hand the folder to PostgreSQL")?;
    }
    Ok(folder)
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port")?;
    Ok(listener.local_addr().context("no free port")?.port())
}

/// Reads what the server says until it is ready; the rest is read on, so that it never has to wait.
fn wait_until_ready(said: ChildStderr) -> Result<()> {
    let mut lines = BufReader::new(said).lines();
    let mut seen = Vec::new();
    while let Some(line) = lines.next().transpose().context("PostgreSQL went away")? {
        if line.contains("ready to accept connections") {
            std::thread::spawn(move || lines.for_each(drop));
            return Ok(());
        }
        seen.push(line);
        if seen.len() > LINES_READ_MAX {
            break;
        }
    }
    bail!("PostgreSQL did not start: {}", seen.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{SocketAddr, TcpStream};

    #[test]
    fn the_server_answers_while_it_is_kept_and_is_gone_afterwards() {
        if machine::found("/usr/lib/postgresql/*/bin/initdb").is_none() {
            return;
        }
        let server = Server::start().unwrap();
        let folder = server.folder.path().to_path_buf();
        let place = server.url.split('@').nth(1).unwrap();
        let place = place.split('/').next().unwrap();
        let place: SocketAddr = place.parse().unwrap();
        assert!(TcpStream::connect(place).is_ok());
        drop(server);
        assert!(TcpStream::connect(place).is_err());
        assert!(!folder.exists());
    }
}
