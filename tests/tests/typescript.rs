//! The types the window was written against are those of the command table.

use kontor_tests::typescript;

#[test]
fn the_committed_types_are_those_of_the_table() {
    let committed = include_str!("../../ui/src/lib/api/commands.ts");
    let now = typescript::commands_ts();
    assert!(typescript::count() > 30, "the table is nearly empty");
    for (number, (is, should)) in committed.lines().zip(now.lines()).enumerate() {
        assert_eq!(
            is,
            should,
            "line {}: run cargo run -p kontor-tests --bin typescript",
            number + 1
        );
    }
    assert_eq!(committed.len(), now.len(), "run cargo run -p kontor-tests --bin typescript");
}
