"""Where uploaded files lie when several machines share them. Whatever names the bucket, nobody reads from it but the site."""


def s3(bucket, *, endpoint, region, prefix):
    """Django's settings for a bucket; keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from the machine's role."""
    from botocore.config import Config

    options = {
        "bucket_name": bucket,
        "location": prefix,
        "endpoint_url": endpoint or None,
        "region_name": region or None,
        "default_acl": None,
        "file_overwrite": False,
        "querystring_auth": True,
        # Newer checksums are refused by many services that speak S3.
        "client_config": Config(
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            signature_version="s3v4",
            connect_timeout=3,
            read_timeout=10,
            retries={"max_attempts": 2},
        ),
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
