//! The use cases, through the command table, on real profiles.

#[cfg(test)]
mod akten;
#[cfg(test)]
mod closing;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod fristen;
#[cfg(test)]
mod intake;
#[cfg(test)]
mod kreis;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod profile;
#[cfg(test)]
mod sentences;
#[cfg(test)]
mod session;
#[cfg(test)]
mod suche;
#[cfg(test)]
mod unauthorised;
#[cfg(test)]
mod workspace;
