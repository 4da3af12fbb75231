//! Disks that are full and folders that may not be written: what the person is told, and that nothing is
//! lost.
//!
//! A full disk is a small file system in memory, which needs the right to mount; a folder that may not be
//! written needs somebody who is not the administrator. The tests run themselves again as a process that
//! has what they need; where that cannot be had they say so and prove nothing.

use std::{
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use lectern_app::{
    App, Settings, audit,
    doctor::{self, Depth},
    documents, jobs, retention, review, trash,
};
use model::{CorrectionKind, DocumentStatus, FieldName, Timestamp};

use crate::place::{
    MINUTE, PASSPORT, Place, VISA, detail, files, hear, me, on_both_engines, read_to_end, status,
    submit,
};

on_both_engines![a_clock_that_is_set_back_holds_nothing_up_and_erases_nothing];

/// Tells the process that is started again what to do, and where.
const PLACE: &str = "LECTERN_TEST_FAULT_PLACE";

/// Somebody who is not the administrator, by the numbers that every Linux has for `nobody`.
const NOBODY: u32 = 65534;

fn settings(folder: &Path) -> Settings {
    Settings::of_folders(folder.join("data"), folder.join("config"))
}

/// The place of the process that was started again.
fn place() -> Option<PathBuf> {
    std::env::var_os(PLACE).map(PathBuf::from)
}

/// Runs the test of this name again, as a process of its own.
fn again(test: &str, place: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([test, "--exact", "--nocapture"])
        .env(PLACE, place);
    command
}

/// A file system in memory of two megabytes, for as long as it is held.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// None where it may not be mounted.
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=2m,mode=700", "tmpfs"]);
        let mounted = mount.arg(folder.path()).output();
        mounted.ok().filter(|output| output.status.success())?;
        Some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_is_told_and_heals_without_a_person() {
    let Some(disk) = SmallDisk::mount() else {
        eprintln!("NOT PROVED HERE: mounting a small disk is not permitted");
        return;
    };
    let mut settings = settings(disk.0.path());
    let config = tempfile::tempdir().unwrap();
    settings.config_dir = config.path().to_owned();
    let app = App::open(settings).unwrap();
    let one = submit(&app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;

    let filling = disk.0.path().join("filling");
    let rest = vec![0; 4 * 1024 * 1024];
    assert!(
        std::fs::write(&filling, rest).is_err(),
        "the disk is larger than thought"
    );
    let refused = submit(&app, "two.jpg", VISA).unwrap_err();
    assert_eq!(refused.code(), "disk_full");
    assert!(!refused.is_permanent());
    assert!(!refused.hints().is_empty());

    // Work goes on as far as it can, and waits where it cannot; nobody is asked to do anything.
    let mut changes = app.changes();
    let workers = jobs::start(&app).unwrap();
    std::fs::remove_file(&filling).unwrap();
    while matches!(
        status(&app, one),
        DocumentStatus::Queued | DocumentStatus::Processing
    ) {
        hear(&mut changes);
    }
    workers.stop();
    assert!(detail(&app, one).reading.is_some());
    let two = submit(&app, "two.jpg", VISA).unwrap().document.document.id;
    for id in [one, two] {
        documents::verify(&app, &me(&app), id).unwrap();
    }
}

#[test]
fn a_folder_that_may_not_be_written_is_told_and_stays_as_it_is() {
    if let Some(folder) = place() {
        let refused = App::open(settings(&folder)).unwrap_err();
        assert!(
            ["database_read_only", "path_unusable"].contains(&refused.code()),
            "{}",
            refused.code()
        );
        return;
    }
    let place = Place::new();
    let app = place.open();
    submit(&app, "one.jpg", PASSPORT).unwrap();
    place.close(app);
    let folder = place.data().parent().unwrap().to_owned();
    let before = files(&folder);
    for (path, mode) in [
        (&folder, 0o755),
        (&place.data(), 0o555),
        (&place.config(), 0o755),
    ] {
        permit(path, mode);
    }
    for path in before.keys() {
        permit(
            path,
            if path.starts_with(place.config()) {
                0o400
            } else {
                0o444
            },
        );
        // The key stays its owner's alone, who is whoever tries.
        if path.starts_with(place.config()) {
            let _ = std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY));
        }
    }
    permit(&place.config().join("keys"), 0o755);
    let mut tried = again(
        "faults::a_folder_that_may_not_be_written_is_told_and_stays_as_it_is",
        &folder,
    );
    let tried = tried.uid(NOBODY).gid(NOBODY).output();
    permit(&place.data(), 0o700);
    match tried {
        Ok(output) => assert!(output.status.success(), "{}", output.stderr.escape_ascii()),
        Err(error) => {
            eprintln!("NOT PROVED HERE: nobody else can be started: {error}");
            return;
        }
    }
    assert_eq!(files(&folder), before);
}

fn permit(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Days and leases are counted by the clock. When it goes back by more than a month, what waits is done all
/// the same, the order of the audit log stays, and nothing is erased because of it.
fn a_clock_that_is_set_back_holds_nothing_up_and_erases_nothing(place: &Place) {
    const DAY: i64 = 24 * 60 * MINUTE;

    let app = place.open();
    let me = me(&app);
    let one = submit(&app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    read_to_end(&app, one);
    let spans = retention::Spans {
        record: Some("30 days".parse().unwrap()),
        ..retention::Spans::default()
    };
    retention::set_policy(&app, &me, "", spans).unwrap();
    let two = submit(&app, "two.jpg", VISA).unwrap().document.document.id;

    place.clock.turn(-40 * DAY);
    read_to_end(&app, two);
    Place::work_off(&app);
    let (field, kind) = (FieldName::SURNAME, CorrectionKind::Edited);
    review::correct(&app, &me, two, &field, kind, Some("SOMEBODY".into())).unwrap();
    trash::put(&app, &me, one).unwrap();
    trash::restore(&app, &me, one).unwrap();
    assert_eq!(retention::run(&app, &me).unwrap(), []);
    for id in [one, two] {
        assert_eq!(detail(&app, id).readings, 1, "read once");
    }
    assert_eq!(detail(&app, two).corrections.len(), 1);

    // Put right again, nothing of it came to harm.
    place.clock.turn(40 * DAY);
    Place::work_off(&app);
    let chain = audit::verify(&app, &me).unwrap();
    assert_eq!(chain.first_bad, None, "{}", chain.sentence());
    let wrong: Vec<_> = doctor::examine(&app, &me, Depth::Whole, &|_| {})
        .unwrap()
        .into_iter()
        .filter(|check| !check.ok)
        .collect();
    assert_eq!(wrong, []);
    let late = Timestamp(i64::MAX);
    assert!(
        retention::plan(&app, &me, late).is_ok(),
        "no instant is too far"
    );
}
