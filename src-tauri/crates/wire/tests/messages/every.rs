//! Every message once, drawn; and how to read one without knowing which.

use kontor_wire::{
    ChunksResponse, CompleteRequest, FeedRow, Hello, MissingRequest, MissingResponse, Problem,
    PullRequest, PullResponse, PushRequest, PushResponse, PushResult, ScopePage, ScopeRequest,
    SignIn, StandsRequest, StandsResponse, VerlaufPage,
};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::draw;

/// One message as text, with what reads it.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) name: &'static str,
    pub(crate) json: String,
    read: fn(&str) -> serde_json::Result<String>,
}

impl Message {
    fn new<T: Serialize + DeserializeOwned>(message: &T) -> Self {
        Self {
            name: std::any::type_name::<T>(),
            json: serde_json::to_string(message).unwrap(),
            read: |json| serde_json::to_string(&serde_json::from_str::<T>(json)?),
        }
    }

    /// Reads another text in its place, and writes what was understood.
    pub(crate) fn read(&self, json: &str) -> serde_json::Result<String> {
        (self.read)(json)
    }
}

/// One message of every type.
pub(crate) fn every() -> impl Strategy<Value = Vec<Message>> {
    fn one<T: Serialize + DeserializeOwned>(
        message: impl Strategy<Value = T> + 'static,
    ) -> BoxedStrategy<Message> {
        message.prop_map(|message| Message::new(&message)).boxed()
    }
    vec![
        one::<Hello>(draw::hello()),
        one::<SignIn>(draw::sign_in()),
        one::<Problem>(draw::problem()),
        one::<PushRequest>(draw::push_request()),
        one::<PushResponse>(draw::push_response()),
        one::<PushResult>(draw::push_result()),
        one::<PullRequest>(draw::pull_request()),
        one::<PullResponse>(draw::pull_response()),
        one::<FeedRow>(draw::feed_row()),
        one::<StandsRequest>(draw::stands_request()),
        one::<StandsResponse>(draw::stands_response()),
        one::<ScopeRequest>(draw::scope_request()),
        one::<ScopePage>(draw::scope_page()),
        one::<VerlaufPage>(draw::verlauf_page()),
        one::<MissingRequest>(draw::missing_request()),
        one::<MissingResponse>(draw::missing_response()),
        one::<ChunksResponse>(draw::chunks_response()),
        one::<CompleteRequest>(draw::complete_request()),
    ]
}
