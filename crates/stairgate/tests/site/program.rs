//! A running program with an empty or a set-up setting, and a browser without a screen.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// The password of the manager in these tests.
pub(crate) const PASSWORD: &str = "three quiet herons";

/// A running program.
pub(crate) struct Program {
    pub(crate) folder: TempDir,
    child: Child,
    address: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    pub(crate) headers: Vec<(String, String)>,
}

/// A browser: it keeps its cookies and follows no redirects.
pub(crate) struct Browser {
    agent: ureq::Agent,
    address: String,
    cookies: Vec<(String, String)>,
    /// Headers that it sends besides.
    pub(crate) extra: Vec<(String, String)>,
}

impl Program {
    /// Starts with an empty folder.
    pub(crate) fn start() -> Program {
        Program::start_with(&[], |_| ())
    }

    /// Starts with more words on its command line, and a folder that was laid out before.
    pub(crate) fn start_with(more: &[&str], lay_out: impl FnOnce(&Path)) -> Program {
        let folder = tempfile::tempdir().unwrap();
        lay_out(folder.path());
        let (child, address) = serve(folder.path(), more);
        Program {
            folder,
            child,
            address,
        }
    }

    /// Starts and sets it up; the browser is signed in as its manager.
    pub(crate) fn set_up() -> (Program, Browser) {
        let program = Program::start();
        let browser = program.set_up_here();
        (program, browser)
    }

    /// Sets it up; the browser is signed in as its manager.
    pub(crate) fn set_up_here(&self) -> Browser {
        let mut browser = self.browser();
        let answer = browser.send(
            "/set-up",
            &[
                ("name", "Larkrise Preschool"),
                ("nation", "england"),
                ("kind", "preschool"),
                ("phone", "01632 960 001"),
                ("manager", "Maya Lin"),
                ("is-lead", "yes"),
                ("user", "maya"),
                ("password", PASSWORD),
                ("again", PASSWORD),
            ],
        );
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser.sign_in("maya", PASSWORD);
        browser
    }

    /// What the program logged.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log.txt")).unwrap()
    }

    /// Pulls the plug.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts again on the same folder.
    pub(crate) fn start_again(&mut self) {
        let (child, address) = serve(self.folder.path(), &[]);
        self.child = child;
        self.address = address;
    }

    pub(crate) fn browser(&self) -> Browser {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build();
        Browser {
            agent: config.into(),
            address: self.address.clone(),
            cookies: Vec::new(),
            extra: Vec::new(),
        }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn serve(folder: &Path, more: &[&str]) -> (Child, String) {
    let log = std::fs::File::options()
        .create(true)
        .append(true)
        .open(folder.join("log.txt"))
        .unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_stairgate"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder)
        .stderr(log)
        .args(more)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let start = line.find("http://").expect("an address");
    let address = line.get(start..).unwrap().trim().trim_end_matches('/');
    (child, address.to_owned())
}

/// Runs a command of the program and gives what it said.
pub(crate) fn shell(args: &[&str]) -> (bool, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_stairgate"))
        .args(args)
        .output()
        .unwrap();
    let words = [out.stdout, out.stderr].concat();
    (
        out.status.success(),
        String::from_utf8_lossy(&words).into_owned(),
    )
}

impl Browser {
    /// The same browser at another address: after a restart.
    pub(crate) fn at(&mut self, program: &Program) {
        self.address = program.address().to_owned();
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        let request = self
            .agent
            .get(format!("{}{path}", self.address))
            .header("cookie", self.cookies());
        let answer = request.call().unwrap();
        self.take(answer)
    }

    /// What comes back as it is, such as a file.
    pub(crate) fn get_bytes(&mut self, path: &str) -> Vec<u8> {
        let request = self
            .agent
            .get(format!("{}{path}", self.address))
            .header("cookie", self.cookies());
        let mut answer = request.call().unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        answer.body_mut().read_to_vec().unwrap()
    }

    /// Sends a form as our own page would: with the mark that the page carries.
    pub(crate) fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get(path);
        let mark = mark(&page.body).unwrap_or_default();
        let mut all = vec![("csrf", mark.as_str())];
        all.extend_from_slice(fields);
        self.post(path, &all)
    }

    /// Sends a form as it is.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let kind = "application/x-www-form-urlencoded";
        self.post_as(path, kind, form(fields).as_bytes())
    }

    /// Sends bytes of this kind.
    pub(crate) fn post_as(&mut self, path: &str, kind: &str, body: &[u8]) -> Answer {
        let mut request = self
            .agent
            .post(format!("{}{path}", self.address))
            .header("cookie", self.cookies())
            .header("content-type", kind);
        for (name, value) in &self.extra {
            request = request.header(name, value);
        }
        let answer = request.send(body).unwrap();
        self.take(answer)
    }

    /// The status of a page, if it is answered at all.
    pub(crate) fn try_get(&mut self, path: &str) -> Option<u16> {
        let request = self.agent.get(format!("{}{path}", self.address));
        Some(request.call().ok()?.status().as_u16())
    }

    /// The status of a form that was sent, if it is answered at all.
    pub(crate) fn try_post(&mut self, path: &str, fields: &[(&str, &str)]) -> Option<u16> {
        let request = self
            .agent
            .post(format!("{}{path}", self.address))
            .header("cookie", self.cookies())
            .header("content-type", "application/x-www-form-urlencoded");
        Some(request.send(form(fields)).ok()?.status().as_u16())
    }

    /// Another window of the same browser, at where the program is now.
    pub(crate) fn again(&self, program: &Program) -> Browser {
        let mut other = program.browser();
        other.cookies.clone_from(&self.cookies);
        other
    }

    /// Keeps a cookie.
    pub(crate) fn cookie(&mut self, name: &str, value: &str) {
        self.cookies.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn sign_in(&mut self, user: &str, password: &str) {
        let answer = self.send("/sign-in", &[("user", user), ("password", password)]);
        assert_eq!(answer.status, 303, "{}", answer.body);
    }

    /// Its cookies, as they are sent.
    pub(crate) fn cookies(&self) -> String {
        self.cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ")
    }

    fn take(&mut self, mut answer: ureq::http::Response<ureq::Body>) -> Answer {
        let headers: Vec<(String, String)> = answer
            .headers()
            .iter()
            .map(|(name, value)| {
                (
                    name.as_str().to_owned(),
                    value.to_str().unwrap_or_default().to_owned(),
                )
            })
            .collect();
        for (_, cookie) in headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap().to_owned();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value));
            }
        }
        let body = answer
            .body_mut()
            .with_config()
            .limit(20 << 20)
            .lossy_utf8(true)
            .read_to_string()
            .unwrap();
        Answer {
            status: answer.status().as_u16(),
            body,
            headers,
        }
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }
}

/// The mark in a page's forms.
pub(crate) fn mark(page: &str) -> Option<String> {
    let after = page.split("name=\"csrf\" value=\"").nth(1)?;
    Some(after.split('"').next()?.to_owned())
}

fn form(fields: &[(&str, &str)]) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    fields.iter().for_each(|(name, value)| {
        out.append_pair(name, value);
    });
    out.finish()
}
