"""Agency sites on loopback, built from real reports: what the pipeline is tried on."""
