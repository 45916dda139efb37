package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The GitHub and GitLab snippets of docs/permission-tests.md: the shell lines of each, one after the other, with the bundle that was built.
 * What the services do themselves (checkout, Java, the upload) is not run, and neither is {@code apt-get}.
 */
class PipelineSnippetsIT {

    private static final Path PAGE = Repository.root().resolve("docs/permission-tests.md");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String STORE = """
            model: |
              model
                schema 1.1
              type user
              type tool
                relations
                  define can_call: [user]
            tuples:
              - {user: "user:alice", relation: can_call, object: "tool:pay"}
            tests:
              - name: pay
                check:
                  - {user: "user:alice", object: "tool:pay", assertions: {can_call: %s}}
            """;

    @TempDir
    Path folder;

    private Path work;

    private record Ended(int status, String said) {}

    @BeforeEach
    void folders() throws IOException {
        work = Files.createDirectories(folder.resolve("work/permissions")).getParent();
    }

    @Test
    void theLinesForGitHubTestTheFiles() throws Exception {
        JsonNode job = snippet("GitHub").at("/jobs/permissions");
        List<String> lines = new ArrayList<>();
        job.path("steps").forEach(step -> {
            if (step.has("run")) {
                lines.add(step.path("run").asText());
            }
        });

        assertThat(lines).hasSize(2);
        assertThat(job.at("/steps/4/with/path").asText()).isEqualTo("junit.xml");
        testsTheFiles(lines);
    }

    @Test
    void theLinesForGitLabTestTheFiles() throws Exception {
        JsonNode job = snippet("GitLab").path("permissions");
        List<String> lines = new ArrayList<>();
        job.path("script").forEach(line -> lines.add(line.asText()));

        assertThat(lines).hasSize(3);
        assertThat(job.at("/artifacts/reports/junit").asText()).isEqualTo("junit.xml");
        testsTheFiles(lines);
    }

    private void testsTheFiles(List<String> lines) throws Exception {
        Files.writeString(work.resolve("permissions/store.fga.yaml"), STORE.formatted("true"));
        Ended good = run(lines);
        assertThat(good.status()).as(good.said()).isZero();
        assertThat(work.resolve("junit.xml")).content().contains("<testsuite", "tests=\"1\"");

        Files.writeString(work.resolve("permissions/store.fga.yaml"), STORE.formatted("false"));
        Ended bad = run(lines.subList(lines.size() - 1, lines.size()));
        assertThat(bad.status()).as(bad.said()).isEqualTo(10);
        assertThat(work.resolve("junit.xml")).content().contains("<failure");
    }

    /** As the services run them: each line by a shell that ends at the first fault. */
    private Ended run(List<String> lines) throws Exception {
        Path script = Files.writeString(
                folder.resolve("lines.sh"),
                "set -e\napt-get() { :; }\n" + String.join("\n", lines).replace("/opt", folder.resolve("opt") + "")
                        + "\n");
        File log = folder.resolve("log").toFile();
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        String bundle = Repository.bundle().toUri().toString();
        builder.environment().put("BUNDLE", bundle);
        builder.environment().put("MCP_ACCESS_BUNDLE", bundle);
        builder.environment().put("RUNNER_TEMP", folder.resolve("temp").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process shell = builder.start();
        assertThat(shell.waitFor(180, TimeUnit.SECONDS)).isTrue();
        return new Ended(shell.exitValue(), Files.readString(log.toPath()));
    }

    private static JsonNode snippet(String service) throws IOException {
        String text = Files.readString(PAGE);
        String after = text.substring(text.indexOf("On " + service));
        return YAML.readTree(Pattern.compile("(?s)```yaml\n(.*?)```")
                .matcher(after)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1));
    }
}
