//! The processes behind one window, and the memory they take.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

/// One process of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Its id.
    pub id: u32,
    /// What it is called, as the system cuts it off.
    pub name: String,
}

/// The program and everything it has started, the program first.
pub fn processes(program: u32) -> Result<Vec<Process>> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for entry in std::fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(id) = name.to_str().and_then(|name| name.parse().ok()) else { continue };
        // One that has just ended is none of them.
        if let Some(parent) = parent(id) {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut found = Vec::new();
    let mut left = vec![program];
    while let Some(id) = left.pop() {
        let Ok(name) = std::fs::read_to_string(format!("/proc/{id}/comm")) else { continue };
        found.push(Process { id, name: name.trim().to_owned() });
        left.extend(children.remove(&id).unwrap_or_default());
    }
    Ok(found)
}

/// What each kind of process of the program takes, in KiB: what it shares with others is divided
/// among them.
pub fn memory_kib(program: u32) -> Result<BTreeMap<String, u64>> {
    let mut memory = BTreeMap::new();
    for Process { id, name } in processes(program)? {
        let Ok(rollup) = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")) else {
            continue;
        };
        let pss = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
        let pss = pss.and_then(|rest| rest.trim().strip_suffix(" kB")).context("no PSS")?;
        *memory.entry(name).or_default() += pss.trim().parse::<u64>()?;
    }
    Ok(memory)
}

/// When a process began, in ms since 1970, as exactly as the system keeps it: to 10 ms.
pub fn began_at_ms(process: u32) -> Result<f64> {
    const TICKS_PER_SECOND: f64 = 100.0;
    let ticks: f64 = stat(process, 19).context("no such process")?.parse()?;
    let uptime = std::fs::read_to_string("/proc/uptime")?;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    let uptime: f64 = uptime.split_whitespace().next().context("no uptime")?.parse()?;
    Ok((now.as_secs_f64() - uptime + ticks / TICKS_PER_SECOND) * 1e3)
}

fn parent(process: u32) -> Option<u32> {
    stat(process, 1)?.parse().ok()
}

/// A field behind the name, which may contain anything; the state is the first.
fn stat(process: u32, field: usize) -> Option<String> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    fields.split(' ').nth(field).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_and_its_memory_are_found() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let all = processes(std::process::id()).unwrap();
        // Before it becomes another program it has our name.
        assert!(all.iter().any(|one| one.id == child.id()), "{all:?}");
        assert_eq!(all.first().map(|one| one.id), Some(std::process::id()));
        let began = began_at_ms(child.id()).unwrap();
        assert!(began >= began_at_ms(std::process::id()).unwrap() - 20.0);
        assert!(memory_kib(std::process::id()).unwrap().values().sum::<u64>() > 0);
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
