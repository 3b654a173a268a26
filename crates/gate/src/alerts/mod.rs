//! What may be a worry, or has to be known at once: something illegal, a device that nobody knows, a
//! name or words of a theme. Each thread of the filter has a `Watch`, which costs next to nothing for
//! what is no worry; one `Teller` folds what comes often into one alert with a count, and tells it as
//! news. Nothing here opens or closes, and nothing waits for it.

mod fold;
mod teller;
mod watch;

pub use teller::Teller;
pub use watch::Watch;
