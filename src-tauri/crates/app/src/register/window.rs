//! The part of a sorted list that is looked at.

use std::cmp::Ordering;

/// Sorts only as far as needed: `offset` and the `rows_max` after it.
pub(crate) fn window<R>(
    mut rows: Vec<&R>,
    (offset, rows_max): (usize, usize),
    order: impl Fn(&R, &R) -> Ordering,
) -> Vec<&R> {
    let by = |a: &&R, b: &&R| order(a, b);
    let end = offset.saturating_add(rows_max);
    if end < rows.len() {
        rows.select_nth_unstable_by(end, by);
        rows.truncate(end);
    }
    if offset > 0 && offset < rows.len() {
        rows.select_nth_unstable_by(offset, by);
    }
    rows.drain(..offset.min(rows.len()));
    rows.sort_unstable_by(by);
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_window_is_a_piece_of_the_sorted_list(
            rows in prop::collection::vec(0_u16..500, 0..300), offset in 0_usize..400, max in 0_usize..100,
        ) {
            let mut sorted = rows.clone();
            sorted.sort_unstable();
            let expect: Vec<u16> = sorted.into_iter().skip(offset).take(max).collect();
            let got: Vec<u16> =
                window(rows.iter().collect(), (offset, max), Ord::cmp).into_iter().copied().collect();
            prop_assert_eq!(got, expect);
        }
    }
}
