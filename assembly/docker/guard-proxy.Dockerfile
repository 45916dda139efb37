# The guard in front of an MCP server in any language. From the repository's root, after 'mvn package':
#   docker build -f assembly/docker/guard-proxy.Dockerfile -t mcp-access/guard-proxy src/guard/proxy/target
FROM eclipse-temurin:21-jre-alpine
RUN addgroup -g 10001 guard && adduser -D -H -u 10001 -G guard guard
COPY mcp-guard-proxy-*-all.jar /opt/guard-proxy.jar
USER 10001
EXPOSE 9200
# GUARD_CLIENT_ID and GUARD_CLIENT_SECRET come from the environment; the flags are those of 'guard-proxy --help'.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "/opt/guard-proxy.jar"]
CMD ["--help"]
