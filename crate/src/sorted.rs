//! Sorting that is small in the wasm: the library makes a copy of its sorts for each type that it sorts, and one of the heap is far smaller.

use std::collections::BinaryHeap;

/// The values in their order. Equal values are not told apart.
pub fn sorted<T: Ord>(values: Vec<T>) -> Vec<T> {
    BinaryHeap::from(values).into_sorted_vec()
}

/// Sorts by a pair of places. Equal pairs keep their order. All who sort values of their own by a pair share one copy of the library's sort.
pub fn sort_by_places<T>(values: &mut [T], places: impl FnMut(&T) -> (usize, usize)) {
    values.sort_by_cached_key(places);
}
