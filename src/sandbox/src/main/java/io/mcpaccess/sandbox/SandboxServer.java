package io.mcpaccess.sandbox;

import io.mcpaccess.sandbox.shared.Address;
import io.mcpaccess.sandbox.shared.Closer;
import io.mcpaccess.sandbox.shared.ConfigurationException;
import io.mcpaccess.sandbox.shared.ConfigurationReader;
import io.mcpaccess.sandbox.shared.Database;
import io.mcpaccess.sandbox.shared.EventBus;
import io.mcpaccess.sandbox.shared.Node;
import io.mcpaccess.sandbox.shared.NodeSettings;
import io.mcpaccess.sandbox.shared.SandboxPlan;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A running sandbox: AM's two nodes in this JVM. For {@code bin/sandbox} and for tests, which start it from a YAML text on free
 * ports. Starting and closing block; nothing is left running where starting fails.
 */
public final class SandboxServer implements AutoCloseable {
    /** The line of AM whose class path the nodes have where nobody names another. */
    public static final String AM_LINE = "4.10";

    private static final String READER = "io.mcpaccess.sandbox.config.SandboxFile";
    private static final String GATEWAY = "io.mcpaccess.sandbox.gateway.GatewayNode";
    private static final String MANAGEMENT = "io.mcpaccess.sandbox.management.ManagementNode";

    private final Closer parts = new Closer();
    private URI gateway;
    private URI management;
    private Work<List<String>> mistakes = List::of;

    private SandboxServer() {}

    /**
     * Starts a sandbox from a configuration file.
     *
     * @param home the repository's root, or a directory with the same {@code build/nodes} and {@code build/plugins}
     * @param line the line of AM whose class path the nodes get, such as {@link #AM_LINE}
     * @param file the YAML file; its relative paths are relative to its folder
     * @return the running sandbox
     * @throws ConfigurationException where the file has mistakes
     * @throws IOException where the file or the node's jars cannot be read, or a node does not start
     */
    public static SandboxServer start(Path home, String line, Path file) throws ConfigurationException, IOException {
        Path absolute = file.toAbsolutePath();
        return start(home, line, absolute, Files.readString(absolute), false);
    }

    /**
     * Starts a sandbox from YAML text, with the class path of AM's line {@link #AM_LINE}.
     *
     * @param home the repository's root, or a directory with the same {@code build/nodes} and {@code build/plugins}
     * @param file the name that messages use and whose folder relative paths start from; need not exist
     * @param yaml the configuration
     * @return the running sandbox
     * @throws ConfigurationException where the text has mistakes
     * @throws IOException where the node's jars cannot be read, or a node does not start
     */
    public static SandboxServer start(Path home, Path file, String yaml) throws ConfigurationException, IOException {
        return start(home, AM_LINE, file, yaml, false);
    }

    /**
     * Looks for mistakes: starts a sandbox on free ports, so that one of the same file may be running, and stops it.
     *
     * @param home as for {@link #start(Path, String, Path)}
     * @param line as there
     * @param file the YAML file
     * @return one sentence a mistake, empty where nothing is wrong
     * @throws ConfigurationException where the file itself has mistakes
     * @throws IOException where the file or the node's jars cannot be read, or a node does not start
     */
    public static List<String> check(Path home, String line, Path file) throws ConfigurationException, IOException {
        try (SandboxServer server = start(home, line, file, Files.readString(file), true)) {
            return server.mistakes();
        }
    }

