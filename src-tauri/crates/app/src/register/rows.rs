//! Rows of one kind, side by side in memory, each found by its id.

use std::collections::HashMap;

use uuid::Uuid;

/// What has an id.
pub(crate) trait Row {
    fn id(&self) -> Uuid;
}

#[derive(Debug)]
pub(crate) struct Rows<R> {
    rows: Vec<R>,
    places: HashMap<Uuid, usize>,
}

impl<R> Default for Rows<R> {
    fn default() -> Self {
        Self { rows: Vec::new(), places: HashMap::new() }
    }
}

impl<R: Row> Rows<R> {
    pub(crate) fn put(&mut self, row: R) {
        let id = row.id();
        if let Some(old) = self.places.get(&id).and_then(|place| self.rows.get_mut(*place)) {
            *old = row;
        } else {
            self.places.insert(id, self.rows.len());
            self.rows.push(row);
        }
    }

    pub(crate) fn remove(&mut self, id: Uuid) {
        let Some(place) = self.places.remove(&id) else { return };
        // The last row takes its place.
        self.rows.swap_remove(place);
        if let Some(moved) = self.rows.get(place) {
            self.places.insert(moved.id(), place);
        }
    }

    pub(crate) fn get(&self, id: Uuid) -> Option<&R> {
        self.rows.get(*self.places.get(&id)?)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &R> {
        self.rows.iter()
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Named(Uuid, &'static str);

    impl Row for Named {
        fn id(&self) -> Uuid {
            self.0
        }
    }

    #[test]
    fn rows_are_found_after_others_were_taken_out() {
        let [a, b, c] = [1, 2, 3].map(Uuid::from_u128);
        let mut rows = Rows::default();
        for (id, name) in [(a, "a"), (b, "b"), (c, "c"), (b, "neu")] {
            rows.put(Named(id, name));
        }
        rows.remove(a);
        rows.remove(a);
        let found = [a, b, c].map(|id| rows.get(id).map(|row| row.1));
        assert_eq!(found, [None, Some("neu"), Some("c")]);
        assert_eq!(rows.len(), 2);
    }
}
