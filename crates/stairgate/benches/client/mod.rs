//! A small HTTP client that keeps its connection, for measuring.

use std::{
    error::Error,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Instant,
};

/// What a step comes to.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// A connection with its cookies.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    cookies: String,
    location: String,
}

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> Outcome<Client> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Client {
            stream: BufReader::with_capacity(1 << 16, stream),
            cookies: String::new(),
            location: String::new(),
        })
    }

    pub(crate) fn cookies(&self) -> &str {
        &self.cookies
    }

    pub(crate) fn use_cookies(&mut self, cookies: &str) {
        cookies.clone_into(&mut self.cookies);
    }

    /// The bytes of a page.
    pub(crate) fn get(&mut self, path: &str) -> Outcome<Vec<u8>> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: bench\r\ncookie: {}\r\n\r\n",
            self.cookies
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.answer()
    }

    /// Signs in as a person would.
    pub(crate) fn sign_in(&mut self, user: &str, password: &str) -> Outcome<()> {
        let page = String::from_utf8(self.get("/sign-in")?)?;
        let mark = page
            .split("name=\"csrf\" value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let body = format!(
            "csrf={}&user={user}&password={}",
            mark.ok_or("no form")?,
            password.replace(' ', "+")
        );
        let request = format!(
            "POST /sign-in HTTP/1.1\r\nhost: bench\r\ncookie: {}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.cookies,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.answer()?;
        if self.location != "/" {
            return Err(format!("signing in led to {:?}", self.location).into());
        }
        Ok(())
    }

    fn answer(&mut self) -> Outcome<Vec<u8>> {
        let (mut length, mut line) = (0, String::new());
        self.location.clear();
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else {
                if line.trim_end().is_empty() {
                    break;
                }
                continue;
            };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse()?,
                "location" => value.clone_into(&mut self.location),
                "set-cookie" => {
                    let pair = value.split(';').next().unwrap_or_default();
                    self.cookies = if self.cookies.is_empty() {
                        pair.to_owned()
                    } else {
                        format!("{}; {pair}", self.cookies)
                    };
                }
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(body)
    }
}

/// Waits until a moment; measuring needs to be on time.
pub(crate) fn wait_until(then: Instant) {
    if let Some(left) = then.checked_duration_since(Instant::now()) {
        std::thread::park_timeout(left);
    }
}
