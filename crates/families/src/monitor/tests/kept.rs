//! What is kept about an alert and a look stays with whom it is for: in the ledger and after erasure.

use super::{cast, look, look_at, raise, raised};
use crate::{
    monitor::entries::{SHAPES, Wanted, is_apart},
    spine::permit::{Need, need_for_line},
};

#[test]
fn what_was_asked_for_is_sealed_and_its_line_is_for_who_is_told() {
    let (mut s, cast) = cast(super::use_::USE);
    let at = s.now();
    let number = raised(&mut s, raise("a", Some(cast.tomos), at));
    let line = s.lines.last().unwrap();
    assert_eq!(need_for_line(line), Need::OnCase(number));
    let body = line.entry.as_ref().unwrap().write().body;
    assert!(!String::from_utf8(body).unwrap().contains("quillon"));
    let alert = s.setting.monitor.alert(number).unwrap();
    let wanted: Option<Wanted> = s.keys.open(&alert.asked);
    assert_eq!(wanted.unwrap().what, "quillon.example");
    s.done(cast.lead, look(look_at(Some(cast.tomos), None, at.date())));
    let body = s.lines.last().unwrap().entry.as_ref().unwrap().write().body;
    assert!(!String::from_utf8(body).unwrap().contains("out of the room"));
}

#[test]
fn a_line_whose_body_is_gone_is_as_hidden_as_it_was() {
    for shape in SHAPES {
        let entry = (shape.read)(shape.sample.as_bytes()).unwrap();
        let crate::spine::entry::Entry::Monitor(entry) = entry else {
            panic!("{}", shape.kind)
        };
        let hidden = entry.need(None).is_some();
        assert_eq!(is_apart(shape.kind), hidden, "{}", shape.kind);
    }
}
