//! Signing in with an account somewhere else, attacked: at the browser, at the provider, and between.

mod provider;

use crate::{
    people::{account, done, signed_in},
    program::{Answer, Browser, PASSWORD, Program},
    signing_in::with_app,
};
use provider::{CLIENT, Provider, SECRET};
use serde_json::{Value, json};

const BACK: &str = "/sign-in/provider/back";
const LINK: &str = "/sign-in/provider/link";

/// A setting whose people may sign in with a provider: its manager, who has a second step, and Tomos,
/// who has linked his account.
struct Place {
    program: Program,
    provider: Provider,
    maya: Browser,
}

fn place() -> Place {
    let program = Program::start_with(&["--provider-here"], |_| ());
    let mut maya = program.set_up_here();
    with_app(&mut maya);
    let provider = Provider::start();
    let mut place = Place {
        program,
        provider,
        maya,
    };
    place.set("", "yes");
    let fields = [
        ("name", "Tomos Reed"),
        ("groups", "staff"),
        ("since", "2024-01-08"),
    ];
    done(&place.maya.send("/people/add", &fields));
    account(&place.program, &mut place.maya, "tomos", "2");
    place
}

impl Place {
    /// Sets the provider up.
    fn set(&mut self, domains: &str, on: &str) {
        let fields = [
            ("name", "Larkrise"),
            ("issuer", self.provider.issuer.as_str()),
            ("client", CLIENT),
            ("secret", SECRET),
            ("domains", domains),
            ("on", on),
        ];
        done(&self.maya.send("/settings/sign-in/set", &fields));
    }

    /// Goes to the provider, and gives what it is sent with.
    fn away(&self, browser: &mut Browser, from: &str) -> Vec<(String, String)> {
        let sent = browser.get(from);
        done(&sent);
        self.provider.comes(sent.header("location"))
    }

    /// Goes to the provider and comes back with its code.
    fn there_and_back(&self, browser: &mut Browser, from: &str) -> Answer {
        let sent = self.away(browser, from);
        browser.get(&back("good", &state(&sent)))
    }

    /// Links the account that the provider knows with the one of whoever is signed in.
    fn linked(&self, browser: &mut Browser) {
        let came = self.there_and_back(browser, "/account/provider");
        assert_eq!(came.header("location"), LINK, "{}", came.body);
        let page = browser.get(LINK);
        assert!(
            page.body.contains("tomos@larkrise.example"),
            "{}",
            page.body
        );
        let linked = browser.send(LINK, &[]);
        assert_eq!(linked.header("location"), "/account", "{}", linked.body);
    }

    /// Tomos, who has linked his account, in a browser where nobody is signed in.
    fn tomos(&self) -> Browser {
        self.linked(&mut signed_in(&self.program, "tomos"));
        self.program.browser()
    }

    /// What Tomos is told when the provider lies so.
    fn lied_to(&self, claims: Value) -> String {
        let mut browser = self.tomos();
        self.provider.inside().claims = claims;
        let came = self.there_and_back(&mut browser, "/sign-in/provider");
        not_in(&mut browser, &came);
        came.body
    }
}

/// Seconds since 1970.
fn now() -> u64 {
    std::time::UNIX_EPOCH.elapsed().unwrap().as_secs()
}

fn state(sent: &[(String, String)]) -> String {
    let found = sent.iter().find(|(name, _)| name == "state");
    found.unwrap().1.clone()
}

fn back(code: &str, state: &str) -> String {
    format!("{BACK}?code={code}&state={state}")
}

/// Nobody was signed in by it.
fn not_in(browser: &mut Browser, came: &Answer) {
    assert!(came.status == 422 || came.status == 200, "{}", came.status);
    assert_eq!(browser.get("/account").status, 303);
}

