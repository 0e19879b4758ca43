//! Linux: limits on what it may use, Landlock over files and network, seccomp over everything.
//!
//! Each of the three stands alone. What an old kernel lacks is reported and the rest is put on.

use std::collections::BTreeMap;

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetStatus,
    Scope,
};
use rustix::{
    io::Errno,
    process::{Resource, Rlimit, getrlimit, setrlimit},
    time::{ClockId, clock_gettime},
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch,
};

/// All memory the process may map. A page of A3 at 600 dpi needs a fifth of it.
const ADDRESS_SPACE_BYTES: u64 = 1536 * 1024 * 1024;
/// Processor time for one request. The desk is less patient; this ends a worker whose desk is gone.
const REQUEST_CPU_SECONDS: u64 = 30;

pub(super) fn enter() -> Vec<String> {
    let steps: [(&str, Result<(), String>); 3] =
        [("limits", limit()), ("landlock", restrict_files()), ("seccomp", restrict_calls())];
    let missing =
        |(name, done): (&str, Result<(), String>)| Some(format!("{name}: {}", done.err()?));
    steps.into_iter().filter_map(missing).collect()
}

pub(super) fn allow_more_time() {
    let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec;
    let current = u64::try_from(used).unwrap_or_default() + REQUEST_CPU_SECONDS;
    let maximum = getrlimit(Resource::Cpu).maximum;
    // Failing leaves the earlier, stricter limit.
    let _ = setrlimit(Resource::Cpu, Rlimit { current: Some(current), maximum });
}

fn limit() -> Result<(), String> {
    let at_most = |resource, bound| {
        let limit = Rlimit { current: Some(bound), maximum: Some(bound) };
        setrlimit(resource, limit).map_err(|error: Errno| error.to_string())
    };
    at_most(Resource::As, ADDRESS_SPACE_BYTES)?;
    // No dump of a document's pages, no further process or thread.
    at_most(Resource::Core, 0)?;
    at_most(Resource::Nproc, 0)
}

fn restrict_files() -> Result<(), String> {
    let abi = ABI::V6;
    let restricted = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(abi))
        .and_then(|ruleset| ruleset.handle_access(AccessNet::from_all(abi)))
        .and_then(|ruleset| ruleset.scope(Scope::from_all(abi)))
        .and_then(Ruleset::create)
        .and_then(landlock::RulesetCreated::restrict_self)
        .map_err(|error| error.to_string())?;
    match restricted.ruleset {
        RulesetStatus::NotEnforced => Err("the kernel has none".to_owned()),
        RulesetStatus::PartiallyEnforced | RulesetStatus::FullyEnforced => Ok(()),
    }
}

/// Only what reading pipes, computing and allocating need. Everything else answers EPERM instead of
/// ending the process: pdfium looks for fonts and does without them.
fn restrict_calls() -> Result<(), String> {
    let filter = call_filter().map_err(|error| error.to_string())?;
    let program: BpfProgram =
        filter.try_into().map_err(|error: seccompiler::BackendError| error.to_string())?;
    seccompiler::apply_filter(&program).map_err(|error| error.to_string())
}

fn call_filter() -> Result<SeccompFilter, seccompiler::BackendError> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = BTreeMap::new();
    for call in [
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_brk,
        libc::SYS_madvise,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_clock_gettime,
        libc::SYS_getrandom,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_restart_syscall,
        libc::SYS_sigaltstack,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ] {
        rules.insert(call, Vec::new());
    }
    // Memory is written or run, never made to run.
    let not_executable =
        only_if(2, SeccompCmpOp::MaskedEq(libc::PROT_EXEC.unsigned_abs().into()), 0)?;
    rules.insert(libc::SYS_mmap, vec![not_executable.clone()]);
    rules.insert(libc::SYS_mprotect, vec![not_executable]);
    // A process may end itself and limit itself, and no other.
    let own_process = u64::from(std::process::id());
    rules.insert(libc::SYS_tgkill, vec![only_if(0, SeccompCmpOp::Eq, own_process)?]);
    rules.insert(libc::SYS_prlimit64, vec![only_if(0, SeccompCmpOp::Eq, 0)?]);
    SeccompFilter::new(
        rules,
        SeccompAction::Errno(libc::EPERM.unsigned_abs()),
        SeccompAction::Allow,
        std::env::consts::ARCH.try_into().unwrap_or(TargetArch::x86_64),
    )
}

fn only_if(
    argument: u8,
    compare: SeccompCmpOp,
    value: u64,
) -> Result<SeccompRule, seccompiler::BackendError> {
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, compare, value)?;
    SeccompRule::new(vec![condition])
}
