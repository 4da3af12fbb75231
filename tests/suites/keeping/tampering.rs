//! Somebody with a Postgres database in hand changes the audit log behind the program's back;
//! `lectern audit verify` fails and names the first bad entry. The same on a sealed file is proved where its
//! key can be had, in `app`.

use anyhow::{Context as _, Result, ensure};
use lectern_tests::postgres::Database;
use lectern_tests::program::Place;
use serde_json::Value;

fn verified(place: &Place) -> Result<Value> {
    let output = place.run(["audit", "verify", "--json"])?;
    let found: Value = serde_json::from_slice(&output.stdout)
        .with_context(|| format!("{}", output.stderr.escape_ascii()))?;
    let code = output.status.code();
    assert_eq!(code, Some(i32::from(found["ok"] == false)), "{found}");
    Ok(found)
}

#[test]
fn a_log_that_was_tampered_with_is_found_out() -> Result<()> {
    let database = Database::new()?;
    let mut place = Place::new()?;
    place.set("LECTERN_DATABASE_URL", database.url());
    for number in 0..6 {
        let name = format!("somebody-{number}");
        let added = place.run_with_input(["users", "add", &name], "long enough to pass\n")?;
        ensure!(added.status.success(), "{}", added.stderr.escape_ascii());
    }
    let whole = verified(&place)?;
    let last = whole["entries"].as_u64().context("no count")?;
    assert!(whole["ok"] == true && last >= 6, "{whole}");
    database.ask("CREATE TABLE kept_audit AS SELECT * FROM audit")?;

    let columns = "sequence, at, user_id, door, act, subject, details, salt, hash, seal";
    let twin = format!(
        "INSERT INTO audit SELECT {last} + 1, at, user_id, door, act, subject, details, salt, hash, seal
         FROM audit WHERE sequence = {last}"
    );
    for (how, tampering, first_bad) in [
        (
            "edited",
            "UPDATE audit SET act = 'user.removed' WHERE sequence = 3".to_owned(),
            3,
        ),
        (
            "dated back",
            "UPDATE audit SET at = at - 1 WHERE sequence = 2".to_owned(),
            2,
        ),
        (
            "deleted in the middle",
            "DELETE FROM audit WHERE sequence = 4".to_owned(),
            4,
        ),
        (
            "deleted at the end",
            format!("DELETE FROM audit WHERE sequence = {last}"),
            last,
        ),
        (
            "reordered",
            "UPDATE audit SET sequence = -1 WHERE sequence = 2;
             UPDATE audit SET sequence = 2 WHERE sequence = 3;
             UPDATE audit SET sequence = 3 WHERE sequence = -1"
                .to_owned(),
            2,
        ),
        ("inserted", twin, last + 1),
        (
            "rewritten",
            format!("UPDATE audit SET hash = md5(hash) || md5(seal) WHERE sequence >= {last} - 1"),
            last - 1,
        ),
    ] {
        database.ask(&tampering)?;
        let found = verified(&place)?;
        assert_eq!(found["first_bad"], first_bad, "{how}: {found}");
        let sentence = place.run(["audit", "verify"])?;
        let sentence = String::from_utf8(sentence.stdout)?;
        assert!(
            sentence.contains(&first_bad.to_string()),
            "{how}: {sentence}"
        );
        database.ask(&format!(
            "DELETE FROM audit; INSERT INTO audit ({columns}) SELECT {columns} FROM kept_audit"
        ))?;
    }
    assert!(
        verified(&place)?["ok"] == true,
        "put back, it is whole again"
    );
    Ok(())
}
