//! A transaction whose statements may be sent together.

use std::ops::Deref;

use deadpool_postgres::Object;
use futures_util::FutureExt as _;

use crate::storage::StorageError;

/// An open transaction on a connection of its own. If it is dropped before its end, even in the middle
/// of an answer, it is rolled back before anybody else uses the connection.
pub(super) struct Open {
    client: Object,
    settled: bool,
}

impl Open {
    /// A connection on which a transaction is begun by whoever asked for this.
    pub(super) fn on(client: Object) -> Self {
        Self { client, settled: false }
    }

    pub(super) async fn begin(client: Object) -> Result<Self, StorageError> {
        let open = Self::on(client);
        open.batch_execute("BEGIN ISOLATION LEVEL READ COMMITTED").await?;
        Ok(open)
    }

    pub(super) async fn commit(self) -> Result<(), StorageError> {
        self.batch_execute("COMMIT").await?;
        self.settle();
        Ok(())
    }

    /// Its end has been seen; the connection is free again.
    pub(super) fn settle(mut self) {
        self.settled = true;
    }
}

impl Deref for Open {
    type Target = Object;

    fn deref(&self) -> &Object {
        &self.client
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if !self.settled {
            // Polled once the message is on its way, ahead of anybody else's; nobody needs the answer.
            let _ = self.client.batch_execute("ROLLBACK").now_or_never();
        }
    }
}
