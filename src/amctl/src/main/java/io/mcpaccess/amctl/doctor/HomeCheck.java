package io.mcpaccess.amctl.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * One AM home on this machine: which plugin ZIPs its node takes (of two with one type and id the newer file, {@code
 * PluginRegistryImpl}), and settings of gravitee.yml that a guard or the store stumbles over.
 */
final class HomeCheck {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final List<String> OURS =
            List.of("authorization-engine:openfga", "protocol:authzen", "policy:mcp-tool-access");

    private HomeCheck() {}

    /** A ZIP of a plugin. */
    private record Zip(String file, FileTime modified, boolean isLicensed, String version) {}

    static List<Finding> of(Path home) {
        List<Finding> findings = new ArrayList<>();
        try {
            plugins(home, findings);
            settings(home, findings);
        } catch (IOException e) {
            findings.add(Finding.error(
                    "the AM home " + home + " cannot be read",
                    "nothing in it was checked",
                    "check --home, and your rights"));
        }
        return findings;
    }

    private static void plugins(Path home, List<Finding> findings) throws IOException {
        Path folder = home.resolve("plugins");
        Map<String, List<Zip>> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".zip")).toList()) {
                manifest(file)
                        .ifPresent(manifest -> found.computeIfAbsent(
                                        manifest.getProperty("type", "") + ":" + manifest.getProperty("id", ""),
                                        key -> new ArrayList<>())
                                .add(new Zip(
                                        file.getFileName().toString(),
                                        modified(file),
                                        manifest.getProperty("feature") != null,
                                        manifest.getProperty("version", "?"))));
            }
        }
        for (String plugin : OURS) {
            plugin(home, plugin, found.getOrDefault(plugin, List.of()), findings);
        }
    }

    private static void plugin(Path home, String plugin, List<Zip> zips, List<Finding> findings) {
        String name = plugin.substring(plugin.indexOf(':') + 1);
        if (zips.isEmpty()) {
            boolean isGatewaysAlone = name.equals("authzen");
            findings.add(
                    isGatewaysAlone
                            ? Finding.note(
                                    home + " has no plugin authzen",
                                    "the gateway needs it, the management node does not",
                                    "")
                            : Finding.error(
                                    home + " has no plugin " + name,
                                    "this node runs without it",
                                    "run install.sh there"));
            return;
        }
        Zip taken = zips.stream().max(Comparator.comparing(Zip::modified)).orElseThrow();
        if (taken.isLicensed()) {
            findings.add(Finding.error(
                    taken.file() + " in " + home + " is the licensed plugin " + name + " of AM's vendor",
                    "AM takes the newest ZIP of an id, and does not run it without a licence",
                    "remove it, or run install.sh again"));
        } else if (zips.size() > 1) {
            Map<String, Boolean> others = new LinkedHashMap<>();
            zips.stream().filter(zip -> zip != taken).forEach(zip -> others.put(zip.file(), true));
            findings.add(Finding.warning(
                    home + " has the plugin " + name + " more than once: " + taken.file() + " is taken, "
                            + String.join(", ", others.keySet()) + " shadowed",
                    "whichever file is newer after the next copy wins",
                    "remove the others"));
        } else {
            findings.add(Finding.ok(taken.file() + " in " + home));
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** The manifest stands in the one jar at the ZIP's root. */
    private static Optional<Properties> manifest(Path file) {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().matches("[^/]+\\.jar")) {
                    return inJar(zip);
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Properties> inJar(InputStream jar) throws IOException {
        ZipInputStream classes = new ZipInputStream(jar);
        for (ZipEntry entry = classes.getNextEntry(); entry != null; entry = classes.getNextEntry()) {
            if (entry.getName().matches("(.*/)?plugin\\.properties")) {
                Properties manifest = new Properties();
                manifest.load(classes);
                return Optional.of(manifest);
            }
        }
        return Optional.empty();
    }

    private static void settings(Path home, List<Finding> findings) throws IOException {
        Path file = home.resolve("config").resolve("gravitee.yml");
        if (!Files.isRegularFile(file)) {
            return;
        }
        JsonNode allow = YAML.readTree(Files.readString(file))
                .path("handlers")
                .path("oauth2")
                .path("introspect")
                .path("allowAudience");
        if (!allow.isMissingNode() && !allow.asBoolean(true)) {
            findings.add(Finding.error(
                    file + " sets handlers.oauth2.introspect.allowAudience to false",
                    "introspection hides the audience, so MCP servers that introspect refuse every token",
                    "set it to true, or take it out"));
        }
    }
}
