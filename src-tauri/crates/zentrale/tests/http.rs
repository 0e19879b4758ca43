//! What the Zentrale answers to workstations, to strangers and to its operators.

#[cfg(test)]
#[path = "http/documents.rs"]
mod documents;
#[cfg(test)]
#[path = "http/feed.rs"]
mod feed;
#[cfg(test)]
#[path = "http/haus.rs"]
mod haus;
#[cfg(test)]
#[path = "http/hostile.rs"]
mod hostile;
#[cfg(test)]
#[path = "http/live.rs"]
mod live;
#[cfg(test)]
#[path = "http/oidc.rs"]
mod oidc;
#[cfg(test)]
#[path = "http/openapi.rs"]
mod openapi;
#[cfg(test)]
#[path = "http/operator.rs"]
mod operator;
#[cfg(test)]
#[path = "http/refusals.rs"]
mod refusals;
