//! Others, as Debian has them, each with the same lists in the form that suits it best.

use super::{Outcome, free, say, servers::Server};
use std::{
    fs::File,
    io::{BufWriter, Write},
    net::SocketAddr,
    path::Path,
};

/// Begins those that are installed.
pub(super) fn begin(folder: &Path, names: &[String], resolver: SocketAddr) -> Outcome<Vec<Server>> {
    let rpz = folder.join("rpz.zone");
    lines(
        &rpz,
        names,
        "$TTL 300\n@ SOA ns. x. 1 3600 600 86400 300\n@ NS ns.\n",
        |name| format!("{name} CNAME .\n*.{name} CNAME .\n"),
    )?;
    let mut all = Vec::new();
    for (program, begin) in [
        ("/usr/sbin/unbound", unbound as Begin),
        ("/usr/sbin/unbound", unbound_rpz),
        ("/usr/sbin/dnsmasq", dnsmasq),
        ("/usr/sbin/kresd", kresd),
        ("/usr/sbin/pdns_recursor", pdns),
    ] {
        if Path::new(program).exists() {
            all.push(begin(folder, names, free()?, resolver)?);
        } else {
            say(&format!("{program} is not installed and is left out"))?;
        }
    }
    Ok(all)
}

type Begin = fn(&Path, &[String], SocketAddr, SocketAddr) -> Outcome<Server>;

fn lines(path: &Path, names: &[String], head: &str, line: impl Fn(&str) -> String) -> Outcome<()> {
    let mut out = BufWriter::new(File::create(path)?);
    out.write_all(head.as_bytes())?;
    for name in names {
        out.write_all(line(name).as_bytes())?;
    }
    Ok(out.flush()?)
}

fn unbound_text(
    folder: &Path,
    at: SocketAddr,
    resolver: SocketAddr,
    modules: &str,
    more: &str,
) -> String {
    format!(
        "server:\n interface: 127.0.0.1@{}\n do-daemonize: no\n username: \"\"\n chroot: \"\"\n\
         directory: \"{}\"\n pidfile: \"\"\n use-syslog: no\n num-threads: 1\n module-config: \"{modules}\"\n\
         do-not-query-localhost: no\n msg-cache-size: 64m\n rrset-cache-size: 64m\n{more}\n\
         forward-zone:\n name: \".\"\n forward-addr: 127.0.0.1@{}\nremote-control:\n control-enable: no\n",
        at.port(),
        folder.display(),
        resolver.port()
    )
}

fn unbound(
    folder: &Path,
    names: &[String],
    at: SocketAddr,
    resolver: SocketAddr,
) -> Outcome<Server> {
    let zones = folder.join("unbound-zones.conf");
    lines(&zones, names, "", |name| {
        format!("local-zone: \"{name}.\" always_nxdomain\n")
    })?;
    let more = format!(" include: \"{}\"\n", zones.display());
    let path = folder.join("unbound.conf");
    std::fs::write(&path, unbound_text(folder, at, resolver, "iterator", &more))?;
    let path = path.to_string_lossy();
    Server::begin(
        "unbound, local zones",
        at,
        &["/usr/sbin/unbound", "-d", "-p", "-c", &path],
    )
}

fn unbound_rpz(
    folder: &Path,
    _: &[String],
    at: SocketAddr,
    resolver: SocketAddr,
) -> Outcome<Server> {
    let path = folder.join("unbound-rpz.conf");
    let more = "rpz:\n name: rpz.example\n zonefile: rpz.zone\n";
    std::fs::write(
        &path,
        unbound_text(folder, at, resolver, "respip iterator", more),
    )?;
    let path = path.to_string_lossy();
    Server::begin(
        "unbound, RPZ",
        at,
        &["/usr/sbin/unbound", "-d", "-p", "-c", &path],
    )
}

fn dnsmasq(
    folder: &Path,
    names: &[String],
    at: SocketAddr,
    resolver: SocketAddr,
) -> Outcome<Server> {
    let path = folder.join("dnsmasq.conf");
    let head = format!(
        "port={}\nlisten-address=127.0.0.1\nbind-interfaces\nno-resolv\nno-hosts\nuser=root\n\
         cache-size=10000\nserver=127.0.0.1#{}\n",
        at.port(),
        resolver.port()
    );
    lines(&path, names, &head, |name| format!("address=/{name}/\n"))?;
    let file = format!("--conf-file={}", path.display());
    Server::begin(
        "dnsmasq",
        at,
        &["/usr/sbin/dnsmasq", "-k", "--pid-file=", &file],
    )
}

fn kresd(folder: &Path, _: &[String], at: SocketAddr, resolver: SocketAddr) -> Outcome<Server> {
    let own = folder.join("kresd");
    std::fs::create_dir_all(&own)?;
    let path = own.join("kresd.conf");
    let text = format!(
        "net.listen('127.0.0.1', {}, {{ kind = 'dns' }})\ncache.open(100 * MB, 'lmdb://{}')\n\
         trust_anchors.remove('.')\npolicy.add(policy.rpz(policy.DENY, '{}'))\n\
         policy.add(policy.all(policy.STUB('127.0.0.1@{}')))\n",
        at.port(),
        own.display(),
        folder.join("rpz.zone").display(),
        resolver.port()
    );
    std::fs::write(&path, text)?;
    let (path, own) = (path.to_string_lossy(), own.to_string_lossy());
    Server::begin(
        "knot-resolver, RPZ",
        at,
        &["/usr/sbin/kresd", "-n", "-c", &path, &own],
    )
}

fn pdns(folder: &Path, _: &[String], at: SocketAddr, resolver: SocketAddr) -> Outcome<Server> {
    let own = folder.join("pdns");
    std::fs::create_dir_all(&own)?;
    let lua = own.join("rpz.lua");
    let zone = folder.join("rpz.zone");
    let zone = format!("rpzFile(\"{}\", {{policyName=\"rpz\"}})\n", zone.display());
    std::fs::write(&lua, zone)?;
    let text = format!(
        "local-address=127.0.0.1\nlocal-port={}\nthreads=1\ndnssec=off\ndaemon=no\nwrite-pid=no\n\
         forward-zones-recurse=.=127.0.0.1:{}\ndont-query=\nlua-config-file={}\nsocket-dir={}\n\
         security-poll-suffix=\npdns-distributes-queries=no\n",
        at.port(),
        resolver.port(),
        lua.display(),
        own.display()
    );
    std::fs::write(own.join("recursor.conf"), text)?;
    let own = format!("--config-dir={}", own.display());
    Server::begin("pdns-recursor, RPZ", at, &["/usr/sbin/pdns_recursor", &own])
}
