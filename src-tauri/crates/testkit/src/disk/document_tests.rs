//! Documents survive if the rules of [`kontor_store::disk`] are kept, and are lost if not.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::Path,
};

use kontor_store::disk::{Disk, DiskEntry};

use super::{Mount, SimDisk, dice::Dice};

/// Which steps of a safe save a program takes.
#[derive(Clone, Copy)]
struct Care {
    syncs_file: bool,
    syncs_folder: bool,
}

const CAREFUL: Care = Care { syncs_file: true, syncs_folder: true };

fn save(disk: &dyn Disk, name: &str, bytes: &[u8], care: Care) -> io::Result<()> {
    let root = Path::new("/sim/documents");
    let (folder, target) = (root.join(&name[..2]), root.join(&name[..2]).join(name));
    disk.create_dir_all(&folder)?;
    let part = folder.join(format!("{name}.part"));
    match disk.remove(&part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut writer = disk.create(&part)?;
    for piece in bytes.chunks(1500) {
        writer.write_all(piece)?;
    }
    if care.syncs_file {
        writer.sync()?;
    }
    drop(writer);
    disk.publish(&part, &target)?;
    if care.syncs_folder {
        disk.sync_dir(&folder)?;
        disk.sync_dir(root)?;
        disk.sync_dir(Path::new("/sim"))?;
    }
    Ok(())
}

fn load(disk: &dyn Disk, name: &str) -> io::Result<Vec<u8>> {
    let reader = disk.open(&Path::new("/sim/documents").join(&name[..2]).join(name))?;
    let mut bytes = vec![0; usize::try_from(reader.len()?).unwrap()];
    reader.read_exact_at(&mut bytes, 0)?;
    Ok(bytes)
}

/// Names of documents that were acknowledged and are missing or different after three lives.
fn damaged(seed: u64, care: Care, is_lying: bool) -> BTreeSet<String> {
    let disk = SimDisk::new(seed);
    disk.set_lying(is_lying);
    let mut dice = Dice::new(!seed);
    let mut acknowledged = BTreeMap::new();
    for _ in 0..3 {
        disk.fail_after(dice.below(150) as u64);
        let mount = disk.mount();
        for _ in 0..20 {
            let name = format!("{:016x}", dice.next());
            let mut bytes = vec![0; dice.below(9000)];
            dice.fill(&mut bytes);
            if save(&mount, &name, &bytes, care).is_err() {
                break;
            }
            acknowledged.insert(name, bytes);
        }
        disk.power_cut();
    }
    let mount = disk.mount();
    let is_damaged =
        |(name, bytes): &(String, Vec<u8>)| load(&mount, name).map_or(true, |seen| seen != *bytes);
    acknowledged.into_iter().filter(is_damaged).map(|(name, _)| name).collect()
}

fn broken_seeds(care: Care, is_lying: bool) -> usize {
    (0..60).filter(|seed| !damaged(*seed, care, is_lying).is_empty()).count()
}

#[test]
fn a_careful_save_survives() {
    for seed in 0..500 {
        assert_eq!(damaged(seed, CAREFUL, false), BTreeSet::new(), "seed {seed}");
    }
}

#[test]
fn each_forgotten_sync_is_punished() {
    assert!(broken_seeds(Care { syncs_file: false, ..CAREFUL }, false) >= 10);
    assert!(broken_seeds(Care { syncs_folder: false, ..CAREFUL }, false) >= 10);
    assert!(broken_seeds(CAREFUL, true) >= 10, "a lying disk");
}

#[test]
fn a_mount_dies_with_its_program() {
    let disk = SimDisk::new(1);
    let mount = disk.mount();
    save(&mount, "aabb", b"antrag", CAREFUL).unwrap();
    let reader = mount.open(Path::new("/sim/documents/aa/aabb")).unwrap();
    let mut writer = mount.create(Path::new("/sim/halb")).unwrap();
    writer.write_all(b"ungesichert").unwrap();
    disk.kill();

    assert!(mount.open(Path::new("/sim/documents/aa/aabb")).is_err());
    assert!(reader.len().is_err() && reader.read_exact_at(&mut [0], 0).is_err());
    assert!(writer.write_all(b"mehr").is_err() && writer.sync().is_err());
    assert_eq!(load(&disk.mount(), "aabb").unwrap(), b"antrag");
    assert_eq!(disk.content("halb").unwrap(), b"ungesichert", "a kill loses nothing written");
}

#[test]
fn the_trait_keeps_its_word() {
    let disk = SimDisk::new(2);
    let mount = disk.mount();
    let kind = |outcome: io::Result<()>| outcome.unwrap_err().kind();
    save(&mount, "aabb", b"eins", CAREFUL).unwrap();
    save(&mount, "aacc", b"zwei", CAREFUL).unwrap();
    let folder = Path::new("/sim/documents/aa/");
    let file = |name: &str| folder.join(name);

    assert_eq!(kind(mount.create(&file("aabb")).map(drop)), io::ErrorKind::AlreadyExists);
    assert_eq!(kind(mount.publish(&file("aabb"), &file("aacc"))), io::ErrorKind::AlreadyExists);
    assert_eq!(kind(mount.publish(&file("nie"), &file("neu"))), io::ErrorKind::NotFound);
    assert_eq!(kind(mount.open(&file("nie")).map(drop)), io::ErrorKind::NotFound);
    assert_eq!(kind(mount.remove(&file("nie"))), io::ErrorKind::NotFound);
    assert_eq!(kind(mount.create(Path::new("/sim/fehlt/x")).map(drop)), io::ErrorKind::NotFound);
    assert_eq!(kind(mount.create(Path::new("/etc/x")).map(drop)), io::ErrorKind::NotFound);
    let reader = mount.open(&file("aabb")).unwrap();
    let beyond = reader.read_exact_at(&mut [0; 5], 0);
    assert_eq!(kind(beyond), io::ErrorKind::UnexpectedEof);
    mount.create_dir_all(folder).unwrap();

    let entry = |name: &str, is_dir| DiskEntry { name: name.into(), is_dir };
    assert_eq!(mount.list(folder).unwrap(), [entry("aabb", false), entry("aacc", false)]);
    assert_eq!(mount.list(Path::new("/sim")).unwrap(), [entry("documents", true)]);
    mount.remove(&file("aabb")).unwrap();
    assert_eq!(mount.list(folder).unwrap(), [entry("aacc", false)]);
    let mut first = [0; 4];
    reader.read_exact_at(&mut first, 0).unwrap();
    assert_eq!(&first, b"eins", "an open reader outlives the name");
}

#[test]
fn a_full_or_protected_disk_says_which() {
    let disk = SimDisk::new(3);
    let mount = disk.mount();
    save(&mount, "aabb", &[1; 5000], CAREFUL).unwrap();
    let kind = |mount: &Mount| save(mount, "ccdd", &[2; 5000], CAREFUL).unwrap_err().kind();
    disk.set_room(Some(2000));
    assert_eq!(kind(&mount), io::ErrorKind::StorageFull);
    // The part that was begun has taken the rest of the room. Removing another file makes some.
    mount.remove(Path::new("/sim/documents/aa/aabb")).unwrap();
    save(&mount, "ccdd", &[2; 5000], CAREFUL).unwrap();
    disk.set_full(false);
    disk.set_read_only(true);
    let refused = save(&mount, "eeff", b"x", CAREFUL).unwrap_err();
    assert_eq!(refused.kind(), io::ErrorKind::ReadOnlyFilesystem);
}
