//! What happened here without anybody at the desk having done it is told, not hidden.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{EntityRef, Entry, Moment, Scope};
use kontor_store::work::{Fate, NewNotice, NoticeKind, Settled};
use kontor_wire::{FeedRow, PullRequest, Step};

use super::{Desk, DeskError};

/// So many refused entries are looked at; nobody leaves more of them unread.
const REFUSED_MAX: u32 = 1_000;

impl Desk {
    /// The copy of the Zentrale's data begins anew.
    pub fn tell_rebuilt(&mut self, now: Moment) -> Result<(), DeskError> {
        self.tell(NoticeKind::MirrorRebuilt, None, 0, now)
    }

    /// Everything of a unit leaves.
    pub(crate) fn tell_right_lost(&mut self, scope: Scope, now: Moment) -> Result<(), DeskError> {
        let Scope::Einheit(einheit) = scope else { return Ok(()) };
        let mut entries = 0;
        for target in self.waiting_targets() {
            let here = self.mirror.thing(target)?;
            entries += u64::from(here.is_some_and(|thing| thing.scope == scope));
        }
        self.tell(NoticeKind::RightLost, Some(einheit.into()), entries, now)
    }

    /// Things with open entries that these rows take away; how many. The Zentrale is asked about entries
    /// before the feed is read, so that it may have refused them for this very reason.
    pub(crate) fn tell_leaving(
        &mut self,
        request: &PullRequest,
        rows: &[FeedRow],
        now: Moment,
    ) -> Result<usize, DeskError> {
        if !rows.iter().any(|row| row.step == Step::Exit) {
            return Ok(0);
        }
        let mut open: BTreeMap<EntityRef, u64> = BTreeMap::new();
        for target in self.waiting_targets().into_iter().chain(self.refused_targets()?) {
            *open.entry(target).or_default() += 1;
        }
        let pins: BTreeSet<EntityRef> = request.pins.iter().copied().collect();
        let mut last: BTreeMap<EntityRef, &FeedRow> = BTreeMap::new();
        for row in rows.iter().filter(|row| open.contains_key(&row.entity)) {
            last.insert(row.entity, row);
        }
        let mut told = 0;
        for (entity, row) in last {
            let leaves = row.step == Step::Exit && !pins.contains(&entity);
            if leaves && self.mirror.thing(entity)?.is_some() {
                let entries = open.get(&entity).copied().unwrap_or(0);
                self.tell(NoticeKind::ThingLeft, Some(entity), entries, now)?;
                told += 1;
            }
        }
        Ok(told)
    }

    /// Entries that happened although they were taken back; how many. An earlier copy of them was on
    /// its way.
    pub(crate) fn tell_too_late(
        &mut self,
        settled: &[Settled<'_>],
        now: i64,
    ) -> Result<usize, DeskError> {
        let happened = settled.iter().filter(|result| result.fate != Fate::Refused);
        let numbers: BTreeSet<u64> = happened.map(|result| result.number).collect();
        let too_late: Vec<EntityRef> = self
            .fold
            .entries()
            .filter(|entry| entry.withdrawn && numbers.contains(&entry.number))
            .map(|entry| entry.entry.intent.target())
            .collect();
        for target in &too_late {
            let now = Moment::from_unix_ms(now);
            self.tell(NoticeKind::TakenBackTooLate, Some(*target), 1, now)?;
        }
        Ok(too_late.len())
    }

    /// What each waiting entry is about.
    fn waiting_targets(&self) -> Vec<EntityRef> {
        let waiting = self.fold.entries().filter(|it| it.fate == Fate::Waiting && !it.withdrawn);
        waiting.map(|it| it.entry.intent.target()).collect()
    }

    /// What each entry is about that was refused and nobody has put away.
    fn refused_targets(&self) -> Result<Vec<EntityRef>, DeskError> {
        let refused = self.work.refused(REFUSED_MAX)?;
        let target = |body: &str| serde_json::from_str(body).map(|it: Entry| it.intent.target());
        let targets: Result<_, _> = refused.iter().map(|stored| target(&stored.body)).collect();
        targets.map_err(|_| DeskError::Unreadable("an entry"))
    }

    fn tell(
        &mut self,
        kind: NoticeKind,
        subject: Option<EntityRef>,
        entries: u64,
        now: Moment,
    ) -> Result<(), DeskError> {
        let told_at = now.unix_ms();
        Ok(self.work.tell(&NewNotice { kind, subject, entries, told_at })?)
    }
}
