//! One's own account: the password, tokens for programs, and what one did.

use super::{
    activity,
    begin::{AGAIN, PASSWORD},
    chosen,
    made::MADE_TOKEN,
};
use crate::{
    access::acts::{Act, files::keeping},
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        entry::Recorded,
        page::{Field, FieldKind, Form, Lines, Page, Params, Shown, Start, address, from_address},
        permit::Need,
        view::View,
    },
};
use kit::{
    button::{button, buttons},
    facts::{Fact, card, facts},
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// Characters of a digest that tell one token from another.
const TOKEN_CHARS: usize = 16;
/// Lines on one page.
const PAGE: usize = 30;

/// One's own account.
pub(super) const ACCOUNT: Page = Page {
    path: "/account",
    title: "Your account",
    menu: 80,
    help: "Your password, the tokens with which programs act as you, and what you did lately.\nIf something is there that you did not do, choose a new password at once and tell your manager.\nYour name is changed by a manager; your email address and telephone number you change on your own record.",
    need: |_, _| Need::SignedIn,
    lines: Some(|params| Lines {
        before: params.number("before").unwrap_or(0),
        most: PAGE + 1,
        mine: true,
        ..Lines::default()
    }),
    show,
};

fn show(view: &View<'_>, params: &Params) -> Shown {
    let Some(person) = view.person() else {
        return Shown::NotHere;
    };
    let content = html! {
        (text::h1("Your account"))
        (about(view, person))
        (super::steps::section(view, person))
        (super::oidc::section(view, person))
        @if view.setting.access.has_account(person) { (tokens(view, person)) }
        (text::h2("What you did"))
        (mine(view, person, params))
    };
    Shown::Page("Your account".to_owned(), content)
}

fn about(view: &View<'_>, person: Person) -> Markup {
    let access = &view.setting.access;
    let user = access.user(person).and_then(|user| view.open(user));
    let last = access.last_sign_in(person);
    let mut all = vec![Fact::new(
        "Name",
        text::link(&format!("/people/{person}"), view.name(person)),
    )];
    if let Some(user) = user {
        all.push(Fact::new("User name", user));
        all.push(Fact::new("Password", "Chosen").action(
            "/account/password",
            "Change",
            "your password",
        ));
    }
    let last = last.map_or_else(|| "Never".to_owned(), |moment| moment.in_words());
    all.push(Fact::new("Last signed in", last));
    all.push(Fact::new(
        "How you are told",
        text::link("/account/notices", "Mail, devices, calendar"),
    ));
    if view.has(&keeping()) {
        all.push(Fact::new(
            "Your files",
            text::link("/files", "Keep and give files"),
        ));
    }
    card("You", facts(&all))
}

fn tokens(view: &View<'_>, person: Person) -> Markup {
    let tokens = view.setting.access.tokens(person);
    let rows = tokens.iter().map(|token| {
        let start: String = token.digest.chars().take(TOKEN_CHARS).collect();
        let to = address("/account/tokens/revoke", &[("token", &start)]);
        vec![
            text::text(&token.name),
            text::text(token.made.in_words()),
            text::link_about(&to, "Take back", &token.name),
        ]
    });
    let columns = ["What it is for", "Made", "Change"].map(Column::words);
    let table = Table::new("Tokens", columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows);
    card(
        "Tokens for programs",
        html! {
            (text::paragraph("A token lets a program act as you, with all that you may do. Make one only for a program that you trust."))
            @if !tokens.is_empty() { (table) }
            (button("Make a token").to("/account/tokens/make").secondary())
        },
    )
}

fn mine(view: &View<'_>, person: Person, params: &Params) -> Markup {
    // The page asked for its reader's lines; that nobody else's are shown does not hang on that.
    let own = view
        .lines
        .iter()
        .filter(|line| line.by.person() == Some(person));
    let lines: Vec<&Recorded> = own.collect();
    let older = lines
        .get(PAGE)
        .and_then(|_| lines.get(PAGE - 1))
        .map(|line| line.seq);
    let shown: Vec<&Recorded> = lines.into_iter().take(PAGE).collect();
    html! {
        @if shown.is_empty() { (text::paragraph("Nothing is recorded that you did.")) }
        @else { (activity::table(view, &shown, false)) }
        (buttons(html! {
            @if let Some(seq) = older {
                (button("Older").to(address("/account", &[("before", &seq.to_string())])).secondary())
            }
            @if !params.get("before").is_empty() { (button("Newest").to("/account").secondary()) }
        }))
    }
}

/// Change one's own password.
pub(super) const CHANGE_PASSWORD: Form = Form {
    act: "access.change-password",
    path: "/account/password",
    title: "Change your password",
    button: "Change the password",
    help: "Afterwards you are signed out everywhere and sign in with the new password.",
    need: |_, _| Need::SignedIn,
    fields: &[
        Field::new("current", "Your password now", FieldKind::Password),
        PASSWORD,
        AGAIN,
    ],
    start: from_address,
    read: |answers| {
        let password = chosen::read(answers)?;
        Some(AnyAct::Access(Act::ChangePassword { password }))
    },
    then: account,
};

/// Make a token.
pub(super) const MAKE_TOKEN: Form = Form {
    act: "access.make-token",
    path: "/account/tokens/make",
    title: "Make a token",
    button: "Make the token",
    help: "You see the token once, on the next page: put it where the program needs it. Whoever has the token can do all that you may do, so keep it as safe as your password.",
    need: |_, _| Need::SignedIn,
    fields: &[Field::new("name", "What is it for?", FieldKind::Line(60))
        .hint("Such as a nightly list for the wall. Do not write about a person here")],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Access(Act::MakeToken {
            name: answers.text("name")?,
            digest: answers.text(MADE_TOKEN)?,
        }))
    },
    then: account,
};

/// Take a token back.
pub(super) const REVOKE_TOKEN: Form = Form {
    act: "access.revoke-token",
    path: "/account/tokens/revoke",
    title: "Take a token back",
    button: "Take it back",
    help: "The program that uses the token can’t act as you any more, from now on.",
    need: |_, _| Need::SignedIn,
    fields: &[Field::new("token", "Token", FieldKind::Hidden)],
    start: |view, params| {
        let access = &view.setting.access;
        let token = view.person().and_then(|person| {
            let digest = access.token_of(person, params.get("token"))?;
            access
                .tokens(person)
                .iter()
                .find(|token| token.digest == digest)
        });
        Start {
            answers: Answers::from_params(params),
            above: token.map(|token| text::inset(&token.name)),
            not_here: token.is_none(),
        }
    },
    read: |answers| {
        let token = answers.text("token")?;
        Some(AnyAct::Access(Act::RevokeToken { token }))
    },
    then: account,
};

fn account(_: &Answers) -> String {
    "/account".to_owned()
}