    private static SandboxServer start(Path home, String line, Path file, String yaml, boolean anyPort)
            throws ConfigurationException, IOException {
        SandboxServer server = new SandboxServer();
        try {
            server.open(home.toAbsolutePath(), line, file.toAbsolutePath(), yaml, anyPort);
            return server;
        } catch (ConfigurationException | IOException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /**
     * The gateway's base URL.
     *
     * @return {@code http://HOST:PORT}
     */
    public URI gateway() {
        return gateway;
    }

    /**
     * The management API's base URL.
     *
     * @return {@code http://HOST:PORT}, without {@code /management}
     */
    public URI management() {
        return management;
    }

    /**
     * What AM would take without a word and then not do: unknown policies and engines, settings that they do not know, engines that
     * cannot work. Blocks while engines look at their stores.
     *
     * @return one sentence a mistake
     * @throws IOException where the nodes cannot be asked
     */
    public List<String> mistakes() throws IOException {
        try {
            return mistakes.run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The sandbox cannot be asked: " + e.getMessage(), e);
        }
    }

    /** Stops both nodes, their plugins and the class loaders. Nothing is thrown: what did not stop is written to stderr. */
    @Override
    public void close() {
        try {
            parts.close();
        } catch (Exception e) {
            System.err.println("The sandbox did not stop cleanly: " + e);
        }
    }

    private void open(Path home, String line, Path file, String yaml, boolean anyPort)
            throws ConfigurationException, IOException {
        Path work = Files.createTempDirectory("mcp-access-sandbox");
        parts.add(() -> delete(work));
        ClassLoader shared = new SharedClassesOnly(SandboxServer.class.getClassLoader());
        NodeClassPath gatewayPath = opened(NodeClassPath.open("gateway", line, home, shared));
        NodeClassPath managementPath = opened(NodeClassPath.open("management", line, home, shared));

        Database database = new Database();
        SandboxPlan plan = inLoader(
                gatewayPath,
                () -> gatewayPath.instantiate(ConfigurationReader.class, READER).read(file, yaml, database));
        EventBus events = new EventBus(plan.sync());
        parts.add(events::close);

        Path plugins =
                plan.plugins() != null ? plan.plugins() : home.resolve("build").resolve("plugins");
        Map<String, String> properties = new HashMap<>(plan.properties());
        properties.putIfAbsent("mcp.embedded.dir", file.getParent().toString());
        NodeSettings common = new NodeSettings(
                database,
                events,
                at(plan.gateway(), anyPort),
                Files.isDirectory(plugins) ? plugins : null,
                Files.createDirectory(work.resolve("gateway")),
                Map.copyOf(properties),
                plan.forgetToolsAtStart());
        Address gatewayAddress = startNode(gatewayPath, GATEWAY, common);
        gateway = URI.create(gatewayAddress.url());
        NodeSettings ofManagement = new NodeSettings(
                        database,
                        events,
                        at(plan.management(), anyPort),
                        common.plugins(),
                        Files.createDirectory(work.resolve("management")),
                        common.properties(),
                        false)
                .withDefaults(Map.of("gateway.url", gatewayAddress.url()));
        management =
                URI.create(startNode(managementPath, MANAGEMENT, ofManagement).url());
    }

    private static Address at(Address address, boolean anyPort) {
        return anyPort ? new Address(address.host(), 0) : address;
    }

    private Address startNode(NodeClassPath path, String className, NodeSettings settings)
            throws ConfigurationException, IOException {
        return inLoader(path, () -> {
            Node node = path.instantiate(Node.class, className);
            Address address = started(node, settings, className.equals(GATEWAY) ? "gateway" : "management");
            mistakes = () -> inLoader(path, node::mistakes);
            parts.add(() -> inLoader(path, () -> {
                node.stop();
                return null;
            }));
            return address;
        });
    }

    private static Address started(Node node, NodeSettings settings, String key) throws Exception {
        Address address = settings.address();
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress(address.host(), address.port()));
        } catch (BindException taken) {
            throw new IOException("Port " + address.port() + " of " + address.host() + ", for the " + key
                    + " node, is in use or not to be had; end what uses it, or write another into the file; "
                    + key + ": {port: 0} takes any that is free");
        }
        return node.start(settings);
    }

    private NodeClassPath opened(NodeClassPath path) {
        parts.add(path::close);
        return path;
    }

    private static <T> T inLoader(NodeClassPath path, Work<T> work) throws ConfigurationException, IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(path.contextLoader());
        try {
            return work.run();
        } catch (ConfigurationException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The sandbox cannot start: " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws Exception;
    }
}
