package io.mcpaccess.acceptance.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.acceptance.Http;
import io.mcpaccess.acceptance.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A sandbox in a process of its own for each domain; its file is the way in which domains are made there. */
final class SandboxHost implements Host {

    private static final Pattern READY = Pattern.compile("sandbox ready gateway=(\\S+) management=(\\S+)");
    private static final String DOMAIN = "acceptance";
    /** As in AM, nothing that a user sees. */
    private static final String ID = "0a4c6f1e-9d53-4b8e-8f61-2f6f7a3c5d10";

    private final Path root = Path.of(System.getProperty("repository.root"));
    private final Path directory;
    private Process process;
    private String management;
    private Administrator administrator;

    SandboxHost() {
        try {
            directory = Files.createTempDirectory("mcp-access-acceptance");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Place make(DomainSpec spec) {
        Path file = directory.resolve("sandbox.yml");
        Path log = directory.resolve("sandbox.log");
        String jar = "src/sandbox/target/sandbox-" + System.getProperty("project.version") + ".jar";
        try {
            // JSON is YAML.
            Files.writeString(file, config(spec).toPrettyString());
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            root.resolve(jar).toString(),
                            "io.mcpaccess.sandbox.Sandbox",
                            "--config",
                            file.toString(),
                            "--home",
                            root.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Matcher ready =
                Awaitility.await("sandbox").atMost(Duration.ofMinutes(4)).until(() -> ready(log), Matcher::find);
        management = ready.group(2);
        administrator = new Administrator(management + "/management", "admin", "adminadmin");
        return new Place(ID, ready.group(1) + "/" + DOMAIN);
    }

    private Matcher ready(Path log) throws IOException {
        String text = Files.readString(log);
        Matcher ready = READY.matcher(text);
        if (!process.isAlive() && !ready.find()) {
            throw new AssertionError("The sandbox did not start: " + text);
        }
        return ready.reset();
    }

    private static ObjectNode config(DomainSpec spec) {
        ObjectNode domain = Json.object()
                .put("id", ID)
                .put("hrid", DOMAIN)
                .put("consentPerScope", spec.needs.contains(Feature.SCOPE_CHOICE));
        ArrayNode users = domain.putArray("users");
        spec.users.forEach(name -> users.addObject().put("username", name).put("password", DomainSpec.PASSWORD));
        ArrayNode scopes = domain.putArray("scopes");
        ArrayNode servers = domain.putArray("protectedResources");
        TreeSet<String> keys = new TreeSet<>();
        for (DomainSpec.Server server : spec.servers) {
            ObjectNode entry = servers.addObject()
                    .put("name", server.clientId())
                    .put("clientId", server.clientId())
                    .put("clientSecret", DomainSpec.SECRET);
            entry.putArray("resourceIdentifiers").add(server.identifier());
            entry.set("features", AmHost.features(server));
            server.tools().forEach(tool -> keys.addAll(tool.scopes()));
        }
        keys.forEach(key -> scopes.addObject().put("key", key).put("name", key));
        ArrayNode applications = domain.putArray("applications");
        for (DomainSpec.Application application : spec.applications) {
            ObjectNode entry = applications
                    .addObject()
                    .put("clientId", application.clientId())
                    .put("clientSecret", DomainSpec.SECRET);
            entry.putArray("redirectUris").add(TestDomain.CALLBACK);
            entry.set("grantTypes", Json.of(application.grantTypes()));
            entry.putArray("scopes").add("openid");
            if (application.isSelfApproving()) {
                entry.putArray("autoApproveScopes").add("true");
            }
            if (application.agent() != null) {
                entry.put("agent", application.agent());
            }
            if (!application.requiredScopes().isEmpty()) {
                entry.set("requiredScopes", Json.of(application.requiredScopes()));
                application.requiredScopes().forEach(entry.withArray("scopes")::add);
            }
        }
        if (!spec.claims.isEmpty()) {
            domain.set("customClaims", Json.of(spec.claims));
        }
        Map<String, Object> anyPort = Map.of("host", "127.0.0.1", "port", 0);
        ObjectNode config = Json.object();
        config.set("gateway", Json.of(anyPort));
        config.set("management", Json.of(anyPort));
        config.putArray("domains").add(domain);
        return config;
    }

    @Override
    public Http.Answer manage(String method, String path, String body) {
        return administrator.call(method, path, body);
    }

    @Override
    public JsonNode audits(Place domain) {
        return new Http()
                .send(Http.json(
                        "GET", management + "/sandbox/audits?domain=" + ID + "&type=PERMISSION_EVALUATED", "", null))
                .json();
    }

    @Override
    public Optional<String> lacks(Feature feature) {
        return switch (feature) {
            case AGENT_APPLICATIONS, BOUND_TOKENS, SCOPE_CHOICE, SELF_APPROVAL, TOKEN_EXCHANGE -> Optional.empty();
            case AGENT_INSTANCES -> Optional.of("agents have no instances in the sandbox");
            case SERVER_FLOWS -> Optional.of("MCP servers have no flows of their own in the sandbox");
        };
    }

    @Override
    public Map<String, String> amctlEnvironment() {
        return Map.of(
                "AMCTL_URL", management + "/management", "AMCTL_USERNAME", "admin", "AMCTL_PASSWORD", "adminadmin");
    }

    @Override
    public void remove(Place domain) {
        stop();
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
