//! Writes `ui/src/lib/api/commands.ts` anew.

use anyhow::Result;
use kontor_tests::typescript;

fn main() -> Result<()> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/lib/api/commands.ts");
    std::fs::write(path, typescript::commands_ts())?;
    println!("{} commands", typescript::count());
    Ok(())
}
