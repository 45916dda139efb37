package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a ZIP or a program says of what it bundles is what it bundles. */
class BillOfMaterialsIT {
    private static final Path PLUGINS = Path.of(System.getProperty("repository.root"), "build", "plugins");
    private static final String VERSION = System.getProperty("project.version");

    @ParameterizedTest
    @ValueSource(strings = {"openfga-engine", "authzen-protocol", "mcp-tool-policy"})
    void noticeAndBillOfMaterialsNameEveryLibraryOfTheZip(String plugin) throws Exception {
        try (ZipFile zip =
                new ZipFile(PLUGINS.resolve(plugin + "-" + VERSION + ".zip").toFile())) {
            List<String> jars = zip.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("lib/") && name.endsWith(".jar"))
                    .map(name -> name.substring(4, name.length() - 4))
                    .toList();
            assertThat(jars).isNotEmpty();
            assertThat(noticed(text(zip, "NOTICE"))).containsExactlyInAnyOrderElementsOf(jars);

            TreeSet<String> components = new TreeSet<>();
            JsonNode bill = new ObjectMapper().readTree(text(zip, "sbom.cdx.json"));
            assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
            bill.path("components")
                    .forEach(each -> components.add(each.path("name").asText() + "-"
                            + each.path("version").asText()));
            assertThat(components).containsAll(jars);
            assertThat(text(zip, "LICENSE")).contains("Apache License");
        }
    }

    @Test
    void theGuardProxysNoticeNamesWhatIsInItsJarAndLicencesComeAlong() throws Exception {
        Path jar = Repository.root().resolve("src/guard/proxy/target/mcp-guard-proxy-" + VERSION + "-all.jar");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Set<String> noticed = noticed(text(zip, "NOTICE"));
            List<String> bundled = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.matches("META-INF/maven/[^/]+/[^/]+/pom.properties"))
                    .filter(name -> !name.contains("/io.mcpaccess/"))
                    // Other libraries have these in jars of their own.
                    .filter(name -> !name.matches(".*/(gson|jcip-annotations|jctools-core.*)/.*"))
                    .map(name -> name.split("/")[3])
                    .toList();

            assertThat(noticed).hasSizeGreaterThan(10);
            assertThat(bundled).isNotEmpty();
            assertThat(bundled).allSatisfy(name -> assertThat(noticed).anyMatch(each -> each.startsWith(name + "-")));
            assertThat(text(zip, "LICENSE")).contains("Apache License");
            // SLF4J's licence (MIT) wants its text to be there.
            assertThat(text(zip, "META-INF/LICENSE.txt")).contains("QOS.ch");
        }
    }

    /** {@code name-version} of each line, which must name a licence. */
    private static Set<String> noticed(String notice) {
        return notice.lines()
                .filter(line -> line.startsWith("  "))
                .peek(line -> assertThat(line).as("has a licence").matches("  \\S+ \\S+ \\(\\S+\\): \\S.*"))
                .map(line -> line.strip().split(" ")[0] + "-" + line.strip().split(" ")[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(ZipFile zip, String entry) throws Exception {
        return new String(zip.getInputStream(zip.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
