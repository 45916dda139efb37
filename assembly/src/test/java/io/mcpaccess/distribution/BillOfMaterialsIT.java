package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plugin's ZIP says of what it bundles is what it bundles. */
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
            TreeSet<String> noticed = new TreeSet<>();
            String notice = text(zip, "NOTICE");
            notice.lines()
                    .filter(line -> line.startsWith("  "))
                    .peek(line -> assertThat(line).as("has a licence").matches("  \\S+ \\S+ \\(\\S+\\): \\S.*"))
                    .forEach(line -> noticed.add(
                            line.strip().split(" ")[0] + "-" + line.strip().split(" ")[1]));
            assertThat(noticed).containsExactlyInAnyOrderElementsOf(jars);

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

    private static String text(ZipFile zip, String entry) throws Exception {
        return new String(zip.getInputStream(zip.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
