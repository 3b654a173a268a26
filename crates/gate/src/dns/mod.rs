//! The filter as a name server: packets, streams, TLS and HTTPS in front; plain, TLS and HTTPS behind.
//! Reading order: `question`, `rule`, `kept`, `say`, `cache`, `filter`, then the doors `udp`, `stream`,
//! `https`, and `upstream`, `watched`, `serve`. docs/decisions/dns.md has the reasons.

mod addresses;
mod cache;
mod filter;
mod https;
mod kept;
mod made;
mod question;
mod rule;
mod say;
mod searched;
mod serve;
mod stage;
mod stream;
mod udp;
mod upstream;
mod watched;

pub(crate) use addresses::Led;
pub use filter::{Filter, NotFit, Told, Trace, Untold};
pub(crate) use kept::is_private;
pub use serve::{Addresses, Certificate, Changed, Options, ServeError, Serving, Traces};
pub(crate) use serve::{provider, roots};
pub(crate) use stage::Stage;
pub(crate) use stream::{Doors, Entered, accept};
pub use upstream::{NoResolver, Resolver};
pub use watched::{Files, NoGate};
