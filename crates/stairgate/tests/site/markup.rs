//! Whatever people type, wherever it is shown: it stays words.

use crate::{
    need_to_know::PAGES,
    people::{done, setting},
    program::{Browser, mark},
};

const MARKUP: &str = "<img src=x onerror=alert(1)>\"'</textarea></title>";

#[test]
fn what_people_type_is_never_markup_on_any_page() {
    let (_program, mut maya) = setting();
    done(&maya.send("/people/2/change", &[("name", MARKUP)]));
    done(&maya.send("/people/8/change", &[("name", &format!("{MARKUP} Kid"))]));
    done(&maya.send("/rooms/open", &[("name", MARKUP)]));
    done(&maya.send(
        "/roles/reach?person=1",
        &[("person", "1"), ("reach", MARKUP)],
    ));
    let place = [
        ("name", MARKUP),
        ("nation", "england"),
        ("kind", "preschool"),
        ("phone", "01632 960 001"),
        ("address", MARKUP),
    ];
    done(&maya.send("/settings/place", &place));
    done(&maya.send(
        "/people/8/hold",
        &[("why", MARKUP), ("review", "2027-02-01")],
    ));
    done(&maya.send(
        "/settings/terms/close",
        &[
            ("first", "2027-01-04"),
            ("last", "2027-01-05"),
            ("why", MARKUP),
        ],
    ));
    document(&mut maya, &format!("{MARKUP}.txt"));
    done(&maya.send("/policy/draft/title", &[("title", MARKUP)]));
    done(&maya.send(
        "/policy/draft/add",
        &[("section", MARKUP), ("text", MARKUP)],
    ));
    for path in ["/policy/draft", "/policy/draft/file"] {
        let page = maya.get(path);
        assert!(
            path.ends_with("file") || !page.body.contains("<img src=x"),
            "{path}"
        );
    }
    act(&mut maya, "policy.adopt", "/policy/draft");
    let clauses = maya.get("/policy").body;
    let clause = clauses.split("/policy/clauses/").nth(1).expect("a clause");
    let clause = clause.split(['"', '?', '#']).next().unwrap().to_owned();
    let said = [("clause", clause.as_str()), ("words", MARKUP)];
    drop(maya.send("/policy/comment", &said));
    done(&maya.send("/reports/make", &[("says", MARKUP), ("asks", MARKUP)]));
    for path in PAGES {
        let path = path
            .replace("{clause}", &clause)
            .replace("{person}", "8")
            .replace("{room}", "3")
            .replace("{seq}", "40");
        let answer = maya.get(&path);
        assert!(answer.status < 500, "{path}");
        if answer.header("content-type").starts_with("text/html") {
            assert!(
                !answer.body.contains("<img src=x"),
                "{path}: {}",
                answer.body
            );
        }
    }
    let shown = maya.get("/people/8").body;
    assert!(shown.contains("&lt;img src=x"), "{shown}");
}

#[test]
fn an_address_on_file_is_never_a_script() {
    let (_program, mut maya) = setting();
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://a.example",
        "data:text/html,x",
        "//a.example",
        " https://a.example/\"onclick=x",
    ] {
        let fields = [
            ("name", "Phones"),
            ("owner", "manager"),
            ("review_on", "2027-02-01"),
            ("address", address),
        ];
        let answer = maya.send("/policy/linked/keep", &fields);
        assert_eq!(answer.status, 422, "{address}");
        assert!(!answer.body.contains("href=\"javascript"), "{address}");
    }
}

#[test]
fn a_document_of_any_name_and_kind_is_read_or_refused_in_words() {
    let (_program, mut maya) = setting();
    for (name, bytes) in [
        ("a.docx", b"PK\x03\x04".to_vec()),
        ("a.pdf", b"%PDF-1.4\n%%EOF".to_vec()),
        ("a.exe", b"MZ".to_vec()),
        ("../../../etc/passwd", b"root".to_vec()),
        ("a.txt", vec![0; 3 << 20]),
        ("a.txt", vec![0xff; 1 << 20]),
    ] {
        let answer = upload(&mut maya, name, &bytes);
        assert!([303, 422].contains(&answer), "{name}: {answer}");
    }
}

fn act(maya: &mut Browser, act: &str, path: &str) {
    let mark = mark(&maya.get("/policy").body).unwrap();
    done(&maya.post(path, &[("csrf", &mark), ("act", act)]));
}

fn document(maya: &mut Browser, name: &str) {
    let words =
        format!("Online safety policy\n\nPhones\n\nStaff keep phones in a locker. {MARKUP}\n");
    assert_eq!(upload(maya, name, words.as_bytes()), 303);
}

fn upload(maya: &mut Browser, name: &str, bytes: &[u8]) -> u16 {
    let mark = mark(&maya.get("/policy").body).unwrap();
    let name = name.replace('"', "%22");
    let head = format!(
        "--b\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{mark}\r\n--b\r\n\
         content-disposition: form-data; name=\"document\"; filename=\"{name}\"\r\n\
         content-type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat();
    maya.post_as("/policy/upload", "multipart/form-data; boundary=b", &body)
        .status
}
