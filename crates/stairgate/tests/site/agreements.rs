//! Agreements over HTTP: the signed copy as PDF, which the checker for strangers accepts and, after
//! one changed byte, refuses; and codes to sign with, which can't be guessed.

use crate::{
    people::{done, shown},
    program::{Answer, Browser, Program, mark, shell},
    sessions::day,
};
use std::path::Path;

const DRAWN: &str = "20,150 80,40 140,150;60,100 110,100";

/// A setting whose policy asks staff and parents to sign; the browser is the manager's.
fn setting() -> (Program, Browser) {
    let (program, mut maya) = Program::set_up();
    let template = [("template", "county-preschool")];
    done(&maya.send(
        "/policy/start/template?template=county-preschool",
        &template,
    ));
    press(&mut maya, "policy.adopt", "/policy/draft");
    for group in ["staff", "parent"] {
        let at = format!("/agreements/{group}/issue");
        done(&maya.send(&at, &[("group", group), ("intro", "Please read this.")]));
    }
    (program, maya)
}

/// Presses a button that stands on a page.
fn press(browser: &mut Browser, act: &str, path: &str) {
    let mark = mark(&browser.get("/policy").body).unwrap();
    done(&browser.post(path, &[("csrf", &mark), ("act", act)]));
}

/// The manager signs as one of the staff; where the signed copy is.
fn sign(maya: &mut Browser, hand: &[(&str, &str)]) -> String {
    let mut fields = vec![("group", "staff"), ("version", "1"), ("agree", "yes")];
    fields.extend_from_slice(hand);
    done(&maya.send("/agreements/staff/sign", &fields));
    let list = maya.get("/agreements").body;
    let at = list.split("href=\"/agreements/signatures/").nth(1);
    let seq = at.and_then(|at| at.split('"').next()).expect("a copy");
    format!("/agreements/signatures/{seq}")
}

/// What the checker says of a file.
fn verify(file: &Path, key: &str) -> Result<String, (String, u8)> {
    let asked = ["--signed", &file.to_string_lossy(), "--key", key];
    verify::signed::run(&asked.map(str::to_owned))
}

/// The public key of a setting, as its own command says it.
fn key(program: &Program) -> String {
    let place = program.folder.path().to_string_lossy().into_owned();
    let (worked, said) = shell(&["ledger", "checkpoint", "--data", &place, "--key"]);
    assert!(worked, "{said}");
    let key = said.lines().find_map(|line| line.strip_prefix("key: "));
    key.expect("a key").to_owned()
}

/// Numbers without a pattern, the same in each run.
fn scattered(many: usize, below: usize) -> impl Iterator<Item = usize> {
    let mut number: u64 = 0x9E37_79B9_7F4A_7C15;
    (0..many).map(move |_| {
        number ^= number << 13;
        number ^= number >> 7;
        number ^= number << 17;
        usize::try_from(number % below as u64).unwrap()
    })
}

/// The same with a parent, the code that they sign with, and an event.
fn with_a_code() -> (Program, String) {
    let (program, mut maya) = setting();
    let person = [("name", "Ada Finch"), ("groups", "parent")];
    done(&maya.send("/people/add", &person));
    let event = [("name", "Play"), ("day", &day(7))];
    done(&maya.send("/events/plan", &event));
    let given = maya.send("/agreements/give-code?person=2", &[("person", "2")]);
    (program, shown(&given))
}

