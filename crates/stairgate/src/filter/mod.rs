//! The filter beside the pages: a program of its own that answers the network, which this one starts,
//! watches and starts again (`child`), hears (`hear`), and asks what it keeps (`store`). The plan goes
//! down to it as a file, `plan_file`; when this program is down, it answers on by the last plan.

mod child;
mod hear;
mod lists;
mod number;
mod store;
mod unusual;

use crate::web::app::App;
use anyhow::Context;
use gate::lists::{Compiling, compile};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

/// The names of files and folders in the filter's folder.
const NAMES: &str = "stairgate.names";
const SECRET: &str = "secret";
const TRACES: &str = "traces";
const NEWS: &str = "news";
const LISTS: &str = "lists";

/// How the filter is run beside the pages.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Asked {
    /// An address on which the filter answers names, over UDP and TCP, such as 192.0.2.53:53. Where
    /// none is named, this program runs no filter: another may.
    #[arg(long)]
    pub(crate) filter: Vec<SocketAddr>,
    /// An address for the filter's web proxy.
    #[arg(long, requires = "filter")]
    pub(crate) filter_proxy: Vec<SocketAddr>,
    /// Whom the filter asks for what is open, as `stairgate filter serve --upstream` has it. The
    /// resolvers of this machine, where nobody is named.
    #[arg(long, requires = "filter")]
    pub(crate) filter_upstream: Vec<String>,
    /// The most disk for traces, in megabytes.
    #[arg(long, default_value = "1024", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) filter_traces_megabytes: u32,
    /// The filter ends when this program does, however it ends: for the demo and for tests.
    #[arg(long, hide = true)]
    pub(crate) filter_ends_too: bool,
}

impl Asked {
    /// For the demo: beside it, at a high port of this machine alone.
    pub(crate) fn for_demo(listen: SocketAddr) -> Asked {
        let port = match listen.port() {
            0 => 0,
            own => own
                .checked_add(10_000)
                .unwrap_or_else(|| own.saturating_sub(10_000)),
        };
        Asked {
            filter: vec![SocketAddr::from(([127, 0, 0, 1], port))],
            filter_traces_megabytes: 256,
            filter_ends_too: true,
            ..Asked::default()
        }
    }
}

/// Where the filter's files lie.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// In a data folder.
    pub(crate) fn of(data: &Path) -> Folder {
        Folder(data.join("filter"))
    }

    /// The plan.
    pub(crate) fn plan(&self) -> PathBuf {
        self.0.join("plan.json")
    }

    /// The file of lists.
    pub(crate) fn names(&self) -> PathBuf {
        self.0.join(NAMES)
    }

    /// The secret under which traces, illegal pages and the authority are sealed.
    pub(crate) fn secret(&self) -> PathBuf {
        self.0.join(SECRET)
    }

    /// The traces.
    pub(crate) fn traces(&self) -> PathBuf {
        self.0.join(TRACES)
    }

    /// The news.
    pub(crate) fn news(&self) -> PathBuf {
        self.0.join(NEWS)
    }

    /// The lists that are fetched.
    pub(crate) fn lists(&self) -> PathBuf {
        self.0.join(LISTS)
    }

    /// Makes what the filter can't begin without: a file of lists of our own sets.
    pub(crate) fn make(&self) -> anyhow::Result<()> {
        std::fs::create_dir_all(&self.0).with_context(|| self.0.display().to_string())?;
        if self.names().exists() {
            return Ok(());
        }
        let ours = Compiling {
            lists: Vec::new(),
            with_ours: true,
            shrink_percent_max: 100,
            may_shrink: Vec::new(),
        };
        compile(&ours, &self.names()).context("no file of lists could be made")?;
        Ok(())
    }
}

/// What runs for the filter; dropping it ends it.
pub(crate) struct Running {
    _child: Option<child::Watched>,
    hearing: tokio::task::JoinHandle<()>,
    looking: tokio::task::JoinHandle<()>,
    lists: tokio::task::JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.hearing.abort();
        self.looking.abort();
        self.lists.abort();
    }
}

/// Starts the filter where it is asked for, and hears it and asks it wherever it runs.
pub(crate) fn start(app: &Arc<App>, asked: &Asked) -> anyhow::Result<Running> {
    let folder = Folder::of(app.folder.root());
    let child = match asked.filter.is_empty() {
        true => None,
        false => {
            folder.make()?;
            Some(child::watch(&folder, asked)?)
        }
    };
    store::hand_out(
        app,
        &folder,
        asked,
        child.as_ref().map(child::Watched::state),
    );
    let lists = tokio::spawn(lists::keep(Arc::clone(app), folder.clone()));
    let hearing = tokio::spawn(hear::hear(Arc::clone(app), folder));
    let looking = tokio::spawn(unusual::look(Arc::clone(app)));
    Ok(Running {
        _child: child,
        hearing,
        looking,
        lists,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_s_filter_has_a_port_whatever_the_pages_have() {
        for (pages, names) in [(0, 0), (8_080, 18_080), (60_000, 50_000)] {
            let asked = Asked::for_demo(SocketAddr::from(([127, 0, 0, 1], pages)));
            assert_eq!(asked.filter[0].port(), names);
        }
    }
}
