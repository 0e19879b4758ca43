//! The rules of the office, asked from outside: what happens to an entry, who may do what, what
//! waits for what, and the laws that hold for all of it.

#[cfg(test)]
mod closing;
#[cfg(test)]
mod conflicts;
#[cfg(test)]
mod dependencies;
#[cfg(test)]
mod eingang;
#[cfg(test)]
mod fields;
#[cfg(test)]
mod fristen;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod json;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod leistungspakete;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod office;
#[cfg(test)]
mod reference_data;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod show;
#[cfg(test)]
mod unfit_events;
#[cfg(test)]
mod wishes;
