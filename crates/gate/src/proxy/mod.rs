//! The filter as a web proxy: a tunnel by its host, a plain page by its address, and the pages of
//! hosts that have illegal ones by their address too, opened under the setting's own certificate.
//! Reading order: `address`, `pages`, `asked`, `outward`, `closed`, `authority`, `passing`, `scan`,
//! `forward`, `learned`, `enrol`, `tunnel`, `inspect`, `serve`.

mod address;
mod asked;
mod authority;
mod closed;
mod enrol;
mod forward;
mod inspect;
mod learned;
mod outward;
mod pages;
mod passing;
mod rewound;
mod scan;
mod serve;
mod tunnel;

pub use address::PageAddress;
pub use authority::{Authority, AuthorityError};
pub use closed::{Blocked, say_plainly};
pub use learned::NotCovered;
pub use pages::{Pages, PagesError, Taken};
pub use scan::ScannerAt;
pub use serve::{Listening, Options, Proxy, SayClosed};
