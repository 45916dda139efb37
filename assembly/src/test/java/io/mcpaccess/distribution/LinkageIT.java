package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every class of a plugin and of its libraries loads, passes the verifier and finds what it refers to, under a class loader like AM's: the
 * plugin's jars, and above them only what the node has.
 */
class LinkageIT {

    /** Packages that only the management API runs: REST resources and what is behind them. */
    private static final List<String> MANAGEMENT_ONLY =
            List.of("io.mcpaccess.engine.console.", "io.mcpaccess.registry.");

    /** Classes of libraries that nothing here uses, and that need what no node has. */
    private static final List<String> UNUSED = List.of(
            "module-info",
            // Bean validation, for those who have it.
            "org.openapitools.jackson.nullable.JsonNullableValueExtractor",
            // Brotli and Conscrypt, for those who have them: imports ask for no compression and use the JDK's TLS.
            "org.apache.hc.client5.http.entity.Brotli",
            "org.apache.hc.client5.http.impl.classic.ContentCompressionExec",
            "org.apache.hc.client5.http.ssl.ConscryptClientTlsStrategy",
            "org.apache.hc.core5.http2.ssl.ConscryptSupport");

    /** The CEL library relocates all it needs, so no jar of AM can come in its way; its 4 MB are not worth the time. */
    private static final String SELF_CONTAINED = "cel-standalone-";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "openfga-engine, GATEWAY",
        "openfga-engine, MANAGEMENT",
        "authzen-protocol, GATEWAY",
        "mcp-tool-policy, GATEWAY",
        "mcp-tool-policy, MANAGEMENT"
    })
    void everyClassLinksOnTheNode(String module, Node node) throws Exception {
        PluginZip zip = PluginZip.unpack(Repository.pluginZip(module), directory);
        List<String> problems = new ArrayList<>();

        try (URLClassLoader nodeLoader = loader(PluginZip.jars(Repository.nodeJars(node)), null);
                URLClassLoader pluginLoader = loader(all(zip), nodeLoader)) {
            String mainClass = zip.manifest().getProperty("class");
            assertThat(pluginLoader.loadClass(mainClass).getClassLoader()).isSameAs(pluginLoader);
            LinkCheck check = new LinkCheck(pluginLoader);
            for (Path jar : all(zip)) {
                if (jar.getFileName().toString().startsWith(SELF_CONTAINED)) {
                    continue;
                }
                problems.addAll(check.problems(used(jar, node)));
            }
        }

        assertThat(problems).isEmpty();
    }

    @Test
    void whatANodeLacksIsSeen() throws Exception {
        JavaClasses itself = new ClassFileImporter().importClasses(LinkageIT.class);

        try (URLClassLoader nothing = loader(List.of(), null)) {
            assertThat(new LinkCheck(nothing).problems(itself.stream().toList()))
                    .isNotEmpty();
        }
    }

    private static List<JavaClass> used(Path jar, Node node) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return new ClassFileImporter()
                    .importJar(file).stream()
                            .filter(type -> type.getSource().isPresent())
                            .filter(type -> UNUSED.stream().noneMatch(type.getName()::startsWith))
                            .filter(type -> node == Node.MANAGEMENT
                                    || MANAGEMENT_ONLY.stream().noneMatch(type.getName()::startsWith))
                            .toList();
        }
    }

    private static List<Path> all(PluginZip zip) {
        return Stream.concat(zip.rootJars().stream(), zip.libraries().stream()).toList();
    }

    private static URLClassLoader loader(List<Path> jars, ClassLoader parent) throws IOException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return new URLClassLoader(urls, parent == null ? ClassLoader.getPlatformClassLoader() : parent);
    }
}
