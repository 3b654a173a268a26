//! Files in cases over HTTP, from the API and from the command line; and a case about an indecent
//! image, into which no file comes by any way that this program has.

use crate::program::{Answer, Browser, Program, mark, shell};
use families::spine::page::FieldKind;
use std::path::Path;

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cc\xfa\x0f\x00\x01\x05\x01\x02\xcf\xa0.\xcd\x00\x00\x00\x00IEND\xaeB`\x82";

fn body(fields: &[(String, String)], files: &[&str]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, words) in fields {
        let part =
            format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{words}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    for name in files {
        let part = format!(
            "--b\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"x.png\"\r\ncontent-type: image/png\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(PICTURE);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--b--\r\n");
    body
}

fn send(browser: &mut Browser, path: &str, fields: &[(&str, &str)], files: &[&str]) -> Answer {
    let page = browser.get(path).body;
    let mark = mark(&page).or(mark(&browser.get("/concerns/report").body));
    let mut all = vec![("csrf".to_owned(), mark.unwrap_or_default())];
    all.extend(
        fields
            .iter()
            .map(|(name, words)| ((*name).to_owned(), (*words).to_owned())),
    );
    browser.post_as(path, "multipart/form-data; boundary=b", &body(&all, files))
}

/// How many files lie in the vault.
fn files(program: &Program) -> usize {
    fn count(folder: &Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else {
            return 0;
        };
        let each = entries.flatten().map(|entry| match entry.path().is_dir() {
            true => count(&entry.path()),
            false => 1,
        });
        each.sum()
    }
    count(&program.folder.path().join("files"))
}

/// A case about an indecent image, and one about a bruise.
fn reported(maya: &mut Browser) {
    for (what, kind) in [
        ("Something on a tablet", "indecent-image"),
        ("A bruise", "harm"),
    ] {
        let fields = [("what", what), ("danger", "no"), ("kind", kind)];
        assert_eq!(maya.send("/concerns/report", &fields).status, 303);
    }
}

#[test]
fn a_file_is_added_to_a_case_and_taken_along_by_who_is_on_it() {
    let (program, mut maya) = Program::set_up();
    reported(&mut maya);
    let before = files(&program);
    let fields = [
        ("act", "concerns.add-file"),
        ("case", "2"),
        ("what", "A plan of the room"),
    ];
    let added = send(&mut maya, "/concerns/add-file?case=2", &fields, &["file"]);
    assert_eq!(added.status, 303, "{}", added.body);
    assert_eq!(files(&program), before + 1);
    assert!(
        maya.get("/concerns/cases/2")
            .body
            .contains("A plan of the room")
    );
    let at = "/concerns/cases/2/files/1";
    let taken = ureq::get(format!("{}{at}", program.address()))
        .header("cookie", maya.cookies())
        .call()
        .unwrap()
        .body_mut()
        .read_to_vec()
        .unwrap();
    assert_eq!(taken, PICTURE);
    assert_ne!(program.browser().get(at).status, 200);
    // It lies there in no way that can be read.
    for entry in std::fs::read_dir(program.folder.path().join("files"))
        .unwrap()
        .flatten()
    {
        let bytes = std::fs::read(entry.path()).unwrap_or_default();
        assert!(!bytes.windows(8).any(|part| part == &PICTURE[..8]));
    }
    let folder = program.folder.path().display().to_string();
    let (whole, said) = shell(&["ledger", "check", "--data", &folder]);
    assert!(whole, "{said}");
}

#[test]
fn no_file_comes_into_a_case_about_an_indecent_image_by_any_way_of_this_program() {
    let (program, mut maya) = Program::set_up();
    reported(&mut maya);
    let before = files(&program);
    let page = maya.get("/concerns/cases/1").body;
    assert!(page.contains("No files are taken in this case") && !page.contains("type=\"file\""));
    assert_eq!(maya.get("/concerns/add-file?case=1").status, 404);
    let names = [
        "file", "document", "scan", "papers", "photo", "picture", "table",
    ];
    let mut tried = 0;
    for form in families::families::forms() {
        let in_case = form.fields.iter().any(|field| field.name == "case");
        if !in_case && !matches!(form.act, "concerns.report" | "concerns.tell") {
            continue;
        }
        let path = format!(
            "{}?case=1",
            form.path.replace("{case}", "1").replace(['{', '}'], "")
        );
        let mut fields = vec![("act", form.act), ("case", "1"), ("run", "1")];
        for field in form.fields.iter().filter(|field| field.name != "case") {
            let words = match field.kind {
                FieldKind::Choice(options) | FieldKind::Several(options) => {
                    options.first().map_or("", |(key, _)| *key)
                }
                FieldKind::YesNo | FieldKind::Confirm => "yes",
                FieldKind::Date => "2026-12-01",
                FieldKind::File(_) | FieldKind::Keep(_) => continue,
                _ => "1",
            };
            fields.push((field.name, words));
        }
        let answer = send(&mut maya, &path, &fields, &names);
        assert!(answer.status < 500, "{}: {}", form.act, answer.status);
        assert_eq!(files(&program), before, "{} keeps a file", form.act);
        tried += 1;
    }
    assert!(tried > 15, "{tried}");
}

#[test]
fn neither_the_api_nor_the_command_line_takes_one() {
    let (program, mut maya) = Program::set_up();
    reported(&mut maya);
    let before = files(&program);
    let made = maya.send("/account/tokens/make", &[("name", "Test")]);
    let token = made.body.split("class=\"sg-code\">").nth(1);
    let token = token
        .and_then(|rest| rest.split('<').next())
        .unwrap_or_default();
    assert!(token.len() > 20, "{}", made.body);
    let mut api = program.browser();
    api.extra
        .push(("authorization".to_owned(), format!("Bearer {token}")));
    let add = |api: &mut Browser, case: &str| {
        let fields = [
            ("case".to_owned(), case.to_owned()),
            ("what".to_owned(), "x".to_owned()),
        ];
        let kind = "multipart/form-data; boundary=b";
        api.post_as(
            "/api/v1/acts/concerns.add-file",
            kind,
            &body(&fields, &["file"]),
        )
    };
    assert_eq!(add(&mut api, "1").status, 422);
    assert_eq!(files(&program), before);
    assert_eq!(add(&mut api, "2").status, 200, "elsewhere it is taken");
    let picture = program.folder.path().join("x.png");
    std::fs::write(&picture, PICTURE).unwrap();
    let (folder, picture) = (
        program.folder.path().display().to_string(),
        picture.display().to_string(),
    );
    let args = |case| {
        let mut args = vec![
            "act",
            "concerns.add-file",
            "--data",
            &folder,
            "--as",
            "maya",
        ];
        args.extend(["--case", case, "--what", "x", "--file", &picture]);
        args
    };
    let (done, said) = shell(&args("1"));
    assert!(!done, "{said}");
    assert_eq!(files(&program), before + 1);
    let (done, said) = shell(&args("2"));
    assert!(done, "{said}");
    assert_eq!(files(&program), before + 2);
}
