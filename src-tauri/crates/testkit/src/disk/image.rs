//! One file: what programs see, what lies on the platter, and what is on its way between them.

use super::{
    Counts,
    dice::Dice,
    fate::{Fate, deal_fates},
};

/// The unit a disk writes whole; a write may be torn between two of them.
const SECTOR: usize = 512;

/// The bytes of one file.
#[derive(Debug, Clone, Default)]
pub(super) struct FileImage {
    /// The page cache: what a read returns.
    current: Vec<u8>,
    /// What a power cut cannot take.
    durable: Vec<u8>,
    /// Changes since the last sync, oldest first. Empty means `current == durable`.
    pending: Vec<Change>,
}

#[derive(Debug, Clone)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Resize(usize),
}

impl FileImage {
    pub(super) fn bytes(&self) -> &[u8] {
        &self.current
    }

    /// Copies what is there from `offset` on and returns how many bytes that was.
    pub(super) fn read(&self, offset: usize, buffer: &mut [u8]) -> usize {
        let rest = self.current.get(offset..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        count
    }

    pub(super) fn write(&mut self, offset: usize, bytes: &[u8]) {
        put(&mut self.current, offset, bytes);
        self.pending.push(Change::Write { offset, bytes: bytes.to_vec() });
    }

    pub(super) fn resize(&mut self, size: usize) {
        self.current.resize(size, 0);
        self.pending.push(Change::Resize(size));
    }

    pub(super) fn sync(&mut self) {
        for change in self.pending.drain(..) {
            match change {
                Change::Write { offset, bytes } => put(&mut self.durable, offset, &bytes),
                Change::Resize(size) => self.durable.resize(size, 0),
            }
        }
    }

    /// Loses, tears and keeps what was not synced. Survivors need not be a prefix: a later write may
    /// be there without an earlier one, which is what reordering looks like afterwards.
    pub(super) fn power_cut(&mut self, dice: &mut Dice, counts: &mut Counts) {
        if self.pending.is_empty() {
            return;
        }
        let changes = std::mem::take(&mut self.pending);
        let fates = deal_fates(dice, changes.len());
        for (change, fate) in changes.into_iter().zip(fates) {
            match (change, fate) {
                (Change::Write { offset, bytes }, Fate::Kept) => {
                    put(&mut self.durable, offset, &bytes);
                    counts.writes_kept += 1;
                }
                (Change::Write { offset, bytes }, Fate::Torn) => {
                    tear(&mut self.durable, dice, offset, &bytes);
                    counts.writes_torn += 1;
                }
                (Change::Write { offset, bytes }, Fate::Lost) => {
                    grow_only(&mut self.durable, dice, offset + bytes.len());
                    counts.writes_lost += 1;
                }
                (Change::Resize(size), fate) => {
                    if fate == Fate::Kept || (fate == Fate::Torn && dice.coin()) {
                        self.durable.resize(size, 0);
                        counts.writes_kept += 1;
                    } else {
                        counts.writes_lost += 1;
                    }
                }
            }
        }
        self.current.clone_from(&self.durable);
    }

    /// Turns one bit, on the platter and in the cache; returns its byte position, `None` if empty.
    pub(super) fn flip_bit(&mut self, dice: &mut Dice) -> Option<usize> {
        let position = dice.below(self.current.len());
        let mask = 1u8 << dice.below(8);
        *self.current.get_mut(position)? ^= mask;
        if let Some(byte) = self.durable.get_mut(position) {
            *byte ^= mask;
        }
        Some(position)
    }

    /// As after a clean shutdown: everything written is on the platter.
    pub(super) fn settled(&self) -> Self {
        Self { current: self.current.clone(), durable: self.current.clone(), pending: Vec::new() }
    }
}

fn put(image: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    let end = offset + bytes.len();
    if image.len() == offset {
        image.extend_from_slice(bytes);
        return;
    }
    if image.len() < end {
        image.resize(end, 0);
    }
    if let Some(place) = image.get_mut(offset..end) {
        place.copy_from_slice(bytes);
    }
}

fn tear(image: &mut Vec<u8>, dice: &mut Dice, offset: usize, bytes: &[u8]) {
    let mut offset = offset;
    let mut rest = bytes;
    while !rest.is_empty() {
        let to_boundary = SECTOR - offset % SECTOR;
        let (sector, behind) = rest.split_at(to_boundary.min(rest.len()));
        if dice.coin() {
            put(image, offset, sector);
        }
        offset += sector.len();
        rest = behind;
    }
}

/// The size of a file is metadata and may arrive without the bytes: the tail then holds zeros, or
/// whatever lay in those blocks before.
fn grow_only(image: &mut Vec<u8>, dice: &mut Dice, end: usize) {
    let old = image.len();
    if old >= end || dice.coin() {
        return;
    }
    image.resize(end, 0);
    if dice.coin()
        && let Some(tail) = image.get_mut(old..)
    {
        dice.fill(tail);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(image: &FileImage, seed: u64) -> Vec<u8> {
        let mut image = image.clone();
        image.power_cut(&mut Dice::new(seed), &mut Counts::default());
        assert_eq!(image.current, image.durable);
        image.current
    }

    #[test]
    fn synced_bytes_survive_every_cut() {
        let mut image = FileImage::default();
        image.write(0, b"bescheid");
        image.sync();
        image.write(8, &[7; 2000]);
        for seed in 0..200 {
            assert_eq!(&cut(&image, seed)[..8], b"bescheid");
        }
    }

    #[test]
    fn unsynced_writes_are_lost_torn_and_reordered() {
        let mut image = FileImage::default();
        image.write(0, &[1; 2048]);
        image.write(2048, &[2; 2048]);
        let outcomes: Vec<Vec<u8>> = (0..300).map(|seed| cut(&image, seed)).collect();
        assert!(outcomes.iter().any(Vec::is_empty), "all lost");
        assert!(
            outcomes.iter().any(|seen| seen.len() == 4096 && seen[2047] == 1 && seen[4095] == 2)
        );
        assert!(
            outcomes.iter().any(|seen| seen[..seen.len().min(2048)].iter().all(|byte| *byte == 0)
                && seen.get(2048..) == Some(&[2; 2048])),
            "the later write alone"
        );
        assert!(
            outcomes
                .iter()
                .any(|seen| seen.get(..512) == Some(&[1; 512]) && seen.get(512) == Some(&0)),
            "torn at a sector"
        );
    }

    #[test]
    fn sectors_are_never_split() {
        let mut image = FileImage::default();
        image.write(0, &[0; 4096]);
        image.sync();
        image.write(100, &[9; 3000]);
        for seed in 0..300 {
            let seen = cut(&image, seed);
            for sector in seen[512..3072].chunks(512) {
                assert!(sector.iter().all(|byte| *byte == sector[0]));
            }
        }
    }

    #[test]
    fn a_synced_truncation_is_final() {
        let mut image = FileImage::default();
        image.write(0, &[1; 1000]);
        image.sync();
        image.resize(10);
        image.write(20, b"x");
        image.sync();
        image.resize(0);
        image.write(0, b"neu");
        let outcomes: Vec<Vec<u8>> = (0..100).map(|seed| cut(&image, seed)).collect();
        assert!(outcomes.iter().all(|seen| seen.len() <= 21));
        assert!(outcomes.iter().any(|seen| seen.get(9..12) == Some(&[1, 0, 0])));
    }

    #[test]
    fn a_lost_truncation_leaves_the_old_size() {
        let mut image = FileImage::default();
        image.write(0, &[1; 1000]);
        image.sync();
        image.resize(10);
        let sizes: std::collections::BTreeSet<usize> =
            (0..100).map(|seed| cut(&image, seed).len()).collect();
        assert_eq!(sizes, [10, 1000].into());
    }
}