#[test]
fn somebody_who_has_linked_their_account_is_signed_in_with_it_and_led_on() {
    let place = place();
    let mut browser = place.tomos();
    let page = browser.get("/sign-in?then=/people");
    assert!(page.body.contains("Sign in with Larkrise"), "{}", page.body);
    let sent = place.away(&mut browser, "/sign-in/provider?then=/people");
    let said = |name: &str| {
        let found = sent.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    assert_eq!(said("response_type"), "code");
    assert_eq!(said("code_challenge_method"), "S256");
    assert_eq!(said("client_id"), CLIENT);
    assert!(said("redirect_uri").ends_with(BACK));
    // On a tablet that several people use, whoever was there before must not sign them in.
    assert_eq!((said("prompt"), said("max_age")), ("login", "0"));
    assert!(said("nonce").len() >= 43 && said("state").len() >= 43);
    let came = browser.get(&back("good", said("state")));
    assert_eq!(came.header("location"), "/people");
    assert_eq!(browser.get("/people").status, 200);
    let account = browser.get("/account").body;
    assert!(
        account.contains("signed in with a work account"),
        "{account}"
    );
}

#[test]
fn on_a_device_that_several_use_the_provider_has_to_say_when_people_showed_who_they_are() {
    let mut place = place();
    place.linked(&mut signed_in(&place.program, "tomos"));
    let fields = [
        ("name", "Bluebell tablet"),
        ("kind", "tablet"),
        ("owner", "setting"),
        ("users", "staff"),
    ];
    done(&place.maya.send("/devices/add", &fields));
    done(&place.maya.send("/devices/1/enrol", &[]));
    done(&place.maya.send("/sign-out", &[]));
    let mut tablet = std::mem::replace(&mut place.maya, place.program.browser());
    let came = place.there_and_back(&mut tablet, "/sign-in/provider");
    not_in(&mut tablet, &came);
    assert!(came.body.contains("which others use too"), "{}", came.body);
    place.provider.inside().claims = json!({ "auth_time": now() });
    let came = place.there_and_back(&mut tablet, "/sign-in/provider");
    assert_eq!(came.header("location"), "/", "{}", came.body);
    // Whoever showed it long before may be whoever was there before.
    done(&tablet.send("/sign-out", &[]));
    place.provider.inside().claims = json!({ "auth_time": now() - 3_600 });
    let came = place.there_and_back(&mut tablet, "/sign-in/provider");
    not_in(&mut tablet, &came);
}

#[test]
fn an_account_that_is_not_linked_opens_nothing_whatever_its_address_says() {
    let mut place = place();
    let fields = [("phone", ""), ("email", "tomos@larkrise.example")];
    place.maya.send("/people/2/contact", &fields);
    let mut browser = place.program.browser();
    place.provider.inside().claims = json!({"email_verified": true});
    let came = place.there_and_back(&mut browser, "/sign-in/provider?then=/people");
    assert_eq!(came.header("location"), LINK);
    let page = browser.get(LINK).body;
    assert!(page.contains("is not linked with yours here yet"), "{page}");
    assert_eq!(browser.get("/account").status, 303);
    // Whoever then shows the password of an account here is asked, and links with one press.
    let fields = [("user", "tomos"), ("password", PASSWORD), ("then", LINK)];
    let signed = browser.send("/sign-in", &fields);
    assert_eq!(signed.header("location"), LINK, "{}", signed.body);
    let asks = browser.get(LINK).body;
    assert!(asks.contains("Link it with my account here"), "{asks}");
    assert_eq!(browser.send(LINK, &[]).header("location"), "/account");
    let mut later = place.program.browser();
    let came = place.there_and_back(&mut later, "/sign-in/provider");
    assert_eq!(came.header("location"), "/");
}

#[test]
fn whoever_says_no_links_nothing() {
    let place = place();
    let mut tomos = signed_in(&place.program, "tomos");
    place.there_and_back(&mut tomos, "/account/provider");
    done(&tomos.get("/sign-in/provider/leave"));
    assert_eq!(tomos.get(LINK).header("location"), "/");
    let page = tomos.get("/account").body;
    assert!(page.contains("Link your Larkrise account"), "{page}");
}

#[test]
fn it_counts_as_one_step_and_the_second_is_asked_for_here() {
    let place = place();
    let mut tomos = signed_in(&place.program, "tomos");
    place.linked(&mut tomos);
    let (_, codes) = with_app(&mut tomos);
    let mut browser = place.program.browser();
    let came = place.there_and_back(&mut browser, "/sign-in/provider?then=/people");
    assert_eq!(came.header("location"), "/sign-in/step");
    assert_eq!(browser.get("/account").status, 303, "half is nothing");
    let step = browser.send("/sign-in/step", &[("code", &codes[0])]);
    assert_eq!(step.header("location"), "/people", "{}", step.body);
    assert_eq!(browser.get("/account").status, 200);
}

#[test]
fn it_does_not_count_as_showing_once_more_who_one_is() {
    let place = place();
    let mut browser = place.tomos();
    done(&place.there_and_back(&mut browser, "/sign-in/provider"));
    for way in ["/account/app", "/account/provider/unlink"] {
        let asked = browser.get(way);
        let to = asked.header("location");
        assert!(
            to.starts_with("/account/anew"),
            "{way}: {to} {}",
            asked.status
        );
    }
}

#[test]
fn what_comes_back_is_taken_once_and_in_the_browser_that_began() {
    let place = place();
    let mut browser = place.tomos();
    let sent = place.away(&mut browser, "/sign-in/provider");
    let address = back("good", &state(&sent));
    // Another browser: somebody who was sent the address by whoever began (login CSRF).
    let mut other = place.program.browser();
    other.get("/sign-in");
    let came = other.get(&address);
    assert!(came.body.contains("begun too long ago"), "{}", came.body);
    not_in(&mut other, &came);
    // A state that was made up, or none.
    let mut fresh = place.program.browser();
    place.away(&mut fresh, "/sign-in/provider");
    for made_up in ["0".repeat(64), String::new()] {
        let came = fresh.get(&back("good", &made_up));
        not_in(&mut fresh, &came);
    }
    let cookie = browser.cookies();
    place.provider.goes_on_with(&sent);
    done(&browser.get(&address));
    assert_eq!(browser.get("/account").status, 200);
    // The same again, with the same cookies as before.
    let mut again = place.program.browser();
    for pair in cookie.split("; ") {
        let (name, value) = pair.split_once('=').unwrap();
        again.cookie(name, value);
    }
    place.provider.goes_on_with(&sent);
    let came = again.get(&address);
    assert!(came.body.contains("begun too long ago"), "{}", came.body);
    not_in(&mut again, &came);
}

#[test]
fn words_that_come_twice_are_not_taken() {
    let place = place();
    let mut browser = place.tomos();
    let sent = place.away(&mut browser, "/sign-in/provider");
    let address = format!("{}&code=other", back("good", &state(&sent)));
    let came = browser.get(&address);
    not_in(&mut browser, &came);
}

#[test]
fn a_token_for_another_question_another_program_or_from_another_provider_signs_nobody_in() {
    for claims in [
        json!({"nonce": "another"}),
        json!({"nonce": null}),
        json!({"aud": "another"}),
        json!({"aud": [CLIENT, "another"]}),
        json!({"azp": "another"}),
        json!({"iss": "https://evil.example"}),
        json!({"exp": 1_000_000_000}),
        json!({"iat": 1_000_000_000}),
        json!({"sub": ""}),
    ] {
        let said = place().lied_to(claims.clone());
        assert!(said.contains("could not be trusted"), "{claims}: {said}");
    }
}

#[test]
fn a_token_that_is_not_signed_or_signed_with_another_kind_of_key_signs_nobody_in() {
    for header in [
        json!({"alg": "none"}),
        json!({"alg": "HS256"}),
        json!({"alg": "RS256"}),
        json!({"kid": "unknown"}),
    ] {
        let place = place();
        let mut browser = place.tomos();
        place.provider.inside().header = header.clone();
        let came = place.there_and_back(&mut browser, "/sign-in/provider");
        assert!(came.body.contains("could not be trusted"), "{header}");
        not_in(&mut browser, &came);
    }
}

#[test]
fn an_answer_that_says_it_is_from_another_provider_is_not_taken() {
    let place = place();
    let mut browser = place.tomos();
    let sent = place.away(&mut browser, "/sign-in/provider");
    let whole = back("good", &state(&sent));
    let came = browser.get(&format!("{whole}&iss=https%3A%2F%2Fevil.example"));
    assert!(came.body.contains("could not be trusted"), "{}", came.body);
    not_in(&mut browser, &came);
    let asked = place.provider.inside().asked.clone();
    let tokens = asked.iter().filter(|(path, _)| path == "/token").count();
    assert_eq!(tokens, 1, "only for linking: the code was given to nobody");
}

#[test]
fn a_provider_that_says_who_it_is_in_its_answers_has_to() {
    let mut place = place();
    place.provider.inside().about = json!({"authorization_response_iss_parameter_supported": true});
    place.maya.send("/settings/sign-in/try", &[]);
    let mut browser = place.program.browser();
    let came = place.there_and_back(&mut browser, "/sign-in/provider");
    assert!(came.body.contains("could not be trusted"), "{}", came.body);
    let sent = place.away(&mut browser, "/sign-in/provider");
    let own: String = form_urlencoded::byte_serialize(place.provider.issuer.as_bytes()).collect();
    let came = browser.get(&format!("{}&iss={own}", back("good", &state(&sent))));
    assert_eq!(came.header("location"), LINK, "{}", came.body);
}

#[test]
fn afterwards_nobody_is_sent_elsewhere() {
    let place = place();
    let mut browser = place.tomos();
    for outside in [
        "https%3A%2F%2Fevil.example",
        "%2F%2Fevil.example",
        "%2F%5Cevil.example",
    ] {
        let from = format!("/sign-in/provider?then={outside}");
        let came = place.there_and_back(&mut browser, &from);
        assert_eq!(came.header("location"), "/", "{outside}");
    }
}

#[test]
fn a_new_key_of_the_provider_is_known_at_once_when_it_is_tried() {
    let mut place = place();
    let mut browser = place.tomos();
    place.provider.turn_key("two");
    // A key that turns up a moment after the others is not asked for yet.
    let came = place.there_and_back(&mut browser, "/sign-in/provider");
    assert!(came.body.contains("could not be trusted"), "{}", came.body);
    let mark = crate::program::mark(&place.maya.get("/settings/sign-in").body).unwrap();
    place.maya.post("/settings/sign-in/try", &[("csrf", &mark)]);
    done(&place.there_and_back(&mut browser, "/sign-in/provider"));
    assert_eq!(browser.get("/account").status, 200);
}

#[test]
fn only_domains_that_may_sign_in_do_and_only_when_the_provider_vouches_for_the_address() {
    let mut place = place();
    place.set("larkrise.example", "yes");
    let come = |place: &Place, claims: Value| {
        place.provider.inside().claims = claims;
        let mut browser = place.program.browser();
        place.there_and_back(&mut browser, "/sign-in/provider")
    };
    for claims in [
        json!({}),
        json!({"email_verified": false}),
        json!({"email": "tomos@evil.example", "email_verified": true}),
        json!({"email": "tomos@larkrise.example.evil.example", "email_verified": true}),
        json!({"email": null, "email_verified": true, "hd": "larkrise.example"}),
    ] {
        let came = come(&place, claims.clone());
        let says = "is not of an organisation that may sign in here";
        assert!(came.body.contains(says), "{claims}: {}", came.body);
    }
    let came = come(
        &place,
        json!({"email": "tomos@LARKRISE.example", "email_verified": true}),
    );
    assert_eq!(came.header("location"), LINK, "{}", came.body);
}

#[test]
fn two_people_never_share_one_account() {
    let place = place();
    place.linked(&mut signed_in(&place.program, "tomos"));
    let mut maya = place.maya;
    let sent = maya.get("/account/provider");
    let sent = place.provider.comes(sent.header("location"));
    assert_eq!(
        maya.get(&back("good", &state(&sent))).header("location"),
        LINK
    );
    let refused = maya.send(LINK, &[]);
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("linked with another account here"),
        "{}",
        refused.body
    );
}

