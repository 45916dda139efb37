package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluginZipIT {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "openfga-engine, authorization-engine, openfga, io.mcpaccess.engine.OpenFgaEngine",
        "authzen-protocol, protocol, authzen, io.mcpaccess.authzen.AuthZenProtocol",
        "mcp-tool-policy, policy, mcp-tool-access, io.mcpaccess.policy.McpToolAccessPolicy"
    })
    void manifestNamesThePlugin(String module, String type, String id, String mainClass) {
        PluginZip zip = unpack(module);

        Properties manifest = zip.manifest();
        assertThat(manifest)
                .containsEntry("type", type)
                .containsEntry("id", id)
                .containsEntry("class", mainClass)
                .containsEntry("version", Repository.version())
                .containsEntry("icon", "icon.svg");
        assertThat(manifest.stringPropertyNames())
                .as("a feature, even an empty one, makes AM ask for a licence")
                .containsExactlyInAnyOrder("id", "name", "version", "description", "class", "type", "icon");
        assertThat(manifest.values())
                .allSatisfy(value -> assertThat(value.toString()).isNotBlank().doesNotContain("${"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openfga-engine", "authzen-protocol", "mcp-tool-policy"})
    void hasOneJarAtTheRootAndTheIconBesideIt(String module) {
        PluginZip zip = unpack(module);

        assertThat(zip.rootJars())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly(module + "-" + Repository.version() + ".jar");
        assertThat(zip.directory().resolve("icon.svg")).isNotEmptyFile();
        assertThat(PluginZip.classes(zip.rootJar()))
                .as("the jar holds the plugin's own classes alone")
                .allMatch(name -> name.startsWith("io.mcpaccess."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openfga-engine", "mcp-tool-policy"})
    void hasOneSchemaForTheConsole(String module) throws Exception {
        try (Stream<Path> schemas = Files.list(unpack(module).directory().resolve("schemas"))) {
            assertThat(schemas.map(Path::getFileName).map(Path::toString)).containsExactly("schema-form.json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openfga-engine", "authzen-protocol", "mcp-tool-policy"})
    void bundlesNoClassOfAm(String module) {
        PluginZip zip = unpack(module);

        assertThat(Stream.concat(zip.rootJars().stream(), zip.libraries().stream())
                        .flatMap(jar -> PluginZip.classes(jar).stream()))
                .noneMatch(name -> name.startsWith("io.gravitee."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openfga-engine", "authzen-protocol", "mcp-tool-policy"})
    void bundlesNothingThatBothNodesHave(String module) throws Exception {
        ParentClassPath parent = ParentClassPath.read();

        List<String> libraries = unpack(module).libraries().stream()
                .map(jar -> jar.getFileName().toString())
                .toList();

        assertThat(libraries).contains("core-" + Repository.version() + ".jar").noneMatch(parent::has);
    }

    @Test
    void theListOfAmsJarsIsRead() throws Exception {
        ParentClassPath parent = ParentClassPath.read();

        assertThat(parent.has("jackson-databind-2.16.1.jar")).isTrue();
        assertThat(parent.has("jackson-databind-nullable-0.2.8.jar")).isFalse();
        assertThat(parent.has("jakarta.ws.rs-api-3.1.0.jar"))
                .as("management only")
                .isFalse();
    }

    private PluginZip unpack(String module) {
        return PluginZip.unpack(Repository.pluginZip(module), directory);
    }
}
