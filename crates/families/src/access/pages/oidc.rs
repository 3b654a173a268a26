//! Signing in with an account somewhere else: what a manager sets up, and what a person sees of
//! their own link.

use crate::{
    access::{
        acts::{
            Act,
            oidc::{Act as Oidc, Provider, setting_up},
        },
        administrators::administering,
        entries::oidc::ProviderSet,
    },
    notices::acts::Secret,
    people::pages::known,
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kit::{
    button::{button, buttons},
    facts::{Fact, card, facts},
    form, navigation, text,
};
use maud::{Markup, html};

const PATH: &str = "/settings/sign-in";
/// Where the provider is asked now whether it would work; the server answers it.
const TRY: &str = "/settings/sign-in/try";
/// Where a person begins to link their account; the server answers it.
const BEGIN: &str = "/account/provider";
/// Where a provider sends people back to.
pub const BACK: &str = "/sign-in/provider/back";

/// What a manager sets up.
pub(super) const PROVIDER: Page = Page {
    path: PATH,
    title: "Signing in with a work account",
    menu: 0,
    help: "People may sign in with an account that they have somewhere else, such as their Microsoft or Google account at work, when you set it up here. Any provider that speaks OpenID Connect will do.\nNobody is let in by such an account alone. Each person first links it with their account here, after showing their password and second step; only then does it open anything.\nIt counts as a password does: where a second step is asked for, it is asked for here all the same. Everybody keeps their password here, for the day when the provider can’t be reached.",
    need: |_, _| Need::management(),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let access = &view.setting.access;
    let may = view.has(&setting_up());
    let content = html! {
        (navigation::breadcrumbs(&[("/settings", "Settings")]))
        (text::h1("Signing in with a work account"))
        @if !may {
            (text::inset("To change this, sign in with a passkey or with your second step."))
        }
        @match access.provider() {
            Some(provider) => (set_up(view, provider, may)),
            None => (card("Not set up", html! {
                (text::paragraph("People sign in with their user name and password, or with a passkey."))
                @if may { (button("Set it up").to("/settings/sign-in/set")) }
            })),
        }
        (back_address(view))
        (guides())
    };
    Shown::Page("Signing in with a work account".to_owned(), content)
}

fn set_up(view: &View<'_>, provider: &ProviderSet, may: bool) -> Markup {
    let access = &view.setting.access;
    let linked = access
        .people()
        .filter(|person| access.link(*person).is_some());
    let domains = if provider.domains.is_empty() {
        "Of any domain".to_owned()
    } else {
        provider.domains.join(", ")
    };
    let secret = if provider.secret.is_some() {
        "Kept, and not shown again"
    } else {
        "None"
    };
    let stands = if provider.on {
        format!("On: people may sign in with {}", provider.name)
    } else {
        "Off: the button is not shown, and nobody signs in so".to_owned()
    };
    let all = [
        Fact::new("Stands", stands),
        Fact::new("Name on the button", &provider.name),
        Fact::new("Address of the provider", &provider.issuer),
        Fact::new("Client ID", &provider.client),
        Fact::new("Client secret", secret),
        Fact::new("Email addresses", domains),
        Fact::new("People who have linked theirs", linked.count()),
    ];
    card(
        &provider.name,
        html! {
            (facts(&all))
            @if may {
                (buttons(html! {
                    (button("Change").to("/settings/sign-in/set").secondary())
                }))
                (form::button_form(TRY, view.csrf, &[], &button("Try it now").secondary().about("whether the provider answers")))
            }
        },
    )
}

/// Where the provider sends people back to: it has to be told.
fn back_address(view: &View<'_>) -> Markup {
    let reached = &view.keeping.reached;
    if reached.is_empty() {
        return html! {};
    }
    card(
        "Redirect address",
        html! {
            (text::paragraph("The provider sends people back to this address. Copy it there, as it stands:"))
            (text::inset(html! { code class="sg-key" { (reached) (BACK) } }))
            @if reached.starts_with("http://") {
                (text::paragraph("It begins with http because this program was started without the address that people type. Providers want one with https: whoever looks after this computer names it with --address."))
            }
        },
    )
}

fn guides() -> Markup {
    html! {
        (text::h2("Where you find what to enter"))
        (text::details("Microsoft Entra", text::numbered(&[
            "In the Entra admin center, open App registrations and choose New registration.",
            "Accounts in this organizational directory only. As Redirect URI choose Web, and enter the redirect address from this page.",
            "From its overview copy the Application (client) ID to Client ID here, and the Directory (tenant) ID to the address: https://login.microsoftonline.com/TENANT/v2.0, with the ID in the place of TENANT.",
            "Under Certificates & secrets make a new client secret, and copy its value here. Note the day on which it runs out.",
            "Leave the domains empty: the address holds the tenant, so nobody of another one is let in. Entra does not say of an email address that it was verified, and with a domain here nobody could sign in.",
        ])))
        (text::details("Google Workspace", text::numbered(&[
            "In the Google Cloud console make a project, and set up the consent screen for Internal use.",
            "Under Credentials create an OAuth client ID of the kind Web application, with the redirect address from this page among the authorized redirect URIs.",
            "Copy Client ID and client secret here. The address is https://accounts.google.com.",
            "Enter the domain of your Workspace. Then only accounts that your Workspace manages can sign in, and no private ones.",
        ])))
        (text::details("Another provider", text::numbered(&[
            "Register a confidential web client for the authorization code flow, with PKCE, with the redirect address from this page, and with the scopes openid and email.",
            "The address is what the provider calls its issuer: with /.well-known/openid-configuration behind it, a browser shows what the provider says of itself.",
            "It is asked over https only, with a certificate that browsers believe. It may be inside of your own network; then all that it is asked for must be at the same name.",
        ])))
    }
}

/// Say with which provider people may sign in.
pub(super) const SET: Form = Form {
    act: "access.set-provider",
    path: "/settings/sign-in/set",
    title: "Set up signing in with a work account",
    button: "Keep",
    help: "The page before says where you find this for Microsoft Entra and for Google.\nThe secret is sealed, and nobody sees it again, you neither. It has to be typed again whenever the address or the client ID changes. Whoever leads is told of the change.",
    need: |_, _| setting_up(),
    fields: &[
        Field::new("name", "Name on the button", FieldKind::Line(40))
            .hint("Such as Microsoft: the button then says Sign in with Microsoft"),
        Field::new("issuer", "Address of the provider", FieldKind::Line(200)).hint(
            "Such as https://accounts.google.com, or https://login.microsoftonline.com/TENANT/v2.0 with your Directory (tenant) ID",
        ),
        Field::new("client", "Client ID", FieldKind::Line(200)),
        Field::new("secret", "Client secret", FieldKind::Secret(500))
            .hint("Leave it empty to keep the one that is kept")
            .optional(),
        Field::new("domains", "Domains of email addresses that may sign in", FieldKind::Line(500))
            .hint("Such as larkrise.example, with a space between several. Leave it empty for Microsoft Entra")
            .optional(),
        Field::new("on", "May people sign in with it?", FieldKind::YesNo)
            .hint("Try it first. When you turn it off, whoever signed in with it is signed out"),
    ],
    start: |view, params| Start {
        answers: view
            .setting
            .access
            .provider()
            .map_or_else(|| Answers::from_params(params), kept),
        above: None,
        not_here: false,
    },
    read: |answers| {
        let secret = answers.raw("secret").filter(|words| !words.is_empty());
        let provider = Provider {
            name: answers.text("name")?,
            issuer: answers.text("issuer")?,
            client: answers.text("client")?,
            secret: secret.map(|words| Secret(words.to_owned())),
            domains: answers.text("domains").unwrap_or_default(),
            on: answers.yes("on")?,
        };
        let act = Oidc::SetProvider(Box::new(provider));
        Some(AnyAct::Access(Act::Oidc(act)))
    },
    then: |_| PATH.to_owned(),
};

fn kept(provider: &ProviderSet) -> Answers {
    Answers::default()
        .with("name", &provider.name)
        .with("issuer", &provider.issuer)
        .with("client", &provider.client)
        .with("domains", provider.domains.join(" "))
        .with("on", if provider.on { "yes" } else { "no" })
}

/// Take the link of one's own account away.
pub(super) const UNLINK: Form = Form {
    act: "access.unlink-provider",
    path: "/account/provider/unlink",
    title: "Unlink your work account",
    button: "Unlink it",
    help: "It does not sign you in here any more. Wherever you are signed in with it, you are signed out. You sign in with your user name and password, or with a passkey.",
    need: |_, _| Need::SignedIn,
    fields: &[],
    start: |view, params| {
        let mut start = from_address(view, params);
        let shown = view.person().and_then(|person| shown(view, person));
        start.not_here = shown.is_none();
        start.above = shown.map(text::inset);
        start
    },
    read: |_| Some(AnyAct::Access(Act::Oidc(Oidc::Unlink))),
    then: |_| "/account".to_owned(),
};

/// Take the link of somebody's account away.
pub(super) const UNLINK_OF: Form = Form {
    act: "access.unlink-provider-of",
    path: "/settings/accounts/{person}/unlink",
    title: "Unlink a work account",
    button: "Unlink it",
    help: "The person’s work account does not sign them in here any more. Wherever they are signed in with it, they are signed out at once. They are told, and sign in with their user name and password.\nDo this when an account at the provider was broken into, or belongs to somebody else now.",
    need: |_, setting| administering(setting),
    fields: &[Field::new("person", "Person", FieldKind::Hidden)],
    start: |view, params| {
        let person = params.person("person");
        let linked = person.is_some_and(|person| view.setting.access.link(person).is_some());
        if !linked {
            return Start {
                not_here: true,
                ..Start::default()
            };
        }
        known::about_only(view, params)
    },
    read: |answers| {
        let person = answers.person("person")?;
        Some(AnyAct::Access(Act::Oidc(Oidc::UnlinkOf { person })))
    },
    then: |_| "/settings/accounts".to_owned(),
};

/// What a linked account is called there.
fn shown(view: &View<'_>, person: Person) -> Option<String> {
    let link = view.setting.access.link(person)?;
    Some(view.open(&link.shown).unwrap_or_default())
}

/// One's own link, on the page of one's account.
pub(super) fn section(view: &View<'_>, person: Person) -> Markup {
    let access = &view.setting.access;
    let link = shown(view, person);
    let provider = access
        .provider()
        .filter(|provider| provider.on || link.is_some());
    let Some(provider) = provider.filter(|_| access.has_account(person)) else {
        return html! {};
    };
    let name = provider.name.as_str();
    card(
        name,
        html! {
            @if let Some(shown) = link {
                (text::paragraph(view.say_with("provider-is-linked", &[("name", name.into()), ("shown", (&shown).into())])))
                (button(view.say("provider-unlink")).to(UNLINK.path).secondary())
            } @else {
                (text::paragraph(view.say_with("provider-not-linked", &[("name", name.into())])))
                (button(view.say_with("provider-link", &[("name", name.into())])).to(BEGIN).secondary())
            }
        },
    )
}
