//! What is read is what was written, to the byte.

use kontor_wire::{PushRequest, PushResult};
use proptest::prelude::*;

use crate::draw;
use crate::every::every;

proptest! {
    #[test]
    fn every_message_comes_back_as_it_went(messages in every()) {
        for message in messages {
            prop_assert_eq!(&message.read(&message.json).unwrap(), &message.json, "{}", message.name);
        }
    }

    #[test]
    fn a_result_is_the_same_value_again(result in draw::push_result()) {
        let json = serde_json::to_string(&result).unwrap();
        prop_assert_eq!(serde_json::from_str::<PushResult>(&json).unwrap(), result);
    }

    #[test]
    fn a_problem_is_the_same_value_again(problem in draw::problem()) {
        let json = serde_json::to_string(&problem).unwrap();
        prop_assert_eq!(serde_json::from_str::<kontor_wire::Problem>(&json).unwrap(), problem);
    }

    /// The entry was hashed and stored as its author wrote it; nobody may tidy it up on the way.
    #[test]
    fn an_entry_keeps_its_bytes(request in draw::push_request()) {
        let json = serde_json::to_string(&request).unwrap();
        let read: PushRequest = serde_json::from_str(&json).unwrap();
        for (read, sent) in read.entries.iter().zip(&request.entries) {
            prop_assert_eq!(read.entry.get(), sent.entry.get());
            prop_assert_eq!(kontor_wire::payload_hash(&read.entry), kontor_wire::payload_hash(&sent.entry));
        }
    }
}
