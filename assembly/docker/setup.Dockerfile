# Makes a fresh AM ready, once: a domain, a store in OpenFGA, protect, declare. From the repository's root, after 'mvn package':
#   docker build -f assembly/docker/setup.Dockerfile -t mcp-access/setup .
FROM eclipse-temurin:21-jre
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl unzip \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home setup \
    && install -d -o setup /run/mcp
COPY build/mcp-access-*.zip /tmp/
RUN unzip -q '/tmp/mcp-access-*.zip' -d /tmp/bundle && mv /tmp/bundle/mcp-access-*/amctl /opt/amctl && rm -rf /tmp/*
COPY assembly/docker/setup /opt/setup
USER 10001
ENTRYPOINT ["/opt/setup/setup.sh"]
