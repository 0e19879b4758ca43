//! A scope is fetched as a whole, page by page, and dropped as a whole.

use std::collections::BTreeSet;

use futures_util::poll;
use kontor_domain::{EntityRef, Scope};
use kontor_store::mirror::{Fetched, NewThing, ScopeSum};
use kontor_wire::{Digest, ScopePage, ScopeRequest, StateHash};

use super::pull::put_stands;
use super::{Run, SyncError};
use crate::calls::{self, CallError};

/// Things per page: what is written in about twenty milliseconds.
const PAGE_ROWS: usize = 2_000;

impl Run<'_> {
    /// Fetches a scope from where it stopped to its end. While one page is written, the next is on
    /// its way.
    pub(super) async fn scope(
        &mut self,
        scope: Scope,
        after: Option<EntityRef>,
    ) -> Result<(), SyncError> {
        let mut page = self.page(scope, after).await?;
        loop {
            let last = page.stands.last().map(|row| row.entity);
            let Some(last) = last.filter(|_| page.more) else {
                return self.take_page(scope, &page, Fetched::Complete);
            };
            let port = self.port;
            let rows_max = self.rows_max();
            let request = ScopeRequest { scope, after: Some(last), rows_max };
            let mut next = Box::pin(calls::scope_page(port, &request));
            // The first poll sends the request.
            let early = poll!(&mut next);
            self.take_page(scope, &page, Fetched::UpTo(Some(last)))?;
            let answer: Result<ScopePage, CallError> = match early {
                std::task::Poll::Ready(answer) => answer,
                std::task::Poll::Pending => next.await,
            };
            page = answer?;
            if page.stands.first().is_some_and(|row| row.entity <= last) {
                return Err(SyncError::Unfit("a page came twice"));
            }
        }
    }

    pub(super) fn drop_scope(&mut self, scope: Scope) -> Result<(), SyncError> {
        let now = self.world.now();
        let mut desk = self.lock()?;
        // First what is told: if we stop in between, the scope is dropped later and told again.
        desk.tell_right_lost(scope, now)?;
        let keep = desk.work.pins()?;
        desk.mirror.transact(|change| -> Result<(), SyncError> {
            change.drop_scope(scope, &keep)?;
            // What is pinned stays, and counts when the scope is fetched again.
            let mut sum = Digest::default();
            for entity in &keep {
                if let Some(thing) = change.thing(*entity)?.filter(|thing| thing.scope == scope) {
                    let hash = StateHash::from_bytes(thing.hash);
                    sum += Digest::of(*entity, thing.revision, hash);
                }
            }
            change.set_sum(scope, ScopeSum { rows: sum.rows, sum: sum.sum });
            Ok(())
        })?;
        desk.fold_all()?;
        drop(desk);
        self.report.told += 1;
        tracing::info!(scope = %scope, "the right to a scope is gone, its mirror too");
        Ok(())
    }

    async fn page(&self, scope: Scope, after: Option<EntityRef>) -> Result<ScopePage, SyncError> {
        let request = ScopeRequest { scope, after, rows_max: self.rows_max() };
        Ok(calls::scope_page(self.port, &request).await?)
    }

    fn rows_max(&self) -> usize {
        PAGE_ROWS.min(self.hello.limits.rows_max)
    }

    fn take_page(
        &mut self,
        scope: Scope,
        page: &ScopePage,
        fetched: Fetched,
    ) -> Result<(), SyncError> {
        self.report.received += page.stands.len();
        let mut desk = self.lock()?;
        let mut holds = desk.holds()?;
        holds.scopes.insert(scope);
        desk.mirror.transact(|change| -> Result<(), SyncError> {
            let mut sum = Digest::default();
            for row in &page.stands {
                let hash = StateHash::of(row.state.get().as_bytes());
                let new = NewThing {
                    entity: row.entity,
                    revision: row.revision,
                    scope,
                    hash: *hash.as_bytes(),
                    state: row.state.get(),
                };
                if change.put_new(&new)? {
                    sum += Digest::of(row.entity, row.revision, hash);
                    continue;
                }
                // Following the feed may have brought it already, or brought it into another scope.
                let here = change.thing(row.entity)?;
                if here.is_some_and(|thing| thing.revision < row.revision || thing.scope != scope) {
                    put_stands(change, std::slice::from_ref(row), &holds)?;
                }
            }
            let here = change.sum(scope)?;
            sum += Digest { rows: here.rows, sum: here.sum };
            change.set_sum(scope, ScopeSum { rows: sum.rows, sum: sum.sum });
            Ok(change.set_scope(scope, fetched)?)
        })?;
        let touched: BTreeSet<EntityRef> = page.stands.iter().map(|row| row.entity).collect();
        desk.show_pulled(&touched)
    }
}
