//! Languages over HTTP: chosen in a list, kept on the device, never a way out of this site.

use crate::program::Program;

#[test]
fn a_language_is_chosen_without_signing_in_and_leads_nowhere_else() {
    let (program, _) = Program::set_up();
    let mut browser = program.browser();
    let english = browser.get("/sign-in").body;
    assert!(english.contains("<html lang=\"en\" dir=\"ltr\""));
    assert!(
        english.contains("/language/ur?then=%2Fsign-in"),
        "{english}"
    );

    let chosen = browser.get("/language/ur?then=/sign-in");
    assert_eq!(
        (chosen.status, chosen.header("location")),
        (303, "/sign-in")
    );
    let urdu = browser.get("/sign-in").body;
    assert!(urdu.contains("<html lang=\"ur\" dir=\"rtl\"") && urdu.contains("سائن ان کریں"));
    // Another page in the same language, and back: nothing is remembered in the wrong one.
    browser.get("/language/pl?then=/help-directory");
    assert!(browser.get("/help-directory").body.contains("lang=\"pl\""));
    browser.get("/language/en");
    assert!(
        browser
            .get("/help-directory")
            .body
            .contains("lang=\"en\" dir=\"ltr\"")
    );

    for outside in [
        "https://x.example",
        "//x.example",
        "/%5Cx.example",
        "%0d%0aX:1",
    ] {
        let answer = browser.get(&format!("/language/uk?then={outside}"));
        assert_eq!(answer.header("location"), "/", "{outside}");
    }
    assert_eq!(browser.get("/language/xx").status, 404);
}
