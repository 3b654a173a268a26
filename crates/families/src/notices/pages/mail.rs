//! For whoever manages: the way to the mail server, telling on devices, and what became of messages.

use crate::{
    access::pages::{MADE_PUBLIC, MADE_SECRET},
    notices::{
        acts::{Act, Mail, Secret},
        entries::{MailSet, Security, What},
        notice::Reach,
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        draw,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kit::{
    button::{button, buttons},
    facts::{Fact, card, facts},
    navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

const PATH: &str = "/settings/mail";

const SECURITY: &[(&str, &str)] = &[
    ("tls", "Encrypted from the start (usually port 465)"),
    ("starttls", "Encrypted after STARTTLS (usually port 587)"),
    (
        "none",
        "Not encrypted: only for a server on this same computer",
    ),
];

/// How messages are sent.
pub(super) const MAIL: Page = Page {
    path: PATH,
    title: "Messages to people",
    menu: 0,
    help: "How people are told that something waits for them. A message never says what it is about: only that something waits, for this setting, and where to sign in.\nMail goes through the mail server of your setting or of your provider. They can tell you its name, port, user name and password.\nOn devices, messages go through the push service of whoever made the browser. Nothing is in them, not even words.\nWhat can’t be sent is tried again for two days, with growing pauses, and then listed here.",
    need: |_, _| Need::management(),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let content = html! {
        (navigation::breadcrumbs(&[("/settings", "Settings")]))
        (text::h1("Messages to people"))
        (undelivered(view))
        (mail(view))
        (push(view))
        (queue(view))
    };
    Shown::Page("Messages to people".to_owned(), content)
}

fn mail(view: &View<'_>) -> Markup {
    let Some(mail) = view.setting.notices.mail() else {
        return card(
            "Mail",
            html! {
                (text::paragraph("No mail is sent yet. People find what waits for them only when they sign in."))
                (button("Set up mail").to("/settings/mail/set"))
            },
        );
    };
    let security = SECURITY
        .iter()
        .find(|(key, _)| *key == security_key(mail.security));
    let mut all = vec![
        Fact::new("Mail server", format!("{}, port {}", mail.host, mail.port)),
        Fact::new("Encryption", security.map_or("", |(_, label)| label)),
    ];
    if !mail.user.is_empty() {
        all.push(Fact::new("User name", &mail.user));
        all.push(Fact::new("Password", "Kept, and not shown again"));
    }
    all.push(Fact::new("Messages come from", &mail.from));
    all.push(Fact::new("People sign in at", &mail.address));
    all.push(Fact::new(
        "Daily message",
        format!("From {}:00 on days when you are open", mail.hour),
    ));
    card(
        "Mail",
        html! {
            (facts(&all))
            (buttons(html! {
                (button("Change").to("/settings/mail/set").secondary())
                (draw::press(&ASK_TEST, view, ASK_TEST.path, &[], ""))
                (button("Stop sending mail").to("/settings/mail/stop").secondary())
            }))
        },
    )
}

fn push(view: &View<'_>) -> Markup {
    let notices = &view.setting.notices;
    if notices.push().is_none() {
        return card(
            "Devices",
            html! {
                (text::paragraph("Nobody is told on a phone, tablet or computer yet. When you allow it, each person decides for their own devices."))
                (button("Allow it").to(START_PUSH.path).secondary())
            },
        );
    }
    let count = notices.devices().count();
    card(
        "Devices",
        html! {
            (text::paragraph(format!("People may be told on their devices. So far on {count}.")))
            (button("Stop it").to(STOP_PUSH.path).secondary())
        },
    )
}

/// How the queue stands, and who can't be told.
fn queue(view: &View<'_>) -> Markup {
    let post = &view.keeping.post;
    let (people, today) = (&view.setting.people, view.today);
    let with_account = view
        .setting
        .access
        .people()
        .filter(|person| people.is_here(*person, today));
    let reach = Reach::of(view);
    let unreached = with_account
        .filter(|person| reach.ways(*person, What::Soon).is_empty())
        .count();
    let last = view.setting.notices.last_sent();
    let mut all = vec![
        Fact::new("On their way", post.waiting),
        Fact::new(
            "Last sent",
            last.map_or("None yet".to_owned(), |at| at.in_words()),
        ),
    ];
    if let Some(oldest) = post.oldest {
        all.push(Fact::new("The oldest waits since", oldest.in_words()));
    }
    if let Some((at, trouble)) = &post.trouble {
        all.push(Fact::new(
            "Last trouble",
            format!("{}: {trouble}", at.in_words()),
        ));
    }
    all.push(Fact::new(
        "People with an account who can’t be told",
        unreached,
    ));
    html! { (text::h2("How it stands")) (facts(&all)) }
}

fn undelivered(view: &View<'_>) -> Markup {
    let all = view.setting.notices.undelivered();
    let Some(newest) = all.last() else {
        return html! {};
    };
    let rows = all.iter().map(|one| {
        vec![
            text::text(view.name(one.person)),
            text::text(format!("{}: {}", one.way.in_words(), one.why.in_words())),
            text::text(one.at.in_words()),
        ]
    });
    let table = Table::new(
        "Not delivered",
        ["For", "What happened", "Given up"].map(Column::words),
    )
    .caption_unseen()
    .first_cell_heads()
    .rows(rows);
    let upto = newest.seq.to_string();
    html! {
        (text::h2("Not delivered"))
        (text::paragraph("These people were not told. What waits for them is still on their Today page. Check their address on their record, and tell them in another way."))
        (table)
        (draw::press(&SETTLE, view, SETTLE.path, &[("upto", &upto)], ""))
    }
}

/// Say how mail is sent.
pub(super) const SET_MAIL: Form = Form {
    act: "notices.set-mail",
    path: "/settings/mail/set",
    title: "How mail is sent",
    button: "Keep",
    help: "Whoever looks after your email can tell you these. Afterwards, send yourself a test.\nThe password is sealed, and nobody sees it again, you neither. It has to be typed again whenever the server, the port, the encryption or the user name changes.",
    need: |_, _| Need::management(),
    fields: &[
        Field::new("host", "Mail server", FieldKind::Line(200)).hint("Such as mail.example.org"),
        Field::new("port", "Port", FieldKind::Number(1, 65_535)),
        Field::new("security", "Encryption", FieldKind::Choice(SECURITY)),
        Field::new("user", "User name on the mail server", FieldKind::Line(200)).optional(),
        Field::new("password", "Password on the mail server", FieldKind::Secret(500))
            .hint("Leave it empty to keep the one that is kept")
            .optional(),
        Field::new("from", "Messages come from", FieldKind::Email)
            .hint("An address of the setting, not of a person"),
        Field::new("address", "Address at which people sign in", FieldKind::Line(200))
            .hint("As it stands at the top of the browser, such as https://stairgate.example.org"),
        Field::new("hour", "Hour of the daily message", FieldKind::Number(6, 18))
            .hint("From 6 to 18. It comes on days when you are open, and only when there is something new"),
    ],
    start: |view, params| Start {
        answers: view
            .setting
            .notices
            .mail()
            .map_or_else(|| suggested(view, params), kept),
        above: None,
        not_here: false,
    },
    read: |answers| {
        Some(AnyAct::Notices(Act::SetMail(Box::new(Mail {
            host: answers.text("host")?,
            port: answers.number("port")?,
            security: security(&answers.text("security")?)?,
            user: answers.text("user").unwrap_or_default(),
            password: answers.raw("password").map(|words| Secret(words.to_owned())),
            from: answers.text("from")?,
            address: answers.text("address")?,
            hour: answers.number("hour")?,
        }))))
    },
    then: settings,
};

fn suggested(view: &View<'_>, params: &Params) -> Answers {
    let place = view.setting.place.described();
    let answers = Answers::from_params(params)
        .with("port", "465")
        .with("security", "tls")
        .with("hour", "8");
    match place {
        Some(place) if !place.email.is_empty() => answers.with("from", &place.email),
        _ => answers,
    }
}

fn kept(mail: &MailSet) -> Answers {
    Answers::default()
        .with("host", &mail.host)
        .with("port", mail.port.to_string())
        .with("security", security_key(mail.security))
        .with("user", &mail.user)
        .with("from", &mail.from)
        .with("address", &mail.address)
        .with("hour", mail.hour.to_string())
}

fn security(key: &str) -> Option<Security> {
    match key {
        "tls" => Some(Security::Tls),
        "starttls" => Some(Security::Starttls),
        "none" => Some(Security::None),
        _ => None,
    }
}

fn security_key(security: Security) -> &'static str {
    match security {
        Security::Tls => "tls",
        Security::Starttls => "starttls",
        Security::None => "none",
    }
}

/// Send no mail any more.
pub(super) const STOP_MAIL: Form = Form {
    act: "notices.stop-mail",
    path: "/settings/mail/stop",
    title: "Stop sending mail",
    button: "Stop it",
    help: "Messages that are on their way are not sent any more, and the way to the mail server has to be set up anew.",
    need: |_, _| Need::management(),
    fields: &[],
    start: from_address,
    read: |_| Some(AnyAct::Notices(Act::StopMail)),
    then: settings,
};

/// Send me a test.
pub(super) const ASK_TEST: Form = Form {
    act: "notices.ask-test",
    path: PATH,
    title: "Send a test",
    button: "Send me a test",
    help: "A message goes to the address on your own record.",
    need: |_, _| Need::management(),
    fields: &[],
    start: from_address,
    read: |_| Some(AnyAct::Notices(Act::AskTest)),
    then: settings,
};

/// Let people be told on their devices.
pub(super) const START_PUSH: Form = Form {
    act: "notices.start-push",
    path: "/settings/mail/devices",
    title: "Let people be told on their devices",
    button: "Allow it",
    help: "Each person then decides for their own devices. The message goes through the push service of whoever made the browser: it learns that this Stairgate told that browser something, and nothing else.\nIt needs an address with https.",
    need: |_, _| Need::management(),
    fields: &[],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Notices(Act::StartPush {
            public: answers.text(MADE_PUBLIC)?,
            secret: Secret(answers.text(MADE_SECRET)?),
        }))
    },
    then: settings,
};

/// Tell nobody on a device any more.
pub(super) const STOP_PUSH: Form = Form {
    act: "notices.stop-push",
    path: "/settings/mail/devices/stop",
    title: "Stop telling people on their devices",
    button: "Stop it",
    help: "Everybody is told by mail only. If you allow devices again later, each person has to add theirs again.",
    need: |_, _| Need::management(),
    fields: &[],
    start: from_address,
    read: |_| Some(AnyAct::Notices(Act::StopPush)),
    then: settings,
};

/// I have looked at what could not be delivered.
pub(super) const SETTLE: Form = Form {
    act: "notices.settle",
    path: PATH,
    title: "Not delivered",
    button: "I have seen to it",
    help: "The list is emptied, and the line on Today goes away. What happened stays in the records.",
    need: |_, _| Need::management(),
    fields: &[Field::new("upto", "Last line", FieldKind::Hidden)],
    start: from_address,
    read: |answers| {
        let upto = answers.number("upto")?;
        Some(AnyAct::Notices(Act::Settle { upto }))
    },
    then: settings,
};

fn settings(_: &Answers) -> String {
    PATH.to_owned()
}
