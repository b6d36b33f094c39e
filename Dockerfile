# syntax=docker/dockerfile:1
# Two stages: the first installs into a virtual environment, the second carries it without the tools.

FROM python:3.11-slim AS build
# uv picks the CPU build of torch by itself ("uv"); "pip" leaves the choice to pip's own settings.
ARG INSTALLER=uv
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
COPY requirements.txt .
RUN python -m venv /opt/derivlab \
    && if [ "$INSTALLER" = uv ]; then \
        python -m pip install uv==0.13.9 \
        && uv pip install --no-cache --python /opt/derivlab/bin/python --torch-backend=cpu -r requirements.txt; \
    else \
        /opt/derivlab/bin/python -m pip install -r requirements.txt; \
    fi \
    && /opt/derivlab/bin/python -m pip uninstall --yes pip setuptools \
    && /opt/derivlab/bin/python -m compileall -q -j 0 /opt/derivlab/lib

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin derivlab
COPY --from=build /opt/derivlab /opt/derivlab
WORKDIR /app
COPY app.py ./
COPY .streamlit .streamlit
COPY derivlab derivlab
COPY ui ui
COPY pages pages
RUN /opt/derivlab/bin/python -m compileall -q derivlab ui pages app.py
ENV PATH=/opt/derivlab/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501 \
    STREAMLIT_SERVER_HEADLESS=true \
    STREAMLIT_SERVER_FILE_WATCHER_TYPE=none
USER 10001
EXPOSE 8501
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=2)"]
CMD ["python", "-m", "streamlit", "run", "app.py"]
