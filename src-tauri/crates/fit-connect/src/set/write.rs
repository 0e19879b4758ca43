//! The two events we send ourselves.

use kontor_domain::Moment;
use serde_json::{Value, json};
use uuid::Uuid;

use super::AuthenticationTags;
use crate::jws::{CannotSign, sign};
use crate::key::PrivateKey;
use crate::vocabulary::{Problem, Vocabulary};
use crate::{EinreichungId, Vorgangsreferenz, ZustellpunktId};

/// What an event of ours is about. Id and time are handed in: whoever repeats an event repeats them.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    /// The event's own id.
    pub jti: Uuid,
    /// When it is signed.
    pub at: Moment,
    /// Our Zustellpunkt, the issuer.
    pub zustellpunkt: ZustellpunktId,
    /// The Einreichung.
    pub einreichung: EinreichungId,
    /// Its thread.
    pub vorgang: Vorgangsreferenz,
    /// The schema the submit event names: the service takes no other.
    pub schema: Option<&'a str>,
}

/// „Technically received and stored.“ `tags` are computed from the bytes received, not copied from the
/// event log.
pub fn accept(
    occasion: Occasion<'_>,
    tags: &AuthenticationTags,
    key: &PrivateKey,
    vocabulary: &Vocabulary,
) -> Result<String, CannotSign> {
    let content = json!({ "authenticationTags": tags });
    occasion.sign(&format!("{}accept-submission", vocabulary.events), &content, key)
}

/// „Cannot be taken“, with every reason.
pub fn reject(
    occasion: Occasion<'_>,
    problems: &[Problem],
    key: &PrivateKey,
    vocabulary: &Vocabulary,
) -> Result<String, CannotSign> {
    let problems: Vec<_> = problems.iter().map(|problem| shown(problem, vocabulary)).collect();
    let content = json!({ "problems": problems });
    occasion.sign(&format!("{}reject-submission", vocabulary.events), &content, key)
}

pub(super) fn shown(problem: &Problem, vocabulary: &Vocabulary) -> Value {
    json!({
        "type": vocabulary.problem_uri(problem.kind),
        "title": problem.kind.title(),
        "detail": format!("{} ({}).", problem.kind.title(), problem.instance),
        "instance": problem.instance.to_string(),
    })
}

impl Occasion<'_> {
    fn sign(self, uri: &str, content: &Value, key: &PrivateKey) -> Result<String, CannotSign> {
        let mut payload = json!({
            "jti": self.jti,
            "iss": self.zustellpunkt,
            "iat": self.at.unix_ms().div_euclid(1000),
            "sub": format!("submission:{}", self.einreichung),
            "txn": format!("case:{}", self.vorgang),
            "events": { uri: content },
        });
        if let (Some(schema), Some(members)) = (self.schema, payload.as_object_mut()) {
            members.insert("$schema".to_owned(), schema.into());
        }
        sign(payload.to_string().as_bytes(), key)
    }
}
