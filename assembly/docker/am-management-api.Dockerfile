# Gravitee AM's management API with the plugins of MCP access control. From the repository's root, after 'mvn package':
#   docker build -f assembly/docker/am-management-api.Dockerfile -t mcp-access/am-management-api build
# Needs build/mcp-access-VERSION.zip as its only context.
ARG AM_VERSION=4.10

FROM graviteeio/am-management-api:${AM_VERSION} AS am

# The installer wants bash and unzip, which AM's image does not have.
FROM debian:bookworm-slim AS installed
RUN apt-get update \
    && apt-get install -y --no-install-recommends unzip \
    && rm -rf /var/lib/apt/lists/*
COPY --from=am /opt/graviteeio-am-management-api /opt/graviteeio-am-management-api
COPY mcp-access-*.zip /tmp/
RUN unzip -q '/tmp/mcp-access-*.zip' -d /tmp/bundle \
    && /tmp/bundle/mcp-access-*/install.sh --yes /opt/graviteeio-am-management-api \
    && /tmp/bundle/mcp-access-*/install.sh --check /opt/graviteeio-am-management-api

FROM am
USER root
# Vendor plugins that were set aside must go from the image's own directory, too: a copy only adds.
RUN rm -rf /opt/graviteeio-am-management-api/plugins
COPY --from=installed --chown=1001:1000 /opt/graviteeio-am-management-api/plugins /opt/graviteeio-am-management-api/plugins
USER 1001
