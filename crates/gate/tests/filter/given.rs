//! What several tests begin with: a file of a few lists and of what we ship.

use gate::{
    compiled::{Builder, Compiled, List, Survey},
    ours::sets,
};
use std::{path::Path, sync::Arc};

/// Lists by their category.
pub(crate) type Lists<'a> = &'a [(&'a str, &'a [&'a str])];

/// Writes a file of these lists and of what we ship.
pub(crate) fn write(path: &Path, lists: Lists<'_>) {
    let list = |name: &str| List {
        name: format!("{name}.txt"),
        category: name.to_owned(),
        ..List::default()
    };
    let mut all: Vec<List> = lists.iter().map(|(name, _)| list(name)).collect();
    let ours = u16::try_from(all.len()).unwrap();
    all.extend(sets().iter().map(|set| set.list.clone()));
    let mut builder = Builder::begin(all, &Survey::new()).unwrap();
    for (number, (_, names)) in (0..).zip(lists) {
        for (line, name) in (1..).zip(*names) {
            builder.add(number, line, name);
        }
    }
    for (number, set) in (ours..).zip(sets()) {
        for name in &set.names {
            builder.add(number, name.line, &name.name);
        }
    }
    builder.sorted().finish(path).unwrap();
}

/// The same without what we ship.
pub(crate) fn write_alone(path: &Path, lists: Lists<'_>) {
    let list = |(name, _): &(&str, &[&str])| List {
        name: format!("{name}.txt"),
        category: (*name).to_owned(),
        ..List::default()
    };
    let all = lists.iter().map(list).collect();
    let mut builder = Builder::begin(all, &Survey::new()).unwrap();
    for (number, (_, names)) in (0..).zip(lists) {
        for (line, name) in (1..).zip(*names) {
            builder.add(number, line, name);
        }
    }
    builder.sorted().finish(path).unwrap();
}

/// The same, opened.
pub(crate) fn file(lists: Lists<'_>) -> Arc<Compiled> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names");
    write(&path, lists);
    Arc::new(Compiled::open(&path).unwrap())
}
