//! The names on a disk: folders and files, and which of them a power cut would still find.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Counts,
    dice::Dice,
    fate::{Fate, deal_fates},
};

/// Number of a file's content, whatever its name.
pub(super) type Inode = u64;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    Folder,
    File(Inode),
}

/// All names, by absolute path with `/`. The root folder is always there.
#[derive(Debug, Clone)]
pub(super) struct Names {
    current: BTreeMap<String, Entry>,
    durable: BTreeMap<String, Entry>,
    pending: Vec<NameChange>,
}

#[derive(Debug, Clone)]
enum NameChange {
    Added { path: String, entry: Entry },
    Moved { from: String, to: String, entry: Entry },
    Removed { path: String },
}

impl Names {
    pub(super) fn new(root: &str) -> Self {
        let current = BTreeMap::from([(root.to_owned(), Entry::Folder)]);
        Self { durable: current.clone(), current, pending: Vec::new() }
    }

    pub(super) fn get(&self, path: &str) -> Option<Entry> {
        self.current.get(path).copied()
    }

    pub(super) fn is_folder(&self, path: &str) -> bool {
        self.get(path) == Some(Entry::Folder)
    }

    pub(super) fn file(&self, path: &str) -> Option<Inode> {
        match self.get(path)? {
            Entry::File(inode) => Some(inode),
            Entry::Folder => None,
        }
    }

    /// Names directly below a folder, sorted, without the folder's own path.
    pub(super) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, Entry)> {
        self.current
            .range(format!("{folder}/")..)
            .map_while(move |(path, entry)| {
                let name = path.strip_prefix(folder)?.strip_prefix('/')?;
                Some((name, *entry))
            })
            .filter(|(name, _)| !name.contains('/'))
    }

    /// Every file under its current path.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, Inode)> {
        self.current.iter().filter_map(|(path, entry)| match entry {
            Entry::File(inode) => Some((path.as_str(), *inode)),
            Entry::Folder => None,
        })
    }

    pub(super) fn add(&mut self, path: &str, entry: Entry) {
        self.record(NameChange::Added { path: path.to_owned(), entry });
    }

    /// Moves a name in one step; the caller has seen that `from` is there.
    pub(super) fn rename(&mut self, from: &str, to: &str) {
        if let Some(entry) = self.get(from) {
            self.record(NameChange::Moved { from: from.to_owned(), to: to.to_owned(), entry });
        }
    }

    pub(super) fn remove(&mut self, path: &str) {
        self.record(NameChange::Removed { path: path.to_owned() });
    }

    /// Removes a name for good, as a hand outside the machine would.
    pub(super) fn remove_durably(&mut self, path: &str) {
        self.current.remove(path);
        self.durable.remove(path);
        self.pending.retain(|change| change.path() != path);
    }

    /// Makes the names directly in one folder durable.
    pub(super) fn sync(&mut self, folder: &str) {
        let durable = &mut self.durable;
        self.pending.retain(|change| {
            let here = parent(change.path()) == folder;
            if here {
                change.apply(durable);
            }
            !here
        });
    }

    pub(super) fn power_cut(&mut self, dice: &mut Dice, counts: &mut Counts) {
        let fates = deal_fates(dice, self.pending.len());
        for (change, fate) in self.pending.drain(..).zip(fates) {
            if fate == Fate::Kept || (fate == Fate::Torn && dice.coin()) {
                change.apply(&mut self.durable);
                counts.names_kept += 1;
            } else {
                counts.names_lost += 1;
            }
        }
        self.current.clone_from(&self.durable);
        self.drop_orphans();
    }

    /// As after a clean shutdown.
    pub(super) fn settled(&self) -> Self {
        Self { current: self.current.clone(), durable: self.current.clone(), pending: Vec::new() }
    }

    /// Every content that a name leads to, now or after some power cut.
    pub(super) fn reachable(&self) -> BTreeSet<Inode> {
        let pending = self.pending.iter().filter_map(|change| match change {
            NameChange::Added { entry, .. } | NameChange::Moved { entry, .. } => Some(entry),
            NameChange::Removed { .. } => None,
        });
        let named = self.current.values().chain(self.durable.values()).chain(pending);
        named
            .filter_map(|entry| match entry {
                Entry::File(inode) => Some(*inode),
                Entry::Folder => None,
            })
            .collect()
    }

    fn record(&mut self, change: NameChange) {
        change.apply(&mut self.current);
        self.pending.push(change);
    }

    /// A file whose folder did not survive is gone, even if its own name did.
    fn drop_orphans(&mut self) {
        let lonely: Vec<String> = self
            .current
            .keys()
            .filter(|path| {
                let folder = parent(path);
                !folder.is_empty() && self.current.get(folder) != Some(&Entry::Folder)
            })
            .cloned()
            .collect();
        if lonely.is_empty() {
            return;
        }
        for path in lonely {
            self.current.remove(&path);
        }
        self.drop_orphans();
        self.durable.clone_from(&self.current);
    }
}

