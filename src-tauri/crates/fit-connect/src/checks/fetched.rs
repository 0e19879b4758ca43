//! 2 and 5: what was fetched, before anything of it is opened.

use super::{Checked, Verdict};
use crate::jwe::{AuthTag, tag_of};
use crate::port::{Fetched, Listed};
use crate::vocabulary::{Instance, ProblemKind};

/// 2 · What came is what was listed, and it has metadata. Fachdaten may travel as an Anlage.
pub fn whole(listed: &Listed, fetched: &Fetched) -> Checked {
    let same = listed.einreichung == fetched.einreichung
        && listed.zustellpunkt == fetched.zustellpunkt
        && listed.vorgang == fetched.vorgang;
    if !same {
        return Err(Verdict::reject(ProblemKind::InvalidEventLog, Instance::Submission));
    }
    if fetched.metadata.is_none() {
        return Err(Verdict::reject(ProblemKind::MissingData, Instance::Metadata));
    }
    Ok(())
}

/// 5 · The fifth segment of a text as received is the tag that was signed.
pub fn tag(received: &str, signed: Option<AuthTag>, instance: Instance) -> Checked<AuthTag> {
    match (tag_of(received), signed) {
        (Ok(received), Some(signed)) if received == signed => Ok(received),
        (Err(_), _) => Err(Verdict::reject(ProblemKind::EncryptionIssue, instance)),
        (Ok(_), _) => Err(Verdict::reject(ProblemKind::IncorrectAuthenticationTag, instance)),
    }
}
