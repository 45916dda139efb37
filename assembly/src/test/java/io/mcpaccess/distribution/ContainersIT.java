package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The container files, as far as they can be looked at without a container engine. */
class ContainersIT {
    private static final Path ROOT = Path.of(System.getProperty("repository.root"));
    private static final Path DOCKER = ROOT.resolve("assembly/docker");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern INSTRUCTION =
            Pattern.compile("(?m)^(FROM|ARG|RUN|COPY|USER|ENTRYPOINT|CMD|EXPOSE) +(.*)$");

    @Test
    void noImageRunsAsRoot() throws Exception {
        for (Path file : dockerfiles()) {
            List<String> users = instructions(file, "USER");
            assertThat(users).as(file.toString()).isNotEmpty();
            assertThat(users.get(users.size() - 1)).as(file.toString()).matches("[1-9][0-9]*");
        }
    }

    @Test
    void everyInstructionIsOne() throws Exception {
        for (Path file : dockerfiles()) {
            String joined = Files.readString(file).replace("\\\n", " ");
            assertThat(joined.lines().filter(line -> !line.isBlank() && !line.startsWith("#")))
                    .as(file.toString())
                    .allMatch(line -> INSTRUCTION.matcher(line).matches());
        }
    }

    @Test
    void imagesOfAmAreThePublicOnesWithTheInstallerAsAStep() throws Exception {
        for (String node : List.of("am-gateway", "am-management-api")) {
            Path file = DOCKER.resolve(node + ".Dockerfile");
            assertThat(instructions(file, "FROM").get(0)).isEqualTo("graviteeio/" + node + ":${AM_VERSION} AS am");
            assertThat(String.join("\n", instructions(file, "RUN")))
                    .contains("install.sh --yes /opt/graviteeio-" + node)
                    .contains("install.sh --check /opt/graviteeio-" + node);
        }
    }

    @Test
    void whatIsCopiedFromTheRepositoryIsThere() throws Exception {
        assertThat(ROOT.resolve("build/mcp-access-" + System.getProperty("project.version") + ".zip"))
                .exists();
        assertThat(instructions(DOCKER.resolve("setup.Dockerfile"), "COPY"))
                .containsExactly("build/mcp-access-*.zip /tmp/", "assembly/docker/setup /opt/setup");
        assertThat(DOCKER.resolve("setup/setup.sh")).isExecutable();
    }

    @Test
    void servicesWaitForWhatIsThereAndHealthy() throws Exception {
        JsonNode services =
                YAML.readTree(DOCKER.resolve("compose.yml").toFile()).path("services");
        services.properties().forEach(service -> {
            service.getValue().path("depends_on").properties().forEach(needed -> {
                JsonNode other = services.path(needed.getKey());
                assertThat(other.isMissingNode()).as(needed.getKey()).isFalse();
                boolean waits = needed.getValue().path("condition").asText().equals("service_healthy");
                assertThat(other.has("healthcheck"))
                        .as(service.getKey() + " waits for " + needed.getKey())
                        .isEqualTo(waits);
            });
            JsonNode build = service.getValue().path("build");
            if (build.isObject()) {
                Path context = DOCKER.resolve(build.path("context").asText());
                assertThat(context.resolve(build.path("dockerfile").asText()).normalize())
                        .exists();
            }
        });
        assertThat(services.size()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void everySecretComesFromTheEnvironmentAndTheExampleNamesIt() throws Exception {
        String compose = Files.readString(DOCKER.resolve("compose.yml"));
        List<String> names = Pattern.compile("\\$\\{([A-Z_]+)")
                .matcher(compose)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        String example = Files.readString(DOCKER.resolve(".env.example"));
        assertThat(names).allMatch(name -> example.contains("\n" + name + "="));
        Map<String, String> literal = new TreeMap<>();
        Pattern.compile("(?m)^ *([A-Za-z_0-9]*(?:PASSWORD|TOKEN|SECRET|password|secret|KEYS)[A-Za-z_0-9]*): *(\\S.*)$")
                .matcher(compose)
                .results()
                .forEach((MatchResult found) -> literal.put(found.group(1), found.group(2)));
        assertThat(literal)
                .isNotEmpty()
                .allSatisfy((name, value) -> assertThat(value).as(name).startsWith("${"));
        assertThat(example.lines().filter(line -> line.matches("[A-Z_]*(PASSWORD|TOKEN|SECRET)[A-Z_]*=.*")))
                .isNotEmpty()
                .allMatch(line -> line.endsWith("="));
    }

    @Test
    void podsOfTheGuardAreNotRoot() throws Exception {
        JsonNode deployment = YAML.readTree(
                ROOT.resolve("assembly/kubernetes/guard-proxy.yaml").toFile());
        JsonNode pod = deployment.at("/spec/template/spec");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        JsonNode container = pod.at("/containers/0");
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.has("readinessProbe") && container.has("livenessProbe"))
                .isTrue();
        assertThat(deployment.at("/spec/selector/matchLabels"))
                .isEqualTo(deployment.at("/spec/template/metadata/labels"));
        assertThat(YAML.readTree(ROOT.resolve("assembly/kubernetes/am-values.yaml")
                                .toFile())
                        .has("gateway"))
                .isTrue();
    }

    private static List<Path> dockerfiles() throws Exception {
        try (Stream<Path> files = Files.list(DOCKER)) {
            return files.filter(file -> file.toString().endsWith(".Dockerfile"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> instructions(Path file, String name) throws Exception {
        return INSTRUCTION
                .matcher(Files.readString(file).replace("\\\n", " "))
                .results()
                .filter(found -> found.group(1).equals(name))
                .map(found -> found.group(2).strip())
                .toList();
    }
}
