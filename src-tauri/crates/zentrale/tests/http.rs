//! What the Zentrale answers to workstations, to strangers and to its operators.

#[path = "http/documents.rs"]
mod documents;
#[path = "http/feed.rs"]
mod feed;
#[path = "http/haus.rs"]
mod haus;
#[path = "http/hostile.rs"]
mod hostile;
#[path = "http/live.rs"]
mod live;
#[path = "http/oidc.rs"]
mod oidc;
#[path = "http/openapi.rs"]
mod openapi;
#[path = "http/operator.rs"]
mod operator;
#[path = "http/refusals.rs"]
mod refusals;
