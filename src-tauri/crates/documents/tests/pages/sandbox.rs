//! The worker cannot get out.
#![cfg(target_os = "linux")]

use std::process::Command;

use crate::support::WORKER;

#[test]
fn every_way_out_is_closed() {
    let output = Command::new(WORKER).arg("--check-sandbox").output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{told}");
    assert!(!told.contains("open: ") && !told.contains("missing: seccomp"), "{told}");
    for way in ["read a file", "write a file", "connect", "listen", "start a program"] {
        assert!(told.contains(&format!("closed: {way} (permission denied)")), "{told}");
    }
}
