//! Einreichungen of the portal on their way into the office, against a Zustelldienst in memory.

#[cfg(test)]
mod einreichung {
    mod chain;
    mod faults;
    mod keys;
    mod office;
    mod refusals;
    mod zustelldienst;
}