#[test]
fn a_signed_copy_is_accepted_by_the_checker_and_after_one_changed_byte_it_is_not() {
    let (program, mut maya) = setting();
    let points = maya.get("/agreements/staff/translate?version=1").body;
    let list = points.split("govuk-list--number").nth(1).unwrap();
    let count = list.split("</ol>").next().unwrap().matches("<li>").count();
    assert!(count > 2, "{points}");
    let lines = vec!["نقطة بالعربية"; count].join("\n");
    let arabic = [
        ("group", "staff"),
        ("version", "1"),
        ("language", "ar"),
        ("intro", "يرجى القراءة."),
        ("points", &lines),
    ];
    done(&maya.send("/agreements/staff/translate?version=1", &arabic));
    let copy = sign(&mut maya, &[("language", "ar"), ("drawn", DRAWN)]);

    let page = maya.get(&copy).body;
    assert!(page.contains("نقطة بالعربية"), "{page}");
    assert!(page.contains("M20 150L80 40L140 150"), "{page}");
    let pdf = maya.get_bytes(&format!("{copy}?as=pdf"));
    assert!(pdf.starts_with(b"%PDF"));
    let file = program.folder.path().join("signed.pdf");
    std::fs::write(&file, &pdf).unwrap();
    let key = key(&program);
    let said = verify(&file, &key).unwrap();
    for part in [
        "OK",
        "(agreements.issued)",
        "(agreements.translated)",
        "(agreements.signed)",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let ends = [0, 1, pdf.len() / 2, pdf.len() - 2, pdf.len() - 1];
    for place in scattered(40, pdf.len()).chain(ends) {
        let mut changed = pdf.clone();
        changed[place] ^= 1;
        std::fs::write(&file, &changed).unwrap();
        let said = verify(&file, &key);
        assert!(said.is_err_and(|(_, code)| code == 1), "byte {place}");
    }
    std::fs::write(&file, &pdf[..pdf.len() - 1]).unwrap();
    assert!(verify(&file, &key).is_err());
}

#[test]
fn codes_to_sign_with_are_slowed_down_wherever_they_are_guessed() {
    let photography = [
        ("act", "agreements.sign-photography-with-code"),
        ("event", "1"),
        ("code", "AAAA-AAAA-AAAA"),
        ("name", "Ada Finch"),
        ("agree", "yes"),
    ];
    let agreement = [
        ("act", "agreements.sign-with-code"),
        ("group", "parent"),
        ("version", "1"),
        ("code", "AAAA-AAAA-AAAA"),
        ("name", "Ada Finch"),
        ("agree", "yes"),
    ];
    let forms: [(&str, &[(&str, &str)]); 2] = [
        ("/sign/events/1", &photography),
        ("/sign/parent", &agreement),
    ];
    for (at, fields) in forms {
        let (program, _) = with_a_code();
        let mut guesser = program.browser();
        let mark = mark(&guesser.get("/take-up").body).unwrap();
        let mut all = vec![("csrf", mark.as_str())];
        all.extend_from_slice(fields);
        let tries: Vec<u16> = (0..24).map(|_| guesser.post(at, &all).status).collect();
        assert_ne!(tries.first(), Some(&429), "{at}");
        assert_eq!(tries.last(), Some(&429), "{at}: {tries:?}");
    }
    // A right code is none, however often its owner looks; a wrong one in an address is, and so is
    // one in a cookie.
    for carried in [false, true] {
        let (program, code) = with_a_code();
        let mut own = program.browser();
        let mut look = |code: &str| {
            if carried {
                own = program.browser();
                own.cookie("stairgate-code", &code.replace('-', ""));
                return own.get("/sign").status;
            }
            match own.get(&format!("/sign?code={code}")).status {
                303 => own.get("/sign").status,
                other => other,
            }
        };
        assert!((0..30).all(|_| look(&code) == 200));
        let tries: Vec<u16> = (0..24).map(|_| look("AAAA-AAAA-AAAA")).collect();
        assert_eq!((tries.first(), tries.last()), (Some(&200), Some(&429)));
        assert_eq!(look(&code), 429);
        assert_eq!(program.browser().get("/sign").status, 200);
    }
}

#[test]
fn a_code_to_sign_with_stays_out_of_addresses_logs_and_other_peoples_pages() {
    let (program, code) = with_a_code();
    let letters = code.replace('-', "");
    let mut phone = program.browser();
    // As a code on paper opens it: the address that the browser goes on with has no code.
    let opened = phone.get(&format!("/sign?code={code}"));
    let said = |answer: &Answer| {
        let all = answer
            .headers
            .iter()
            .filter(|(name, _)| name != "set-cookie");
        let words: Vec<&str> = all.map(|(_, value)| value.as_str()).collect();
        format!("{} {}", words.join(" "), answer.body)
    };
    assert_eq!((opened.status, opened.header("location")), (303, "/sign"));
    assert!(!said(&opened).contains(&letters) && !said(&opened).contains(&code));
    let cookie = opened.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly; SameSite=Lax; Max-Age=3600"),
        "{cookie}"
    );
    let list = phone.get("/sign").body;
    assert!(list.contains("href=\"/sign/parent\""), "{list}");
    assert!(
        !list.contains(&letters) && !list.contains("code="),
        "{list}"
    );
    let form = phone.get("/sign/parent").body;
    assert!(
        form.contains("name=\"version\"") && !form.contains("code="),
        "{form}"
    );
    // Typed, it goes in the body of a form.
    let mut typed = program.browser();
    let sent = typed.send("/sign", &[("code", &code.to_lowercase())]);
    assert_eq!((sent.status, sent.header("location")), (303, "/sign"));
    assert!(typed.get("/sign").body.contains("/sign/parent"));
    let signed = phone.send(
        "/sign/parent",
        &[
            ("group", "parent"),
            ("version", "1"),
            ("language", "en"),
            ("code", &code),
            ("name", "Ada"),
            ("agree", "yes"),
        ],
    );
    assert_eq!(signed.header("location"), "/sign", "{}", signed.body);
    assert!(!phone.get("/sign").body.contains("href=\"/sign/parent\""));
    // Whoever comes without the code sees nothing of what somebody with it was shown.
    let stranger = program.browser().get("/sign").body;
    assert!(!stranger.contains("/sign/parent") && stranger.contains("name=\"code\""));
    assert!(!program.log().contains(&letters) && !program.log().contains(&code));
    // A wrong one is said once.
    let mut wrong = program.browser();
    drop(wrong.get("/sign?code=AAAA-AAAA-AAAA"));
    assert!(wrong.get("/sign").body.contains("does not fit"));
    assert!(!wrong.get("/sign").body.contains("does not fit"));
}