impl NameChange {
    /// The path whose folder must be synced to make the change durable.
    fn path(&self) -> &str {
        match self {
            Self::Added { path, .. } | Self::Removed { path } => path,
            Self::Moved { to, .. } => to,
        }
    }

    fn apply(&self, names: &mut BTreeMap<String, Entry>) {
        match self {
            Self::Added { path, entry } => {
                names.insert(path.clone(), *entry);
            }
            Self::Moved { from, to, entry } => {
                // Only the very file that moved leaves its old name: if the power cut lost a
                // removal before, another file may lie there.
                if names.get(from) == Some(entry) {
                    names.remove(from);
                }
                names.insert(to.clone(), *entry);
            }
            Self::Removed { path } => {
                names.remove(path);
            }
        }
    }
}

/// The folder a path lies in; empty for the root.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after_cuts(names: &Names) -> BTreeSet<Vec<String>> {
        (0..200)
            .map(|seed| {
                let mut names = names.clone();
                names.power_cut(&mut Dice::new(seed), &mut Counts::default());
                names.files().map(|(path, _)| path.to_owned()).collect()
            })
            .collect()
    }

    #[test]
    fn a_name_is_durable_only_after_its_folder_was_synced() {
        let mut names = Names::new("/sim");
        names.add("/sim/a", Entry::File(1));
        assert!(after_cuts(&names).contains(&vec![]), "lost once");
        assert!(after_cuts(&names).contains(&vec!["/sim/a".to_owned()]), "kept once");
        names.sync("/sim");
        assert_eq!(after_cuts(&names), BTreeSet::from([vec!["/sim/a".to_owned()]]));
    }

    #[test]
    fn a_rename_is_whole_or_not_at_all() {
        let mut names = Names::new("/sim");
        names.add("/sim/neu", Entry::File(1));
        names.sync("/sim");
        names.rename("/sim/neu", "/sim/fertig");
        let seen = after_cuts(&names);
        let one = |name: &str| vec![format!("/sim/{name}")];
        assert_eq!(seen, BTreeSet::from([one("neu"), one("fertig")]));
    }

    #[test]
    fn an_old_file_returns_when_its_removal_is_lost() {
        let mut names = Names::new("/sim");
        names.add("/sim/teil", Entry::File(1));
        names.sync("/sim");
        names.remove("/sim/teil");
        names.add("/sim/teil", Entry::File(2));
        names.rename("/sim/teil", "/sim/fertig");
        let comes_back = (0..200).any(|seed| {
            let mut names = names.clone();
            names.power_cut(&mut Dice::new(seed), &mut Counts::default());
            (names.file("/sim/teil"), names.file("/sim/fertig")) == (Some(1), Some(2))
        });
        assert!(comes_back);
    }

    #[test]
    fn a_file_goes_with_its_unsynced_folder() {
        let mut names = Names::new("/sim");
        names.add("/sim/ab", Entry::Folder);
        names.add("/sim/ab/x", Entry::File(1));
        names.sync("/sim/ab");
        let seen = after_cuts(&names);
        assert!(seen.contains(&vec![]), "the folder was never synced into its parent");
        names.sync("/sim");
        assert_eq!(after_cuts(&names), BTreeSet::from([vec!["/sim/ab/x".to_owned()]]));
    }

    #[test]
    fn below_lists_one_level() {
        let mut names = Names::new("/sim");
        names.add("/sim/ab", Entry::Folder);
        names.add("/sim/ab/x", Entry::File(1));
        names.add("/sim/ab-b", Entry::File(2));
        let here: Vec<_> = names.below("/sim").map(|(name, _)| name).collect();
        assert_eq!(here, ["ab", "ab-b"]);
        let inside: Vec<_> = names.below("/sim/ab").map(|(name, _)| name).collect();
        assert_eq!(inside, ["x"]);
    }
}
