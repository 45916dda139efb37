package io.mcpaccess.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;

/** The artifacts that both nodes of AM 4.10 have; class loading is parent first, so a plugin's copy would never be used. */
record ParentClassPath(Set<String> onBothNodes) {

    /** Reads {@code assembly/am-4.10-parent-classpath.txt}: artifact, version, node and perhaps a group, one jar a line. */
    static ParentClassPath read() throws IOException {
        Set<String> artifacts = new TreeSet<>();
        for (String line :
                Files.readAllLines(Repository.root().resolve("assembly").resolve("am-4.10-parent-classpath.txt"))) {
            String[] columns = line.split(" ");
            if (!line.startsWith("#") && columns.length >= 3 && columns[2].equals("gateway+mgmt")) {
                artifacts.add(columns[0]);
            }
        }
        return new ParentClassPath(artifacts);
    }

    /** Whether a jar file such as {@code jackson-core-2.16.1.jar} is a version of one of the artifacts. */
    boolean has(String jarName) {
        return onBothNodes.stream()
                .anyMatch(artifact ->
                        jarName.startsWith(artifact + "-") && Character.isDigit(jarName.charAt(artifact.length() + 1)));
    }
}