#[test]
fn whoever_wants_to_link_comes_back_as_who_went() {
    let mut place = place();
    let mut tomos = signed_in(&place.program, "tomos");
    let sent = place.away(&mut tomos, "/account/provider");
    // Somebody else signs in on the same device meanwhile.
    account_of(&mut place, "Una Field", "una", "3");
    tomos.sign_in("una", PASSWORD);
    let came = tomos.get(&back("good", &state(&sent)));
    assert!(came.body.contains("begun too long ago"), "{}", came.body);
}

fn account_of(place: &mut Place, name: &str, user: &str, person: &str) {
    let fields = [("name", name), ("groups", "staff"), ("since", "2024-01-08")];
    done(&place.maya.send("/people/add", &fields));
    account(&place.program, &mut place.maya, user, person);
}

#[test]
fn a_leaver_loses_it_at_once_and_so_does_whose_account_is_unlinked_or_the_provider_off() {
    let mut place = place();
    let mut browser = place.tomos();
    let come =
        |place: &Place, browser: &mut Browser| place.there_and_back(browser, "/sign-in/provider");
    done(&come(&place, &mut browser));
    assert_eq!(browser.get("/account").status, 200);
    done(&place.maya.send("/settings/accounts/2/unlink", &[]));
    assert_eq!(
        browser.get("/account").status,
        303,
        "what had begun is over"
    );
    assert_eq!(
        come(&place, &mut place.program.browser()).header("location"),
        LINK
    );

    place.linked(&mut signed_in(&place.program, "tomos"));
    let mut browser = place.program.browser();
    done(&come(&place, &mut browser));
    place.set("", "no");
    assert_eq!(browser.get("/account").status, 303);
    assert_eq!(browser.get("/sign-in/provider").status, 404);
    assert!(
        !browser
            .get("/sign-in")
            .body
            .contains("Sign in with Larkrise")
    );
    place.set("", "yes");

    done(&come(&place, &mut browser));
    assert_eq!(browser.get("/account").status, 200);
    done(
        &place
            .maya
            .send("/people/2/leaving", &[("last", "2024-06-28")]),
    );
    assert_eq!(browser.get("/account").status, 303);
    let came = come(&place, &mut browser);
    assert!(came.body.contains("opens nothing here"), "{}", came.body);
    not_in(&mut browser, &came);
}

