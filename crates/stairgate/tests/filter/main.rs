//! `stairgate filter serve` as others meet it: asked by `dig` and `kdig`, and killed.
//! (`cfg(test)` tells the lints that these are tests.)

#[cfg(test)]
mod clients;
#[cfg(test)]
mod kills;
#[cfg(test)]
mod mailed;
#[cfg(test)]
mod program;
#[cfg(test)]
#[expect(dead_code, reason = "the tests of mail ask for more of it")]
#[path = "../../../post/tests/whole/servers.rs"]
mod servers;
#[cfg(test)]
#[expect(dead_code, reason = "the tests of the pages ask for more of it")]
#[path = "../site/program.rs"]
mod site;
#[cfg(test)]
mod told;
#[cfg(test)]
#[expect(dead_code, reason = "the gate's own tests ask for more of it")]
#[path = "../../../gate/tests/filter/upstream.rs"]
mod upstream;
