//! The same questions, asked of PostgreSQL.

use crate::{
    local_postgres,
    memory::{Dice, all, draft, drafts},
    stores::{self, Open},
};
use ledger::{
    check::{Fault, check},
    keys::{Key, KeyError, KeyStore},
    line::Head,
    postgres::Postgres,
    server::Server,
    store::{Store, StoreError},
};

/// The server, and a name of a setting that no other test or run uses.
fn server(test: &str) -> Option<(Server, String)> {
    let url = local_postgres::url(test)?;
    let run = tempfile::tempdir().unwrap();
    let unique = run
        .path()
        .file_name()
        .unwrap()
        .to_string_lossy()
        .into_owned();
    Some((Server::at(&url), format!("{test} {unique}")))
}

fn on_server(test: &str, ask: fn(Open<'_>)) {
    if let Some((server, setting)) = server(test) {
        ask(&|| Box::new(Postgres::open(&server, &setting).unwrap()));
    }
}

#[test]
fn what_is_appended_is_read_as_it_was_in_order() {
    on_server("appended", stores::appended_is_read);
}

#[test]
fn an_append_after_an_old_head_is_refused_with_the_new_one() {
    on_server("old head", stores::old_head_is_refused);
}

#[test]
fn several_who_append_at_once_never_fork_the_chain_and_lose_nothing() {
    on_server("at once", stores::many_at_once);
}

#[test]
fn a_spent_body_is_gone_and_the_chain_still_checks() {
    on_server("spent", stores::spent_body);
}

#[test]
fn an_export_goes_into_an_empty_store_and_is_the_same_ledger() {
    on_server("export", stores::export_and_back);
}

#[test]
fn what_cannot_be_kept_is_refused_whole() {
    on_server("unfit", stores::unfit);
}

#[test]
fn two_settings_on_one_server_do_not_see_each_other() {
    let Some((server, setting)) = server("apart") else {
        return;
    };
    let one = Postgres::open(&server, &setting).unwrap();
    let two = Postgres::open(&server, &format!("{setting} two")).unwrap();
    one.append(&Head::EMPTY, &[draft(1)]).unwrap();
    assert_eq!(two.head().unwrap(), Head::EMPTY);
    two.append(&Head::EMPTY, &[draft(2), draft(3)]).unwrap();
    assert_eq!((one.head().unwrap().seq, two.head().unwrap().seq), (1, 2));
    two.spend(&[1]).unwrap();
    assert_eq!(check(&one, &[]).unwrap().spent, 0);
    assert!(check(&two, &[]).is_err(), "nothing says that it was spent");
}

#[test]
fn a_change_in_the_table_is_found() {
    let Some((server, setting)) = server("changed") else {
        return;
    };
    let store = Postgres::open(&server, &setting).unwrap();
    let head = store
        .append(&Head::EMPTY, &[draft(1), draft(2), draft(3)])
        .unwrap();
    let mut client = postgres::Client::connect(&server.url, postgres::NoTls).unwrap();
    let update = "UPDATE stairgate_lines SET at = at + 1 WHERE setting = $1 AND seq = 2";
    client.execute(update, &[&setting]).unwrap();
    assert_eq!(
        check(&store, &[]).unwrap_err(),
        Fault::Link { seq: 2 }.into()
    );
    let update =
        "UPDATE stairgate_lines SET at = at - 1, link = '\\x00' WHERE setting = $1 AND seq = 3";
    client.execute(update, &[&setting]).unwrap();
    assert!(matches!(store.head(), Err(StoreError::Damaged { .. })));
    assert!(store.append(&head, &[draft(4)]).is_err());
}

#[test]
fn the_ledger_and_its_keys_go_on_after_the_server_dropped_their_connections() {
    let Some((server, setting)) = server("dropped") else {
        return;
    };
    let mut dice = Dice(3);
    let folder = tempfile::tempdir().unwrap();
    let mut named = server.clone();
    named
        .url
        .push_str(if server.url.contains('?') { "&" } else { "?" });
    named.url.push_str("application_name=");
    named.url.push_str(
        folder
            .path()
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .trim_start_matches('.'),
    );
    let store = Postgres::open(&named, &setting).unwrap();
    let wrapping = folder.path().join("wrapping.key");
    let keys = KeyStore::open_server(&named, &setting, &wrapping, &mut |b| dice.fill(b)).unwrap();
    let head = store.append(&Head::EMPTY, &[draft(1)]).unwrap();
    let mut client = postgres::Client::connect(&server.url, postgres::NoTls).unwrap();
    let name = folder.path().file_name().unwrap().to_str().unwrap();
    let name = name.trim_start_matches('.');
    let mut end_all = || {
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = $1";
        client.query(end, &[&name]).unwrap().len()
    };
    assert!(end_all() >= 2);
    let mut tries = 0;
    while keys.load().is_err() && tries < 5 {
        tries += 1;
    }
    assert!(keys.load().unwrap().is_empty());
    assert_eq!(store.head().unwrap(), head);
    let head = store.append(&head, &drafts(300)).unwrap();
    assert!(end_all() > 0);
    assert_eq!(all(&store).len(), 301);
    // While somebody reads, too: each line is shown once.
    let mut seen = Vec::new();
    let read = store.read(1, &mut |line| {
        if line.seq == 30 {
            end_all();
        }
        seen.push(line.seq);
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(read, Ok(()));
    assert!(seen.iter().copied().eq(1..=head.seq), "{seen:?}");
}

#[test]
fn keys_on_a_server_are_saved_destroyed_and_shared() {
    let Some((server, setting)) = server("keys") else {
        return;
    };
    let mut dice = Dice(4);
    let folder = tempfile::tempdir().unwrap();
    let wrapping = folder.path().join("wrapping.key");
    let mut open =
        || KeyStore::open_server(&server, &setting, &wrapping, &mut |b| dice.fill(b)).unwrap();
    let (one, two) = (open(), open());
    let pair = |name: &str, byte| (name.to_owned(), Key::new([byte; 32]));
    let mut dice = Dice(5);
    let mut fill = |bytes: &mut [u8]| dice.fill(bytes);
    one.save(&[pair("person:1", 1), pair("person:2", 2)], &mut fill)
        .unwrap();
    assert_eq!(
        two.load().unwrap(),
        [pair("person:1", 1), pair("person:2", 2)]
    );
    let receipt = two.destroy("person:1", 7, "asked", &mut fill).unwrap();
    assert_eq!(
        one.destroy("person:1", 8, "again", &mut fill).unwrap(),
        receipt
    );
    let refused = one.save(&[pair("person:1", 1)], &mut fill);
    assert!(matches!(refused, Err(KeyError::Destroyed(_))));
    one.save(&[pair("person:3", 3)], &mut fill).unwrap();
    assert_eq!(
        two.load().unwrap(),
        [pair("person:2", 2), pair("person:3", 3)]
    );
    let elsewhere = folder.path().join("other.key");
    let other = KeyStore::open_server(&server, &setting, &elsewhere, &mut fill);
    assert!(matches!(other, Err(KeyError::Missing(_))));
}

#[test]
fn a_server_that_answers_before_it_writes_is_told_to_write_first() {
    let Some((server, _)) = server("durable") else {
        return;
    };
    let mut lax = server.clone();
    lax.url
        .push_str(if server.url.contains('?') { "&" } else { "?" });
    lax.url.push_str("options=-csynchronous_commit%3Doff");
    let show = |client: &mut postgres::Client| -> String {
        client
            .query_one("SHOW synchronous_commit", &[])
            .unwrap()
            .get(0)
    };
    let mut plain = postgres::Client::connect(&lax.url, postgres::NoTls).unwrap();
    let mut ours = lax.connect().unwrap();
    assert_eq!(
        (show(&mut plain), show(&mut ours)),
        ("off".into(), "on".into())
    );
}

/// With `synchronous_commit=off` a server answers before it writes. Ours must not, for us.
#[test]
fn after_a_crash_of_a_lax_server_every_answered_append_is_there() {
    let Some(mut running) = local_postgres::own("crash", "off") else {
        return;
    };
    let server = Server::at(&running.url);
    let store = Postgres::open(&server, "crash").unwrap();
    let mut head = Head::EMPTY;
    for number in 1..=10 {
        head = store
            .append(&head, &[draft(number), draft(100 + number)])
            .unwrap();
        running.crash();
        assert_eq!(store.head().unwrap(), head, "crash {number}");
    }
    assert_eq!(check(&store, &[]).unwrap().head, head);
}
