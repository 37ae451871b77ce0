"""The pipeline as a service on one machine: run once, or every night until stopped. Airflow runs as a subprocess."""
