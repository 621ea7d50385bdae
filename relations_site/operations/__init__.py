"""What keeps a site going and tells how it does: health, logs, figures, caches and answers that outlive what they stand on."""
