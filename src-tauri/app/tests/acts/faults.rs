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

use lectern_app::{App, Settings, documents};

use crate::place::{PASSPORT, Place, VISA, files, me, submit};

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

    std::fs::remove_file(&filling).unwrap();
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
