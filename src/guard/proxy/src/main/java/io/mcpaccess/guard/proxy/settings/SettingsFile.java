package io.mcpaccess.guard.proxy.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the settings from a YAML file, strictly: what is unknown, twice, of another kind or out of bounds is refused with its line. */
public final class SettingsFile {
    private static final Set<String> TOP = Set.of("listen", "management", "am", "servers", "identity");
    private static final String TLS = "tls";
    private static final String PORT = "port";
    private static final String CLIENT_CA = "clientCa";

    private final Path file;
    private final Sources sources;

    private SettingsFile(Path file, Map<String, String> environment) {
        this.file = file;
        Path folder = file.toAbsolutePath().getParent();
        this.sources = new Sources(folder, Map.copyOf(environment));
    }

    /**
     * @param file YAML
     * @param environment of the process, for what the file takes from there
     * @return the settings
     * @throws SettingsException when there is something wrong; the message has file and line
     */
    public static ProxySettings read(Path file, Map<String, String> environment) {
        return new SettingsFile(file, environment).read();
    }

    private ProxySettings read() {
        Node root = composed();
        YamlFields top = new YamlValue(file, file.getFileName().toString(), root).fields(TOP);
        AmReader am = new AmReader(sources, top.get("am"));
        ServerReader reader = new ServerReader(sources, am);
        YamlValue servers = top.required("servers");
        List<GuardedSettings> read = servers.list().stream().map(reader::read).toList();
        try {
            return new ProxySettings(
                    listen(top.required("listen"), true),
                    top.get("management").map(value -> listen(value, false)),
                    read,
                    top.get("identity")
                            .map(value -> value.fields(Set.of("key")).required("key"))
                            .map(sources::path));
        } catch (SettingsException wrong) {
            throw wrong.getMessage().startsWith(file + ":") ? wrong : servers.wrong("is wrong. " + wrong.getMessage());
        }
    }

    private Node composed() {
        LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
        try {
            Optional<Node> root = new Compose(settings).composeString(Files.readString(file));
            return root.orElseThrow(() -> new SettingsException(file + ":1: The file is empty."));
        } catch (MarkedYamlEngineException broken) {
            int line = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new SettingsException(file + ":" + line + ": This is no YAML: " + broken.getProblem() + ".");
        } catch (YamlEngineException broken) {
            throw new SettingsException(file + ":1: This is no YAML.");
        } catch (IOException unreadable) {
            throw new SettingsException(file + ": The file is not there or cannot be read.");
        }
    }

    private ListenSettings listen(YamlValue value, boolean forClients) {
        YamlFields fields = value.fields(
                forClients ? Set.of("host", PORT, "connections", TLS, "http2Cleartext") : Set.of("host", PORT));
        String host = fields.text("host", "127.0.0.1");
        int port = fields.required(PORT).number(0, 65_535);
        if (!forClients) {
            return ListenSettings.plain(host, port);
        }
        return new ListenSettings(
                host,
                port,
                fields.number("connections", ListenSettings.USUAL_CONNECTIONS, 1, 1_000_000),
                fields.get(TLS).map(this::tls),
                fields.flag("http2Cleartext", false));
    }

    private ServerTls tls(YamlValue value) {
        YamlFields fields = value.fields(Set.of("certificate", "key", "clients", CLIENT_CA));
        ServerTls.Clients clients = switch (fields.get("clients")
                .map(given -> given.choice("none", "asked", "required"))
                .orElse("none")) {
            case "asked" -> ServerTls.Clients.ASKED;
            case "required" -> ServerTls.Clients.REQUIRED;
            default -> ServerTls.Clients.NONE;
        };
        if (clients != ServerTls.Clients.NONE && fields.get(CLIENT_CA).isEmpty()) {
            throw value.wrong("asks clients for certificates and lacks 'clientCa', who signs them.");
        }
        return new ServerTls(
                sources.path(fields.required("certificate")),
                sources.path(fields.required("key")),
                clients,
                fields.get(CLIENT_CA).map(sources::path));
    }
}
