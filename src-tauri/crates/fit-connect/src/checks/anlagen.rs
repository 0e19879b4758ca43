//! 4 and 11: the Anlagen and their fragments.

use std::collections::BTreeSet;

use super::{Checked, Verdict};
use crate::AnlageId;
use crate::metadata::{Anlage, Metadata};
use crate::set::AuthenticationTags;
use crate::vocabulary::{Instance, ProblemKind};

fn mismatch(instance: Instance) -> Verdict {
    Verdict::reject(ProblemKind::AttachmentsMismatch, instance)
}

/// 4, first half · The Einreichung and the signed event name the same Anlagen.
pub fn announced(einreichung: &[AnlageId], tags: &AuthenticationTags) -> Checked {
    let unique: BTreeSet<_> = einreichung.iter().collect();
    let same =
        unique.len() == einreichung.len() && unique.iter().copied().eq(tags.attachments.keys());
    if same { Ok(()) } else { Err(mismatch(Instance::Submission)) }
}

/// 4, second half, and 11 · So do the metadata; of an Anlage in pieces they count the pieces. No piece
/// belongs to two.
pub fn described(einreichung: &[AnlageId], metadata: &Metadata) -> Checked {
    let parts: Vec<_> = metadata.anlagen.iter().flat_map(Anlage::parts).collect();
    let unique: BTreeSet<_> = parts.iter().copied().collect();
    let ids: BTreeSet<_> = metadata.anlagen.iter().map(|anlage| anlage.id).collect();
    let same = unique.len() == parts.len()
        && ids.len() == metadata.anlagen.len()
        && unique == einreichung.iter().collect();
    if same { Ok(()) } else { Err(mismatch(Instance::Metadata)) }
}
