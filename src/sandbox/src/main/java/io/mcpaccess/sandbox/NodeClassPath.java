package io.mcpaccess.sandbox;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The class loaders of one node. AM's own jars are one loader, the parent of every plugin; the sandbox's code and what it alone
 * needs are a child of it, so that a plugin sees AM's classes and never the sandbox's.
 */
final class NodeClassPath implements AutoCloseable {
    private final URLClassLoader am;
    private final URLClassLoader sandbox;

    private NodeClassPath(URLClassLoader am, URLClassLoader sandbox) {
        this.am = am;
        this.sandbox = sandbox;
    }

    /**
     * Opens the loaders of a node.
     *
     * @param name {@code gateway} or {@code management}
     * @param line the line of AM whose jars are taken, such as {@code 4.10}
     * @param home the directory that holds {@code build/nodes}
     * @param shared the common parent
     * @return the open loaders
     * @throws IOException where the node's jars are not there
     */
    static NodeClassPath open(String name, String line, Path home, ClassLoader shared) throws IOException {
        Path node = home.resolve("build").resolve("nodes").resolve(line).resolve(name);
        List<URL> amJars = jars(node.resolve("lib"));
        if (amJars.isEmpty()) {
            throw new IOException("No jars in " + node.resolve("lib")
                    + ": build them with 'mvn -pl src/sandbox/nodes -am -Dam.line=" + line
                    + " -DskipTests package', which needs the list assembly/am-" + line + "-parent-classpath.txt");
        }
        List<URL> ownJars = new ArrayList<>();
        ownJars.add(ownCode());
        ownJars.addAll(jars(node.resolve("sandbox")));
        URLClassLoader am = new URLClassLoader("am-" + name, amJars.toArray(URL[]::new), shared);
        return new NodeClassPath(am, new URLClassLoader("sandbox-" + name, ownJars.toArray(URL[]::new), am));
    }

    /**
     * Makes an object of the sandbox's own code in this node.
     *
     * @param type a type of the shared package
     * @param className the class that implements it, with a public no-argument constructor
     * @param <T> the shared type
     * @return the new object
     */
    <T> T instantiate(Class<T> type, String className) {
        try {
            return type.cast(
                    sandbox.loadClass(className).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The sandbox's own class " + className + " cannot be made", e);
        }
    }

    /** The context class loader of the node's threads: AM's jars, as in AM, not the sandbox's own. */
    ClassLoader contextLoader() {
        return am;
    }

    @Override
    public void close() throws IOException {
        sandbox.close();
        am.close();
    }

    private static URL ownCode() {
        try {
            return NodeClassPath.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()
                    .toURL();
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalStateException("The sandbox does not know where its own classes are", e);
        }
    }

    private static List<URL> jars(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<URL> urls = new ArrayList<>();
            for (Path jar :
                    files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
                urls.add(jar.toUri().toURL());
            }
            return urls;
        }
    }
}
