//! Where the object store is.

use std::path::Path;
use std::sync::Arc;

use object_store::ObjectStore;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use serde::Deserialize;

/// A bucket. The keys come from the environment (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`) or
/// from the machine's role, never from a file of ours.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3 {
    /// Its name.
    pub bucket: String,
    /// Where it is, if not at Amazon.
    #[serde(default)]
    pub endpoint: Option<String>,
    /// Its region.
    #[serde(default)]
    pub region: Option<String>,
}

/// A folder, created if needed. What is written is on disk before anybody is told so.
pub fn folder(path: &Path) -> object_store::Result<Arc<dyn ObjectStore>> {
    std::fs::create_dir_all(path)
        .map_err(|error| object_store::Error::Generic { store: "folder", source: error.into() })?;
    Ok(Arc::new(LocalFileSystem::new_with_prefix(path)?.with_fsync(true)))
}

/// A bucket.
pub fn s3(place: &S3) -> object_store::Result<Arc<dyn ObjectStore>> {
    let mut builder = AmazonS3Builder::from_env().with_bucket_name(&place.bucket);
    if let Some(endpoint) = &place.endpoint {
        builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    if let Some(region) = &place.region {
        builder = builder.with_region(region);
    }
    Ok(Arc::new(builder.build()?))
}