#[test]
fn a_provider_that_is_down_or_refuses_is_said_in_words_and_the_password_goes_on() {
    let place = place();
    let mut browser = place.tomos();
    let sent = place.away(&mut browser, "/sign-in/provider");
    let refused = browser.get(&format!(
        "{BACK}?error=access_denied&error_description=%3Cscript%3E&state={}",
        state(&sent)
    ));
    assert!(
        refused.body.contains("Larkrise did not sign you in"),
        "{}",
        refused.body
    );
    assert!(!refused.body.contains("<script>") && !refused.body.contains("access_denied"));
    let sent = place.away(&mut browser, "/sign-in/provider");
    place.provider.inside().broken = true;
    let came = browser.get(&back("good", &state(&sent)));
    assert!(
        came.body.contains("Larkrise did not sign you in"),
        "{}",
        came.body
    );
    browser.sign_in("tomos", PASSWORD);
    assert_eq!(browser.get("/account").status, 200);
}

#[test]
fn trying_a_provider_says_what_is_wrong_and_what_to_do() {
    let mut place = place();
    let mut tried = |about: Value| {
        place.provider.inside().about = about;
        let mark = crate::program::mark(&place.maya.get("/settings/sign-in").body).unwrap();
        place
            .maya
            .post("/settings/sign-in/try", &[("csrf", &mark)])
            .body
    };
    let well = tried(json!({}));
    assert!(well.contains("Larkrise can be used"), "{well}");
    assert!(
        well.contains("It knows the client ID, and takes the secret"),
        "{well}"
    );
    for (about, says) in [
        (
            json!({"issuer": "https://id.evil.example"}),
            "calls itself by another address",
        ),
        (
            json!({"jwks_uri": "ftp://id.example/keys"}),
            "does not begin with https",
        ),
        (json!({"token_endpoint": null}), "can’t be read"),
        (
            json!({"response_types_supported": ["id_token"]}),
            "authorization code",
        ),
        (
            json!({"code_challenge_methods_supported": ["plain"]}),
            "PKCE with S256",
        ),
    ] {
        let said = tried(about.clone());
        assert!(said.contains("can’t be used yet"), "{about}: {said}");
        assert!(said.contains(says), "{about}: {said}");
    }
    // Keys that lead to the inside of the network are not asked for.
    let inside = tried(json!({"jwks_uri": "http://127.0.0.1:1/keys"}));
    assert!(
        inside.contains("leads to the inside of a network"),
        "{inside}"
    );
    let fields = [
        ("name", "Larkrise"),
        ("issuer", place.provider.issuer.as_str()),
        ("client", CLIENT),
        ("secret", "another"),
        ("on", "yes"),
    ];
    place.provider.inside().about = json!({});
    done(&place.maya.send("/settings/sign-in/set", &fields));
    let mark = crate::program::mark(&place.maya.get("/settings/sign-in").body).unwrap();
    let wrong = place
        .maya
        .post("/settings/sign-in/try", &[("csrf", &mark)])
        .body;
    assert!(
        wrong.contains("the secret is wrong or has run out"),
        "{wrong}"
    );
}

