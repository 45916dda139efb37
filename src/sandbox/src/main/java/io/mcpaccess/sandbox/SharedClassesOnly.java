package io.mcpaccess.sandbox;

import io.mcpaccess.sandbox.shared.Node;

/**
 * The parent of both nodes' class loaders: the JDK and the package {@code io.mcpaccess.sandbox.shared}, nothing else of the
 * launcher's class path. It is why a node has exactly the jars of its directory, whatever a test run has besides.
 */
final class SharedClassesOnly extends ClassLoader {
    private static final String SHARED = Node.class.getPackageName() + ".";
    private final ClassLoader launcher;

    SharedClassesOnly(ClassLoader launcher) {
        super("sandbox-shared", ClassLoader.getPlatformClassLoader());
        this.launcher = launcher;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(SHARED)) {
            return launcher.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
