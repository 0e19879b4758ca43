//! `kontorctl` as somebody at a console meets it, and desks on a live connection, with a real
//! Zentrale.

#[cfg(test)]
mod calls;
#[cfg(all(test, feature = "failpoints"))]
mod kill;
#[cfg(test)]
mod live;
#[cfg(test)]
mod zentrale;