#[test]
fn only_whoever_manages_with_a_second_step_sees_and_tries_the_provider() {
    let place = place();
    let mut tomos = signed_in(&place.program, "tomos");
    assert_eq!(tomos.get("/settings/sign-in").status, 404);
    assert_eq!(tomos.get("/settings/sign-in/set").status, 404);
    let mark = crate::program::mark(&tomos.get("/account/password").body).unwrap();
    let tried = tomos.post("/settings/sign-in/try", &[("csrf", &mark)]);
    assert_eq!(tried.status, 404);
    let mut maya = place.maya;
    let page = maya.get("/settings/sign-in").body;
    assert!(page.contains(BACK), "the address to copy: {page}");
    assert!(!page.contains(SECRET));
}

#[test]
fn without_the_flag_of_the_tests_nothing_is_asked_without_encryption() {
    let (program, mut maya) = Program::set_up();
    with_app(&mut maya);
    let provider = Provider::start();
    let fields = [
        ("name", "Larkrise"),
        ("issuer", provider.issuer.as_str()),
        ("client", CLIENT),
        ("secret", SECRET),
        ("on", "yes"),
    ];
    done(&maya.send("/settings/sign-in/set", &fields));
    let came = program.browser().get("/sign-in/provider");
    assert!(
        came.body.contains("can’t be reached just now"),
        "{}",
        came.body
    );
    assert_eq!(provider.inside().asked, []);
}

#[test]
fn whoever_comes_back_wrong_again_and_again_has_to_wait() {
    let place = place();
    let mut browser = place.program.browser();
    let mut last = 0;
    for number in 0..22 {
        last = browser.get(&back("good", &format!("{number:064}"))).status;
    }
    assert_eq!(last, 429);
    assert_eq!(browser.get("/sign-in/provider").status, 429);
}
