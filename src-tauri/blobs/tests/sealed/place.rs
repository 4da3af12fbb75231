//! The places that a test runs on.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use lectern_blobs::{Blobs, Bucket, DataKey, Listed, NamingKey, ObjectName, Patience, SHELVES};
use lectern_tests::object_server::{BUCKET, ObjectServer};

pub(crate) const CHUNK: usize = 64 * 1024;

/// Where objects are kept under the bucket.
const PREFIX: &str = "some/where";

enum Keeper {
    Folder(tempfile::TempDir),
    Server(ObjectServer),
}

pub(crate) struct Place {
    keeper: Keeper,
    runtime: tokio::runtime::Runtime,
    pub(crate) naming: NamingKey,
}

/// Runs a test on a folder and on a bucket.
pub(crate) fn everywhere(test: impl Fn(&Place)) {
    test(&Place::folder());
    test(&Place::bucket());
}

impl Place {
    pub(crate) fn folder() -> Self {
        Self::on(Keeper::Folder(tempfile::tempdir().unwrap()))
    }

    pub(crate) fn bucket() -> Self {
        Self::on(Keeper::Server(ObjectServer::start().unwrap()))
    }

    fn on(keeper: Keeper) -> Self {
        Self {
            keeper,
            runtime: tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .unwrap(),
            naming: NamingKey::new([7; 32].into()),
        }
    }

    pub(crate) fn blobs(&self) -> Blobs {
        match &self.keeper {
            Keeper::Folder(folder) => {
                Blobs::in_folder(folder.path(), self.runtime.handle().clone()).unwrap()
            }
            Keeper::Server(server) => self.blobs_of(&bucket(server)),
        }
    }

    pub(crate) fn blobs_of(&self, bucket: &Bucket) -> Blobs {
        Blobs::in_bucket(bucket, self.runtime.handle().clone()).unwrap()
    }

    pub(crate) fn server(&mut self) -> &mut ObjectServer {
        match &mut self.keeper {
            Keeper::Folder(_) => unreachable!("this place has no server"),
            Keeper::Server(server) => server,
        }
    }

    /// The folder in which objects lie, on their own or behind a server.
    pub(crate) fn root(&self) -> PathBuf {
        match &self.keeper {
            Keeper::Folder(folder) => folder.path().to_owned(),
            Keeper::Server(server) => server.bucket_folder().join(PREFIX),
        }
    }

    pub(crate) fn name(&self, content: &[u8], key: &DataKey) -> ObjectName {
        self.naming.object_name(&self.naming.digest(content), key)
    }

    pub(crate) fn file(&self, name: &ObjectName) -> PathBuf {
        self.root().join(&name.as_str()[..2]).join(name.as_str())
    }

    pub(crate) fn all(&self) -> Vec<Listed> {
        let blobs = self.blobs();
        (0..SHELVES)
            .flat_map(|shelf| blobs.shelf(shelf).unwrap())
            .collect()
    }
}

/// The bucket of a server, for somebody who does not wait long.
pub(crate) fn bucket(server: &ObjectServer) -> Bucket {
    let environment = server.environment();
    let variable = |name: &str| {
        let found = environment.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone())
    };
    let mut bucket = Bucket::from_url(&format!("s3://{BUCKET}/{PREFIX}"), variable).unwrap();
    bucket.patience = Patience {
        connect: Duration::from_secs(5),
        silence: Duration::from_secs(1),
        request: Duration::from_secs(20),
        retries: 3,
    };
    bucket
}

pub(crate) fn key(seed: u8) -> DataKey {
    DataKey::new([seed; 32].into())
}

pub(crate) fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 31 % 251) as u8).collect()
}

pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
