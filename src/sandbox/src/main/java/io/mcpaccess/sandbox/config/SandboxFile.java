package io.mcpaccess.sandbox.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.sandbox.data.ManagementUserRow;
import io.mcpaccess.sandbox.data.Secrets;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.shared.Address;
import io.mcpaccess.sandbox.shared.ConfigurationException;
import io.mcpaccess.sandbox.shared.ConfigurationReader;
import io.mcpaccess.sandbox.shared.Database;
import io.mcpaccess.sandbox.shared.SandboxPlan;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The sandbox's configuration file. All of it is read and checked first; only a file without a mistake is written into the
 * database. For one thread.
 */
public final class SandboxFile implements ConfigurationReader {
    private static final String ALL_RIGHTS = "*";
    private static final Address GATEWAY = new Address("127.0.0.1", 8092);
    private static final Address MANAGEMENT = new Address("127.0.0.1", 8093);

    private final ObjectMapper mapper = new ObjectMapper();
    private final Clock clock;

    /** Makes a reader that stamps its rows with the system's time. */
    public SandboxFile() {
        this(Clock.systemUTC());
    }

    SandboxFile(Clock clock) {
        this.clock = clock;
    }

    @Override
    public SandboxPlan read(Path file, String text, Database database) throws ConfigurationException {
        Mistakes mistakes = new Mistakes(file);
        Section root = new Section(compose(text, mistakes), "", mistakes);
        Address gateway = address(root.section("gateway"), GATEWAY);
        Address management = address(root.section("management"), MANAGEMENT);
        Path plugins = directory(root, "plugins", file.toAbsolutePath().getParent(), mistakes);
        Map<String, String> properties = settings(root.section("settings"), file.toAbsolutePath(), mistakes);
        Section quirks = root.section("quirks");
        boolean forget = quirks.flag("forgetToolsAtStart", false);
        int syncSeconds = quirks.integer("syncSeconds", 0, 0, 60);
        quirks.end();
        List<ManagementUserRow> users = managementUsers(root, mistakes);
        List<DomainSeed> domains = domains(root, file.toAbsolutePath().getParent(), mistakes);
        root.end();
        if (!mistakes.none()) {
            throw mistakes.asException();
        }
        Tables tables = Tables.of(database, mapper);
        users.forEach(tables.managementUsers()::save);
        domains.forEach(domain -> domain.writeTo(tables));
        return new SandboxPlan(gateway, management, plugins, properties, forget, Duration.ofSeconds(syncSeconds));
    }

    private static MappingNode compose(String text, Mistakes mistakes) throws ConfigurationException {
        try {
            Node node = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (node instanceof MappingNode mapping) {
                return mapping;
            }
            mistakes.add(node, "the file is not a mapping", "start with 'domains:'");
        } catch (MarkedYAMLException e) {
            mistakes.add(e.getProblemMark(), "not YAML: " + e.getProblem(), "mind indentation, quotes and brackets");
        } catch (YAMLException e) {
            mistakes.add((Node) null, "not YAML", "mind indentation, quotes and brackets");
        }
        throw mistakes.asException();
    }

    private static Address address(Section section, Address absent) {
        String host = section.has("host") ? section.text("host", "host: " + absent.host()) : absent.host();
        Address address = new Address(host, section.integer("port", absent.port(), 0, 65535));
        section.end();
        return address;
    }

    private static Path directory(Section root, String key, Path base, Mistakes mistakes) {
        if (!root.has(key)) {
            return null;
        }
        Path directory = base.resolve(root.text(key, "a directory")).normalize();
        if (!Files.isDirectory(directory)) {
            mistakes.add(
                    root.at(key),
                    "'" + key + "' names no directory",
                    "name one relative to the file, or leave it out for the repository's own build");
        }
        return directory;
    }

    /** A relative embedded directory is relative to the file, which the plugin cannot know. */
    private static Map<String, String> settings(Section section, Path file, Mistakes mistakes) {
        Map<String, String> settings = section.flattened();
        settings.forEach((key, value) -> {
            Node place = section.at(key.contains(".") && !section.has(key) ? key.substring(0, key.indexOf('.')) : key);
            if (!KnownSettings.isKnown(key)) {
                mistakes.add(
                        place,
                        "'" + key + "' is unknown in settings",
                        "known are " + String.join(", ", KnownSettings.keys()));
            } else {
                KnownSettings.wrong(key, value)
                        .ifPresent(right ->
                                mistakes.add(place, "'" + key + "' of settings is not " + right, "write " + right));
            }
        });
        settings.computeIfPresent(
                "mcp.embedded.dir",
                (key, directory) ->
                        file.getParent().resolve(directory).normalize().toString());
        return settings;
    }

    private static List<ManagementUserRow> managementUsers(Section root, Mistakes mistakes) {
        List<ManagementUserRow> users = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section user : root.sections("managementUsers")) {
            String name = user.text("username", "username: auditor");
            String password = user.text("password", "password: a-password");
            if (!names.add(name)) {
                mistakes.add(user.at("username"), "the management user '" + name + "' stands twice", "keep one");
            }
            users.add(new ManagementUserRow(name, Secrets.hash(password), user.texts("permissions")));
            user.end();
        }
        if (!names.contains("admin")) {
            users.add(new ManagementUserRow("admin", Secrets.hash("adminadmin"), List.of(ALL_RIGHTS)));
        }
        return users;
    }

    private List<DomainSeed> domains(Section root, Path base, Mistakes mistakes) {
        List<DomainSeed> domains = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Set<String> paths = new HashSet<>();
        if (!root.has("domains")) {
            mistakes.add(root.at("domains"), "the file has no 'domains'", "write domains: [{id: demo}]");
        }
        for (Section section : root.sections("domains")) {
            DomainSeed domain = new DomainReader(section, mistakes, base, mapper, clock).read();
            if (!ids.add(domain.domain().id())) {
                mistakes.add(
                        section.at("id"),
                        "the domain '" + domain.domain().id() + "' stands twice",
                        "give each domain an id of its own");
            }
            if (!paths.add(domain.domain().path())) {
                mistakes.add(
                        section.at("hrid"),
                        "the path '" + domain.domain().path() + "' stands twice",
                        "give each domain a path of its own");
            }
            domains.add(domain);
        }
        return domains;
    }
}
