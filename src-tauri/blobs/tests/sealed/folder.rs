//! What concerns a folder of this machine only.

use std::time::{Duration, SystemTime};

use lectern_blobs::Error;
use model::Timestamp;

use crate::place::{Place, content, files_below, key};

#[test]
fn what_a_killed_writer_left_is_swept_once_it_is_old() {
    let place = Place::folder();
    let kept = content(100);
    let name = place.name(&kept, &key(1));
    place.blobs().put(&name, &key(1), &kept).unwrap();
    let half = place
        .file(&name)
        .with_file_name(format!("{}#1", name.as_str()));
    std::fs::write(&half, "half").unwrap();

    let written = std::fs::metadata(&half).unwrap().modified().unwrap();
    let written = written
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap()
        .as_millis() as i64;
    let hour = Duration::from_hours(1).as_millis() as i64;
    let sweep = |before| place.blobs().sweep_half_written(Timestamp(before)).unwrap();
    assert_eq!(sweep(written - hour), 0, "somebody may be writing it");
    assert!(half.exists());
    assert_eq!(sweep(written + hour), 1);
    assert_eq!(files_below(&place.root()), [place.file(&name)]);
    assert_eq!(place.blobs().get(&name, &key(1)).unwrap(), kept);
}

#[test]
fn a_folder_that_is_not_there_is_said_so() {
    let place = Place::folder();
    let blobs = place.blobs();
    std::fs::remove_dir_all(place.root()).unwrap();
    std::fs::write(place.root(), "a file in its place").unwrap();
    let name = place.name(b"one", &key(1));
    let refused = blobs.put(&name, &key(1), b"one").unwrap_err();
    assert!(matches!(refused, Error::Folder(_)), "{refused:?}");
    assert!(!refused.is_permanent());
}
