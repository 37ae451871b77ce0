# The image of every Airflow service in docker-compose.yaml: Python with both locks. The code is mounted, not copied.
FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONPATH=/opt/disclosure/plugins
WORKDIR /opt/disclosure
COPY requirements.txt requirements-celery.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt \
    && pip install --no-cache-dir --require-hashes -r requirements-celery.txt \
    && python -m compileall -q /usr/local/lib/python3.11/site-packages
