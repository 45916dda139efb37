package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleIT {

    @Test
    void holdsThePluginsAndWhatAnOperatorNeeds() throws Exception {
        String version = Repository.version();

        try (ZipFile bundle = new ZipFile(Repository.bundle().toFile())) {
            List<String> files = bundle.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
            String lib = "mcp-access-" + version + "/amctl/lib/";

            assertThat(files.stream().filter(name -> name.startsWith(lib)).map(name -> name.substring(lib.length())))
                    .contains("amctl-" + version + ".jar")
                    .anyMatch(name -> name.startsWith("picocli-"))
                    // The rules of decisions and the embedded engine, and what they need, are there for amctl test.
                    .anyMatch(name -> name.startsWith("openfga-embedded-"))
                    .allMatch(name ->
                            name.matches("(amctl|picocli|jackson-[a-z0-9-]+|snakeyaml|core|openfga|openfga-embedded"
                                    + "|openfga-language|openfga-sdk|antlr4-runtime|cel-standalone|re2j|jsr305|slf4j-api"
                                    + "|opentelemetry-[a-z]+)-[0-9.]+\\.jar"));
            assertThat(files)
                    .filteredOn(name -> !name.startsWith(lib))
                    .containsExactlyInAnyOrderElementsOf(List.of(
                                    "plugins/openfga-engine-" + version + ".zip",
                                    "plugins/authzen-protocol-" + version + ".zip",
                                    "plugins/mcp-tool-policy-" + version + ".zip",
                                    "install.sh",
                                    "amctl/amctl",
                                    "guard-proxy/guard-proxy.jar",
                                    "consent-form.html",
                                    "consent-texts/de.json",
                                    "consent-texts/en.json",
                                    "consent-texts/es.json",
                                    "consent-texts/fr.json",
                                    "model/store.fga.yaml",
                                    "monitoring/alerts.yml",
                                    "monitoring/alerts-test.yml",
                                    "monitoring/grafana-dashboard.json",
                                    "README.md",
                                    "CHANGELOG.md",
                                    "LICENSE")
                            .stream()
                            .map(name -> "mcp-access-" + version + "/" + name)
                            .toList());
        }
    }

    @Test
    void theCommandLineRunsFromTheBundle(@TempDir Path folder) throws Exception {
        try (ZipFile bundle = new ZipFile(Repository.bundle().toFile())) {
            for (ZipEntry entry : Collections.list(bundle.entries())) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!entry.isDirectory()
                        && target.startsWith(folder)
                        && entry.getName().contains("/amctl/")) {
                    Files.createDirectories(target.getParent());
                    Files.copy(bundle.getInputStream(entry), target);
                }
            }
        }
        Path script = folder.resolve("mcp-access-" + Repository.version() + "/amctl/amctl");

        Process process = new ProcessBuilder("bash", script.toString(), "--help")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("protect");
    }
}
